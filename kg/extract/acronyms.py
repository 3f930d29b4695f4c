"""Short forms tied to their long forms by the letters they share (Schwartz and Hearst 2003).

Schwartz, A. S., Hearst, M. A. (2003) A simple algorithm for identifying abbreviation definitions in biomedical text.
Pacific Symposium on Biocomputing, 451-462.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]")
_WORD = re.compile(r"\S+")


class Definition(NamedTuple):
    """A short form in brackets and the long form before it, as character offsets."""

    long_start: int
    long_end: int
    short_start: int
    short_end: int


def definitions(text: str) -> list[Definition]:
    """The definitions "long form (LF)" of a text, in order.

    >>> text = "We use a conditional random field (CRF)."
    >>> [(text[a:b], text[c:d]) for a, b, c, d in definitions(text)]
    [('conditional random field', 'CRF')]
    """
    found = []
    for match in _BRACKET.finditer(text):
        short = re.split(r"[;,]", match.group(1))[0].strip()
        start = match.start(1) + match.group(1).find(short)
        long_end = len(text[: match.start()].rstrip())
        if not _is_short_form(short) or long_end == 0:
            continue
        long_start = _long_start(text, long_end, short)
        if long_start is not None and text[long_start:long_end].casefold() != short.casefold():
            found.append(Definition(long_start, long_end, start, start + len(short)))
    return found


def acronyms(text: str) -> dict[str, str]:
    """Short forms defined in the text, mapped to their long forms; the first definition wins.

    >>> acronyms("We use a conditional random field (CRF).")
    {'CRF': 'conditional random field'}
    """
    forms: dict[str, str] = {}
    for found in definitions(text):
        forms.setdefault(text[found.short_start : found.short_end], text[found.long_start : found.long_end])
    return forms


def _is_short_form(short: str) -> bool:
    """Two to fifteen characters, at most two words, and a capital letter among them."""
    return (
        2 <= len(short) <= 15
        and len(short.split()) <= 2
        and short[0].isalnum()
        and any(character.isupper() for character in short)
    )


def _long_start(text: str, long_end: int, short: str) -> int | None:
    """Where the long form that ends at `long_end` begins, or None where the letters do not fit."""
    letters = short[:-1] if len(short) > 2 and short.endswith("s") and short[-2].isupper() else short
    limit = min(len(letters) + 5, len(letters) * 2)
    line = text.rfind("\n", 0, long_end) + 1
    words = [match.start() + line for match in _WORD.finditer(text[line:long_end])][-limit:]
    if not words:
        return None
    return _match_letters(text, words[0], long_end, letters)


def _match_letters(text: str, first: int, long_end: int, letters: str) -> int | None:
    """The algorithm of the paper: from the right, each letter in turn, the first one at the start of a word."""
    place = long_end - 1
    for position in range(len(letters) - 1, -1, -1):
        letter = letters[position].casefold()
        if not letter.isalnum():
            continue
        while place >= first and not _fits(text, place, letter, is_first=position == 0):
            place -= 1
        if place < first:
            return None
        place -= 1
    return place + 1


def _fits(text: str, place: int, letter: str, *, is_first: bool) -> bool:
    if text[place].casefold() != letter:
        return False
    return not is_first or place == 0 or not text[place - 1].isalnum()
