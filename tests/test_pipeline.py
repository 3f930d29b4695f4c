"""Builds: the result depends on the papers alone, and no text is read twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import kg
from kg import pipeline
from kg.errors import GraphError, KgError, SourceError
from kg.graph import papers_of

PAPERS = [
    {
        "id": "arxiv:2501.00001",
        "version": "v1",
        "title": "Tiny: A Small Language Model",
        "abstract": "We introduce Tiny, a small language model. Tiny outperforms BERT on GLUE by 2.5 points.",
        "authors": ["Ada Lovelace", "Alan Turing"],
    },
    {
        "id": "arxiv:2502.00002",
        "title": "Tiny at Scale",
        "abstract": "We fine-tune Tiny on SQuAD. It reaches an accuracy of 81.2% and is evaluated on GLUE, too.",
        "authors": ["Turing, Alan", "Grace Hopper"],
        "references": ["2501.00001"],
    },
    {
        "id": "arxiv:2501.00001",
        "version": "v2",
        "title": "Tiny: A Small Language Model",
        "abstract": "We introduce Tiny, a small language model. Tiny outperforms BERT on GLUE by 3.5 points.",
        "authors": ["Ada Lovelace", "Alan Turing"],
        "topics": ["language models"],
    },
]


def written(path: Path, papers: Sequence[object]) -> Path:
    path.write_text("".join(f"{json.dumps(paper)}\n" for paper in papers), encoding="utf-8")
    return path


def sorted_triples(graph: kg.Graph) -> list[str]:
    return sorted(str(quad) for quad in graph.opened.store)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return sorted_triples(kg.build(written(tmp_path_factory.mktemp("all") / "all.jsonl", PAPERS)))


def test_a_graph_on_disk_in_any_order_equals_one_in_memory(tmp_path: Path, expected: list[str]) -> None:
    files = [written(tmp_path / f"{number}.jsonl", [paper]) for number, paper in enumerate(PAPERS)]
    graph = kg.build(files[::-1], tmp_path / "g.kg")
    assert sorted_triples(graph) == expected
    assert sorted_triples(kg.open_graph(tmp_path / "g.kg")) == expected


def test_two_processes_read_what_one_reads(tmp_path: Path, expected: list[str]) -> None:
    assert sorted_triples(kg.build(written(tmp_path / "all.jsonl", PAPERS), workers=2)) == expected


def test_adding_and_removing_equal_a_fresh_build(tmp_path: Path, expected: list[str]) -> None:
    graph = kg.build(written(tmp_path / "one.jsonl", PAPERS[:1]), tmp_path / "g.kg")
    before = sorted_triples(graph)
    graph = graph.add(written(tmp_path / "more.jsonl", PAPERS[1:]))
    assert sorted_triples(graph) == expected
    graph = graph.remove(["arXiv:2502.00002"])
    fresh = kg.build(written(tmp_path / "versions.jsonl", [PAPERS[0], PAPERS[2]]))
    assert sorted_triples(graph) == sorted_triples(fresh) != before


def test_texts_that_are_known_are_not_read_again(tmp_path: Path) -> None:
    source = written(tmp_path / "all.jsonl", PAPERS)
    pipeline.build([source], tmp_path / "g.kg")
    _graph, report = pipeline.build([source], tmp_path / "g.kg")
    assert (report.counts["texts"], report.counts["texts reused"]) == (3, 3)


def test_references_that_come_later_enrich_a_paper(tmp_path: Path) -> None:
    graph = kg.build(written(tmp_path / "all.jsonl", PAPERS[:2]), tmp_path / "g.kg")
    references = [
        {"id": "2501.00001v1", "references": ["arXiv:1810.04805v2"]},
        {"id": "9901.00001", "references": []},
    ]
    graph = graph.add(written(tmp_path / "refs.jsonl", references))
    cited = sorted(cited.rpartition("/")[2] for _citing, cited in graph.citation_network().edges)
    assert cited == ["1810.04805", "2501.00001"]
    assert graph.built is not None
    assert "whose paper is not here: 1, such as 'arxiv:9901.00001'" in graph.built.notes[0]
    assert sorted(graph.opened.manifest.sources) == ["all.jsonl", "refs.jsonl"]


def test_a_record_that_is_added_twice_is_kept_once(tmp_path: Path) -> None:
    source = written(tmp_path / "all.jsonl", PAPERS)
    graph = kg.build(source, tmp_path / "g.kg").add(source)
    assert len(list(papers_of(graph.opened))) == 3


def test_removing_a_paper_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    graph = kg.build(written(tmp_path / "all.jsonl", PAPERS), tmp_path / "g.kg")
    with pytest.raises(KgError, match=r"has no paper 'arxiv:2503\.00003'; nothing was removed"):
        graph.remove(["2501.00001", "2503.00003"])
    with pytest.raises(KgError, match="would be left with no paper"):
        graph.remove(["2501.00001", "2502.00002"])
    assert sorted_triples(kg.open_graph(tmp_path / "g.kg")) == sorted_triples(graph)


def test_there_must_be_a_graph_to_add_to(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="there is no graph here"):
        pipeline.add(tmp_path / "absent.kg", [written(tmp_path / "all.jsonl", PAPERS)])


def test_strict_ends_at_the_first_bad_record(tmp_path: Path) -> None:
    source = written(tmp_path / "all.jsonl", [*PAPERS, {"title": 5}])
    with pytest.raises(SourceError, match="line 4"):
        kg.build(source, tmp_path / "g.kg", strict=True)
    assert not (tmp_path / "g.kg").exists()


def test_a_graph_in_memory_cannot_be_changed(tmp_path: Path) -> None:
    graph = kg.build(written(tmp_path / "all.jsonl", PAPERS[:1]))
    with pytest.raises(ValueError, match="lives in memory"):
        graph.add([])
