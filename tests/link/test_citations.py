from kg.link import CitationCounts
from kg.link.citations import link_citations
from tests.link.corpus import Sheet, written_of

OLD = Sheet("arxiv:1706.03762", title="Attention of the first order, revisited", doi="10.1000/ABC")


def citations(*references: str) -> list[tuple[str, str]]:
    tables = written_of(OLD, Sheet("arxiv:2401.00001", title="Short one", references=references))
    return link_citations(tables.references, tables.works)[0].rows()


def test_reference_is_resolved_by_id_doi_or_title() -> None:
    for reference in (
        "arxiv:1706.03762",
        "doi:10.48550/arXiv.1706.03762",
        "doi:10.1000/abc",
        "Attention of the First Order -- revisited.",
    ):
        assert citations(reference) == [("arxiv:2401.00001", "arxiv:1706.03762")]


def test_unknown_identifier_is_a_cited_paper() -> None:
    tables = written_of(OLD, Sheet("arxiv:2401.00001", references=["acl:P18-1001", "arxiv:1706.03762"]))
    found, cited_only, _ = link_citations(tables.references, tables.works)
    assert found["cited"].to_list() == ["acl:P18-1001", "arxiv:1706.03762"]
    assert cited_only.rows() == [("acl:P18-1001", None)]


def test_other_strings_are_dropped() -> None:
    assert citations("Somebody (1999). Some title.", "https://example.org/paper", "Short one") == []


def test_title_of_two_works_names_neither() -> None:
    twin = Sheet("acl:X01-1001", title=OLD.title)
    tables = written_of(OLD, twin, Sheet("arxiv:2401.00001", references=[OLD.title]))
    assert link_citations(tables.references, tables.works)[0].height == 0


def test_every_reference_is_accounted_for() -> None:
    references = ["arxiv:2401.00001", "arxiv:1706.03762", "doi:10.1000/abc", "acl:P18-1001", "nowhere"]
    tables = written_of(OLD, Sheet("arxiv:2401.00001", references=references))
    _, _, counts = link_citations(tables.references, tables.works)
    assert counts == CitationCounts(references=5, citations=2, duplicates=1, self_citations=1, unresolved=1)
