from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Author, Paper, PaperId, Work
from kg.sources import merge, orphans

ID = PaperId("arxiv:2412.15209")
OLD = Paper(ID, "Old", "Old text.", "v1", published="2024-12", is_published_derived=True, origin="listing")


def merged(*records: Paper) -> Paper:
    (work,) = merge(records)
    return work.paper


def test_one_record_is_its_own_work() -> None:
    assert merge([OLD]) == [Work(OLD, (OLD,))]


def test_the_highest_version_by_number_gives_the_text() -> None:
    records = [replace(OLD, version=f"v{number}", abstract=f"Text {number}.") for number in (2, 10, 1)]
    (work,) = merge(records)
    assert (work.paper.version, work.paper.abstract) == ("v10", "Text 10.")
    assert [version.version for version in work.versions] == ["v1", "v2", "v10"]


def test_a_version_without_a_text_does_not_hide_one_that_has_it() -> None:
    assert merged(OLD, Paper(ID, "New", version="v2")) == replace(OLD, origin="jsonl")
    assert merged(Paper(ID, "One", version="v1"), Paper(ID, "Two", version="v2")).title == "Two"


def test_an_unnumbered_copy_of_a_text_is_no_version() -> None:
    unnumbered = replace(OLD, version=None, abstract=" Old  text. ", venue="ICML")
    (work,) = merge([unnumbered, OLD])
    assert work.versions == (replace(OLD, venue="ICML"),)


def test_an_unnumbered_text_of_its_own_is_the_oldest() -> None:
    (work,) = merge([OLD, replace(OLD, version=None, abstract="Other.")])
    assert [version.version for version in work.versions] == [None, "v1"]


def test_within_a_version_the_richer_source_goes_before_the_longer_text() -> None:
    assert merged(OLD, replace(OLD, title="New", origin="jsonl")).title == "New"
    assert merged(OLD, replace(OLD, title="Older")).title == "Older"
    assert merged(OLD, replace(OLD, title="Bld")).title == "Bld"
    assert merged(OLD, replace(OLD, title=None, origin="jsonl")).title == "Old"


def test_a_stated_date_goes_before_a_derived_one() -> None:
    stated = replace(OLD, published="2025", is_published_derived=False)
    assert (merged(OLD, stated).published, merged(OLD, stated).is_published_derived) == ("2025", False)
    assert merged(stated, replace(stated, published="2025-03-01")).published == "2025-03-01"


def test_references_and_topics_are_united_and_authors_never() -> None:
    first = replace(
        OLD, references=("b", "a"), topics=("x",), authors=(Author("A"), Author("B")), origin="jsonl"
    )
    second = replace(
        OLD, references=("c", "a"), topics=("y",), authors=(Author("C"), Author("D"), Author("E"))
    )
    paper = merged(first, second)
    assert (paper.references, paper.topics) == (("a", "b", "c"), ("x", "y"))
    assert paper.authors == second.authors


def test_a_record_of_references_alone_enriches() -> None:
    assert merged(OLD, Paper(ID, references=("arxiv:1706.03762",))) == replace(
        OLD, references=("arxiv:1706.03762",), origin="jsonl"
    )


def test_papers_without_a_title_are_orphans() -> None:
    lonely = Paper(PaperId("id:b"), references=("x",))
    records = [lonely, OLD, Paper(PaperId("id:a"), abstract="Text.")]
    assert [work.paper.id for work in merge(records)] == [ID]
    assert orphans(records) == ["id:a", "id:b"]


AUTHORS = st.lists(st.builds(Author, st.sampled_from("AB"), st.sampled_from([None, "0"])), max_size=2).map(
    tuple
)
SHORT = st.sampled_from([None, "a", "b", "bb"])
RECORDS = st.lists(
    st.builds(
        Paper,
        id=st.sampled_from([ID, PaperId("id:x")]),
        title=SHORT,
        abstract=SHORT,
        version=st.sampled_from([None, "v1", "v2", "v10", "final"]),
        authors=AUTHORS,
        published=st.sampled_from([None, "2024", "2024-12", "2023-01"]),
        is_published_derived=st.booleans(),
        venue=SHORT,
        doi=SHORT,
        url=SHORT,
        references=st.sampled_from([(), ("r",), ("s", "r")]),
        topics=st.sampled_from([(), ("t",)]),
        origin=st.sampled_from(["jsonl", "listing", "elsewhere"]),
    ),
    max_size=6,
)


@given(RECORDS, st.data())
def test_the_order_of_records_does_not_matter(records: list[Paper], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(records))
    assert merge(shuffled) == merge(records)
    assert orphans(shuffled) == orphans(records)
    assert merge(records + records) == merge(records)
