"""Measures over the networks of a graph; a measure is a module of this folder, and cites its paper.

A measure has `measure(network) -> Measured`: a value or more for each node of a NetworkX network, the first of which
ranks. One that finds groups instead of single nodes says so by `groups`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg import plugins
from kg.analyse._measured import Measured, tabulated
from kg.errors import QueryError
from kg.graph import projections
from kg.graph.table import Table
from kg.ontology import Kind

if TYPE_CHECKING:
    import networkx

    from kg.graph import OpenGraph

__all__ = ["NETWORKS", "Measured", "Table", "analyse", "plot"]

NETWORKS: Mapping[str, Callable[[OpenGraph, Kind | str | None], networkx.Graph]] = {
    "citation": lambda graph, _kind: projections.citation_network(graph),
    "coauthor": lambda graph, _kind: projections.coauthor_network(graph),
    "influence": lambda graph, _kind: projections.influence_network(graph),
    "author-entity": projections.author_entity_network,
    "cooccurrence": projections.cooccurrence_network,
}
"""The networks that can be measured, by name; a kind of entity narrows the last two."""


def analyse(
    graph: OpenGraph,
    measure: str,
    *,
    network: str = "citation",
    kind: Kind | str | None = None,
    limit: int = 20,
) -> Table:
    """The things that a measure ranks highest, or the largest groups that it finds, at most `limit` rows.

    The table's note says what was sampled or left out, and why an empty network is empty. Raises `QueryError` for an
    unknown network or kind, and `PluginError` for an unknown measure.
    """
    rank = plugins.load("kg.analyse", measure).measure
    measured_network = _network(graph, network, kind)
    return tabulated(measured_network, rank(measured_network), limit)


def plot(
    graph: OpenGraph,
    output: Path | str,
    measure: str,
    *,
    network: str = "citation",
    kind: Kind | str | None = None,
) -> Path:
    """A picture of what `analyse` says, as PNG, SVG or PDF by the suffix of `output`; needs the extra `plot`.

    The network of the highest-ranked things stands beside their ranking; colours are communities, or kinds where the
    network has several.
    """
    from kg.analyse._plot import draw

    module = plugins.load("kg.analyse", measure)
    name = (module.__doc__ or measure).partition(":")[0]
    drawn_network = _network(graph, network, kind)
    return draw(drawn_network, module.measure(drawn_network), name, Path(output))


def _network(graph: OpenGraph, name: str, kind: Kind | str | None) -> networkx.Graph:
    if name not in NETWORKS:
        raise QueryError(f"{name!r} is no network; there are {', '.join(NETWORKS)}")
    return NETWORKS[name](graph, kind)
