"""What TeX sets above, below or around letters: scripts, fractions, roots, accents."""

from __future__ import annotations

import re
from unicodedata import normalize

from kg.text import symbols
from kg.text.arguments import Argument, Call, Scanner, braced, braced_or_token, wrap_argument
from kg.text.draft import Draft

_WORD = re.compile(r"[\w.,′*%∞-]*|.")
_BRACKETED = re.compile(r"\([^()]*\)")
_TERM = re.compile(r"[\w.√ℝ-]*|.")
_SPOKEN_MARKS = frozenset("'\"`^~")
_QUOTED_LETTERS = frozenset("aeiouyAEIOUY\\")


def read_script(draft: Draft, match: re.Match[str], end: int, scanner: Scanner) -> int:
    """Enters how a superscript or subscript reads: in Unicode's own characters where they exist."""
    argument = braced_or_token(draft, match.end(), end)
    if argument is None:
        return match.end()
    mark = draft.mark()
    draft.replace(match.start(), argument.start, match[0])
    inner_mark = draft.mark()
    scanner.scan(draft, argument.start, argument.end)
    inner = draft.text_since(inner_mark, argument.start, argument.end)
    raised = _raised(inner, is_super=match[0] == "^")
    if raised is not None:
        draft.rewind(mark)
        draft.replace(match.start(), argument.outer_end, raised)
        return argument.outer_end
    is_bracketed = argument.is_braced and not (_WORD.fullmatch(inner) or _BRACKETED.fullmatch(inner))
    if is_bracketed:
        draft.set_text(mark[0], match[0] + "(")
    draft.replace(argument.end, argument.outer_end, ")" if is_bracketed else "")
    draft.tie((match.start(), argument.start), (argument.end, argument.outer_end))
    return argument.outer_end


def _raised(inner: str, *, is_super: bool) -> str | None:
    if is_super and inner in symbols.ORDINALS:
        return inner
    table = symbols.SUPERSCRIPTS if is_super else symbols.SUBSCRIPTS
    return inner.translate(table) if inner and all(ord(letter) in table for letter in inner) else None


def read_script_macro(draft: Draft, call: Call) -> int:
    r"""`\textsuperscript` and `\textsubscript`: raised where Unicode can, else the plain argument."""
    argument = braced(draft, call.stop, call.end)
    if argument is None:
        return call.stop
    raised = _raised(draft.source[argument.start : argument.end], is_super=call.name == "textsuperscript")
    if raised is None:
        return wrap_argument(draft, call, argument, call.scanner.scan_text)
    draft.replace(call.start, argument.outer_end, raised)
    return argument.outer_end


def read_fraction(draft: Draft, call: Call) -> int:
    """A fraction with a stroke, its compound terms in brackets."""
    top = braced_or_token(draft, call.stop, call.end)
    bottom = braced_or_token(draft, top.outer_end, call.end) if top else None
    if top is None or bottom is None:
        return call.stop
    if not (top.is_braced and bottom.is_braced):
        draft.replace(call.start, top.start, "")
        draft.replace(top.start, bottom.outer_end, f"{_plain(draft, top)}/{_plain(draft, bottom)}")
        return bottom.outer_end
    first = _read_term(draft, (call.start, top.start), top, call.scanner)
    draft.replace(top.end, bottom.start, f"{first}/")
    mark = draft.mark()[0] - 1
    second = _read_term(draft, None, bottom, call.scanner)
    if second:
        draft.set_text(mark, f"{first}/(")
    draft.replace(bottom.end, bottom.outer_end, second)
    draft.tie((call.start, top.start), (top.end, bottom.start), (bottom.end, bottom.outer_end))
    return bottom.outer_end


def _plain(draft: Draft, argument: Argument) -> str:
    inner = draft.source[argument.start : argument.end]
    return symbols.character(inner[1:]) or inner[1:] if inner.startswith("\\") else inner


