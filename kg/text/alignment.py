"""Clean text tied to its source: a list of edits, and maps of spans in both directions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Span

_NUMBER = re.compile(r"[-+\d.,\\%\s]*")


class Edit(NamedTuple):
    """A stretch of source that reads otherwise in clean text; what lies between two edits is the same in both."""

    source_start: int
    source_end: int
    clean_start: int
    clean_end: int


class Macro(NamedTuple):
    r"""A construct whose pieces of markup belong together, as `\textbf{` and `}` do."""

    marks: tuple[tuple[int, int], ...]
    """Source spans of the pieces, in order; the construct reaches from the first to the last."""
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class CleanText:
    r"""Text without mojibake and LaTeX, and the way back to the source.

    >>> from kg.text import clean
    >>> cleaned = clean("a $\\sim$224K set")
    >>> cleaned.text, cleaned.source_span(2, 7)
    ('a ~224K set', Span(start=2, end=12))
    """

    text: str
    source: str
    edits: tuple[Edit, ...] = ()
    macros: tuple[Macro, ...] = ()
    _source_starts: list[int] = field(init=False, repr=False, compare=False)
    _clean_starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_source_starts", [edit.source_start for edit in self.edits])
        object.__setattr__(self, "_clean_starts", [edit.clean_start for edit in self.edits])

    def source_span(self, start: int, end: int) -> Span:
        r"""The stretch of source that the clean stretch was made from, widened to whole macros.

        Markup around the stretch stays outside (`\textbf{BERT}` gives `BERT`), unless the stretch reaches over
        a part of it; a formula that is covered whole is taken with its dollars, unless it is a plain number.
        """
        _check(start, end, len(self.text))
        first = self._source_start(start)
        if start == end:
            return Span(first, first)
        return self._whole(first, self._source_end(end))

    def clean_span(self, start: int, end: int) -> Span:
        """The stretch of clean text made from a stretch of source; empty where that is markup alone."""
        _check(start, end, len(self.source))
        first = self._clean_start(start)
        return Span(first, first if start == end else max(first, self._clean_end(end)))

    def _source_start(self, position: int) -> int:
        index = bisect_right(self._clean_starts, position) - 1
        if index < 0:
            return position
        edit = self.edits[index]
        return edit.source_start if position < edit.clean_end else edit.source_end + position - edit.clean_end

    def _source_end(self, position: int) -> int:
        index = bisect_left(self._clean_starts, position) - 1
        if index < 0:
            return position
        edit = self.edits[index]
        return edit.source_end + max(0, position - edit.clean_end)

    def _clean_start(self, position: int) -> int:
        index = bisect_right(self._source_starts, position) - 1
        if index < 0:
            return position
        edit = self.edits[index]
        return edit.clean_start if position < edit.source_end else edit.clean_end + position - edit.source_end

    def _clean_end(self, position: int) -> int:
        index = bisect_left(self._source_starts, position) - 1
        if index < 0:
            return position
        edit = self.edits[index]
        return edit.clean_end + max(0, position - edit.source_end)

    def _whole(self, start: int, end: int) -> Span:
        changed = True
        while changed:
            changed = False
            for macro in self.macros:
                outer_start, outer_end = macro.marks[0][0], macro.marks[-1][1]
                if start <= outer_start and outer_end <= end:
                    continue
                if self._cuts(macro, start, end):
                    start, end, changed = min(start, outer_start), max(end, outer_end), True
        return Span(start, end)

    def _cuts(self, macro: Macro, start: int, end: int) -> bool:
        if any(mark_start < end and start < mark_end for mark_start, mark_end in macro.marks):
            return True
        is_all = macro.is_formula and (start, end) == (macro.marks[0][1], macro.marks[-1][0])
        return is_all and not _NUMBER.fullmatch(self.source, start, end)


def _check(start: int, end: int, length: int) -> None:
    if not 0 <= start <= end <= length:
        raise ValueError(f"span {start}:{end} is outside a text of {length} characters")
