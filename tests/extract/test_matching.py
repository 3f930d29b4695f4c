from __future__ import annotations

from kg.extract.matching import match_exactly, match_overlapping
from tests.extract.gold import extraction

TEXT = "Neural beam search (NBS), a beam search, beats greedy search."


def test_most_shared_surfaces_win_and_each_gold_entity_is_matched_once() -> None:
    gold = extraction(TEXT, [["method", "uses", ["Neural beam search", "NBS"]]])
    found = extraction(TEXT, [["method", "uses", ["NBS"]], ["method", "uses", ["Neural beam search", "NBS"]]])
    assert match_exactly(gold, found) == {1: 0}


def test_other_kind_is_no_match() -> None:
    gold, found = (extraction(TEXT, [[kind, "uses", ["NBS"]]]) for kind in ("method", "model"))
    assert match_overlapping(gold, found) == {}


def test_overlaps_add_pairs_and_take_none_away() -> None:
    gold = extraction(TEXT, [["method", "uses", ["NBS"]], ["method", "compares", ["greedy search"]]])
    found = extraction(TEXT, [["method", "uses", ["greedy"]], ["method", "uses", ["NBS"]]])
    assert match_exactly(gold, found) == {1: 0}
    assert match_overlapping(gold, found) == {1: 0, 0: 1}
