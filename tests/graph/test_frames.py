from __future__ import annotations

import polars as pl
import pytest

from kg.graph import TABLES, OpenGraph, frame
from kg.ontology import BASE_IRI, paper_iri
from tests.toy import papers, toy_graph


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


def names(table: pl.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """The rows with IRIs cut to their last part."""
    return table.select(pl.col(column).str.split("/").list.last() for column in columns).rows()


def test_every_table_has_rows(graph: OpenGraph) -> None:
    assert [table for table in TABLES if frame(graph, table).is_empty()] == []


def test_papers_are_the_works(graph: OpenGraph) -> None:
    table = frame(graph, "papers")
    assert table["paper"].to_list() == sorted({paper_iri(paper.id) for paper in papers()})
    row = table.row(by_predicate=pl.col("paper") == f"{BASE_IRI}paper/arxiv/cs/0112017", named=True)
    assert (row["title"], row["issued"], row["arxiv_id"], row["doi"]) == (
        "Counting Crows before Neural Networks",
        "2001-12",
        "cs/0112017",
        None,
    )


def test_entities_have_one_kind_each(graph: OpenGraph) -> None:
    table = frame(graph, "entities")
    assert table["entity"].is_unique().all()
    assert names(table.filter(pl.col("kind") == "benchmark"), "entity") == [("birdbench",), ("birdbench-xl",)]
    assert names(table.filter(pl.col("kind") == "dataset"), "entity") == [("fieldnotes",)]


def test_roles_and_relations_are_named_as_in_files(graph: OpenGraph) -> None:
    roles = frame(graph, "roles").filter(pl.col("paper").str.ends_with("2403.00003"))
    assert names(roles, "role", "entity") == [
        ("addresses", "pruning"),
        ("evaluates", "birdbench"),
        ("introduces", "feathermask"),
        ("introduces", "tern-lite"),
        ("uses", "tern"),
    ]
    relations = frame(graph, "relations").filter(pl.col("relation") == "based-on")
    assert names(relations, "subject", "object") == [
        ("birdbench-xl", "birdbench"),
        ("tern-lite", "tern"),
        ("wren", "rag"),
    ]


def test_results_have_numbers(graph: OpenGraph) -> None:
    table = frame(graph, "results").sort("value")
    assert table.select("value", "value_text", "unit", "value_kind").rows() == [
        (-0.5, "0.5 points", "points", "gain"),
        (4.2, "4.2 points", "points", "gain"),
        (40.0, "40%", "%", "absolute"),
        (67.3, "67.3%", "%", "absolute"),
        (71.5, "71.5%", "%", "absolute"),
    ]


def test_citations_are_pairs(graph: OpenGraph) -> None:
    assert names(
        frame(graph, "citations").filter(pl.col("citing").str.ends_with("2402.00002")), "citing", "cited"
    ) == [
        ("2402.00002", "2301.00004"),
        ("2402.00002", "2401.00001"),
    ]


def test_an_unknown_table_is_a_key_error(graph: OpenGraph) -> None:
    with pytest.raises(KeyError, match="'people' is no table; there are papers, persons"):
        frame(graph, "people")
