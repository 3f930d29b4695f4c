"""Damage done to characters on their way: mojibake, ligatures of PDF files, HTML references, invisible ones."""

from __future__ import annotations

import html
import re
import unicodedata

from kg.text.draft import Draft

ENTITY = r"&(?:amp|lt|gt|quot|apos|nbsp|[mn]dash|hellip|[lr][sd]quo|\#\d{2,6}|\#x[0-9a-fA-F]{2,5});"
INVISIBLE = r"(?:[\x00-\x08\x0e-\x1b\x7f\u200b\u2060\ufeff]|\u00ad[ ]?)+"
LIGATURE = r"[\ufb00-\ufb06]"
MOJIBAKE = r"[\u00c2-\u00f4√¬ƒ≈‚][^\x00-\x7f]+"

_MAC_LETTER = re.compile(r"√[^\x00-\x7f]")
_MAX_WORD = 80


def repair(draft: Draft, match: re.Match[str]) -> int:
    """Enters how the damaged characters at the match should read; returns where to read on."""
    start, end = match.span()
    first = match[0][0]
    if first == "&":
        draft.replace(start, end, html.unescape(match[0]).replace("\xa0", " "))
    elif "\ufb00" <= first <= "\ufb06":
        draft.replace(start, end, unicodedata.normalize("NFKC", first))
    elif "\u00c2" <= first <= "\u00f4" or first in "√¬ƒ≈‚":
        _repair_encoding(draft, start, end)
    else:
        draft.replace(start, end, "")
    return end


def _repair_encoding(draft: Draft, start: int, end: int) -> None:
    """Undoes a wrong decoding, judged on the whole word but entered for the run of odd characters."""
    from ftfy import fix_encoding

    source = draft.source
    word_start, word_end = start, end
    while word_start > max(draft.reached, start - _MAX_WORD) and source[word_start - 1].isalpha():
        word_start -= 1
    while word_end < min(len(source), end + _MAX_WORD) and source[word_end].isalpha():
        word_end += 1
    before, after = source[word_start:start], source[end:word_end]
    fixed = fix_encoding(source[word_start:word_end])
    is_aligned = fixed.startswith(before) and fixed.endswith(after)
    run = fixed[len(before) : len(fixed) - len(after)] if is_aligned else source[start:end]
    # A decoding undone makes text shorter; what keeps its length is another guess of ftfy's.
    if len(run) >= end - start:
        run = _mac_letter(before, source[start:end], after)
    if run != source[start:end]:
        draft.replace(start, end, run)


def _mac_letter(before: str, run: str, after: str) -> str:
    """A single letter in the midst of a name that ftfy leaves, because "√°" could be meant."""
    if not (before and after and _MAC_LETTER.fullmatch(run)):
        return run
    try:
        letter = run.encode("mac_roman").decode("utf-8")
    except UnicodeError:
        return run
    return letter if letter.isalpha() else run
