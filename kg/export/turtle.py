"""Turtle: grouped by subject, with prefixes, everything sorted, so that equal graphs give equal files."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kg.graph.subjects import described_subjects
from kg.graph.turtle import header, subject_block

if TYPE_CHECKING:
    from kg.graph import OpenGraph

SUFFIXES = (".ttl", ".turtle")


def write(graph: OpenGraph, stream: BinaryIO) -> None:
    """Writes the graph as Turtle."""
    stream.write(header(graph.base).encode())
    blocks = (subject_block(subject, triples, graph.base) for subject, triples in described_subjects(graph))
    stream.writelines(block.encode() for block in blocks)
