from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Author, Paper, PaperId, Rejected
from kg.sources import read
from kg.sources.listing import author_names, sniff
from kg.sources.listing import read as read_listing
from kg.text import clean_label

RECORD = """## A title
- **Url**: http://arxiv.org/abs/2412.15209v1
- **Authors**: ['Ada Lovelace', "Flann O'Brien"]
- **Abstrat**: One line,
  and    another.
"""
PAPER = Paper(
    id=PaperId("arxiv:2412.15209"),
    title="A title",
    abstract="One line,\n  and    another.",
    version="v1",
    authors=(Author("Ada Lovelace"), Author("Flann O'Brien")),
    published="2024-12",
    is_published_derived=True,
    url="http://arxiv.org/abs/2412.15209v1",
    topics=("a topic",),
    origin="listing",
)


def listing(text: str | bytes) -> list[Paper | Rejected]:
    return list(read_listing(BytesIO(text if isinstance(text, bytes) else text.encode()), "some.txt"))


def papers(text: str) -> list[Paper]:
    return [record for record in listing(text) if isinstance(record, Paper)]


def test_a_record_is_a_paper() -> None:
    assert listing(f"# a topic\n{RECORD}\n\n\n\n\n") == [PAPER]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_of_any_system_are_read(ending: str) -> None:
    assert [paper.title for paper in papers(f"# a topic\n{RECORD}\n{RECORD}".replace("\n", ending))] == [
        "A title"
    ] * 2


def test_each_heading_is_the_topic_of_what_follows() -> None:
    text = f"{RECORD}\n# one\n{RECORD}\n# two\n{RECORD}{RECORD}"
    assert [paper.topics for paper in papers(text)] == [(), ("one",), ("two",), ("two",)]


@pytest.mark.parametrize("label", ["Abstract", "Abstrat", "abstarct", "Abstract:", "Summary", " Abstract "])
def test_a_label_may_be_misspelt(label: str) -> None:
    assert papers(f"## T\n- **{label}**: Some text.")[0].abstract == "Some text."


def test_fields_may_be_missing() -> None:
    assert papers("## T\n- **Authors**: []\n- **Url**:\n") == [
        Paper(papers("## T\n- **Url**:")[0].id, "T", origin="listing")
    ]
    assert papers("## T\n- **Url**: None")[0].id.startswith("title:")


def test_an_abstract_may_hold_gaps_bullets_and_hashes() -> None:
    abstract = "First.\n\n- **Robustness**: high\n# of models: 5\nLast."
    assert papers(f"## T\n- **Abstract**: {abstract}\n- **Categories**: cs.CL\n")[0].abstract == abstract


def test_headings_with_fields_of_their_own_are_papers() -> None:
    text = "# T\n\n**Authors**: A B, C D  \n\n**Link**: [PDF](https://arxiv.org/pdf/2504.10326)  \n\n"
    text += "**Abstract**: X\n\n**Abstract (ZH)**: Y\n\n---\n# U\n\n**Abstract**: Z"
    first, second = papers(text)
    assert (first.id, first.title, first.abstract, first.topics) == ("arxiv:2504.10326", "T", "X", ())
    assert [author.name for author in first.authors] == ["A B", "C D"]
    assert (second.title, second.abstract) == ("U", "Z")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("""['Ada Lovelace', "Flann O'Brien"]""", ["Ada Lovelace", "Flann O'Brien"]),
        (r"""['Flann O\'Brien', 'Zo\xeb', 'Kiệt \u0041']""", ["Flann O'Brien", "Zoë", "Kiệt A"]),
        ("['Flann O'Brien', 'Ada Lovelace']", ["Flann O'Brien", "Ada Lovelace"]),
        ("['Ada Lovelace', 'Alan Turing'", ["Ada Lovelace", "Alan Turing"]),
        ("['Ada Lovelace' , None, '']", ["Ada Lovelace"]),
        (r"['Paul Erd\H{o}s', 'P\\'olya']", [r"Paul Erd\H{o}s", r"P\'olya"]),
        ("Ada Lovelace, Alan Turing and Kurt Gödel", ["Ada Lovelace", "Alan Turing", "Kurt Gödel"]),
        ("Lovelace, Ada; Turing, Alan", ["Lovelace, Ada", "Turing, Alan"]),
        ("[Ada Lovelace, John Smith, Jr.]", ["Ada Lovelace", "John Smith, Jr."]),
        ("[]", []),
        ("", []),
    ],
)
def test_lists_of_authors_are_read_sound_or_not(text: str, names: list[str]) -> None:
    assert author_names(text) == names


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\n## \n- **Url**: http://arxiv.org/abs/2412.15209", 2, "the record has no title"),
        ("## T\nwords", 1, "the heading has no field below it, such as '- **Url**: ...'"),
        ("## T\n- **Abstract**: a\0b", 1, "the record has a NUL character"),
        (b"## T\n- **Abstract**: a\xff\n", 1, "byte 0xff is not UTF-8"),
        ("## T\n- **Published**: soon", 1, "the date is 'soon'; expected 2024, 2024-12 or 2024-12-19"),
        (r"## T" + "\n- **Authors**: ['\\ud800']", 1, "the record has a lone surrogate, '\\ud800'"),
        ("## T\n- **Abstract**: " + "long " * 900_000, 1, "a line has more than 4194304 bytes"),
    ],
)
def test_bad_records_are_rejected_with_a_reason(text: str | bytes, line: int, reason: str) -> None:
    tail = "\n\n## Next\n- **Url**: http://arxiv.org/abs/2412.15210"
    first, second = listing(text + (tail.encode() if isinstance(text, bytes) else tail))  # type: ignore[operator]
    assert isinstance(first, Rejected)
    assert (first.path, first.line, first.reason) == ("some.txt", line, reason)
    assert isinstance(second, Paper)


def test_a_text_beyond_the_cap_is_rejected() -> None:
    (record,) = listing("## T\n- **Abstract**: " + "words and words\n" * 80_000)
    assert isinstance(record, Rejected)
    assert "at most 1048576 are accepted" in record.reason


@given(st.text(alphabet="#-* :'[]\"\\nabUrlAuthors\r\n", max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert all(isinstance(record, Paper | Rejected) for record in listing(text))


def test_listings_are_known_by_headings_and_fields() -> None:
    heads = ["# topic\n", "text\n- **Url**: x", "just text", '{"id": 1}', ""]
    assert [sniff(head) for head in heads] == [True, True, False, False, False]


def test_the_seeds_are_read_whole(shared: Path) -> None:
    seeds = list(read(sorted((shared / "seeds").glob("*.txt"))))
    names = {clean_label(author.name) for paper in seeds for author in paper.authors}
    assert (len(seeds), len(names)) == (23, 155)
    assert {"Nicholas Gydé", "András Juhász"} <= names
    assert all(paper.title and paper.abstract and paper.version for paper in seeds)
    assert all(paper.is_published_derived and paper.topics == ("large language model",) for paper in seeds)


def test_real_listings_are_read_whole(shared: Path) -> None:
    rejected: list[Rejected] = []
    found = list(read((shared / "data" / "raw-chatpaper").glob("*.txt"), on_reject=rejected.append))
    assert (len(found), rejected) == (1960, [])
    assert all(paper.title and paper.abstract and paper.authors for paper in found)
