"""Pictures of a measure: the network of what it ranks highest, beside the ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.analyse import communities
from kg.analyse._labelling import INK, literal, place_labels
from kg.analyse._measured import Measured, ranked
from kg.errors import PluginError, QueryError
from kg.graph.labels import short_label
from kg.graph.layout import positions

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".png", ".svg", ".pdf")
_NODES_DRAWN = 70
_BARS = 15
_PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8c6d31", "#4a5361")
"""Okabe and Ito's colours for all eyes, black and yellow made softer; further groups are grey."""
_OTHER, _SOFT, _LINE = "#b6bfca", "#5c6878", "#c9d1db"
_FIXED: dict[Any, Any] = {
    "svg.hashsalt": "paperkg",
    "svg.fonttype": "path",
    "font.family": "sans-serif",
    "font.size": 10,
}


def draw(network: nx.Graph, measured: Measured, measure: str, output: Path) -> Path:
    """Writes the picture and returns its path; an empty network gives a picture that says why it is empty."""
    if output.suffix.lower() not in SUFFIXES:
        raise QueryError(f"{output}: a picture ends in {', '.join(SUFFIXES)}, not in {output.suffix!r}")
    try:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ModuleNotFoundError as error:
        raise PluginError("pictures need matplotlib: pip install 'paperkg[plot]'") from error
    with mpl.rc_context(_FIXED):
        figure = Figure(
            figsize=(15, 8.4),
            dpi=150,
            facecolor="white",
            layout=ConstrainedLayoutEngine(w_pad=0.14, h_pad=0.12),
        )
        FigureCanvasAgg(figure)
        figure.suptitle(
            _title(network, measure), x=0.012, ha="left", fontsize=16, fontweight="bold", color=INK
        )
        if network.number_of_edges():
            left, right = figure.subplots(1, 2, width_ratios=[1.75, 1])
            drawn = _drawn(network, measured)
            colours = _colours(drawn, measured)
            (_draw_groups if measured.groups else _draw_ranking)(right, network, measured, colours)
            _draw_network(left, network, drawn, measured, colours)
        else:
            _say_empty(figure.subplots(), network)
        figure.savefig(output, metadata=_metadata(output))
    return output


def _title(network: nx.Graph, measure: str) -> str:
    names = {
        "citation": "citations",
        "coauthor": "co-authors",
        "influence": "influence",
        "cooccurrence": "co-occurrence",
    }
    return f"{measure} · {names.get(network.name, network.name)}"


