"""The toy corpus: eight papers known by heart, with what an extractor should read in them.

Ada Marlowe and Bo Lindqvist wrote Tern; Wren is older; BirdBench has a harder successor. Two versions of the Tern paper
are there, and one paper has hostile characters in its title and abstract.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kg import sources
from kg.extract.lines import from_line
from kg.graph import GraphWriter, OpenGraph, writing_in_memory
from kg.link import Linked, link
from kg.link.written import Written, extraction_frame, text_key, written_tables
from kg.model import Extraction, Paper

FOLDER = Path(__file__).parent
PAPERS = FOLDER / "papers.jsonl"
EXTRACTIONS = FOLDER / "extractions.jsonl"
EXTRACTOR = "toy 1"


def papers() -> list[Paper]:
    """The nine records of the eight papers."""
    return list(sources.read([PAPERS], strict=True, on_reject=print))


def extractions() -> Iterator[Extraction]:
    """What there is to read in each version."""
    for line in EXTRACTIONS.read_text(encoding="utf-8").splitlines():
        yield from_line(json.loads(line), extractor=EXTRACTOR)


def tables(records: list[Paper] | None = None) -> tuple[Written, Linked]:
    """The as-written and the as-resolved tables of the corpus, or of some of its records."""
    written = written_tables(
        sources.merge(papers() if records is None else records), extraction_frame(extractions()), EXTRACTOR
    )
    return written, link(written)


def publish(writer: GraphWriter, records: list[Paper] | None = None) -> OpenGraph:
    """The corpus, or some of its records, as a graph of that writer."""
    chosen = papers() if records is None else records
    known = writer.known_keys()
    new = [each for each in extractions() if text_key(each.text, each.extractor) not in known]
    writer.add_extractions(extraction_frame(new))
    written, linked = tables(chosen)
    return writer.publish(linked, written, records=chosen, extractor=EXTRACTOR)


def toy_graph(*, base: str | None = None) -> OpenGraph:
    """The corpus as a graph in memory."""
    with writing_in_memory(base=base) as writer:
        return publish(writer)
