"""References to citations between works.

A reference is resolved by the id of a known work, else by its DOI, else by its exact title where no other work has it;
an identifier of a paper that is not in the graph stays a citation of it, any other string is dropped and counted.
"""

from __future__ import annotations

import polars as pl

from kg.link.linked import LINKED_SCHEMAS, CitationCounts

SHORTEST_TITLE = 16
"""Letters and spaces of a title that is long enough to be recognised by itself."""

_IDENTIFIER = r"^[a-z][a-z0-9.+-]*:[^\s/][^\s]*$"
_ARXIV_DOI = r"(?i)^doi:10\.48550/arxiv\."


def link_citations(
    references: pl.DataFrame, works: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, CitationCounts]:
    """The citations, the cited papers that are no works of the graph, and what became of the references."""
    resolved = references.select(citing="paper_id", cited=_resolved(references["reference"], works))
    is_self = pl.col("citing") == pl.col("cited")
    found = resolved.drop_nulls("cited")
    others = found.filter(~is_self)
    citations = others.unique().sort("citing", "cited")
    counts = CitationCounts(
        references=references.height,
        citations=citations.height,
        duplicates=others.height - citations.height,
        self_citations=found.height - others.height,
        unresolved=resolved.height - found.height,
    )
    return citations, _cited_only(citations, works), counts


def _cited_only(citations: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    unknown = citations.select(paper_id="cited").unique().join(works, on="paper_id", how="anti")
    return unknown.select("paper_id", title=pl.lit(None, LINKED_SCHEMAS["cited_only"]["title"])).sort(
        "paper_id"
    )


def _resolved(references: pl.Series, works: pl.DataFrame) -> pl.Series:
    """For each reference the id of the paper that it names, or null."""
    name = _normal_id(pl.col("reference"))
    strings = references.unique().to_frame("reference").with_columns(name=name, title=_normal_title(name))
    by_id = works.select(name="paper_id", known="paper_id")
    by_doi = _unique(works.select(name=_normal_id("doi:" + pl.col("doi")), of_doi="paper_id"), "name")
    by_title = _unique(works.select(title=_normal_title(pl.col("title")), of_title="paper_id"), "title")
    joined = (
        strings.join(by_id, on="name", how="left")
        .join(by_doi, on="name", how="left")
        .join(by_title, on="title", how="left")
    )
    identifier = pl.when(pl.col("name").str.contains(_IDENTIFIER)).then(pl.col("name"))
    targets = joined.select("reference", cited=pl.coalesce("known", "of_doi", identifier, "of_title"))
    return references.to_frame("reference").join(targets, on="reference", how="left", maintain_order="left")[
        "cited"
    ]


def _unique(names: pl.DataFrame, column: str) -> pl.DataFrame:
    """The rows whose name belongs to one work only."""
    return names.drop_nulls(column).unique().filter(~pl.col(column).is_duplicated())


def _normal_id(reference: pl.Expr) -> pl.Expr:
    """DOIs in lower case, and arXiv's own DOIs as arXiv ids."""
    name = reference.str.strip_chars()
    is_doi = name.str.contains(r"(?i)^doi:")
    lower = pl.when(is_doi).then(name.str.to_lowercase()).otherwise(name)
    return lower.str.replace(_ARXIV_DOI, "arxiv:")


def _normal_title(title: pl.Expr) -> pl.Expr:
    """The title in lower case without punctuation, or null where it is too short to tell papers apart."""
    plain = title.str.to_lowercase().str.replace_all(r"[^\pL\pN]+", " ").str.strip_chars()
    return pl.when(plain.str.len_chars() >= SHORTEST_TITLE).then(plain)
