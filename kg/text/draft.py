"""A clean text in the making: the edits and macros found so far, in the order of the source."""

from __future__ import annotations

import re

from kg.text.alignment import CleanText, Edit, Macro

_MAX_DEPTH = 40
_BRACE = re.compile(r"\\.|[{}]")


class TooDeepError(Exception):
    """Braces are nested more deeply than any text for readers is."""


class Draft:
    """Collects replacements of stretches of one source text, from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.partners: dict[int, int] = {}
        """Position of the closing brace of each opening one that has one."""
        self._edits: list[tuple[int, int, str]] = []
        self._macros: list[Macro] = []

    @property
    def reached(self) -> int:
        """End of the last stretch replaced."""
        return self._edits[-1][1] if self._edits else 0

    def replace(self, start: int, end: int, text: str) -> None:
        """The stretch reads `text` in the clean text."""
        if start < end:
            self._edits.append((start, end, text))

    def last_character(self, position: int) -> str:
        """How the character before a position reads, past what is left out there; nothing at the beginning."""
        for start, end, text in reversed(self._edits):
            if end != position or text:
                return text[-1] if end == position else self.source[position - 1]
            position = start
        return self.source[position - 1] if position else ""

    def is_at_space(self, position: int) -> bool:
        """Whether the character before a position is white space, or there is none."""
        return not position or self.source[position - 1].isspace()

    def drop_word(self, start: int, end: int) -> None:
        """The stretch is left out together with the space or tie before it."""
        if self._edits and self._edits[-1][1:] == (start, " "):
            start = self._edits.pop()[0]
        elif start > self.reached and self.source[start - 1] == " ":
            start -= 1
        self.replace(start, end, "")

    def tie(self, *marks: tuple[int, int], is_formula: bool = False) -> None:
        """The marks are pieces of one macro."""
        self._macros.append(Macro(marks, is_formula))

    def mark(self) -> tuple[int, int]:
        """A point to which the draft can be rewound."""
        return len(self._edits), len(self._macros)

    def rewind(self, mark: tuple[int, int]) -> None:
        """Forgets all that was found since the mark."""
        del self._edits[mark[0] :], self._macros[mark[1] :]

    def set_text(self, index: int, text: str) -> None:
        """Changes the text of an edit that was made before its reading was known."""
        start, end, _ = self._edits[index]
        self._edits[index] = (start, end, text)

    def text_since(self, mark: tuple[int, int], start: int, end: int) -> str:
        """The clean text of a stretch whose edits were all made since the mark."""
        pieces: list[str] = []
        position = start
        for edit_start, edit_end, text in self._edits[mark[0] :]:
            pieces += (self.source[position:edit_start], text)
            position = edit_end
        return "".join((*pieces, self.source[position:end]))

    def pair_braces(self, start: int, end: int) -> None:
        """Finds the partner of each brace in the stretch, unless they are nested too deeply."""
        open_braces: list[int] = []
        for match in _BRACE.finditer(self.source, start, end):
            if match[0] == "{":
                open_braces.append(match.start())
                if len(open_braces) > _MAX_DEPTH:
                    raise TooDeepError
            elif match[0] == "}" and open_braces:
                self.partners[open_braces.pop()] = match.start()

    def finish(self) -> CleanText:
        """The clean text with its offset map."""
        pieces: list[str] = []
        edits: list[Edit] = []
        position = length = 0
        for start, end, text in self._edits:
            pieces += (self.source[position:start], text)
            length += start - position
            edits.append(Edit(start, end, length, length + len(text)))
            length += len(text)
            position = end
        pieces.append(self.source[position:])
        return CleanText("".join(pieces), self.source, tuple(edits), tuple(self._macros))
