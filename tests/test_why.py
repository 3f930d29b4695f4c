from __future__ import annotations

import json

import pytest

from kg.errors import QueryError
from kg.graph import OpenGraph
from kg.ontology import BASE_IRI
from kg.why import Statement, as_json, as_text, why
from tests.toy import toy_graph

QUOTE = "On BirdBench, Tern reaches an accuracy of 71.5%, 4.2 points above Wren."
PAPER = f"{BASE_IRI}paper/arxiv/2401.00001"


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


def test_a_statement_between_two_things_shows_its_sentence(graph: OpenGraph) -> None:
    (claim, *_), results = _parted(why(graph, "Tern", "birdbench"))
    assert claim == Statement(
        subject=f"{BASE_IRI}entity/tern",
        subject_label="Tern",
        predicate="kgo:evaluatedOn",
        object=f"{BASE_IRI}entity/birdbench",
        object_label="BirdBench",
        paper=PAPER,
        paper_label="Tern: A Small Language Model for Field Notes",
        version=f"{PAPER}/v2",
        quote=QUOTE,
        start=187,
        end=258,
        confidence=0.8,
        extractor="toy 1",
    )
    assert [each.object for each in results] == [
        "accuracy 4.2 points on BirdBench",
        "accuracy 71.5% on BirdBench",
        "0.5 points on BirdBench",
    ]


def test_a_paper_states_what_stands_in_it(graph: OpenGraph) -> None:
    found = {(each.predicate, each.object_label) for each in why(graph, "arxiv:2403.00003")}
    assert {
        ("kgo:introduces", "FeatherMask"),
        ("kgo:basedOn", "Tern"),
        ("dcterms:creator", "Ada Marlowe"),
    } <= found


def test_an_author_is_stated_by_the_name_in_the_list(graph: OpenGraph) -> None:
    (statement,) = why(graph, "Dana K. Reyes")
    assert (statement.paper_label, statement.quote, statement.confidence) == (
        "BirdBench: Questions about Birds for Language Models",
        "Dana K. Reyes",
        None,
    )


def test_statements_for_people(graph: OpenGraph) -> None:
    (claim, *_), _results = _parted(why(graph, "Tern", "birdbench"))
    assert as_text([claim]) == (
        "Tern  evaluated on  BirdBench\n"
        f"    “{QUOTE}”\n"
        "    Tern: A Small Language Model for Field Notes; kgr:paper/arxiv/2401.00001/v2; characters 187 to 258; "
        "confidence 0.8, toy 1"
    )


def test_statements_for_programs(graph: OpenGraph) -> None:
    (statement,) = json.loads(as_json(why(graph, "Dana K. Reyes")))
    assert statement["predicate"] == "dcterms:creator"


def test_nothing_to_say_is_said(graph: OpenGraph) -> None:
    assert (
        as_text(why(graph, "Tern-Lite", "Dana K. Reyes"))
        == "no paper of the graph states anything about this"
    )


def test_an_unknown_thing_is_an_error(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is called 'Turn'; near it: 'Tern'"):
        why(graph, "Turn")


def _parted(statements: list[Statement]) -> tuple[list[Statement], list[Statement]]:
    """Claims and results."""
    results = [each for each in statements if each.predicate == "kgo:value"]
    return [each for each in statements if each not in results], results
