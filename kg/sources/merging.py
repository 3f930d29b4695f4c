"""Works from records: what several records say of one paper, as one.

Text comes from the highest version that has it. Every other field comes from the best record that has it: the
richer source goes first, then the higher version, then the longer value, then code-point order. Identifiers and
topics are united; of lists of authors, the longest is taken whole. The result does not depend on the order of records.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg import plugins
from kg.errors import PluginError
from kg.model import Author, Paper, PaperId, Work


def merge(papers: Iterable[Paper]) -> list[Work]:
    """The works that the records describe, sorted by id; papers of which no record has a title are left out."""
    return [_work(records) for _, records in _by_id(papers) if any(record.title for record in records)]


def orphans(papers: Iterable[Paper]) -> list[PaperId]:
    """Ids, sorted, of the papers of which no record has a title."""
    return [paper_id for paper_id, records in _by_id(papers) if not any(record.title for record in records)]


def _by_id(papers: Iterable[Paper]) -> list[tuple[PaperId, list[Paper]]]:
    records: defaultdict[PaperId, list[Paper]] = defaultdict(list)
    for paper in papers:
        records[paper.id].append(paper)
    return sorted(records.items())


def _work(records: Sequence[Paper]) -> Work:
    texts = _texts(records)
    latest = texts[-1]
    published, is_derived = _published(records)
    paper = Paper(
        id=latest.id,
        title=latest.title,
        abstract=latest.abstract,
        version=latest.version,
        authors=_authors(records),
        published=published,
        is_published_derived=is_derived,
        venue=_best(records, "venue"),
        doi=_best(records, "doi"),
        url=_best(records, "url"),
        references=_united(record.references for record in records),
        topics=_united(record.topics for record in records),
        origin=min(records, key=lambda record: (-_richness(record.origin), record.origin)).origin,
    )
    versions = (
        replace(paper, title=text.title, abstract=text.abstract, version=text.version) for text in texts
    )
    return Work(paper, tuple(versions))


def _texts(records: Sequence[Paper]) -> list[Paper]:
    """One record a version with its text, oldest first; versions without an abstract only where none has one."""
    by_version: defaultdict[str | None, list[Paper]] = defaultdict(list)
    for record in records:
        by_version[record.version].append(record)
    title = _best(records, "title")
    texts = [
        Paper(records[0].id, _best(members, "title") or title, _best(members, "abstract"), version)
        for version, members in sorted(by_version.items(), key=lambda item: _version_key(item[0]))
    ]
    complete = [text for text in texts if text.abstract]
    return _without_unnumbered_copy(complete) if complete else _highest_titled(by_version, texts)


def _highest_titled(by_version: Mapping[str | None, Sequence[Paper]], texts: Sequence[Paper]) -> list[Paper]:
    titled = [text for text in texts if any(member.title for member in by_version[text.version])]
    return titled[-1:]


def _without_unnumbered_copy(texts: list[Paper]) -> list[Paper]:
    """A text of no known version is dropped where a numbered version has the same text."""
    first, *numbered = texts
    if first.version is None and any(_words(first) == _words(text) for text in numbered):
        return numbered
    return texts


def _words(paper: Paper) -> list[str]:
    return f"{paper.title}\n{paper.abstract}".split()


def _best(records: Iterable[Paper], field: str) -> str | None:
    """The value of a field in the best record that has it."""
    candidates = (
        (-_richness(record.origin), -_version_key(record.version)[0], -len(value), value)
        for record in records
        if (value := getattr(record, field))
    )
    return min(candidates, default=(0, 0, 0, None))[-1]


def _published(records: Iterable[Paper]) -> tuple[str | None, bool]:
    """The best date: a stated one before a derived one, the fuller before the shorter, the earlier of two."""
    candidates = (
        (record.is_published_derived, -_richness(record.origin), -len(record.published), record.published)
        for record in records
        if record.published
    )
    is_derived, _, _, published = min(candidates, default=(False, 0, 0, None))
    return published, is_derived


def _authors(records: Iterable[Paper]) -> tuple[Author, ...]:
    return min(
        (record for record in records if record.authors),
        key=lambda record: (
            -len(record.authors),
            -_richness(record.origin),
            -_version_key(record.version)[0],
            [(author.name, author.orcid or "~", author.affiliation or "~") for author in record.authors],
        ),
        default=Paper(PaperId("")),
    ).authors


def _united(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({value for values in lists for value in values}))


def _version_key(version: str | None) -> tuple[int, str]:
    """Unnumbered versions first, then by number: v2 before v10."""
    if version is None:
        return 0, ""
    number = re.fullmatch(r"v(\d+)", version)
    return (int(number[1]) + 2, version) if number else (1, version)


@cache
def _richness(origin: str) -> int:
    try:
        return int(getattr(plugins.load("kg.sources", origin), "RICHNESS", 0))
    except PluginError:
        return 0
