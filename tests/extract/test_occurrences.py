from __future__ import annotations

from kg.extract.occurrences import occurrences


def test_longest_surface_wins_and_none_is_inside_another() -> None:
    assert occurrences("LLM-as-a-judge and LLM", ["LLM", "LLM-as-a-judge"]) == [
        (0, 14, "LLM-as-a-judge"),
        (19, 22, "LLM"),
    ]


def test_surface_within_a_word_is_no_occurrence() -> None:
    assert occurrences("BERTScore, RoBERTa, BERT-based", ["BERT"]) == [(20, 24, "BERT")]


def test_surface_with_signs_of_regular_expressions_is_taken_literally() -> None:
    assert occurrences("pass@1 (C++) and F1.", ["pass@1", "C++"]) == [(0, 6, "pass@1"), (8, 11, "C++")]
