"""Pages: a part of a graph as one interactive file that needs no network."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.labels import short_label
from kg.graph.projections import networkx_graph
from kg.graph.things import resolve
from kg.view._drawing import drawn
from kg.view._evidence import statements
from kg.view._page import Heading, page
from kg.view._selection import Selection, best_connected, neighbourhood

if TYPE_CHECKING:
    import networkx

    from kg.graph import OpenGraph

__all__ = ["view"]


def view(
    graph: OpenGraph, output: Path | str, *, around: str | None = None, hops: int = 1, limit: int = 300
) -> Path:
    """Writes one self-contained page of at most `limit` nodes, the best connected ones, and returns its path.

    With `around`, a thing (IRI, CURIE, paper id or label) and what is at most `hops` steps away from it. Every
    connection shows the sentence it came from.
    """
    if limit < 1 or hops < 1:
        raise ValueError(f"limit and hops are at least 1, not {limit} and {hops}")
    network = networkx_graph(graph)
    centre = None if around is None else resolve(graph, around)
    chosen = (
        best_connected(network, limit)
        if centre is None
        else neighbourhood(network, centre, hops=hops, limit=limit)
    )
    shown = network.subgraph(chosen.nodes)
    text = page(
        drawn(shown, graph, statements(graph, network, chosen.nodes)), _heading(network, chosen, centre)
    )
    Path(output).write_text(text, encoding="utf-8", newline="\n")
    return Path(output)


def _heading(network: networkx.MultiDiGraph, chosen: Selection, centre: str | None) -> Heading:
    counts = Counter(kind for _node, kind in network.nodes(data="kind"))
    label = None if centre is None else short_label(str(network.nodes[centre]["label"]), 48)
    return Heading(
        title=f"Around {label}" if label else "Knowledge graph of papers",
        summary=_summary(network, chosen, is_around=centre is not None),
        counts=counts,
        selected=None if centre is None else chosen.nodes.index(centre),
    )


def _summary(network: networkx.MultiDiGraph, chosen: Selection, *, is_around: bool) -> str:
    statement_count = network.subgraph(chosen.nodes).number_of_edges()
    shown = f"{_number(len(chosen.nodes))} of {_number(len(network))} things"
    stated = f"{_number(statement_count)} of {_number(network.number_of_edges())} statements"
    left_out_count = chosen.candidate_count - len(chosen.nodes)
    which = (
        "its neighbourhood"
        if is_around
        else "the best connected"
        if left_out_count
        else "all that is connected"
    )
    left_out = " and ".join(
        f"{_number(count)} {what}"
        for count, what in ((left_out_count, "less connected"), (chosen.generic_count, "generic"))
        if count
    )
    return f"{shown} and {stated}: {which}." + (f" Left out: {left_out} ones." if left_out else "")


def _number(count: int) -> str:
    """`12 345` with a narrow space that does not break."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
