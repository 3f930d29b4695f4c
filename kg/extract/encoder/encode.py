"""Texts through the encoder: words, word pieces, and one row of projections for each word.

One text is one run, so the scales of the dynamic int8 arithmetic never depend on any other text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import ExtractError
from kg.extract.arrays import read_arrays
from kg.extract.encoder.found import Thresholds
from kg.extract.encoder.heads import SIZES, Array, Index, Projections, projections
from kg.extract.encoder.words import Word, sentence_numbers, words

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

ENCODER_FILE = "encoder.onnx"
HEADS_FILE = "heads.npz"
TOKENIZER_FILE = "tokenizer.json"
FACTS_FILE = "encoder.json"
FILES = (ENCODER_FILE, HEADS_FILE, TOKENIZER_FILE, FACTS_FILE)
WORD_LIMIT = 1500
"""Words of a text that are read; an abstract has 240, and the heads compare mentions with each other."""
PIECE_LIMIT = 510
"""Word pieces of one run; longer texts are read in several."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """The network with its tokeniser and the weights of its heads."""

    session: InferenceSession
    tokenizer: Tokenizer
    heads: dict[str, Array]
    first_piece: int
    """Id of the piece before each text."""
    last_piece: int
    """Id of the piece after each text."""
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of some words."""

    ids: Index
    word: Index
    """Place of the word of each piece."""


def load_encoder(folder: Path) -> Encoder:
    """The encoder of a folder, on one thread; raises `ExtractError` where its files are missing or damaged."""
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    heads = {name: table.astype(np.float32) for name, table in read_arrays(folder / HEADS_FILE).items()}
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        session = InferenceSession(str(folder / ENCODER_FILE), options, providers=["CPUExecutionProvider"])
        thresholds = read_thresholds(folder / FACTS_FILE)
    except Exception as error:  # tokenizers and onnxruntime raise bare exceptions and ones of their own
        raise ExtractError(f"{folder}: the encoder cannot be loaded: {error}") from error
    pieces_by_name = tokenizer.get_vocab()
    return Encoder(session, tokenizer, heads, pieces_by_name["[CLS]"], pieces_by_name["[SEP]"], thresholds)


def read_thresholds(path: Path) -> Thresholds:
    """The thresholds that were chosen for an encoder on the development papers."""
    stored = json.loads(path.read_text(encoding="utf-8"))["thresholds"]
    return Thresholds(**{**stored, "relation": tuple(stored["relation"])})


def encode(encoder: Encoder, text: str) -> tuple[list[Word], Projections]:
    """The words of a text (title, newline, abstract) and their projections."""
    found = words(text)[:WORD_LIMIT]
    sentence = np.array(sentence_numbers(found), np.int64)
    title_end = text.find("\n")
    title_length = sum(word.start < title_end for word in found)
    own = pieces(encoder, found)
    tables = [run(encoder, found, own, first, last) for first, last in windows(own, sentence)]
    table = np.concatenate(tables) if tables else np.zeros((0, sum(SIZES.values())), np.float32)
    return found, projections(table, sentence, title_length)


def pieces(encoder: Encoder, found: Sequence[Word]) -> Pieces:
    """The word pieces of some words."""
    names = [word.text for word in found]
    encoding = encoder.tokenizer.encode(names, is_pretokenized=True, add_special_tokens=False)
    return Pieces(np.array(encoding.ids, np.int64), np.array(encoding.word_ids, np.int64))


def windows(own: Pieces, sentence: Index) -> Iterator[tuple[int, int]]:
    """Stretches of words that fit one run, end exclusive, cut between sentences where possible."""
    count = len(sentence)
    sizes = np.bincount(own.word, minlength=count) if count else np.zeros(0, np.int64)
    first = 0
    while first < count:
        last = first + max(1, int(np.searchsorted(np.cumsum(sizes[first:]), PIECE_LIMIT, side="right")))
        if last < count:
            borders = np.flatnonzero(np.diff(sentence[first : last + 1])) + first + 1
            last = int(borders[-1]) if len(borders) else last
        yield first, last
        first = last


def run(encoder: Encoder, found: Sequence[Word], own: Pieces, first: int, last: int) -> Array:
    """One row of projections for each word of a stretch."""
    low, high = np.searchsorted(own.word, [first, last])
    high = min(high, low + PIECE_LIMIT)
    word = own.word[low:high]
    shapes = np.array([0, *(found[i].shape for i in word), 0], np.int64)
    places = np.arange(first, last)
    inputs = {
        "ids": np.concatenate([[encoder.first_piece], own.ids[low:high], [encoder.last_piece]]),
        "shapes": shapes,
        "first": np.minimum(np.searchsorted(word, places) + 1, len(word)),
        "last": np.searchsorted(word, places, side="right"),
    }
    table: Array = encoder.session.run(None, inputs)[0]
    return table
