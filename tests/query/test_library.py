from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph import OpenGraph
from kg.query import NamedQuery, Solutions, named, named_queries
from tests.toy import toy_graph

VALUES = {"person": "Ada Marlowe", "dataset": "BirdBench", "entity": "Tern", "origin": "BirdBench"}


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


@pytest.mark.parametrize("chosen", named_queries(), ids=lambda chosen: chosen.name)
def test_every_named_query_is_documented_and_finds_something(graph: OpenGraph, chosen: NamedQuery) -> None:
    assert chosen.title != chosen.name
    values = {each.name: VALUES[each.name] for each in chosen.parameters if each.default is None}
    answer = named(graph, chosen.name, values)
    assert isinstance(answer, Solutions)
    assert len(answer) > 0


def test_the_usage_shows_types_and_defaults() -> None:
    usages = {each.name: each.usage for each in named_queries()}
    assert usages["coauthors-of"] == "--set person=THING"
    assert usages["papers-introducing"] == "--set kind=benchmark"
    assert usages["most-cited"] == "no parameters"


def test_a_kind_is_given_by_name_in_singular_or_plural(graph: OpenGraph) -> None:
    assert named(graph, "entities-by-papers", {"kind": "Models"}) == named(
        graph, "entities-by-papers", {"kind": "model"}
    )


def test_papers_that_introduce_a_benchmark(graph: OpenGraph) -> None:
    answer = named(graph, "papers-introducing")
    assert isinstance(answer, Solutions)
    assert [row["label"] for row in answer] == ["BirdBench", "BirdBench-XL"]


def test_a_value_is_never_part_of_the_query(graph: OpenGraph) -> None:
    hostile = '"} INSERT DATA { <x> <y> <z> } #'
    with pytest.raises(QueryError, match="nothing in the graph is called"):
        named(graph, "coauthors-of", {"person": hostile})


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("nothing", {}, "there is no query named 'nothing'; there are coauthors-of, "),
        ("coauthors-of", {}, "'coauthors-of' needs 'person', the person: --set person=THING"),
        ("coauthors-of", {"person": "Ada Marlowe", "year": "2"}, "'coauthors-of' takes no 'year'"),
        ("entities-by-papers", {"kind": "robot"}, "'robot' is no kind of entity; there are model, dataset"),
    ],
)
def test_a_wrong_use_says_what_is_right(
    graph: OpenGraph, name: str, values: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        named(graph, name, values)
