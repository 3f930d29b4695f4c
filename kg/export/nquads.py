"""N-Quads: claims, authorships and results in a graph named by their paper, all else in the default graph.

The store itself has no such graphs; they are derived from `kgo:inPaper`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import Triple

from kg.graph.subjects import described_subjects
from kg.ontology import expand

if TYPE_CHECKING:
    from kg.graph import OpenGraph

SUFFIXES = (".nq",)

_IN_PAPER = expand("kgo:inPaper")


def write(graph: OpenGraph, stream: BinaryIO) -> None:
    """Writes the graph as N-Quads, sorted by subject and within it."""
    for _subject, triples in described_subjects(graph):
        paper = _paper(triples)
        stream.writelines(sorted(f"{triple}{paper} .\n".encode() for triple in triples))


def _paper(triples: Iterable[Triple]) -> str:
    return next((f" {triple.object}" for triple in triples if triple.predicate.value == _IN_PAPER), "")
