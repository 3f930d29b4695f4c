"""What a graph is made from, and the IRIs of its rows."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from kg.link import Linked
from kg.link.written import Written
from kg.ontology import BASE_IRI, paper_iri, version_iri

VERSION = ["paper_id", "version"]
"""What a text is known by; the version may be null."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that the graph is made from."""

    written: Written
    linked: Linked
    extractor: str
    """Id of the pipeline that read the texts."""
    base: str = BASE_IRI
    """Where the IRIs of papers, people, entities, claims and results begin."""


def with_papers(
    frame: pl.DataFrame, base: str, *, column: str = "paper_id", name: str = "paper"
) -> pl.DataFrame:
    """The frame with the IRI of the paper that a column names, and as `local` its part after `paper/`."""
    ids = frame[column].unique()
    iris = [paper_iri(paper_id, base=base) for paper_id in ids]
    start = len(base) + len("paper/")
    known = pl.DataFrame(
        {column: ids, name: iris, "local": [iri[start:] for iri in iris]},
        schema_overrides={
            name: pl.String,
            "local": pl.String,
        },
    )
    return frame.join(known if name == "paper" else known.drop("local"), on=column, maintain_order="left")


def with_versions(frame: pl.DataFrame, base: str) -> pl.DataFrame:
    """The frame with the IRI of the version that `paper_id` and `version` name, as `node`."""
    known = frame.select(VERSION).unique()
    nodes = [version_iri(paper_id, version, base=base) for paper_id, version in known.iter_rows()]
    known = known.with_columns(pl.Series("node", nodes, dtype=pl.String))
    return frame.join(known, on=VERSION, nulls_equal=True, maintain_order="left")


def exploded(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row for each different entry of a list column."""
    return (
        frame.with_columns(pl.col(column).list.unique(maintain_order=True)).explode(column).drop_nulls(column)
    )
