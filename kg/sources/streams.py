"""Bytes of a source: a file, a gzip file or standard input, never more of it in memory than a block."""

from __future__ import annotations

import codecs
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from kg.errors import SourceError

MAX_LINE_BYTES = 4 << 20
"""A line above this is skipped unread, so that no record can fill the memory."""

HEAD_BYTES = 1 << 16
_BLOCK_BYTES = 1 << 18
_MAX_RATIO = 200
_RATIO_MATTERS_FROM = 64 << 20


class TruncatedError(SourceError):
    """A compressed source ends before its end, or is damaged from some point on."""


@contextmanager
def open_source(path: str) -> Iterator[io.BufferedReader]:
    """The bytes of the source, decompressed where they are gzip; `-` is standard input.

    Reading raises `TruncatedError` where compressed data break off, `SourceError` where they expand beyond reason.
    """
    with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as raw:
        yield io.BufferedReader(_Blocks(_without_mark(_blocks(raw, path))), _BLOCK_BYTES)


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    r"""The lines of a stream with their numbers from 1; nothing in place of one that is too long.

    Lines end at `\n` alone: U+2028 and its like are text.
    """
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) <= MAX_LINE_BYTES:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES)
        yield number, None


class _Blocks(io.RawIOBase):
    """A readable stream over blocks of bytes."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = memoryview(block)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _blocks(raw: BinaryIO, path: str) -> Iterator[bytes]:
    first = raw.read(_BLOCK_BYTES)
    plain = _chained(first, raw)
    return _decompressed(plain, path) if first.startswith(b"\x1f\x8b") else plain


def _without_mark(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks without the byte-order mark that some editors begin a file with."""
    yield next(blocks, b"").removeprefix(codecs.BOM_UTF8)
    yield from blocks


def _chained(block: bytes, raw: BinaryIO) -> Iterator[bytes]:
    while block:
        yield block
        block = raw.read(_BLOCK_BYTES)


def _decompressed(blocks: Iterator[bytes], path: str) -> Iterator[bytes]:
    member = zlib.decompressobj(wbits=31)
    read_count = written_count = 0
    for compressed in blocks:
        read_count += len(compressed)
        rest = compressed
        while rest:
            try:
                block = member.decompress(rest, _BLOCK_BYTES)
            except zlib.error as error:
                raise TruncatedError(f"the gzip data are damaged: {error}", path=path) from error
            written_count += len(block)
            if written_count > max(_RATIO_MATTERS_FROM, _MAX_RATIO * read_count):
                raise SourceError(
                    f"the gzip data expand more than {_MAX_RATIO} times; unpack them first", path=path
                )
            yield block
            rest = member.unconsumed_tail
            if member.eof:
                rest = member.unused_data.lstrip(b"\0")
                member = zlib.decompressobj(wbits=31) if rest else member
    if not member.eof:
        raise TruncatedError("the gzip data are truncated", path=path)
