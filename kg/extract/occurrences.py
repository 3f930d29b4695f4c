"""Where surfaces occur: at word boundaries, the longest first, none inside another (the rule of the gold files)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOUCHING = r"(?<!\w){}(?!\w)"


def occurrences(text: str, surfaces: Iterable[str]) -> list[tuple[int, int, str]]:
    """(start, end, surface) of every occurrence, in the order of the text.

    >>> occurrences("MMLU-CF cleans MMLU.", ["MMLU", "MMLU-CF"])
    [(0, 7, 'MMLU-CF'), (15, 19, 'MMLU')]
    """
    taken = bytearray(len(text))
    found = []
    for surface in sorted(set(surfaces), key=lambda surface: (-len(surface), surface)):
        if not surface:
            continue
        for match in re.finditer(_TOUCHING.format(re.escape(surface)), text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, surface))
    return sorted(found)
