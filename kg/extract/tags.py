"""Spans as token tags and back: B(egin), I(nside), L(ast), U(nit) of a kind, and O(utside) (Ratinov and Roth 2009).

Ratinov, L., Roth, D. (2009) Design challenges and misconceptions in named entity recognition. CoNLL, 147-155.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from kg.ontology import Kind

Floats = npt.NDArray[np.float32]

TAGS: tuple[str, ...] = ("O", *(f"{place}-{kind.value}" for kind in Kind for place in "BILU"))
"""All tags; a tag's position in this tuple is its class in the model."""

_CLASS_OF = {tag: position for position, tag in enumerate(TAGS)}


def tag(length: int, spans: Iterable[tuple[int, int, Kind]]) -> list[int]:
    """The classes of a document's tokens, given (first token, end token, kind) of spans that do not overlap.

    >>> [TAGS[tag_] for tag_ in tag(4, [(0, 1, Kind.TASK), (2, 4, Kind.MODEL)])]
    ['U-task', 'O', 'B-model', 'L-model']
    """
    classes = [0] * length
    for start, end, kind in spans:
        places = "U" if end - start == 1 else "B" + "I" * (end - start - 2) + "L"
        for token, place in zip(range(start, end), places, strict=True):
            classes[token] = _CLASS_OF[f"{place}-{kind.value}"]
    return classes


def spans(probabilities: Floats) -> list[tuple[int, int, Kind, float]]:
    """The most probable well-formed sequence, as (first token, end token, kind, confidence).

    The confidence is the mean over the span's tokens of the probability of the kind, whatever the place in it.
    """
    if not len(probabilities):
        return []
    classes = _viterbi(np.log(probabilities + 1e-9))
    found = []
    start = 0
    for token, class_ in enumerate(classes):
        place, _, kind_name = TAGS[class_].partition("-")
        if place in "BU":
            start = token
        if place in "LU":
            kind = Kind(kind_name)
            found.append((start, token + 1, kind, _confidence(probabilities[start : token + 1], kind)))
    return found


def _confidence(probabilities: Floats, kind: Kind) -> float:
    first = _CLASS_OF[f"B-{kind.value}"]
    return float(probabilities[:, first : first + 4].sum(axis=1).mean())


def _viterbi(scores: Floats) -> list[int]:
    """Classes of the best path; only steps that a well-formed sequence allows are taken."""
    best = scores[0] + _ENTRY
    back = np.zeros(scores.shape, dtype=np.int64)
    for token in range(1, len(scores)):
        reached = best[:, None] + _STEP
        back[token] = reached.argmax(axis=0)
        best = reached.max(axis=0) + scores[token]
    classes = [int((best + _EXIT).argmax())]
    for token in range(len(scores) - 1, 0, -1):
        classes.append(int(back[token, classes[-1]]))
    return classes[::-1]


def _may_follow(left: str, right: str) -> bool:
    is_inside = left[0] in "BI"
    continues = right[0] in "IL"
    return is_inside == continues and (not is_inside or left[1:] == right[1:])


_BARRED = np.float32(-1e9)
_STEP = np.array([[0.0 if _may_follow(a, b) else _BARRED for b in TAGS] for a in TAGS], dtype=np.float32)
_ENTRY = np.array([_BARRED if tag_[0] in "IL" else 0.0 for tag_ in TAGS], dtype=np.float32)
_EXIT = np.array([_BARRED if tag_[0] in "BI" else 0.0 for tag_ in TAGS], dtype=np.float32)
