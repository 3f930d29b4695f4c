"""Numbers as abstracts write them: where they stand, what they amount to, and in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_UNIT = (
    r"(?:\s?(?:\\?%|[xX×](?!\w))|[ -](?:percentage[ -]points?|percent|points?|pp|pts?|times|fold)\b"
    r"|(?:pp|pts|ms|s|min|h|MB|GB|dB)\b)"
)
_VALUE = re.compile(
    rf"(?<![\w.,^_/])(?<!\w-)(?P<sign>[+\-−±~≈]\s?)?(?P<first>{_NUMBER})(?P<middle>{_UNIT})?"
    rf"(?:(?P<joint>\s?(?:--|[-–—~])\s?|\sto\s)(?P<last>{_NUMBER})(?:{_UNIT})?)?"
    r"(?![\w@]|-[A-Za-z])"
)
_UNITS = (
    ("percent", re.compile(r"\\?%|percent(?!age)")),
    ("percentage points", re.compile(r"percentage[ -]points?|\bpp\b")),
    ("points", re.compile(r"points?|\bpts?\b")),
    ("times", re.compile(r"[xX×]|times|fold")),
    ("ms", re.compile(r"ms\b|milliseconds?")),
    ("MB", re.compile(r"MB\b")),
    ("GB", re.compile(r"GB\b")),
    ("dB", re.compile(r"dB\b")),
    ("seconds", re.compile(r"(?<![a-zA-Z])s\b|seconds?\b")),
    ("minutes", re.compile(r"min(?:utes?)?\b")),
    ("hours", re.compile(r"(?<![a-zA-Z])h\b|hours?\b")),
)
_AFTER = re.compile(
    r"[ -](?:absolute )?(?:percentage[ -]points?|points?|ms|milliseconds?|seconds?|minutes?|hours?|dB|GB|MB|times)\b"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text; `end` exclusive."""

    start: int
    end: int
    number: float
    """Of a range, its upper end."""
    unit: str | None
    is_range: bool
    is_signed: bool


def numerals(text: str) -> list[Numeral]:
    """The numbers of a text with the units that they carry.

    >>> [(found.number, found.unit) for found in numerals("from 28.2% to 48.6%, 8.79X faster, by 4.1 points")]
    [(28.2, 'percent'), (48.6, 'percent'), (8.79, 'times'), (4.1, 'points')]
    """
    found: list[Numeral] = []
    for match in _VALUE.finditer(text):
        found.extend(_numerals(text, match))
    return found


def _numerals(text: str, match: re.Match[str]) -> list[Numeral]:
    start, end = match.span()
    if match["last"] is None:
        return [_numeral(text, start, end, match["first"], is_signed=bool(match["sign"]))]
    if " to " in match["joint"] and text[max(0, start - 12) : start].lower().rstrip(" $~").endswith("from"):
        return [
            _numeral(
                text, start, match.end("middle") if match["middle"] else match.end("first"), match["first"]
            ),
            _numeral(text, match.start("last"), end, match["last"]),
        ]
    return [_numeral(text, start, end, match["last"], is_range=True)]


def _numeral(
    text: str, start: int, end: int, digits: str, *, is_range: bool = False, is_signed: bool = False
) -> Numeral:
    sign = -1.0 if text[start] in "-−" else 1.0
    number = sign * float(digits.replace(",", ""))
    return Numeral(start, end, number, _unit(text, start, end), is_range, is_signed and text[start] in "+-−")


def _unit(text: str, start: int, end: int) -> str | None:
    """The unit inside the numeral, else the one directly after it."""
    for part in (text[start:end], _next_words(text, end)):
        for unit, pattern in _UNITS:
            if pattern.search(part):
                return unit
    return None


def _next_words(text: str, end: int) -> str:
    match = _AFTER.match(text, end)
    return match.group() if match else ""
