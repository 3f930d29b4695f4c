from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Author, Paper, PaperId, Rejected
from kg.sources.jsonl import read, sniff


def records(*lines: str | bytes) -> list[Paper | Rejected]:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return list(read(BytesIO(data), "some.jsonl"))


def test_all_fields_are_read() -> None:
    line = json.dumps(
        {
            "id": "arXiv:2412.15209",
            "version": 2,
            "title": " T $x$ ",
            "abstract": "A",
            "authors": [{"name": "Ada  L", "orcid": "https://orcid.org/0000-0001-2345-678x"}, "Alan T"],
            "published": "2024-12-19T00:00:00Z",
            "venue": "ICML",
            "doi": "https://doi.org/10.1000/X",
            "url": "https://arxiv.org/abs/2412.15209",
            "references": ["2401.00001v3", "Some book", "arXiv:2401.00001"],
            "topics": ["t"],
            "unknown": {"deep": [1, None]},
        }
    )
    assert records(line) == [
        Paper(
            id=PaperId("arxiv:2412.15209"),
            title="T $x$",
            abstract="A",
            version="v2",
            authors=(Author("Ada L", "0000-0001-2345-678X"), Author("Alan T")),
            published="2024-12-19",
            venue="ICML",
            doi="10.1000/x",
            url="https://arxiv.org/abs/2412.15209",
            references=("Some book", "arxiv:2401.00001"),
            topics=("t",),
        )
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"title": "T", "id": "x", "year": 2020}', Paper(PaperId("id:x"), "T", published="2020")),
        ('{"title": "T", "id": "x", "year": "2020"}', Paper(PaperId("id:x"), "T", published="2020")),
        (
            '{"id": "x", "references": ["2401.00001"]}',
            Paper(PaperId("id:x"), references=("arxiv:2401.00001",)),
        ),
        ('{"id": 7, "title": "T", "abstract": null, "authors": null}', Paper(PaperId("id:7"), "T")),
        (
            '{"id": "2401.00001", "title": "T", "ents": [["model", "uses", ["X"]]], "rels": [], "results": []}',
            Paper(PaperId("arxiv:2401.00001"), "T", published="2024-01", is_published_derived=True),
        ),
        ('{"id": "x", "title": "a\u2028b\u0085c"}', Paper(PaperId("id:x"), "a\u2028b\u0085c")),
    ],
)
def test_what_is_missing_or_extra_does_no_harm(line: str, expected: Paper) -> None:
    assert records("", line, "  ") == [expected]


def test_a_record_without_an_id_is_found_by_address_doi_or_title() -> None:
    lines = (
        '{"title": "T", "url": "https://arxiv.org/abs/2412.15209v3", "doi": "10.1/x"}',
        '{"title": "T", "url": "https://example.org", "doi": "10.1000/X"}',
        '{"title": "A Title!", "url": "https://example.org"}',
        '{"title": "a title"}',
    )
    papers = [record for record in records(*lines) if isinstance(record, Paper)]
    assert [paper.id for paper in papers[:2]] == ["arxiv:2412.15209", "doi:10.1000/x"]
    assert papers[0].version == "v3"
    assert papers[2].id == papers[3].id


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Input data was truncated"),
        ("[]", "Expected `object`, got `array`"),
        ('{"id": "x"} trailing', "JSON is malformed: trailing characters (byte 13)"),
        ('{"id": "x", "title": 5}', "Expected `str | null`, got `int` - at `$.title`"),
        ('{"authors": ["A"]}', "the record has neither an id nor a title"),
        ('{"id": "x", "title": "a\\u0000b"}', "the record has a NUL character"),
        (
            '{"id": "x", "title": "T", "published": "n.d."}',
            "the date is 'n.d.'; expected 2024, 2024-12 or 2024-12-19",
        ),
        (
            '{"id": "x", "title": "T", "published": "2024-13"}',
            "the date is '2024-13'; expected 2024, 2024-12",
        ),
        (b'{"id": "x", "title": "\xff"}', "byte 0xff at 22 is not UTF-8"),
        (
            '{"id": "x", "title": "' + "a" * 1_100_000 + '"}',
            "title and abstract have 1100001 bytes; at most 1048576",
        ),
        ('{"id": "x", "title": "' + "a" * 5_000_000 + '"}', "the line has more than 4194304 bytes"),
        ('{"x": ' + "[" * 100_000 + "]" * 100_000 + "}", ""),
        ('{"id": "x", "title": "\\ud800"}', ""),
    ],
)
def test_bad_lines_are_rejected_with_their_place(line: str | bytes, reason: str) -> None:
    first, bad, last = records('{"title": "T"}', line, '{"title": "T"}')
    assert isinstance(bad, Rejected)
    assert (bad.path, bad.line, bad.reason[: len(reason)]) == ("some.jsonl", 2, reason)
    assert bad.reason
    assert len(bad.record) <= 1000
    assert isinstance(first, Paper)
    assert isinstance(last, Paper)


@given(
    st.binary(max_size=60)
    | st.text(alphabet='{}[]":,\\u0truefalsenl 1.e-id title', max_size=60).map(str.encode)
)
def test_no_line_breaks_the_reader(line: bytes) -> None:
    assert all(isinstance(record, Paper | Rejected) for record in records(b"{" + line))


def test_json_lines_are_known_by_their_first_brace() -> None:
    assert [sniff(head) for head in ['{"id"', ' \n{"id"', "# topic", ""]] == [True, True, False, False]
