from __future__ import annotations

from kg.extract.confusions import confusions, errors
from kg.extract.scores import Confusion, Example
from kg.model import Extraction
from tests.extract.gold import extraction

TEXT = "Quill parses text with beam search."


def confusions_of(gold: Extraction, found: Extraction) -> list[tuple[str, str]]:
    return [(str(each), each.examples[0].surface) for each in confusions(errors(gold, found))]


def test_other_kind_is_a_confusion_with_its_context() -> None:
    gold = extraction(TEXT, [["method", "uses", ["beam search"]]])
    found = extraction(TEXT, [["task", "uses", ["beam search"]]])
    example = Example("id:1", "beam search", "Quill parses text with [beam search].")
    assert confusions(errors(gold, found)) == (Confusion("kind", "method", "task", 1, (example,)),)


def test_context_that_is_cut_says_so() -> None:
    text = f"{'long ' * 20}Quill{' long' * 20}"
    (error,) = errors(extraction(text, [["model", "uses", ["Quill"]]]), extraction(text, []))
    around = "long " * 8
    assert error.example.context == f"…{around}[Quill] {around.strip()}…"


def test_other_bounds_name_what_was_found() -> None:
    gold = extraction(TEXT, [["method", "uses", ["beam search"]]])
    found = extraction(TEXT, [["method", "uses", ["search"]]])
    assert confusions_of(gold, found) == [("method: other bounds", "beam search (found: search)")]


def test_missed_and_spurious_are_told_apart() -> None:
    gold = extraction(TEXT, [["method", "uses", ["beam search"]]])
    found = extraction(TEXT, [["model", "introduces", ["Quill"]]])
    assert confusions_of(gold, found) == [("method: missed", "beam search"), ("model: spurious", "Quill")]


def test_roles_are_compared_for_the_entities_that_were_found() -> None:
    gold = extraction(TEXT, [["model", "introduces", ["Quill"]], ["method", "uses", ["beam search"]]])
    found = extraction(TEXT, [["model", "uses", ["Quill"]]])
    assert confusions_of(gold, found) == [
        ("method: missed", "beam search"),
        ("introduces taken for uses", "Quill"),
    ]


def test_the_most_frequent_stand_first_with_three_examples_of_different_surfaces() -> None:
    text = "A1 A1 A2 A3 A4 and Quill"
    names = [["model", "uses", [name]] for name in ("A1", "A2", "A3", "A4")]
    gold = extraction(text, [*names, ["method", "uses", ["Quill"]]])
    worst, other = confusions(errors(gold, extraction(text, [])))
    assert (worst.gold, worst.count) == ("model", 5)
    assert [example.surface for example in worst.examples] == ["A1", "A2", "A3"]
    assert (other.gold, other.count) == ("method", 1)


def test_same_extraction_has_no_error() -> None:
    gold = extraction(TEXT, [["model", "introduces", ["Quill"]]])
    assert list(errors(gold, gold)) == []
