"""How single macros read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kg.text import symbols
from kg.text.arguments import Call, Scanner, after_options, braced, braced_or_token, wrap_argument
from kg.text.draft import Draft
from kg.text.stacked import (
    read_accent,
    read_formula_accent,
    read_fraction,
    read_root,
    read_script_macro,
)

_TEXT_IN_FORMULA = frozenset(
    "text mbox hbox textbf textit texttt textsc textsf textrm textnormal emph fbox".split()
)
_LOST_BRACES = re.compile(
    r"emph|text(?:bf|it|tt|sc|sl|sf|rm)|math(?:cal|bb|rm|bf|sf|scr|frak|it)|boldsymbol|widehat|widetilde|tilde|sqrt"
)
_WORD_FOLLOWS = re.compile(r"\{|\\(?!left|big|lim)[A-Za-z]", re.IGNORECASE)
_CODE_POINT = re.compile(r"\s*x?([0-9A-Fa-f]{2,5})\s*")
_ESCAPED = re.compile(r"\\([_%#&~{}])")
_QUOTES = {"enquote": ("“", "”"), "footnote": ("(", ")")}


def read_macro(draft: Draft, match: re.Match[str], end: int, scanner: Scanner) -> int:
    """Enters how the macro at the match reads; returns where to read on."""
    call = Call(match[0][1:], match.start(), match.end(), end, scanner)
    reader = _READERS.get(call.name)
    if reader is not None:
        return reader(draft, call)
    text = symbols.character(call.name)
    return _read_unknown(draft, call) if text is None else _put(draft, call, text)


def _put(draft: Draft, call: Call, text: str) -> int:
    """The macro reads as the text, empty braces after it included."""
    stop = call.stop
    if call.name.isalpha() and draft.source.startswith("{}", stop):
        stop += 2
    draft.replace(call.start, stop, text)
    return stop


def _read_unknown(draft: Draft, call: Call) -> int:
    """A macro of the authors' own reads as its argument, else as its name."""
    if not call.name.isalpha():
        return call.stop
    argument = braced(draft, call.stop, call.end)
    if argument is not None and argument.start < argument.end and argument.outer_start + 1 == argument.start:
        return wrap_argument(draft, call, argument, call.scanner.scan)
    lost = _LOST_BRACES.match(call.name)
    if lost is not None:
        return _put(draft, call, ("√" if lost[0] == "sqrt" else "") + call.name[lost.end() :])
    if len(call.name) == 1 and not call.scanner.is_formula and argument is None:
        return call.stop
    return _put(draft, call, call.name)


def _read_letter(draft: Draft, call: Call) -> int:
    """A letter of its own; the space after the macro only ends its name."""
    stop = _put(draft, call, symbols.LETTERS[call.name])
    if (
        stop == call.stop
        and draft.source[stop : stop + 1] == " "
        and draft.source[stop + 1 : stop + 2].islower()
    ):
        draft.replace(stop, stop + 1, "")
        stop += 1
    return stop


def _read_space(draft: Draft, call: Call) -> int:
    """A space of any width: none beside another one, and none inside a long number."""
    before = draft.source[call.start - 1 : call.start] if call.start else " "
    after = draft.source[call.stop : call.stop + 1]
    is_number = call.name == "," and before.isdigit() and after.isdigit()
    is_double = before.isspace() or after.isspace()
    return _put(draft, call, "" if is_number or is_double else " ")


def _read_function(draft: Draft, call: Call) -> int:
    before = draft.last_character(call.start)
    opening = " " if before.isalnum() or before == ")" else ""
    closing = " " if _WORD_FOLLOWS.match(draft.source, call.stop, call.end) else ""
    return _put(draft, call, f"{opening}{call.name}{closing}")


def _read_wrapper(draft: Draft, call: Call) -> int:
    argument = braced(draft, after_options(draft, call), call.end)
    if argument is None:
        return _read_bare_wrapper(draft, call)
    scan = call.scanner.scan_text if call.name in _TEXT_IN_FORMULA else call.scanner.scan
    scan = call.scanner.scan_formula if call.name == "ensuremath" else scan
    return wrap_argument(draft, call, argument, scan)


def _read_bare_wrapper(draft: Draft, call: Call) -> int:
    if draft.source.startswith("{", call.stop) and call.stop not in draft.partners:
        draft.replace(call.start, call.stop + 1, "")
        return call.stop + 1
    if not call.scanner.is_formula:
        return _read_switch(draft, call)
    token = braced_or_token(draft, call.stop, call.end)
    stop = token.start if token else call.stop
    draft.replace(call.start, stop, "")
    return stop


def _read_board(draft: Draft, call: Call) -> int:
    argument = braced_or_token(draft, call.stop, call.end)
    letter = symbols.BOARD.get(draft.source[argument.start : argument.end]) if argument else None
    if argument is None or letter is None:
        return _read_wrapper(draft, call)
    draft.replace(call.start, argument.outer_end, letter)
    return argument.outer_end


