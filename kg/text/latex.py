"""Clean text from a stretch of source: text mode and formulas.

The macros are read by a scanner of our own, because pylatexenc keeps no alignment, takes a bare `%` for a comment
and drops what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kg.text.arguments import Scanner, trimmed, wrap
from kg.text.damage import ENTITY, INVISIBLE, LIGATURE, MOJIBAKE, repair
from kg.text.draft import Draft
from kg.text.macros import read_macro
from kg.text.stacked import read_script

_COMMON = rf"""
    (?P<macro>\\(?:[A-Za-z]+|[^\n]))
  | (?P<tie>~)
  | (?P<damage>{ENTITY}|{INVISIBLE}|{LIGATURE}|{MOJIBAKE})
  | (?P<group>\{{)
"""
SPECIAL = re.compile(
    rf"""{_COMMON}
  | (?P<formula>\$\$?)
  | (?P<script>[\^_](?=\{{))
  | (?P<dash>(?<![-<])---?(?![->]))
  | (?P<quote>``)
""",
    re.VERBOSE,
)
"""What may have to be changed in text; a text without a match is clean."""
_IN_FORMULA = re.compile(rf"{_COMMON} | (?P<script>[\^_])", re.VERBOSE)

_BRACKETS = {r"\(": r"\)", r"\[": r"\]"}
_MAX_FORMULA = 500
_DOLLAR = re.compile(r"\\.|\$")
_MATHS = re.compile(r"[\\^_=<>|]|^\s*[A-Za-z]\w*\s*$")
_MONEY = re.compile(r"\d.*[a-z]{3}")
_CLOSING_QUOTE = re.compile(r"''|\"|``")
_MARKUP = re.compile(r".*[\\$].*|[A-Z][\w-]*|[^\W\d_]|[,.;:=+–—\"'-]+")
"""What in braces shows that the braces are LaTeX: macros, a name kept in capitals, a letter, a mark."""


def scan_text(draft: Draft, start: int, end: int) -> None:
    """Enters into the draft how a stretch of text reads."""
    position = start
    while match := SPECIAL.search(draft.source, position, end):
        position = _TEXT_READERS[match.lastgroup or ""](draft, match, end)


def scan_formula(draft: Draft, start: int, end: int) -> None:
    """Enters into the draft how a stretch of mathematics reads."""
    position = start
    while match := _IN_FORMULA.search(draft.source, position, end):
        position = _FORMULA_READERS[match.lastgroup or ""](draft, match, end)


_TEXT = Scanner(scan_text, scan_text, scan_formula, is_formula=False)
_FORMULA = Scanner(scan_formula, scan_text, scan_formula, is_formula=True)


def _read_text_macro(draft: Draft, match: re.Match[str], end: int) -> int:
    if match[0] in _BRACKETS:
        return _read_bracketed(draft, match, end)
    return read_macro(draft, match, end, _TEXT)


def _read_formula_macro(draft: Draft, match: re.Match[str], end: int) -> int:
    return read_macro(draft, match, end, _FORMULA)


def _read_formula_group(draft: Draft, match: re.Match[str], end: int) -> int:
    close = draft.partners.get(match.start(), end)
    return _unwrap(draft, match, close, _FORMULA) if close < end else match.end()


def _read_formula_tie(draft: Draft, match: re.Match[str], end: int) -> int:
    del end
    draft.replace(*match.span(), " ")
    return match.end()


def _read_script(draft: Draft, match: re.Match[str], end: int) -> int:
    return read_script(draft, match, end, _FORMULA)


def _read_damage(draft: Draft, match: re.Match[str], end: int) -> int:
    del end
    return repair(draft, match)


def _unwrap(draft: Draft, match: re.Match[str], close: int, scanner: Scanner) -> int:
    wrap(draft, match.span(), (close, close + 1), scanner.scan)
    return close + 1


def _read_group(draft: Draft, match: re.Match[str], end: int) -> int:
    close = draft.partners.get(match.start(), end)
    if close >= end:
        return match.end()
    if close == match.end() and not draft.is_at_space(match.start()):
        draft.replace(match.start(), close + 1, "")
        return close + 1
    if _MARKUP.fullmatch(draft.source, match.end(), close):
        return _unwrap(draft, match, close, _TEXT)
    return match.end()


def _read_bracketed(draft: Draft, match: re.Match[str], end: int) -> int:
    close = draft.source.find(_BRACKETS[match[0]], match.end(), end)
    if close < 0:
        return match.end()
    return _wrap_formula(draft, match, close, close + 2)


def _read_dollars(draft: Draft, match: re.Match[str], end: int) -> int:
    source, start = draft.source, match.end()
    width = len(match[0])
    close = _closing_dollar(source, start, min(end, start + _MAX_FORMULA))
    if close is None or close == start or source[close : close + width] != match[0]:
        return match.end()
    if not _is_formula(source[start:close], source[close + width : close + width + 1]):
        return match.end()
    return _wrap_formula(draft, match, close, close + width)


def _wrap_formula(draft: Draft, match: re.Match[str], close: int, stop: int) -> int:
    start, end = trimmed(draft, match.end(), close)
    if start < end:
        wrap(draft, (match.start(), start), (end, stop), scan_formula, is_formula=True)
    return stop


def _closing_dollar(source: str, start: int, end: int) -> int | None:
    return next((match.start() for match in _DOLLAR.finditer(source, start, end) if match[0] == "$"), None)


def _is_formula(inner: str, following: str) -> bool:
    """Whether text between two dollars is mathematics rather than text between two prices."""
    if _MATHS.search(inner):
        return True
    if inner[0].isspace() or inner[-1].isspace():
        return False
    return not (following.isdigit() and inner[0].isdigit()) and not _MONEY.match(inner)


def _read_tie(draft: Draft, match: re.Match[str], end: int) -> int:
    source, start, stop = draft.source, match.start(), match.end()
    before, after = source[start - 1 : start], source[stop : min(end, stop + 1)]
    is_approximate = (
        not (before.isalnum() or before in set(".,;:)]}$%'\"-")) or after.isspace() or after in "/~"
    )
    is_range = before.isdigit() and after.isdigit()
    if before.isalpha() and after.isspace():
        draft.replace(start, stop, "")
    elif before and after and not is_approximate and not is_range:
        draft.replace(start, stop, " ")
    return stop


def _read_dash(draft: Draft, match: re.Match[str], end: int) -> int:
    source, start, stop = draft.source, match.start(), match.end()
    before, after = source[start - 1 : start] or " ", source[stop : min(end, stop + 1)] or " "
    if before.isspace() == after.isspace() and before not in "`\"'(":
        draft.replace(start, stop, "–" if stop - start == 2 else "—")
    return stop


def _read_quote(draft: Draft, match: re.Match[str], end: int) -> int:
    close = _CLOSING_QUOTE.search(draft.source, match.end(), min(end, match.end() + _MAX_FORMULA))
    if close is None or close[0] == "``":
        return match.end()
    wrap(draft, match.span(), close.span(), scan_text, texts=("“", "”"))
    return close.end()


_Reader = Callable[[Draft, re.Match[str], int], int]
_TEXT_READERS: Mapping[str, _Reader] = {
    "macro": _read_text_macro,
    "formula": _read_dollars,
    "group": _read_group,
    "script": _read_script,
    "tie": _read_tie,
    "dash": _read_dash,
    "quote": _read_quote,
    "damage": _read_damage,
}
_FORMULA_READERS: Mapping[str, _Reader] = {
    "macro": _read_formula_macro,
    "script": _read_script,
    "group": _read_formula_group,
    "tie": _read_formula_tie,
    "damage": _read_damage,
}
