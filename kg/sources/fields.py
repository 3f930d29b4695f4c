"""A paper from the fields of a record, checked and normalised alike for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.model import Author, Paper, PaperId
from kg.sources.identifiers import (
    Identified,
    derived_date,
    id_of_title,
    identify,
    is_paper_address,
    normalise_reference,
    normalise_version,
)

MAX_TEXT_BYTES = 1 << 20
"""Of title and abstract together: a much longer literal could be stored but not read back."""

_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ].*)?")
_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?((?:\d{4}-){3}\d{3}[\dXx])/?")


@dataclass(frozen=True, slots=True)
class Fields:
    """What a record says, as read; anything may be missing."""

    id: str | None = None
    title: str | None = None
    abstract: str | None = None
    version: str | int | None = None
    authors: tuple[Author, ...] = ()
    published: str | None = None
    venue: str | None = None
    doi: str | None = None
    url: str | None = None
    references: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def to_paper(fields: Fields, *, origin: str) -> Paper:
    """The paper that the fields describe; raises `ValueError` with the reason where they describe none."""
    _check_texts(fields)
    paper_id, version = _identity(fields)
    stated = normalise_date(fields.published)
    published = stated or derived_date(paper_id)
    return Paper(
        id=paper_id,
        title=_text(fields.title),
        abstract=_text(fields.abstract),
        version=version,
        authors=tuple(_author(author) for author in fields.authors if author.name.strip()),
        published=published,
        is_published_derived=stated is None and published is not None,
        venue=_line(fields.venue),
        doi=_doi(fields.doi),
        url=_line(fields.url),
        references=_distinct(normalise_reference(reference) for reference in fields.references),
        topics=_distinct(" ".join(topic.split()) for topic in fields.topics),
        origin=origin,
    )


def normalise_date(text: str | None) -> str | None:
    """`2024`, `2024-12` or `2024-12-19`; raises `ValueError` for anything else.

    >>> normalise_date("2024-12-19T10:00:00Z"), normalise_date("2024/3")
    ('2024-12-19', '2024-03')
    """
    if text is None or not text.strip():
        return None
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = match.groups()
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"the date is {text[:40]!r}; expected 2024, 2024-12 or 2024-12-19") from None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _identity(fields: Fields) -> Identified:
    """From the id, else an archive's address, else the DOI, else the title."""
    written = next(filter(None, (_line(fields.id), _archive_address(fields.url), _line(fields.doi))), None)
    if written is None:
        if not _text(fields.title):
            raise ValueError("the record has neither an id nor a title")
        return Identified(id_of_title(fields.title or ""), normalise_version(fields.version))
    found = identify(written)
    return Identified(
        found.id, normalise_version(fields.version) or found.version or _address_version(found.id, fields)
    )


def _archive_address(url: str | None) -> str | None:
    return url.strip() if url and is_paper_address(url) else None


def _address_version(paper_id: PaperId, fields: Fields) -> str | None:
    """The version in the address, where that leads to the same paper."""
    address = _archive_address(fields.url)
    found = identify(address) if address else None
    return found.version if found and found.id == paper_id else None


def _author(author: Author) -> Author:
    orcid = _ORCID.fullmatch(author.orcid.strip()) if author.orcid else None
    name = " ".join(author.name.split())
    return Author(name, orcid[1].upper() if orcid else None, _line(author.affiliation))


def _doi(text: str | None) -> str | None:
    """The DOI without prefix, in lower case."""
    doi = _line(text)
    if doi is None:
        return None
    return re.sub(r"^(?:doi\s*:\s*|https?://(?:dx\.)?doi\.org/)", "", doi, flags=re.IGNORECASE).lower()


def _check_texts(fields: Fields) -> None:
    """Refuses text that no RDF store or Parquet file can hold."""
    names = (part for author in fields.authors for part in (author.name, author.orcid, author.affiliation))
    short = (fields.id, str(fields.version), fields.published, fields.venue, fields.doi, fields.url)
    everything = "\n".join(text or "" for text in (*short, *names, *fields.references, *fields.topics))
    texts = f"{fields.title or ''}\n{fields.abstract or ''}"
    if "\0" in texts or "\0" in everything:
        raise ValueError("the record has a NUL character")
    try:
        everything.encode()
        size = len(texts.encode())
    except UnicodeEncodeError as error:
        raise ValueError(f"the record has a lone surrogate, {error.object[error.start]!a}") from None
    if size > MAX_TEXT_BYTES:
        raise ValueError(f"title and abstract have {size} bytes; at most {MAX_TEXT_BYTES} are accepted")


def _text(text: str | None) -> str | None:
    return text.strip() or None if text else None


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))
