from __future__ import annotations

from pathlib import Path

import pytest

from kg.sources import read
from kg.text import sentences, source_text


def split(source: str) -> list[str]:
    return [source[span.start : span.end] for span in sentences(source)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It gains 4.5 points, e.g. on MMLU, i.e. 3.2% vs. 1.1%.",
        "We follow Kim et al. (2024) and Fig. 3 of Dr. J. Smith.",
        "We extend work by Kim et al. that failed.",
        "Code is at https://a.example/b.Code and www.c.example.",
        r"It is $x. Then$ and \textbf{One. Two} and Node.js.",
        'He says "Stop." and goes on.',
        "Versions v1.5 and U.S. models (approx. 7B) differ.",
        "Does it stop here",
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    assert split(f"A. Title. Here\n{sentence}") == ["A. Title. Here", sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["It works.", "We show how."],
        ["Does it?", "Yes!", "(In part.)", "3 models fail."],
        [r"It gains 5\%.", r"\textbf{We} win.", "$x$ too."],
        ["It gains 5%.", "So does GPT-4.", "In Kim et al.", "The end."],
        ["The end of it...", "Another one begins.”", "“Quoted” last."],
    ],
)
def test_sentences_are_parted(parts: list[str]) -> None:
    assert split("Title\n" + " ".join(parts)) == ["Title", *parts]


def test_a_missing_space_parts_sentences() -> None:
    assert split("T\nIt works abstractly.Following this we win.") == [
        "T",
        "It works abstractly.",
        "Following this we win.",
    ]


def test_text_without_a_title_line_is_split() -> None:
    assert split("One. Two.") == ["One.", "Two."]


def test_sentences_of_real_papers_hold_all_their_words(shared: Path) -> None:
    for paper in read((shared / "seeds").glob("*.txt")):
        source = source_text(paper)
        assert "".join("".join(split(source)).split()) == "".join(source.split())
        assert len(split(source)) > 3
