from __future__ import annotations

import pytest

from kg.extract.numerals import numerals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a score of 71.31 on it", [("71.31", 71.31, None)]),
        ("from 28.2% to 48.6%", [("28.2%", 28.2, "percent"), ("48.6%", 48.6, "percent")]),
        ("by 4.1 points", [("4.1 points", 4.1, "points")]),
        ("+13.8 percentage points", [("+13.8 percentage points", 13.8, "percentage points")]),
        ("8.79X faster", [("8.79X", 8.79, "times")]),
        ("2.5-fold", [("2.5-fold", 2.5, "times")]),
        ("200 times fewer", [("200 times", 200.0, "times")]),
        ("a loss of -0.31", [("-0.31", -0.31, None)]),
        ("takes 12 ms", [("12", 12.0, "ms")]),
        ("1,234 papers", [("1,234", 1234.0, None)]),
        ("LLaMA-7B, v2.0 and x3", []),
    ],
)
def test_number_is_read_with_its_unit(text: str, expected: list[tuple[str, float, str | None]]) -> None:
    found = numerals(text)
    assert [(text[item.start : item.end], item.number, item.unit) for item in found] == expected


@pytest.mark.parametrize("text", ["15-20%", "1%-7%", "3 to 5 times", "10x–20x"])
def test_range_is_one_number_with_its_upper_end(text: str) -> None:
    (found,) = numerals(f"by {text} here")
    assert (found.is_range, found.end - found.start) == (True, len(text))
