from __future__ import annotations

import pytest

from kg.extract.acronyms import acronyms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A large language model (LLM) is large.", {"LLM": "large language model"}),
        ("Large language models (LLMs) answer.", {"LLMs": "Large language models"}),
        ("We use retrieval-augmented generation (RAG).", {"RAG": "retrieval-augmented generation"}),
        ("Chain of thought (CoT; see below) helps.", {"CoT": "Chain of thought"}),
        ("It improves (see Table 2) on the others (by far).", {}),
        ("Unrelated words come first (XYZ).", {}),
        ("(ABC) opens the text.", {}),
    ],
)
def test_short_form_is_tied_to_the_words_that_it_abbreviates(text: str, expected: dict[str, str]) -> None:
    assert acronyms(text) == expected


def test_first_definition_wins() -> None:
    text = "A prompt tuning (PT) baseline; then pass-through (PT) units."
    assert acronyms(text) == {"PT": "prompt tuning"}


def test_long_form_does_not_reach_into_the_title() -> None:
    assert acronyms("Language\nmodels (LM) are old.") == {}
