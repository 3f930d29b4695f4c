"""Graphs that live in memory, for small work: the same code as on disk, but for the directory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import polars as pl

from kg.graph.corpus import Corpus
from kg.graph.directory import describe
from kg.graph.manifest import Option
from kg.graph.opened import OpenGraph
from kg.graph.rdf import triples
from kg.graph.store import check_base, load_in_memory
from kg.link import Linked
from kg.link.written import EXTRACTION_SCHEMA, Written, paper_frame
from kg.model import Paper, Rejected
from kg.ontology import BASE_IRI


@contextmanager
def writing_in_memory(*, base: str | None = None) -> Iterator[MemoryWriter]:
    """A writer whose graph lives in memory."""
    yield MemoryWriter(check_base(base or BASE_IRI))


@dataclass(frozen=True, slots=True)
class MemoryWriter:
    """Writes a graph in memory; made by `writing_in_memory`."""

    base: str
    batches: list[pl.DataFrame] = field(default_factory=list)

    def records(self) -> Iterator[Paper]:
        """Nothing: the graph is new."""
        yield from ()

    def known_keys(self) -> set[str]:
        """The keys of the texts whose extractions were added."""
        return {key for batch in self.batches for key in batch["key"]}

    def add_extractions(self, frame: pl.DataFrame) -> None:
        """Keeps a batch of extractions."""
        self.batches.append(frame)

    def extractions(self, keys: Iterable[str]) -> pl.DataFrame:
        """The extractions of these texts that are there, sorted by key."""
        known = pl.concat([pl.DataFrame(schema=dict(EXTRACTION_SCHEMA)), *self.batches])
        return known.filter(pl.col("key").is_in(sorted(keys))).unique("key", keep="first").sort("key")

    def publish(
        self,
        linked: Linked,
        written: Written,
        *,
        records: Iterable[Paper],
        extractor: str,
        rejected: Sequence[Rejected] = (),  # noqa: ARG002 a graph in memory has no file for them
        sources: Mapping[str, str] | None = None,
        options: Mapping[str, Option] | None = None,
    ) -> OpenGraph:
        """The graph of exactly these papers."""
        corpus = Corpus(written, linked, extractor, self.base)
        store = load_in_memory(triples(corpus))
        return OpenGraph(
            store=store,
            manifest=describe(corpus, len(store), sources, options),
            records=paper_frame(records).lazy(),
            extractions=self.extractions(written.versions["key"]).lazy(),
        )
