"""The tokeniser: every border between a word and anything else is a border of tokens.

Names in abstracts end at hyphens, slashes, brackets and quotes ("CLIP-based", "BERT/RoBERTa"), so each of these is a
token of its own; numbers with decimals stay whole. White space other than one plain space is a token too, which keeps
`doc.text` equal to the text that was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kg.extract.encoder.words import WORD

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?!\w)|\w+|[^\w\s]|\s")
_WORD = re.compile(rf"{WORD.pattern}|\s")


class KgTokenizer:
    """A callable from text to a `Doc` whose tokens never cross the border of a word."""

    reads_source = False
    """Whether documents are made of a paper's source text, not of its clean text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The document of a text; `doc.text` is the text."""
        words, spaces = split(text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Nothing to write: the rule is in the code."""

    def from_disk(self, path: str | Path, **_: Any) -> KgTokenizer:  # noqa: ARG002
        """The tokeniser itself."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to write: the rule is in the code."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> KgTokenizer:  # noqa: ARG002
        """The tokeniser itself."""
        return self


class KgWordTokenizer(KgTokenizer):
    """The words that the encoder reads, of source text, since the encoder was trained on it."""

    reads_source = True

    def __call__(self, text: str) -> Doc:
        """The document of a text; `doc.text` is the text."""
        words, spaces = split(text, _WORD)
        return Doc(self.vocab, words=words, spaces=spaces)


@registry.tokenizers("kg_tokenizer")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], KgTokenizer]:
    """The factory that a pipeline's configuration names under `[nlp.tokenizer]`."""
    return lambda nlp: KgTokenizer(nlp.vocab)


@registry.tokenizers("kg_word_tokenizer")  # type: ignore[untyped-decorator]
def create_word_tokenizer() -> Callable[[Language], KgWordTokenizer]:
    """The same for the pipeline of the encoder."""
    return lambda nlp: KgWordTokenizer(nlp.vocab)


def split(text: str, token: re.Pattern[str] = _TOKEN) -> tuple[list[str], list[bool]]:
    """The tokens of a text, and for each whether one plain space follows it.

    >>> split("CLIP-based, 71.3%")
    (['CLIP', '-', 'based', ',', '71.3', '%'], [False, False, False, True, False, False])
    """
    words: list[str] = []
    spaces: list[bool] = []
    for match in token.finditer(text):
        word = match.group()
        if word == " " and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1] = True
        else:
            words.append(word)
            spaces.append(False)
    return words, spaces
