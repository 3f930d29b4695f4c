"""The as-written tables: what papers print, as Polars frames, from objects and from Parquet batches.

Two nested frames are stored, one row a record (`paper_frame`) and one row a text (`extraction_frame`); `written_tables`
makes flat frames of them, which are all that linking and the graph read. A version may be null: join on it with
`nulls_equal=True`. Every frame has the schema given here, an empty one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from kg.model import Assertion, Author, Extraction, Paper, PaperId, Result, Work
from kg.ontology import digest
from kg.text import source_text

SCHEMA_VERSION = "1"
"""Part of every text's key: a change of the extraction's columns makes every text a new one."""

Schema = Mapping[str, pl.DataType]

_TEXT, _COUNT, _NUMBER, _FLAG = pl.String(), pl.Int32(), pl.Float64(), pl.Boolean()
_TEXTS = pl.List(pl.String())


def _rows(fields: Schema) -> pl.DataType:
    """The type of a column that holds a list of structs."""
    return pl.List(pl.Struct(dict(fields)))


_AUTHOR: Schema = {"name": _TEXT, "orcid": _TEXT, "affiliation": _TEXT}
_ENTITY: Schema = {
    "kind": _TEXT,
    "role": _TEXT,
    "surfaces": _TEXTS,
    "confidence": _NUMBER,
    "evidence_start": _COUNT,
    "evidence_end": _COUNT,
}
_MENTION: Schema = {"entity": _COUNT, "start": _COUNT, "end": _COUNT, "surface": _TEXT, "confidence": _NUMBER}
_ASSERTION: Schema = {
    "subject": _COUNT,
    "relation": _TEXT,
    "object": _COUNT,
    "start": _COUNT,
    "end": _COUNT,
    "confidence": _NUMBER,
}
_RESULT: Schema = {
    "subject": _COUNT,
    "dataset": _COUNT,
    "metric": _TEXT,
    "value": _TEXT,
    "number": _NUMBER,
    "unit": _TEXT,
    "value_kind": _TEXT,
    "setting": _TEXT,
    "compared_with": _COUNT,
    "start": _COUNT,
    "end": _COUNT,
    "confidence": _NUMBER,
}

PAPER_SCHEMA: Schema = {
    "id": _TEXT,
    "title": _TEXT,
    "abstract": _TEXT,
    "version": _TEXT,
    "authors": _rows(_AUTHOR),
    "published": _TEXT,
    "is_published_derived": _FLAG,
    "venue": _TEXT,
    "doi": _TEXT,
    "url": _TEXT,
    "references": _TEXTS,
    "topics": _TEXTS,
    "origin": _TEXT,
}
"""One row a record as read; the fields of `kg.model.Paper`."""

EXTRACTION_SCHEMA: Schema = {
    "key": _TEXT,
    "extractor": _TEXT,
    "text": _TEXT,
    "entities": _rows(_ENTITY),
    "mentions": _rows(_MENTION),
    "assertions": _rows(_ASSERTION),
    "results": _rows(_RESULT),
    "links": _TEXTS,
}
"""One row a text, whatever papers have it; positions count from 0, as in `kg.model.Extraction`."""

_VERSION: Schema = {"paper_id": _TEXT, "version": _TEXT}

WRITTEN_SCHEMAS: Mapping[str, Schema] = {
    "works": {
        "paper_id": _TEXT,
        "title": _TEXT,
        "abstract": _TEXT,
        "version": _TEXT,
        "published": _TEXT,
        "is_published_derived": _FLAG,
        "venue": _TEXT,
        "doi": _TEXT,
        "url": _TEXT,
        "topics": _TEXTS,
    },
    "versions": {**_VERSION, "key": _TEXT, "text": _TEXT, "is_latest": _FLAG},
    "authors": {"paper_id": _TEXT, "position": _COUNT, **_AUTHOR},
    "references": {"paper_id": _TEXT, "reference": _TEXT},
    "entities": {**_VERSION, "key": _TEXT, "entity": _COUNT, **_ENTITY},
    "mentions": {**_VERSION, **_MENTION},
    "assertions": {**_VERSION, **_ASSERTION},
    "results": {**_VERSION, "position": _COUNT, **_RESULT},
    "links": {**_VERSION, "url": _TEXT},
}
"""Columns of the flat frames of `Written`."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the papers of a graph print, as flat frames with the columns of `WRITTEN_SCHEMAS`, each sorted."""

    works: pl.DataFrame
    """One row a paper: its merged record."""
    versions: pl.DataFrame
    """One row a version that has a text; the last one of each paper `is_latest`."""
    authors: pl.DataFrame
    """One row a name in a list of authors; `position` counts from 1."""
    references: pl.DataFrame
    """One row an entry of a list of references, as normalised on reading."""
    entities: pl.DataFrame
    """One row an entity of a version; `entity` is its position, from 0, to which the frames below refer."""
    mentions: pl.DataFrame
    """One row a mention."""
    assertions: pl.DataFrame
    """One row a relation stated in a version; `subject` and `object` are entities."""
    results: pl.DataFrame
    """One row a reported number; `position` counts from 0, `subject`, `dataset`, `compared_with` are entities."""
    links: pl.DataFrame
    """One row an address found in a version's text."""


def text_key(text: str, extractor: str) -> str:
    """The key under which the extraction of a source text is stored and reused."""
    return digest(text, extractor, SCHEMA_VERSION)


def extraction_frame(extractions: Iterable[Extraction]) -> pl.DataFrame:
    """The extractions as one nested frame with the columns of `EXTRACTION_SCHEMA`, in their order."""
    return pl.DataFrame(
        [_extraction_row(each) for each in extractions], schema=dict(EXTRACTION_SCHEMA), orient="row"
    )


