"""Listings: Markdown with a heading for each paper and a bullet for each field.

    # the topic of the papers that follow
    ## Title of a paper
    - **Url**: http://arxiv.org/abs/2412.15209v1
    - **Authors**: ['Ada Lovelace', "Flann O'Brien"]
    - **Abstrat**: Text, over several lines if need be ...

Labels may be misspelt, fields may be missing, lists of authors may be malformed. Headings of the first level with
fields of their own (`# Title`, `**Authors**: ...`) are papers too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import BinaryIO

from kg.model import Author, Paper, Rejected
from kg.sources.fields import MAX_TEXT_BYTES, Fields, to_paper
from kg.sources.streams import MAX_LINE_BYTES, lines

NAME = "listing"
RICHNESS = 1

_HEADING = re.compile(r"(#{1,2})(?:\s+(.*?))?\s*#*\s*")
_FIELD = re.compile(r"\s*(?:[-*+]\s+)?\*\*\s*([^*\n]{1,40}?)\s*(:?)\s*\*\*\s*(:?)\s*(.*)")
_FIELDS = {
    "abstract": "abstract", "summary": "abstract", "author": "authors", "authors": "authors", "url": "url",
    "link": "url", "pdf": "url", "id": "id", "arxiv": "id", "arxiv id": "id", "doi": "doi", "venue": "venue",
    "journal": "venue", "conference": "venue", "published": "published", "date": "published", "year": "published",
    "version": "version",
}  # fmt: skip
_PASSED_OVER = frozenset(
    "categories category comment comments code keywords tags updated subjects tl;dr".split()
)
_QUOTED_NAME = re.compile(r"""(['"])(.*?)(?<!\\)\1\s*(?=,|\]|$)""")
_ESCAPE = re.compile(
    r"""\\(?:(['"\\])|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}))"""
)
_LINK = re.compile(r"\[[^\]]*\]\((\S+)\)|<(\S+)>")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")
_SHOWN_LINES = 12
_NOTHING = frozenset({"", "none", "null", "nan", "n/a", "-"})


@dataclass(slots=True)
class _Open:
    """The record being read."""

    title: str
    line: int
    topic: str | None
    values: dict[str, list[str]] = field(default_factory=dict)
    """Lines of each field; of a field given twice, the first counts."""
    source: list[str] = field(default_factory=list)
    fault: str | None = None
    size: int = 0
    current: list[str] | None = None

    def begin(self, name: str | None, value: str) -> None:
        """A field begins; those without a name of ours are passed over."""
        self.current = [value]
        if name is not None:
            self.values.setdefault(name, self.current)

    def add(self, text: str) -> None:
        """The field goes on."""
        self.size += len(text)
        if self.current is not None and self.size <= MAX_TEXT_BYTES:
            self.current.append(text)

    @property
    def is_in_abstract(self) -> bool:
        """Whether the line before belongs to the abstract, so that a bullet may do so too."""
        return self.current is not None and self.values.get("abstract") is self.current


def sniff(head: str) -> bool:
    """Whether the text has a heading or a field as listings have them."""
    return any(_HEADING.fullmatch(line) or _label(line) for line in head.split("\n"))


def read(stream: BinaryIO, path: str) -> Iterator[Paper | Rejected]:
    """The papers of the listing, and the records that are none with the reason."""
    reader = _Reader()
    for number, line in lines(stream):
        for text in _texts(line, reader):
            if (record := reader.take(text, number)) is not None:
                yield _close(record, path)
    if reader.record is not None:
        yield _close(reader.record, path)


class _Reader:
    """Takes the lines of a listing, and hands out each record when the next begins."""

    def __init__(self) -> None:
        self.record: _Open | None = None
        self._topic: str | None = None
        self._heading: tuple[str, int] | None = None
        self._is_after_gap = True

    def take(self, text: str, number: int) -> _Open | None:
        """Reads one line; gives the record before it where the line ends that."""
        finished = None
        heading = _HEADING.fullmatch(text)
        if heading and (heading[1] == "##" or self._is_after_gap or self.record is None):
            finished = self._take_heading(heading, number)
        elif label := _label(text):
            self._take_field(label, text, number)
        elif self.record is not None and not _RULE.fullmatch(text):
            self.record.add(text)
        if self.record is not None and len(self.record.source) < _SHOWN_LINES:
            self.record.source.append(text)
        self._is_after_gap = not text.strip() or bool(_RULE.fullmatch(text))
        return finished

    def _take_heading(self, heading: re.Match[str], number: int) -> _Open | None:
        finished, self.record = self.record, None
        title = heading[2] or ""
        if heading[1] == "#":
            self._heading = title, number
            return finished
        if self._heading is not None:
            self._topic, self._heading = self._heading[0], None
        self.record = _Open(title, number, self._topic)
        return finished

    def _take_field(self, label: tuple[str | None, str], text: str, number: int) -> None:
        name, value = label
        if self.record is None:
            title, line = self._heading or ("", number)
            self._heading = None
            self.record = _Open(title, line, self._topic)
        if name is None and self.record.is_in_abstract:
            self.record.add(text)
        else:
            self.record.begin(name, value)


def _texts(line: bytes | None, reader: _Reader) -> list[str]:
    """The text of a line; where it has none, its record is spoilt."""
    try:
        if line is None:
            raise ValueError(f"a line has more than {MAX_LINE_BYTES} bytes")
        return re.split(r"\r\n?", line.decode().removesuffix("\n").removesuffix("\r"))
    except UnicodeDecodeError as error:
        fault = f"byte {error.object[error.start]:#04x} is not UTF-8"
    except ValueError as error:
        fault = str(error)
    if reader.record is not None:
        reader.record.fault = fault
    return []


def _label(line: str) -> tuple[str | None, str] | None:
    """The field that begins in the line, and its value; a field without a name is none of ours."""
    match = _FIELD.fullmatch(line)
    if match is None or not (match[2] or match[3]):
        return None
    label = match[1].rstrip(":").strip().lower()
    return _field_name(label), match[4]


@lru_cache(maxsize=1024)
def _field_name(label: str) -> str | None:
    """The field that a label means, misspelt or not; a label with brackets says something else."""
    if label in _PASSED_OVER or "(" in label:
        return "passed over"
    close = get_close_matches(label, _FIELDS, n=1, cutoff=0.75)
    return _FIELDS[close[0]] if close else None


def _close(record: _Open, path: str) -> Paper | Rejected:
    try:
        return to_paper(_fields(record), origin=NAME)
    except ValueError as error:
        return Rejected(path, record.line, str(error), "\n".join((record.title, *record.source))[:1000])


def _fields(record: _Open) -> Fields:
    if record.fault:
        raise ValueError(record.fault)
    if not record.title.strip():
        raise ValueError("the record has no title")
    if not record.values:
        raise ValueError("the heading has no field below it, such as '- **Url**: ...'")
    values = {name: "\n".join(value).strip() for name, value in record.values.items()}
    given = {name: value for name, value in values.items() if value.lower() not in _NOTHING}
    return Fields(
        title=record.title,
        abstract=given.get("abstract"),
        authors=tuple(Author(name) for name in author_names(given.get("authors", ""))),
        id=given.get("id"),
        url=_address(given.get("url")),
        doi=given.get("doi"),
        venue=given.get("venue"),
        version=given.get("version"),
        published=given.get("published"),
        topics=(record.topic,) if record.topic else (),
    )


def _address(text: str | None) -> str | None:
    link = _LINK.search(text) if text else None
    return (link[1] or link[2]) if link else text


def author_names(text: str) -> list[str]:
    """The names in a list of authors: a Python literal, sound or not, else names between commas.

    >>> author_names("['Flann O'Brien', 'Ada Lovelace'"), author_names("Ada Lovelace and Alan Turing")
    (["Flann O'Brien", 'Ada Lovelace'], ['Ada Lovelace', 'Alan Turing'])
    """
    text = " ".join(text.split())
    quoted = [match[2] for match in _QUOTED_NAME.finditer(text)]
    if quoted:
        return [name for name in (_unescaped(name).strip() for name in quoted) if name]
    parts = re.split(
        r";" if ";" in text else r",(?!\s*(?:Jr|Sr|I{2,3}|IV)\b)|\s+and\s+|\s+&\s+", text.strip("[]() ")
    )
    return [name for name in (part.strip(" '\"") for part in parts) if name.lower() not in _NOTHING]


def _unescaped(name: str) -> str:
    return _ESCAPE.sub(lambda match: match[1] or chr(int(match[2] or match[3] or match[4], 16)), name)
