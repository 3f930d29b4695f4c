from __future__ import annotations

import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import AmbiguousThingError, QueryError, QueryTimeoutError
from kg.graph import OpenGraph, writing
from kg.ontology import BASE_IRI
from kg.query import Boolean, Solutions, Triples, named, query
from tests.toy import publish, toy_graph

MODELS = ("Tern", "Tern-Lite", "Wren")
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module", params=["in memory", "in a child process"])
def asked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[OpenGraph, float | None]:
    """A graph and the time limit to ask it with: both ways to answer must agree."""
    if request.param == "in memory":
        return toy_graph(), None
    with writing(tmp_path_factory.mktemp("query") / "toy.kg") as writer:
        return publish(writer), 60.0


def test_a_select_gives_rows_of_terms(asked: tuple[OpenGraph, float | None]) -> None:
    graph, seconds = asked
    sparql = "SELECT ?model ?label ?none { ?model a kgo:Model ; skos:prefLabel ?label } ORDER BY ?label"
    answer = query(graph, sparql, timeout_seconds=seconds)
    models = [(NamedNode(f"{BASE_IRI}entity/{name.lower()}"), Literal(name), None) for name in MODELS]
    assert answer == Solutions(("model", "label", "none"), tuple(models))


def test_an_ask_gives_a_truth_value(asked: tuple[OpenGraph, float | None]) -> None:
    graph, seconds = asked
    assert query(graph, "ASK { ?s a kgo:Model }", timeout_seconds=seconds) == Boolean(value=True)
    assert not query(graph, "ASK { ?s a kgo:Robot }", timeout_seconds=seconds)


def test_a_construct_gives_each_triple_once(asked: tuple[OpenGraph, float | None]) -> None:
    graph, seconds = asked
    answer = query(graph, "CONSTRUCT { kgr:x a kgo:Model } { ?s a kgo:Model }", timeout_seconds=seconds)
    assert isinstance(answer, Triples)
    assert [str(triple.subject) for triple in answer] == [f"<{BASE_IRI}x>"]


def test_rows_beyond_the_limit_are_left_out_and_told(asked: tuple[OpenGraph, float | None]) -> None:
    graph, seconds = asked
    few = query(graph, "SELECT * { ?s a kgo:Model }", timeout_seconds=seconds, limit=2)
    all_of_them = query(graph, "SELECT * { ?s a kgo:Model }", timeout_seconds=seconds, limit=3)
    assert isinstance(few, Solutions)
    assert isinstance(all_of_them, Solutions)
    assert (len(few), few.is_partial, len(all_of_them), all_of_them.is_partial) == (2, True, 3, False)


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * {\n  ?s ?p }", "^line 2, column 10 of the query: syntax error near '\\?s \\?p }'$"),
        ("SELECT * { ?s none:x ?o }", "^line 1, column 21 of the query: this prefix is not declared$"),
        ("", "^line 1, column 1 of the query: syntax error near ''$"),
        ("SELECT (1 AS ?s) { ?s ?p ?o }", "^line 1, column "),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "^SERVICE is refused"),
        ("INSERT DATA { kgr:a kgr:b kgr:c }", "^INSERT is refused"),
    ],
)
def test_what_is_wrong_with_a_query_is_told_in_one_line(
    asked: tuple[OpenGraph, float | None], sparql: str, message: str
) -> None:
    graph, seconds = asked
    with pytest.raises(QueryError, match=message) as caught:
        query(graph, sparql, timeout_seconds=seconds)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_a_named_query_takes_a_label_in_any_case(asked: tuple[OpenGraph, float | None]) -> None:
    graph, seconds = asked
    answer = named(graph, "coauthors-of", {"person": "ADA marlowe"}, timeout_seconds=seconds)
    assert isinstance(answer, Solutions)
    assert [(row["name"], row["papers"]) for row in answer] == [
        ("Bo Lindqvist", 2),
        ("Chandra O’Neill", 1),
        ("Eve Q. Strand", 1),
        ("Li Wei", 1),
    ]
    assert answer.variables == ("name", "papers", "coauthor")


def test_a_query_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    with writing(tmp_path / "toy.kg") as writer:
        graph = publish(writer)
    started = time.perf_counter()
    with pytest.raises(QueryTimeoutError, match=r"stopped after 0\.5 seconds"):
        query(graph, FOREVER, timeout_seconds=0.5)
    assert time.perf_counter() - started < 1.5


def test_an_ambiguous_label_names_its_candidates() -> None:
    graph = toy_graph()
    name = NamedNode("http://xmlns.com/foaf/0.1/name")
    for person in ("dana-a", "dana-b"):
        graph.store.add(Quad(NamedNode(f"{BASE_IRI}person/{person}"), name, Literal("Dana")))
    with pytest.raises(AmbiguousThingError, match="'Dana' names 2 things; give one IRI"):
        named(graph, "papers-of", {"person": "Dana"})
