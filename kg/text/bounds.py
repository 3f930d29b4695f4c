"""Sentence bounds in source text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span

_PROTECTED = re.compile(
    r"""https?://[^\s{}]+ | www\.[^\s{}]+          # addresses
      | \\(?:url|href|cite\w*|ref)\{[^{}]*\}
      | (?<!\\)\$[^$\n]{1,200}\$ | \\\(.{1,200}?\\\)   # formulas
      | \{[^{}\n]{1,160}\}
    """,
    re.VERBOSE,
)
_STOP = re.compile(
    r"""[.!?…]+ (?:''|["”’')\]}])* (?=\s)                              # the usual end
      | (?:(?<=[a-z]{3})|(?<=\d%)|(?<=[a-z]\))) [.!?] (?=[A-Z][a-z]+[\s,'’-])         # the space is missing
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"""(?:^|[\s(\["'“‘{~-])
    (?:e\.?g|i\.?e|et\ al|cf|vs|viz|resp|approx|ca|esp|incl|w\.r\.t|w\.l\.o\.g|s\.t|a\.k\.a|i\.i\.d
      |[Ff]igs?|[Ee]qs?|[Ss]ecs?|[Tt]abs?|[Rr]efs?|[Cc]h|[Aa]pp|[Nn]os?|[Vv]ol|pp?|Thm|Def
      |Dr|Drs|Prof|Mrs?|Ms|St|Jr|Sr|Mt|Inc|Ltd|Corp|Univ|[A-Z])\.$
    """,
    re.VERBOSE,
)
_ALWAYS_OPEN = re.compile(
    r"(?:^|[\s(\[\"'“‘{~-])(?:e\.?g|i\.?e|cf|vs|viz|resp|w\.r\.t|[Ff]igs?|[Ee]qs?|[Ss]ecs?|Dr|Prof|Mrs?|Ms)\.$"
)
_OPENS = re.compile(r"[\s]+(?P<next>\S)")


def sentences(source: str) -> list[Span]:
    r"""Bounds of the sentences of a source text; each line, the title first, is split on its own.

    >>> text = "A title\nIt scores 4.5 abstractly.Following e.g. Kim et al. we win."
    >>> [text[span.start : span.end] for span in sentences(text)]
    ['A title', 'It scores 4.5 abstractly.', 'Following e.g. Kim et al. we win.']
    """
    spans: list[Span] = []
    start = 0
    for number, line in enumerate(source.split("\n")):
        bounds = [(0, len(line))] if number == 0 and "\n" in source else _line_sentences(line)
        spans += [Span(start + first, start + last) for first, last in bounds if first < last]
        start += len(line) + 1
    return spans


def _line_sentences(line: str) -> Iterator[tuple[int, int]]:
    guarded = [match.span() for match in _PROTECTED.finditer(line)]
    start = _skip_space(line, 0)
    for stop in _STOP.finditer(line):
        if stop.end() > start and _ends(line, start, stop, guarded):
            yield start, stop.end()
            start = _skip_space(line, stop.end())
    if start < len(line):
        yield start, len(line.rstrip())


def _ends(line: str, start: int, stop: re.Match[str], guarded: list[tuple[int, int]]) -> bool:
    if any(first < stop.start() + 1 < last for first, last in guarded):
        return False
    following = _OPENS.match(line, stop.end())
    if following is None:
        return stop.end() < len(line)
    before = line[max(start, stop.start() - 16) : stop.start() + 1]
    next_character = following["next"]
    if next_character.islower() or next_character in ",;:)]}%":
        return False
    if stop[0].startswith(".") and not stop[0].startswith(".."):
        return not _is_abbreviation(before, line[following.start("next") :])
    return True


def _is_abbreviation(before: str, after: str) -> bool:
    if _ALWAYS_OPEN.search(before):
        return True
    return bool(_ABBREVIATION.search(before)) and not re.match(
        r"(?:We|Our|In|The|This|These|It|To|However)\b", after
    )


def _skip_space(line: str, position: int) -> int:
    while position < len(line) and line[position].isspace():
        position += 1
    return position