def _read_switch(draft: Draft, call: Call) -> int:
    source, stop = draft.source, call.stop
    before, after = source[call.start - 1 : call.start], source[stop : stop + 1]
    is_open_end = after == "." and call.name in {"left", "right"}
    if is_open_end or (after == " " and before in {" ", "{", "\n", ""}):
        stop += 1
    draft.replace(call.start, stop, "")
    return stop


def _read_dropped(draft: Draft, call: Call) -> int:
    argument = braced(draft, after_options(draft, call), call.end)
    if argument is None:
        return _read_unknown(draft, call)
    draft.drop_word(call.start, argument.outer_end)
    return argument.outer_end


def _read_bracketed(draft: Draft, call: Call) -> int:
    """Footnotes stand in brackets, quotations in quotes."""
    argument = braced(draft, after_options(draft, call), call.end)
    if argument is None:
        return _read_switch(draft, call)
    opening, closing = _QUOTES[call.name]
    if call.name == "footnote" and not draft.source[call.start - 1 : call.start].isspace():
        opening = f" {opening}"
    return wrap_argument(draft, call, argument, call.scanner.scan_text, texts=(opening, closing))


def _read_address(draft: Draft, call: Call) -> int:
    argument = braced(draft, call.stop, call.end)
    return wrap_argument(draft, call, argument, _scan_address) if argument else _read_switch(draft, call)


def _scan_address(draft: Draft, start: int, end: int) -> None:
    for match in _ESCAPED.finditer(draft.source, start, end):
        draft.replace(*match.span(), match[1])


def _read_link(draft: Draft, call: Call) -> int:
    """The text of a link; its address, where it has no text."""
    address = braced(draft, call.stop, call.end)
    text = braced(draft, address.outer_end, call.end) if address else None
    if text is None or text.start == text.end:
        return _read_address(draft, call)
    return wrap_argument(draft, call, text, call.scanner.scan_text)


def _read_second(draft: Draft, call: Call) -> int:
    first = braced(draft, after_options(draft, call), call.end)
    second = braced(draft, first.outer_end, call.end) if first else None
    return wrap_argument(draft, call, second, call.scanner.scan) if second else _read_wrapper(draft, call)


def _read_quantity(draft: Draft, call: Call) -> int:
    first = braced(draft, after_options(draft, call), call.end)
    second = braced(draft, first.outer_end, call.end) if first else None
    if first is None or second is None:
        return _read_unknown(draft, call)
    draft.replace(call.start, first.start, "")
    call.scanner.scan(draft, first.start, first.end)
    draft.replace(first.end, second.start, " ")
    call.scanner.scan(draft, second.start, second.end)
    draft.replace(second.end, second.outer_end, "")
    draft.tie((call.start, first.start), (first.end, second.start), (second.end, second.outer_end))
    return second.outer_end


def _read_code_point(draft: Draft, call: Call) -> int:
    r"""`\unicode{x2014}`, which MathJax knows and LaTeX does not."""
    argument = braced(draft, call.stop, call.end)
    number = _CODE_POINT.fullmatch(draft.source, argument.start, argument.end) if argument else None
    if argument is None or number is None:
        return call.stop
    character = chr(int(number[1], 16))
    draft.replace(call.start, argument.outer_end, character if character.isprintable() else "")
    return argument.outer_end


_Reader = Callable[[Draft, Call], int]

_READERS: Mapping[str, _Reader] = {
    **dict.fromkeys(symbols.WRAPPERS, _read_wrapper),
    **dict.fromkeys(symbols.DROPPED, _read_switch),
    **dict.fromkeys(symbols.DROPPED_WITH_ARGUMENT, _read_dropped),
    **dict.fromkeys(symbols.SECOND_OF_TWO, _read_second),
    **dict.fromkeys(symbols.FRACTIONS, read_fraction),
    **dict.fromkeys(symbols.QUANTITIES, _read_quantity),
    **dict.fromkeys(symbols.FUNCTIONS, _read_function),
    **dict.fromkeys(symbols.LETTERS, _read_letter),
    **dict.fromkeys(symbols.ACCENTS, read_accent),
    **dict.fromkeys(symbols.MATH_ACCENTS, read_formula_accent),
    **dict.fromkeys(symbols.SPACES, _read_space),
    **dict.fromkeys(_QUOTES, _read_bracketed),
    **dict.fromkeys(("textsuperscript", "textsubscript"), read_script_macro),
    **dict.fromkeys(("url", "path", "nolinkurl"), _read_address),
    "href": _read_link,
    "mathbb": _read_board,
    "sqrt": read_root,
    "unicode": _read_code_point,
}
