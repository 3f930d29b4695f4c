"""Labels that fit beside a node or in a cell."""

from __future__ import annotations

import re
import unicodedata

_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""One line without control characters, nor marks that would turn the direction of the text around it.

    >>> printable("a\u202eb\n c")
    'ab c'
    """
    visible = "".join(" " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in text)
    return " ".join(_BIDI_CONTROLS.sub("", visible).split())


def short_label(text: str, width: int = 28) -> str:
    """A label of at most `width` characters: the name before a title's colon, else cut between words.

    >>> short_label("PRIMA: Multi-Image Vision-Language Models for Reasoning Segmentation")
    'PRIMA'
    >>> short_label("Attention Is All You Need, and then some")
    'Attention Is All You Need…'
    """
    whole = printable(text)
    name = whole.partition(": ")[0]
    if 2 <= len(name) <= width:
        return name
    if len(whole) <= width:
        return whole
    cut = whole[:width]
    kept = cut.rpartition(" ")[0] if " " in cut[width // 2 :] else cut[:-1]
    return kept.rstrip(" ,;:-–—") + "…"
