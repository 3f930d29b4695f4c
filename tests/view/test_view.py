import json
import re
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph import OpenGraph
from kg.view import view
from kg.view._drawing import LOOKS
from tests.toy import papers, publish, toy_graph


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


@pytest.fixture(scope="module")
def html(graph: OpenGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    return view(graph, tmp_path_factory.mktemp("view") / "page.html").read_text(encoding="utf-8")


def data_of(html: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    data: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return data


def test_the_page_says_what_it_shows_and_what_it_leaves_out(html: str) -> None:
    assert "<title>Knowledge graph of papers</title>" in html
    assert (
        "28 of 30 things and 60 of 62 statements: the best connected. Left out: 1 less connected and 1 generic ones."
        in html
    )


def test_an_edge_shows_its_sentence_and_confidence(html: str) -> None:
    facts = [fact for edge in data_of(html)["edges"] for fact in edge["statements"]]  # type: ignore[attr-defined]
    assert [fact for fact in facts if fact["phrase"] == "outperforms"] == [
        {
            "from": "https://w3id.org/paperkg/entity/tern",
            "to": "https://w3id.org/paperkg/entity/wren",
            "phrase": "outperforms",
            "inverse": "outperformed by",
            "quote": "On BirdBench, Tern reaches an accuracy of 71.5%, 4.2 points above Wren.",
            "paper": "Tern: A Small Language Model for Field Notes",
            "confidence": 0.8,
            "papers": 1,
        }
    ]


def test_two_statements_between_the_same_things_share_a_line(html: str) -> None:
    edges = data_of(html)["edges"]
    assert len({frozenset((edge["from"], edge["to"])) for edge in edges}) == len(edges)
    assert ["cites", "works with things from"] in [
        [fact["phrase"] for fact in edge["statements"]]  # type: ignore[attr-defined]
        for edge in edges
    ]


def test_kinds_differ_in_colour_and_in_shape() -> None:
    assert (
        len({look.colour for look in LOOKS.values()})
        == len({look.shape for look in LOOKS.values()})
        == len(LOOKS)
    )


def test_the_legend_counts_what_is_shown(html: str) -> None:
    legend = re.findall(r'data-kind="(\w+)".*?class="count">(\d+)', html)
    assert legend == [
        ("paper", "8"),
        ("person", "8"),
        ("model", "3"),
        ("dataset", "1"),
        ("benchmark", "2"),
        ("method", "3"),
        ("task", "3"),
    ]


def test_around_shows_a_neighbourhood_with_the_thing_selected(graph: OpenGraph, tmp_path: Path) -> None:
    html = view(graph, tmp_path / "page.html", around="RAG").read_text(encoding="utf-8")
    data = data_of(html)
    assert "<title>Around RAG</title>" in html
    assert sorted(str(node["full"]) for node in data["nodes"]) == ["RAG", "Wren", "Wren Is a Good Listener"]
    assert [node["full"] for node in data["nodes"] if node["id"] == data["selected"]] == ["RAG"]


def test_the_limit_holds(graph: OpenGraph, tmp_path: Path) -> None:
    html = view(graph, tmp_path / "page.html", limit=5).read_text(encoding="utf-8")
    assert len(data_of(html)["nodes"]) == 5


def test_the_same_papers_give_the_same_bytes_in_any_order(html: str, tmp_path: Path) -> None:
    from kg.graph import writing_in_memory

    with writing_in_memory() as writer:
        turned = publish(writer, papers()[::-1])
    assert view(turned, tmp_path / "page.html").read_text(encoding="utf-8") == html


def test_a_graph_without_anything_is_a_page(tmp_path: Path) -> None:
    from kg.graph import writing_in_memory

    with writing_in_memory() as writer:
        empty = publish(writer, [])
    assert "0 of 0 things and 0 of 0 statements" in view(empty, tmp_path / "page.html").read_text(
        encoding="utf-8"
    )


def test_what_is_not_in_the_graph_has_no_page(graph: OpenGraph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is called 'Albatross'"):
        view(graph, tmp_path / "page.html", around="Albatross")
    with pytest.raises(ValueError, match="limit and hops are at least 1"):
        view(graph, tmp_path / "page.html", limit=0)
