"""A graph subject by subject, in the order of their IRIs: what exports are written from, in flat memory."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, Triple

from kg.graph.opened import OpenGraph


def described_subjects(graph: OpenGraph) -> Iterator[tuple[str, list[Triple]]]:
    """Each subject with all its triples."""
    for subject in _subjects(graph):
        quads = graph.store.quads_for_pattern(NamedNode(subject), None, None, DefaultGraph())
        yield subject, [quad.triple for quad in quads]


def _subjects(graph: OpenGraph) -> list[str]:
    found = graph.store.query("SELECT DISTINCT ?subject { ?subject ?predicate ?object }")
    if not isinstance(found, QuerySolutions):
        raise TypeError("a SELECT gives solutions")
    return sorted(solution["subject"].value for solution in found)
