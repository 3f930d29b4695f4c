from __future__ import annotations

import pytest
import spacy

from kg.extract.tokens import KgTokenizer, split


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CLIP-based", ["CLIP", "-", "based"]),
        ("BERT/RoBERTa", ["BERT", "/", "RoBERTa"]),
        ("(GPT-4.1), 71.31%", ["(", "GPT", "-", "4.1", ")", ",", "71.31", "%"]),
        ("3.1b", ["3", ".", "1b"]),
        ("a\nb", ["a", "\n", "b"]),
        ("a  b", ["a", " ", "b"]),
        ("", []),
    ],
)
def test_border_of_a_word_is_a_border_of_tokens(text: str, words: list[str]) -> None:
    assert split(text)[0] == words


@pytest.mark.parametrize("text", ["A title\nand  more, with\ttabs ", " leading", "x (y-z) “q”…", "naïve–é"])
def test_document_text_is_the_text(text: str) -> None:
    assert KgTokenizer(spacy.blank("en").vocab)(text).text == text
