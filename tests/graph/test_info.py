from __future__ import annotations

from dataclasses import replace

from kg.extract import extractor_id, report_card
from kg.extract.card import summary
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


def test_graph_of_the_shipped_pipeline_tells_how_well_it_reads() -> None:
    graph = toy_graph()
    shipped = replace(graph, manifest=replace(graph.manifest, extractor=extractor_id()))
    assert "quality" not in info(graph)
    assert info(shipped)["quality"] == summary(report_card())


def test_figures_of_the_report_card_are_shown_with_their_intervals() -> None:
    quality = {"mention F1": {"f1": 68.8, "interval": [66.0, 71.5]}, "pipeline licence": "MIT"}
    assert as_text({"quality": quality}).splitlines() == [
        "mention F1             68.8 (66.0 to 71.5)",
        "pipeline licence  MIT",
    ]
