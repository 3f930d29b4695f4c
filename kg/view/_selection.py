"""Which nodes a page shows: a neighbourhood, or the best connected."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class Selection:
    """The nodes to show, and what was left out."""

    nodes: tuple[str, ...]
    """IRIs, sorted."""
    generic_count: int
    """Generic terms left out because they connect everything with everything."""
    candidate_count: int
    """Nodes among which the limit chose."""


def best_connected(network: networkx.MultiDiGraph, limit: int) -> Selection:
    """The nodes that stay when the node with the fewest neighbours is taken away, time and again.

    Nodes tied to nothing go first, then loose ends: what stays is the densest part rather than a set of hubs. Generic
    terms never stay.
    """
    neighbours = _neighbours(network)
    generic = [node for node, is_generic in network.nodes(data="is_generic") if is_generic]
    for node in generic:
        _take_away(neighbours, node)
    candidate_count = len(neighbours)
    return Selection(tuple(sorted(_peeled(neighbours, limit))), len(generic), candidate_count)


def neighbourhood(network: networkx.MultiDiGraph, start: str, *, hops: int, limit: int) -> Selection:
    """A node and what is at most `hops` steps away, nearest first, then the best connected.

    Generic terms are shown where they are met, but no step leads on from one.
    """
    neighbours = _neighbours(network)
    is_generic = network.nodes(data="is_generic")
    reached, ring, candidate_count = {start}, [start], 1
    for _hop in range(hops):
        met = {other for node in ring for other in neighbours[node]} - reached
        candidate_count += len(met)
        kept = sorted(met, key=lambda node: (-len(neighbours[node]), node))[: limit - len(reached)]
        reached.update(kept)
        ring = [node for node in kept if not is_generic[node]]
    return Selection(tuple(sorted(reached)), 0, candidate_count)


def _neighbours(network: networkx.MultiDiGraph) -> dict[str, set[str]]:
    neighbours: dict[str, set[str]] = {node: set() for node in network}
    for one, other in network.edges():
        if one != other:
            neighbours[one].add(other)
            neighbours[other].add(one)
    return neighbours


def _peeled(neighbours: dict[str, set[str]], limit: int) -> Iterable[str]:
    first_degree = {node: len(others) for node, others in neighbours.items()}
    queue = [(degree, degree, node) for node, degree in first_degree.items()]
    heapq.heapify(queue)
    while len(neighbours) > limit or (queue and queue[0][0] == 0 and len(neighbours) > 1):
        degree, _first, node = heapq.heappop(queue)
        if node not in neighbours or degree != len(neighbours[node]):
            continue
        for other in _take_away(neighbours, node):
            heapq.heappush(queue, (len(neighbours[other]), first_degree[other], other))
    return neighbours


def _take_away(neighbours: dict[str, set[str]], node: str) -> Collection[str]:
    others = neighbours.pop(node)
    for other in others:
        neighbours[other].discard(node)
    return others
