"""Words of a paper's text with the shape that an uncased vocabulary loses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"\\[A-Za-z]+|[^\W_]+|[^\s]")
RUN = re.compile(r"(.)\1+")
SHAPE_COUNT = 64
_SHAPE_NAMES = (
    "x X Xx d XX p XXx XxX xX xXx XxXx XxXxX xXxX dX dx "
    "Xd xd XXd Xxd XXxX xXd dXX dXx XdX xdx XXxXx l Xdx XxXd XXdX"
)
_SHAPES = {name: number for number, name in enumerate(_SHAPE_NAMES.split(), 1)}


@dataclass(frozen=True, slots=True)
class Word:
    """One word or one punctuation mark."""

    text: str
    start: int
    """Offset of the first code point in the text read."""
    end: int
    shape: int
    """Row of the shape table."""


def words(text: str) -> list[Word]:
    """The words of a text, in order, with their shapes."""
    found: list[Word] = []
    last = -1
    for match in WORD.finditer(text):
        start, end = match.span()
        found.append(Word(match.group(), start, end, shape(match.group(), is_glued=start == last)))
        last = end
    return found


@lru_cache(maxsize=20_000)
def shape(word: str, *, is_glued: bool) -> int:
    """A row of the shape table: the word's run of cases, and whether it follows without a space.

    >>> shape("GPT", is_glued=False) == shape("BERT", is_glued=False)
    True
    """
    if word[0] == "\\" and len(word) > 1:
        name = "l"
    elif len(word) == 1:
        name = "p" if not word.isalnum() else "d" if word.isdigit() else "X" if word.isupper() else "x"
    else:
        marks = "".join("d" if c.isdigit() else "X" if c.isupper() else "x" for c in word)
        name = RUN.sub(r"\1", marks)
        if name == "X":
            name = "XX"
    return _SHAPES.get(name, 0) + (SHAPE_COUNT // 2 if is_glued else 0)


def sentence_numbers(found: list[Word]) -> list[int]:
    """The number of each word's sentence, from 0; a title without a full stop belongs to the first one."""
    numbers: list[int] = []
    number = 0
    for place, word in enumerate(found):
        numbers.append(number)
        following = found[place + 1] if place + 1 < len(found) else None
        if word.text in ".!?" and following and following.start > word.end:
            number += following.text[0].isupper() or not following.text[0].isalpha()
    return numbers
