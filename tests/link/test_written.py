from pathlib import Path

import polars as pl

from kg.link.written import (
    EXTRACTION_SCHEMA,
    PAPER_SCHEMA,
    WRITTEN_SCHEMAS,
    empty,
    extraction_frame,
    paper_frame,
    papers,
    text_key,
    written_tables,
)
from kg.model import (
    Assertion,
    Author,
    Extraction,
    Mention,
    Paper,
    PaperId,
    Result,
    Span,
    Work,
    WrittenEntity,
)
from kg.ontology import Kind, Relation, Role, ValueKind

ID = PaperId("arxiv:2401.00001")
OLD = Paper(id=ID, title="On Foo", abstract="Foo scores 7.", version="v1")
NEW = Paper(
    id=ID,
    title="On Foo",
    abstract="Foo scores 9 on Bar.",
    version="v2",
    authors=(Author("Ada Lin", orcid="0000-0001-2345-6789"), Author("Bo Kim", affiliation="Foo Lab")),
    published="2024-01",
    is_published_derived=True,
    doi="10.1000/foo",
    references=("arxiv:2301.00002", "doi:10.1000/bar"),
    topics=("Foo",),
)
EXTRACTION = Extraction(
    paper_id=ID,
    version="v2",
    text="On Foo\nFoo scores 9 on Bar.",
    extractor="test",
    entities=(
        WrittenEntity(Kind.MODEL, Role.INTRODUCES, ("Foo",), 0.9, Span(0, 6)),
        WrittenEntity(Kind.BENCHMARK, Role.EVALUATES, ("Bar",), 0.8),
    ),
    mentions=(Mention(3, 6, "Foo", 0, 0.9), Mention(23, 26, "Bar", 1)),
    assertions=(Assertion(0, Relation.EVALUATED_ON, 1, Span(7, 27), 0.7),),
    results=(Result(0, 1, "score", "9", Span(7, 27), 9.0, None, ValueKind.ABSOLUTE),),
    links=("https://example.org/foo",),
)


def rows(frame: pl.DataFrame) -> list[dict[str, object]]:
    return list(frame.iter_rows(named=True))


def test_records_survive_the_frame() -> None:
    assert list(papers(paper_frame([OLD, NEW]))) == [OLD, NEW]


def test_frames_without_rows_have_their_schema() -> None:
    assert paper_frame([]).schema == PAPER_SCHEMA
    assert extraction_frame([]).schema == EXTRACTION_SCHEMA
    tables = written_tables([], extraction_frame([]), "test")
    for name, schema in WRITTEN_SCHEMAS.items():
        assert getattr(tables, name).schema == schema
        assert empty(name).schema == schema


def test_frames_survive_parquet(tmp_path: Path) -> None:
    for number, frame in enumerate([paper_frame([NEW]), paper_frame([]), extraction_frame([EXTRACTION])]):
        frame.write_parquet(tmp_path / f"{number}.parquet")
        assert pl.read_parquet(tmp_path / f"{number}.parquet").equals(frame)


def test_key_depends_on_text_and_extractor() -> None:
    assert extraction_frame([EXTRACTION])["key"].to_list() == [text_key(EXTRACTION.text, "test")]
    keys = {text_key("a", "b"), text_key("b", "a"), text_key("a", "c"), text_key("ab", "")}
    assert len(keys) == 4


def test_each_version_with_a_text_is_a_row_and_the_last_is_the_latest() -> None:
    tables = written_tables([Work(NEW, (OLD, NEW))], extraction_frame([EXTRACTION]), "test")
    assert tables.versions.select("version", "text", "is_latest").rows() == [
        ("v1", "On Foo\nFoo scores 7.", False),
        ("v2", EXTRACTION.text, True),
    ]


def test_extraction_is_laid_flat_for_its_version() -> None:
    tables = written_tables([Work(NEW, (OLD, NEW))], extraction_frame([EXTRACTION]), "test")
    place = {"paper_id": ID, "version": "v2"}
    key = {"key": text_key(EXTRACTION.text, "test")}
    assert rows(tables.entities) == [
        place
        | key
        | {"entity": 0, "kind": "model", "role": "introduces", "surfaces": ["Foo"], "confidence": 0.9}
        | {"evidence_start": 0, "evidence_end": 6},
        place
        | key
        | {"entity": 1, "kind": "benchmark", "role": "evaluates", "surfaces": ["Bar"], "confidence": 0.8}
        | {"evidence_start": None, "evidence_end": None},
    ]
    assert tables.mentions.select("entity", "start", "end", "surface", "confidence").rows() == [
        (0, 3, 6, "Foo", 0.9),
        (1, 23, 26, "Bar", 1.0),
    ]
    assert rows(tables.assertions) == [
        place
        | {"subject": 0, "relation": "evaluated-on", "object": 1, "start": 7, "end": 27, "confidence": 0.7}
    ]
    assert rows(tables.results) == [
        place
        | {"position": 0, "subject": 0, "dataset": 1, "metric": "score", "value": "9", "number": 9.0}
        | {"unit": None, "value_kind": "absolute", "setting": None, "compared_with": None}
        | {"start": 7, "end": 27, "confidence": 1.0}
    ]
    assert rows(tables.links) == [place | {"url": "https://example.org/foo"}]


def test_authors_count_from_one_and_references_are_rows() -> None:
    tables = written_tables([Work(NEW, (NEW,))], extraction_frame([]), "test")
    assert tables.authors.rows() == [
        (ID, 1, "Ada Lin", "0000-0001-2345-6789", None),
        (ID, 2, "Bo Kim", None, "Foo Lab"),
    ]
    assert tables.references["reference"].to_list() == ["arxiv:2301.00002", "doi:10.1000/bar"]


def test_text_shared_by_two_papers_is_read_for_both() -> None:
    twin = Paper(id=PaperId("doi:10.1/twin"), title=NEW.title, abstract=NEW.abstract)
    works = [Work(NEW, (NEW,)), Work(twin, (twin,))]
    doubled = extraction_frame([EXTRACTION, EXTRACTION])
    tables = written_tables(works, doubled, "test")
    assert tables.entities.group_by("paper_id").len().sort("paper_id").rows() == [(ID, 2), (twin.id, 2)]


def test_extraction_of_another_extractor_is_ignored() -> None:
    tables = written_tables([Work(NEW, (NEW,))], extraction_frame([EXTRACTION]), "other")
    assert tables.entities.height == 0