def _read_term(draft: Draft, opening: tuple[int, int] | None, term: Argument, scanner: Scanner) -> str:
    """Enters a term of a fraction; returns the bracket that must close it."""
    if opening is not None:
        draft.replace(*opening, "")
    mark = draft.mark()
    scanner.scan(draft, term.start, term.end)
    if _TERM.fullmatch(draft.text_since(mark, term.start, term.end)):
        return ""
    if opening is not None:
        draft.set_text(mark[0] - 1, "(")
    return ")"


def read_root(draft: Draft, call: Call) -> int:
    """A root sign and the radicand, in brackets unless it is one word."""
    argument = braced(draft, call.stop, call.end)
    if argument is None:
        draft.replace(call.start, call.stop, "√")
        return call.stop
    mark = draft.mark()
    draft.replace(call.start, argument.start, "√")
    inner_mark = draft.mark()
    call.scanner.scan(draft, argument.start, argument.end)
    is_word = _TERM.fullmatch(draft.text_since(inner_mark, argument.start, argument.end))
    if not is_word:
        draft.set_text(mark[0], "√(")
    draft.replace(argument.end, argument.outer_end, "" if is_word else ")")
    draft.tie((call.start, argument.start), (argument.end, argument.outer_end))
    return argument.outer_end


def read_formula_accent(draft: Draft, call: Call) -> int:
    """A letter under a hat, bar or tilde; longer arguments stay bare."""
    argument = braced_or_token(draft, call.stop, call.end)
    if argument is None:
        return call.stop
    letter = _plain(draft, argument)
    if len(letter) == 1 and letter.isalnum():
        draft.replace(
            call.start, argument.outer_end, normalize("NFC", letter + symbols.MATH_ACCENTS[call.name])
        )
    elif argument.is_braced:
        wrap_argument(draft, call, argument, call.scanner.scan)
    else:
        draft.replace(call.start, argument.start, "")
        return argument.start
    return argument.outer_end


def read_accent(draft: Draft, call: Call) -> int:
    r"""An accented letter; another symbol where arXiv took its name for an accent: `\r{ho}`."""
    argument = _accented_argument(draft, call)
    if argument is None:
        return _read_lone_mark(draft, call)
    inner = draft.source[argument.start : argument.end].strip("{} ")
    base = symbols.LETTERS.get(inner[1:], "") if inner.startswith("\\") else inner
    composed = symbols.accented(base[:1], symbols.ACCENTS[call.name]) if base else None
    text = _mistaken(call.name + inner) or (composed + base[1:] if composed else None)
    if text is None:
        return _read_lone_mark(draft, call)
    draft.replace(call.start, argument.outer_end, text)
    return argument.outer_end


def _mistaken(name: str) -> str | None:
    return symbols.character(name) if len(name) > 2 else None


def _accented_argument(draft: Draft, call: Call) -> Argument | None:
    argument = braced_or_token(draft, call.stop, call.end)
    if argument is None or argument.is_braced:
        return argument
    source = draft.source
    if call.name.isalpha():
        return argument if source[call.stop] == " " and source[argument.start].isalpha() else None
    before, after = source[call.start - 1 : call.start], source[argument.end : argument.end + 1]
    is_in_word = before.isalpha() or after.isalpha() or before == "{" or after == "{"
    is_quote = call.name == '"' and source[argument.start] not in _QUOTED_LETTERS
    starts_macro = source[argument.start] == "\\" and source[argument.start : argument.end] not in {
        r"\i",
        r"\j",
    }
    return None if is_quote or starts_macro or not is_in_word else argument


def _read_lone_mark(draft: Draft, call: Call) -> int:
    if call.name not in _SPOKEN_MARKS:
        return call.stop
    empty = draft.source.startswith("{}", call.stop)
    draft.replace(call.start, call.stop + 2 * empty, call.name)
    return call.stop + 2 * empty