def _metadata(output: Path) -> dict[str, None]:
    """No date, so that the same graph gives the same file."""
    return {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(output.suffix.lower(), {})


def _say_empty(axes: Axes, network: nx.Graph) -> None:
    axes.set_axis_off()
    why = network.graph.get("why_empty", "nothing is connected")
    axes.text(0.5, 0.5, f"This network is empty: {why}.", ha="center", va="center", fontsize=13, color=_SOFT)


def _draw_network(
    axes: Axes, network: nx.Graph, drawn: nx.Graph, measured: Measured, colours: Mapping[str, str]
) -> None:
    """The highest-ranked nodes: size by rank value, colour by community, labels where there is room."""
    places = positions(drawn, aspect=1.25)
    order = [node for node in _order(network, measured) if node in drawn]
    sizes = _sizes(measured, order)
    _draw_edges(axes, drawn, places)
    axes.scatter(
        [places[node][0] for node in order],
        [places[node][1] for node in order],
        s=[sizes[node] ** 2 for node in order],
        c=[colours.get(node, _OTHER) for node in order],
        edgecolors="white",
        linewidths=1.2,
        zorder=2,
    )
    axes.set_axis_off()
    axes.set_aspect("equal", adjustable="datalim")
    axes.margins(0.12, 0.08)
    axes.invert_yaxis()
    count = (
        f"The {len(drawn)} highest-ranked of {len(network)}"
        if len(drawn) < len(network)
        else f"All {len(network)}"
    )
    axes.set_title(f"{count} nodes; colours are communities", loc="left", fontsize=11, color=_SOFT)
    place_labels(axes, drawn, [(node, *places[node], sizes[node]) for node in order])


def _order(network: nx.Graph, measured: Measured) -> list[str]:
    """Nodes by rank, or the members of the largest groups turn by turn, so that every group shows its centre."""
    if not measured.groups:
        return ranked(network, measured)
    groups = measured.groups[: len(_PALETTE)]
    share = max(2, _NODES_DRAWN // len(groups))
    return sorted(
        (node for group in groups for node in group[:share]),
        key=lambda node: (-measured.values[node][-1], node),
    )


def _drawn(network: nx.Graph, measured: Measured) -> nx.Graph:
    """The network among the first nodes; those tied to none of the others are left out."""
    drawn = nx.Graph(network.subgraph(_order(network, measured)[:_NODES_DRAWN]))
    drawn.remove_edges_from(list(nx.selfloop_edges(drawn)))
    lonely = [node for node, degree in drawn.degree() if not degree]
    if len(lonely) < len(drawn):
        drawn.remove_nodes_from(lonely)
    return drawn


def _colours(drawn: nx.Graph, measured: Measured) -> dict[str, str]:
    """A colour for each member of the largest communities: those that were measured, else those of what is drawn."""
    groups = measured.groups or communities.measure(drawn).groups or ()
    return {node: colour for members, colour in zip(groups, _PALETTE, strict=False) for node in members}


def _sizes(measured: Measured, order: Sequence[str]) -> dict[str, float]:
    """Diameters in points; areas are in proportion to the values."""
    column = -1 if measured.groups else 0
    values = {node: max(0.0, float(measured.values[node][column])) for node in order}
    most = max(values.values(), default=0.0) or 1.0
    return {node: 7 + 21 * (value / most) ** 0.5 for node, value in values.items()}


def _draw_edges(axes: Axes, drawn: nx.Graph, places: dict[str, tuple[float, float]]) -> None:
    from matplotlib.collections import LineCollection

    weights = [float(weight) for *_ends, weight in drawn.edges(data="weight", default=1)]
    most = max(weights, default=1.0)
    thin = 1.0 if len(weights) < 3 * len(drawn) else 0.4
    axes.add_collection(
        LineCollection(
            [(places[one], places[other]) for one, other in drawn.edges()],
            linewidths=[thin + 2.0 * (weight / most if most > 1 else 0) for weight in weights],
            colors=_LINE,
            zorder=1,
        )
    )


def _draw_ranking(axes: Axes, network: nx.Graph, measured: Measured, colours: Mapping[str, str]) -> None:
    first = [node for node in ranked(network, measured) if measured.values[node][0]][:_BARS]
    values = [measured.values[node][0] for node in first]
    names = [short_label(str(network.nodes[node]["label"]), 34) for node in first]
    _bars(axes, names, values, [colours.get(node, _OTHER) for node in first])
    axes.set_title(f"Ranked by {measured.columns[0]}", loc="left", fontsize=11, color=_SOFT)


def _draw_groups(axes: Axes, network: nx.Graph, measured: Measured, colours: Mapping[str, str]) -> None:
    groups = (measured.groups or ())[:_BARS]
    names = [
        "\n".join(short_label(str(network.nodes[node]["label"]), 30) for node in group[:2])
        for group in groups
    ]
    _bars(axes, names, [len(group) for group in groups], [colours.get(group[0], _OTHER) for group in groups])
    axes.set_title("Largest communities, by their most central members", loc="left", fontsize=11, color=_SOFT)


def _bars(axes: Axes, names: Sequence[str], values: Sequence[float], colours: Sequence[str]) -> None:
    rows = range(len(names))
    axes.barh(rows, values, color=colours, height=0.66)
    axes.set_yticks(rows, [literal(name) for name in names], fontsize=9.5, color=INK)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.margins(x=0.14)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for row, value in zip(rows, values, strict=True):
        axes.annotate(
            f"{value:.4g}",
            (value, row),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=_SOFT,
        )