def paper_frame(papers: Iterable[Paper]) -> pl.DataFrame:
    """The records as one nested frame with the columns of `PAPER_SCHEMA`, in their order."""
    return pl.DataFrame([_paper_row(each) for each in papers], schema=dict(PAPER_SCHEMA), orient="row")


def papers(frame: pl.DataFrame) -> Iterator[Paper]:
    """The records of a frame made by `paper_frame`."""
    for row in frame.iter_rows(named=True):
        lists = {name: tuple(row[name] or ()) for name in ("references", "topics")}
        authors = tuple(Author(**author) for author in row["authors"] or ())
        yield Paper(**{**row, **lists, "id": PaperId(row["id"]), "authors": authors})


def written_tables(works: Sequence[Work], extractions: pl.DataFrame, extractor: str) -> Written:
    """The flat frames of these works; a version whose text is not among the extractions has no entities.

    Rows of `extractions` that no version needs, and further rows with the same key, are ignored.
    """
    versions = _versions(works, extractor)
    texts = extractions.unique("key", keep="first", maintain_order=True)
    read = versions.select("paper_id", "version", "key").join(
        texts, on="key", how="inner", maintain_order="left"
    )
    return Written(
        works=_works(works),
        versions=versions,
        authors=_authors(works),
        references=_references(works),
        entities=_unnest(read, "entities", position="entity"),
        mentions=_unnest(read, "mentions"),
        assertions=_unnest(read, "assertions"),
        results=_unnest(read, "results", position="position"),
        links=_shaped(read.explode("links").drop_nulls("links").rename({"links": "url"}), "links"),
    )


def empty(table: str) -> pl.DataFrame:
    """A frame of `Written` without rows."""
    return pl.DataFrame(schema=dict(WRITTEN_SCHEMAS[table]))


# --- objects to rows ------------------------------------------------------------------------------------------------


def _paper_row(paper: Paper) -> tuple[Any, ...]:
    authors = [
        {"name": each.name, "orcid": each.orcid, "affiliation": each.affiliation} for each in paper.authors
    ]
    values = {name: getattr(paper, name) for name in PAPER_SCHEMA}
    values |= {"authors": authors, "references": list(paper.references), "topics": list(paper.topics)}
    return tuple(values.values())


def _extraction_row(extraction: Extraction) -> tuple[Any, ...]:
    return (
        text_key(extraction.text, extraction.extractor),
        extraction.extractor,
        extraction.text,
        [
            {
                "kind": each.kind.value,
                "role": each.role.value,
                "surfaces": list(each.surfaces),
                "confidence": each.confidence,
                "evidence_start": each.evidence.start if each.evidence else None,
                "evidence_end": each.evidence.end if each.evidence else None,
            }
            for each in extraction.entities
        ],
        [{name: getattr(each, name) for name in _MENTION} for each in extraction.mentions],
        [_with_evidence(each, _ASSERTION) for each in extraction.assertions],
        [_with_evidence(each, _RESULT) for each in extraction.results],
        list(extraction.links),
    )


def _with_evidence(statement: Assertion | Result, fields: Schema) -> dict[str, Any]:
    """The statement's fields, with the bounds of its evidence as `start` and `end`."""
    values = {name: getattr(statement, name) for name in fields if name not in ("start", "end")}
    return values | {"start": statement.evidence.start, "end": statement.evidence.end}


# --- rows to flat frames --------------------------------------------------------------------------------------------


def _works(works: Sequence[Work]) -> pl.DataFrame:
    names = [name for name in WRITTEN_SCHEMAS["works"] if name not in ("paper_id", "topics")]
    rows = [
        (work.paper.id, *(getattr(work.paper, name) for name in names), list(work.paper.topics))
        for work in works
    ]
    return _frame(rows, "works").sort("paper_id")


def _versions(works: Sequence[Work], extractor: str) -> pl.DataFrame:
    rows = []
    for work in works:
        for place, version in enumerate(work.versions, start=1):
            text = source_text(version)
            is_latest = place == len(work.versions)
            rows.append((work.paper.id, version.version, text_key(text, extractor), text, is_latest))
    return _frame(rows, "versions").sort("paper_id", maintain_order=True)


def _authors(works: Sequence[Work]) -> pl.DataFrame:
    rows = [
        (work.paper.id, position, author.name, author.orcid, author.affiliation)
        for work in works
        for position, author in enumerate(work.paper.authors, start=1)
    ]
    return _frame(rows, "authors").sort("paper_id", "position")


def _references(works: Sequence[Work]) -> pl.DataFrame:
    rows = [(work.paper.id, reference) for work in works for reference in work.paper.references]
    return _frame(rows, "references").sort("paper_id", "reference")


def _frame(rows: Sequence[tuple[Any, ...]], table: str) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict(WRITTEN_SCHEMAS[table]), orient="row")


def _unnest(read: pl.DataFrame, column: str, *, position: str | None = None) -> pl.DataFrame:
    """The structs of a list column as rows of their own, counted from 0 where a position is asked for."""
    kept = read.select("paper_id", "version", "key", column).filter(pl.col(column).list.len() > 0)
    if position is not None:
        kept = kept.with_columns(pl.int_ranges(pl.col(column).list.len(), dtype=pl.Int32).alias(position))
    exploded = kept.explode([column] if position is None else [column, position])
    return _shaped(exploded.unnest(column), column)


def _shaped(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    schema = WRITTEN_SCHEMAS[table]
    return frame.select(pl.col(name).cast(kind) for name, kind in schema.items())
