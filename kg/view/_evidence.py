"""What stands behind each connection of a page: the statement, its sentence, paper and confidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from kg.graph.lookup import pairs, properties
from kg.ontology import shorten

if TYPE_CHECKING:
    import networkx

    from kg.graph import OpenGraph

PHRASES = {
    "dcterms:creator": ("written by", "wrote"),
    "cito:cites": ("cites", "cited by"),
    "kgo:influencedBy": ("works with things from", "its things are used in"),
    "kgo:introduces": ("introduces", "introduced in"),
    "kgo:comparesWith": ("compares with", "compared with in"),
    "kgo:evaluates": ("evaluates", "evaluated in"),
    "kgo:uses": ("uses", "used in"),
    "kgo:addresses": ("addresses", "addressed in"),
    "kgo:mentions": ("mentions", "mentioned in"),
    "kgo:basedOn": ("based on", "basis of"),
    "kgo:trainedOn": ("trained on", "training data of"),
    "kgo:evaluatedOn": ("evaluated on", "test bed of"),
    "kgo:outperforms": ("outperforms", "outperformed by"),
    "kgo:partOf": ("part of", "has part"),
    "kgo:variantOf": ("variant of", "has variant"),
    "skos:broader": ("kind of", "has kind"),
}
"""How each property reads from its subject, and from its object."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement between two nodes, with the best evidence for it."""

    subject: str
    property: str
    """A key of `PHRASES`."""
    object: str
    paper_count: int = 0
    """Papers that make it; none where it is a fact of the record."""
    quote: str | None = None
    paper: str | None = None
    """IRI of the paper that the quote is from."""
    confidence: float | None = None


def statements(
    graph: OpenGraph, network: networkx.MultiDiGraph, nodes: Collection[str]
) -> Iterator[Statement]:
    """Every statement between two of the nodes, sorted by its ends and property."""
    for subject, edges in groupby(sorted(network.subgraph(nodes).edges(keys=True)), key=lambda edge: edge[0]):
        claims = _claims(graph, subject)
        for _subject, object_, property_ in edges:
            yield claims.get((property_, object_)) or Statement(subject, property_, object_)


def _claims(graph: OpenGraph, subject: str) -> dict[tuple[str, str], Statement]:
    """The surest claim for each property and object that is claimed of a subject."""
    found: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for claim, _subject in pairs(graph, "rdf:subject", object_=subject):
        statement = _statement(subject, properties(graph, claim))
        found[statement.property, statement.object].append(statement)
    return {
        key: replace(
            max(claims, key=lambda claim: (claim.confidence or 0.0, claim.paper or "")),
            paper_count=len(claims),
        )
        for key, claims in found.items()
    }


def _statement(subject: str, claim: dict[str, list[str]]) -> Statement:
    confidence = claim.get("kgo:confidence")
    return Statement(
        subject,
        shorten(claim["rdf:predicate"][0]),
        claim["rdf:object"][0],
        quote=next(iter(claim.get("kgo:quote", ())), None),
        paper=next(iter(claim.get("kgo:inPaper", ())), None),
        confidence=float(confidence[0]) if confidence else None,
    )
