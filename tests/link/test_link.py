from __future__ import annotations

import json
import random
from dataclasses import fields
from pathlib import Path

import polars as pl
import pytest

from kg.extract.lines import from_line
from kg.link import LINKED_SCHEMAS, Linked, link
from kg.link.decisions import replay
from kg.link.written import WRITTEN_SCHEMAS, Written, extraction_frame, written_tables
from kg.model import Paper, PaperId, Work
from tests.link.corpus import Sheet, written_of

CORPUS = (
    Sheet(
        "arxiv:2401.00001",
        [
            ("method", "introduces", ["layered retrieval augmentation", "LRA"]),
            ("metric", "evaluates", ["F1"]),
        ],
        published="2024-01",
        authors=["Ada Lovelace", "Bo Kim"],
    ),
    Sheet(
        "arxiv:2402.00001",
        [("method", "uses", ["LRA"]), ("model", "evaluates", ["GPT-4"]), ("metric", "evaluates", ["F-1"])],
        published="2024-02",
        authors=["Lovelace, Ada", "BO KIM"],
        references=["arxiv:2401.00001", "acl:P18-1001"],
        version="v2",
    ),
    Sheet(
        "acl:2024.x-1",
        [("method", "uses", ["GPT4"]), ("dataset", "uses", ["LRA"]), ("metric", "uses", ["chrF", "chrF++"])],
        published="2024",
        authors=["B. Kim", "Bo Kím"],
        references=["arxiv:2402.00001", "arxiv:2401.00001"],
    ),
)


def shuffled(written: Written, seed: int) -> Written:
    tables = {name: getattr(written, name) for name in WRITTEN_SCHEMAS}
    return Written(
        **{name: table.sample(fraction=1, shuffle=True, seed=seed) for name, table in tables.items()}
    )


def frames(linked: Linked) -> dict[str, list[tuple[object, ...]]]:
    return {name: getattr(linked, name).rows() for name in LINKED_SCHEMAS}


def assert_equal(one: Linked, other: Linked) -> None:
    assert frames(one) == frames(other)
    assert one.citation_counts == other.citation_counts


def read_gold(path: Path, count: int) -> Written:
    """The as-written tables of the first papers of a gold file."""
    with path.open(encoding="utf-8") as lines:
        read = [from_line(json.loads(line)) for line, _ in zip(lines, range(count), strict=False)]
    papers = []
    for each in {each.paper_id: each for each in read}.values():
        title, _, abstract = each.text.partition("\n")
        papers.append(Paper(id=PaperId(each.paper_id), title=title, abstract=abstract))
    works = [Work(paper, (paper,)) for paper in papers]
    return written_tables(works, extraction_frame(read), "gold")


def test_tables_have_their_schemas_without_papers() -> None:
    linked = link(written_of())
    for name, schema in LINKED_SCHEMAS.items():
        assert getattr(linked, name).schema == schema
        assert getattr(linked, name).height == 0


def test_tables_have_their_schemas_with_papers() -> None:
    linked = link(written_of(*CORPUS))
    assert {field.name for field in fields(linked)} == {*LINKED_SCHEMAS, "citation_counts"}
    for name, schema in LINKED_SCHEMAS.items():
        assert getattr(linked, name).schema == schema


def test_papers_without_entities_authors_or_references_are_linked() -> None:
    assert all(rows == [] for rows in frames(link(written_of(Sheet("arxiv:2401.00001")))).values())


def test_corpus_is_linked() -> None:
    linked = link(written_of(*CORPUS))
    assert linked.persons["name"].to_list() == ["Ada Lovelace", "B. Kim", "Bo Kím"]
    assert linked.citations.height == 4
    assert linked.influences.select("influenced", "influencing", "role").rows() == [
        ("arxiv:2402.00001", "arxiv:2401.00001", "uses")
    ]


@pytest.mark.parametrize("seed", range(10))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    written = written_of(*CORPUS)
    assert_equal(link(shuffled(written, seed)), link(written))


@pytest.mark.parametrize("seed", range(5))
def test_order_of_papers_does_not_matter(seed: int) -> None:
    sheets = random.Random(seed).sample(CORPUS, len(CORPUS))
    assert_equal(link(written_of(*sheets)), link(written_of(*CORPUS)))


def test_decisions_are_refused_until_they_can_be_replayed() -> None:
    linked = link(written_of(*CORPUS))
    assert replay(linked, []) is linked
    with pytest.raises(ValueError, match="1 decisions given"):
        link(written_of(*CORPUS), decisions=[{"verb": "merge"}])


def test_gold_entities_are_linked_the_same_in_any_order(shared: Path) -> None:
    written = read_gold(shared / "data" / "annotated" / "train.jsonl", 600)
    linked = link(written)
    assert_equal(link(shuffled(written, 1)), linked)
    assert linked.entity_of.height >= written.entities.height - 2
    assert linked.entities["iri_name"].is_unique().all()
    by_label = dict(linked.entities.select("label", "names").iter_rows())
    assert "large language models" in by_label["LLMs"]
    assert linked.entities.filter(pl.col("label") == "LLMs")["is_generic"].to_list() == [True]
