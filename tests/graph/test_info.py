from __future__ import annotations

from kg.graph import info
from kg.graph.info import as_text
from tests.toy import toy_graph


def test_counts_by_class_and_property() -> None:
    facts = info(toy_graph())
    assert facts["classes"] == {
        "papers": 8,
        "persons": 8,
        "models": 3,
        "datasets": 1,
        "benchmarks": 2,
        "methods": 3,
        "tasks": 3,
        "metrics": 1,
        "results": 5,
        "claims": 33,
    }
    assert facts["statements"]["cito:cites"] == 7  # type: ignore[index]
    assert facts["extractor"] == "toy 1"


def test_the_facts_for_people_have_a_line_each() -> None:
    shown = as_text({"extractor": "toy 1", "path": None, "classes": {"papers": 12345}})
    assert shown == "extractor  toy 1\npapers        12 345"
