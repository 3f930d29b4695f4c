"""Macros in their place and their arguments."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from kg.text.draft import Draft
from kg.text.symbols import FRACTIONS

Scan = Callable[[Draft, int, int], None]
"""Enters into the draft how the stretch between two positions reads."""

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[^\s{}$]")
_TWO_NUMBERS = re.compile(r"\s*\d\s*\d")
_OPTION = re.compile(r"\s*\[[^\[\]\n]{0,80}\]")


@dataclass(frozen=True, slots=True)
class Scanner:
    """The ways to read a stretch, from where a macro stands."""

    scan: Scan
    """In the mode around the macro."""
    scan_text: Scan
    scan_formula: Scan
    is_formula: bool


class Call(NamedTuple):
    """A macro in its place."""

    name: str
    start: int
    stop: int
    """End of the name."""
    end: int
    """End of the stretch in which its arguments must lie."""
    scanner: Scanner


class Argument(NamedTuple):
    """An argument with its braces (`outer`) and without."""

    outer_start: int
    start: int
    end: int
    outer_end: int

    @property
    def is_braced(self) -> bool:
        """Whether it stands in braces, rather than being a single character or macro."""
        return self.end < self.outer_end


def braced(draft: Draft, position: int, end: int) -> Argument | None:
    """The group in braces at the position, spaces before it allowed."""
    start = skip_spaces(draft.source, position, end)
    close = draft.partners.get(start, end)
    return Argument(position, start + 1, close, close + 1) if close < end else None


def braced_or_token(draft: Draft, position: int, end: int) -> Argument | None:
    """The group, else the single character or macro that TeX takes for an argument."""
    group = braced(draft, position, end)
    if group is not None:
        return group
    match = _TOKEN.match(draft.source, skip_spaces(draft.source, position, end), end)
    if match is None:
        return None
    stop = _after_own_arguments(draft, match, end) if match[0].startswith("\\") else match.end()
    return Argument(position, match.start(), stop, stop)


def _after_own_arguments(draft: Draft, match: re.Match[str], end: int) -> int:
    r"""End of a macro that is itself an argument, in the manner of MathJax: `x_\text{max}`, `x^\frac12`."""
    if match[0][1:] in FRACTIONS:
        numbers = _TWO_NUMBERS.match(draft.source, match.end(), end)
        if numbers is not None:
            return numbers.end()
    group = draft.partners.get(match.end(), end)
    second = draft.partners.get(group + 1, end) if match[0][1:] in FRACTIONS and group < end else end
    return second + 1 if second < end else group + 1 if group < end else match.end()


def after_options(draft: Draft, call: Call) -> int:
    """The position after a star and arguments in square brackets."""
    position = call.stop + (draft.source[call.stop : call.stop + 1] == "*")
    option = _OPTION.match(draft.source, position, call.end)
    while option:
        position = option.end()
        option = _OPTION.match(draft.source, position, call.end)
    return position


def skip_spaces(source: str, position: int, end: int) -> int:
    """The position of the next character that is no space."""
    while position < end and source[position] == " ":
        position += 1
    return position


def trimmed(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """The stretch without the spaces at its ends."""
    inner = draft.source[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def wrap(
    draft: Draft,
    opening: tuple[int, int],
    closing: tuple[int, int],
    scan: Scan,
    *,
    texts: tuple[str, str] = ("", ""),
    is_formula: bool = False,
) -> None:
    """Replaces two pieces of markup that belong together, and reads what is between them."""
    draft.replace(*opening, texts[0])
    scan(draft, opening[1], closing[0])
    draft.replace(*closing, texts[1])
    draft.tie(opening, closing, is_formula=is_formula)


def wrap_argument(
    draft: Draft, call: Call, argument: Argument, scan: Scan, *, texts: tuple[str, str] = ("", "")
) -> int:
    """Leaves the argument of a macro alone of it; returns where to read on."""
    wrap(draft, (call.start, argument.start), (argument.end, argument.outer_end), scan, texts=texts)
    return argument.outer_end
