"""The project's own paper records: one JSON object a line.

Only title or id is required. Extraction and gold lines are read for their id, title and abstract; keys that are not
ours are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from kg.model import Author, Paper, Rejected
from kg.sources.fields import Fields, to_paper
from kg.sources.streams import MAX_LINE_BYTES, lines

NAME = "jsonl"
RICHNESS = 2


class _Author(msgspec.Struct):
    name: str
    orcid: str | None = None
    affiliation: str | list[str] | None = None


class _Record(msgspec.Struct):
    id: str | int | None = None
    title: str | None = None
    abstract: str | None = None
    version: str | int | None = None
    authors: list[str | _Author] | None = None
    published: str | int | None = None
    year: str | int | None = None
    venue: str | None = None
    doi: str | None = None
    url: str | None = None
    references: list[str] | None = None
    topics: list[str] | None = None


_DECODER = msgspec.json.Decoder(_Record)


def sniff(head: str) -> bool:
    """Whether the text begins as JSON lines do."""
    return head.lstrip().startswith("{")


def read(stream: BinaryIO, path: str) -> Iterator[Paper | Rejected]:
    """The papers of the lines, and the lines that are none with the reason."""
    for number, line in lines(stream):
        if line is None:
            yield Rejected(path, number, f"the line has more than {MAX_LINE_BYTES} bytes", "")
        elif line.strip():
            yield _read_line(line, path, number)


def _read_line(line: bytes, path: str, number: int) -> Paper | Rejected:
    try:
        line.decode()
        return to_paper(_fields(_DECODER.decode(line)), origin=NAME)
    except UnicodeDecodeError as error:
        reason = f"byte {error.object[error.start]:#04x} at {error.start} is not UTF-8"
    except (ValueError, RecursionError) as error:
        reason = str(error) or "the JSON is nested too deeply"
    return Rejected(path, number, reason, line.decode(errors="replace").strip()[:1000])


def _fields(record: _Record) -> Fields:
    published = record.published if record.published not in {None, ""} else record.year
    return Fields(
        id=None if record.id is None else str(record.id),
        title=record.title,
        abstract=record.abstract,
        version=record.version,
        authors=tuple(_author(author) for author in record.authors or ()),
        published=None if published is None else str(published),
        venue=record.venue,
        doi=record.doi,
        url=record.url,
        references=tuple(record.references or ()),
        topics=tuple(record.topics or ()),
    )


def _author(author: str | _Author) -> Author:
    if isinstance(author, str):
        return Author(author)
    affiliation = author.affiliation
    return Author(
        author.name, author.orcid, "; ".join(affiliation) if isinstance(affiliation, list) else affiliation
    )
