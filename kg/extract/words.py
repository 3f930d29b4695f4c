"""What the tagger sees of a word: its spelling, whole and in parts, and how it stands in the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

COLUMNS: Mapping[str, float] = {
    "lower": 1.0,
    "orth": 1.0,
    "prefix": 0.5,
    "suffix": 0.5,
    "ending": 0.25,
    "shape": 0.1,
    "standing": 0.02,
}
"""The features of a word, with the size of each one's table as a share of the largest."""

_DIGITS = str.maketrans("0123456789", "0" * 10)


def word_features(doc: Doc) -> npt.NDArray[np.uint64]:
    """One row a token, one column a feature of `COLUMNS`."""
    words = [token.text for token in doc]
    counts = Counter(words)
    title_end = words.index("\n") if "\n" in words else 0
    title = {word.lower() for word in words[:title_end]}
    rows = [
        (
            *_spelling(word),
            _standing(counts[word], is_title=position < title_end, is_in_title=word.lower() in title),
        )
        for position, word in enumerate(words)
    ]
    return np.array(rows, dtype=np.uint64).reshape(len(rows), len(COLUMNS))


@lru_cache(maxsize=1 << 16)
def _spelling(word: str) -> tuple[int, ...]:
    lower = word.lower().translate(_DIGITS)
    parts = (lower, word.translate(_DIGITS), lower[:4], lower[-4:], lower[-2:], _shape(word))
    return tuple(crc32(f"{column}={part}".encode()) for column, part in enumerate(parts))


def _standing(count: int, *, is_title: bool, is_in_title: bool) -> int:
    return 1 + min(count, 4) * 4 + 2 * is_title + is_in_title


def _shape(word: str) -> str:
    """Capitals as X, other letters as x, digits as 0, a run of one of them cut after three."""
    shape = ""
    for character in word[:24]:
        sign = (
            "X"
            if character.isupper()
            else "x"
            if character.isalpha()
            else "0"
            if character.isdigit()
            else character
        )
        if not shape.endswith(sign * 3):
            shape += sign
    return shape
