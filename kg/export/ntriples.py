"""N-Triples, sorted by subject and within it, so that equal graphs give equal files."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kg.graph.subjects import described_subjects

if TYPE_CHECKING:
    from kg.graph import OpenGraph

SUFFIXES = (".nt",)


def write(graph: OpenGraph, stream: BinaryIO) -> None:
    """Writes the graph as N-Triples."""
    for _subject, triples in described_subjects(graph):
        stream.writelines(sorted(f"{triple} .\n".encode() for triple in triples))
