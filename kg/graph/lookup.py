"""Plain values out of the store: pairs of a property, and all that is stated of one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.ontology import expand, shorten

if TYPE_CHECKING:
    from kg.graph import OpenGraph


def pairs(
    graph: OpenGraph, property_: str, *, subject: str | None = None, object_: str | None = None
) -> Iterator[tuple[str, str]]:
    """Subject and object of each triple with that property (a CURIE or an IRI), or of those with a given IRI at an end.

    Objects that are literals come as their text.
    """
    first, last = (None if iri is None else NamedNode(iri) for iri in (subject, object_))
    for quad in graph.store.quads_for_pattern(first, NamedNode(expand(property_)), last):
        yield text_of(quad.subject), text_of(quad.object)


def properties(graph: OpenGraph, iri: str) -> dict[str, list[str]]:
    """All that the graph states of a thing: the values of each property, by its CURIE, sorted."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for quad in graph.store.quads_for_pattern(NamedNode(iri), None, None):
        values[shorten(quad.predicate.value)].append(text_of(quad.object))
    return {property_: sorted(found) for property_, found in sorted(values.items())}


def text_of(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """The IRI of a node or the text of a literal; a triple as a term, which no graph of ours has, is written out."""
    return str(term) if isinstance(term, Triple) else term.value
