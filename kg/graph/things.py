"""What a person calls a thing, and the thing's IRI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from kg.errors import AmbiguousThingError, QueryError
from kg.graph.lookup import pairs, text_of
from kg.ontology import expand, paper_iri

if TYPE_CHECKING:
    from kg.graph import OpenGraph

LABEL_PROPERTIES = ("skos:prefLabel", "foaf:name", "dcterms:title", "skos:altLabel")
"""Where names stand, the most telling first."""

_SUGGESTIONS = 5
_ALIKE = 70
"""Score of `rapidfuzz.fuzz.ratio` from which a label may be what was meant."""


def resolve(graph: OpenGraph, thing: str) -> str:
    """The IRI of a thing given as an IRI, a CURIE, a paper id or a label.

    A label is tried as written, then in any case. Raises `AmbiguousThingError` where several things have it, and
    `QueryError` where none has.
    """
    for iri in _iris(graph, thing):
        if _is_known(graph, iri):
            return iri
    found = _labelled(graph, thing) or _labelled_in_any_case(graph, thing)
    if len(found) > 1:
        raise AmbiguousThingError(thing, found)
    if not found:
        raise QueryError(f"nothing in the graph is called {thing!r}{_suggestion(graph, thing)}")
    return found[0]


def _iris(graph: OpenGraph, thing: str) -> Iterator[str]:
    if any(each.isspace() or each in '<>"{}|^`\\' for each in thing):
        return
    if "://" in thing:
        yield thing
    elif ":" in thing:
        yield expand(thing, base=graph.base)
        yield paper_iri(thing.lower(), base=graph.base)
    else:
        yield paper_iri(f"arxiv:{thing}", base=graph.base)


def _is_known(graph: OpenGraph, iri: str) -> bool:
    try:
        return any(True for _quad in graph.store.quads_for_pattern(NamedNode(iri), None, None))
    except ValueError:
        return False


def _labelled(graph: OpenGraph, label: str) -> list[str]:
    for property_ in LABEL_PROPERTIES:
        quads = graph.store.quads_for_pattern(None, NamedNode(expand(property_)), Literal(label))
        if found := sorted({text_of(quad.subject) for quad in quads}):
            return found
    return []


def _labelled_in_any_case(graph: OpenGraph, label: str) -> list[str]:
    wanted = label.casefold()
    for property_ in LABEL_PROPERTIES:
        if found := sorted({iri for iri, text in pairs(graph, property_) if text.casefold() == wanted}):
            return found
    return []


def _suggestion(graph: OpenGraph, thing: str) -> str:
    """Labels that hold the text, the shortest first, and after them those that are spelt most alike."""
    wanted = thing.casefold().strip()
    labels = sorted({text for property_ in LABEL_PROPERTIES for _iri, text in pairs(graph, property_)})
    holding = sorted((text for text in labels if wanted and wanted in text.casefold()), key=len)
    alike = process.extract(
        wanted, labels, processor=str.casefold, scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_ALIKE
    )
    shown = list(dict.fromkeys([*holding[:_SUGGESTIONS], *(text for text, _score, _place in alike)]))[
        :_SUGGESTIONS
    ]
    return f"; near it: {', '.join(map(repr, shown))}" if shown else ""
