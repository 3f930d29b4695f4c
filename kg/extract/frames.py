"""Messages between processes: each a length of eight bytes, then MessagePack."""

from __future__ import annotations

from typing import IO

import msgspec

from kg.model import Extraction, PaperId

Text = tuple[PaperId, str | None, str]
"""Id, version and source text of a paper."""


class Answer(msgspec.Struct, frozen=True):
    """What a worker sends back for a batch: the extractions, or what went wrong."""

    extractions: tuple[Extraction, ...] = ()
    problem: str | None = None


def send(stream: IO[bytes], message: object) -> None:
    """Writes a message; raises `OSError` where nobody reads."""
    content = msgspec.msgpack.encode(message)
    stream.write(len(content).to_bytes(8, "big") + content)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message, still packed; None where the stream ended, be it in the middle of one."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    content = stream.read(size)
    return content if len(content) == size else None
