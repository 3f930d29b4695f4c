from __future__ import annotations

import pytest

from kg.extract.encoder.found import FoundResult
from kg.extract.encoder.writing import written_values


def values(text: str, *written: str) -> list[tuple[str, float, str | None]]:
    """(text, number, unit) of the values at the first places of what is written."""
    found = []
    for value in written:
        start = text.index(value)
        found.append(FoundResult(0, None, None, start, start + len(value), 0, 1.0))
    return [
        (text[value.start : value.end], value.number, value.unit) for _, value in written_values(text, found)
    ]


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        (r"by 25.3\%", r"25.3\%", (r"25.3\%", 25.3, "percent")),
        (r"is $8.79\times$ faster", r"8.79", (r"8.79", 8.79, "times")),
        ("gains 4.1 points", "4.1", ("4.1", 4.1, "points")),
        ("drops 1%-7% at most", "1%", ("1%-7%", 7.0, "percent")),
    ],
)
def test_number_and_unit_are_those_of_clean_text(
    text: str, written: str, expected: tuple[str, float, str]
) -> None:
    assert values(text, written) == [expected]


def test_both_ends_of_a_range_are_one_value() -> None:
    assert values("of 0.44 to 0.62 in all", "0.44", "0.62") == [("0.44 to 0.62", 0.62, None)]


def test_no_results_no_values() -> None:
    assert values("nothing") == []
