"""The process that reads texts for `kg.extract.workers`: `python -m kg.extract.worker FOLDER IDENTITY`.

Batches come in on standard input, answers go out on what was standard output. It ends with its input, so that it never
outlives the process that started it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import msgspec

from kg.errors import KgError
from kg.extract.frames import Answer, Text, receive, send
from kg.extract.workers import extract_batch


def main(arguments: Sequence[str]) -> None:
    """Answers batches until the input ends."""
    # An interrupt is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    folder, identity = arguments
    with _own(sys.stdin.fileno(), "rb") as batches, _own(sys.stdout.fileno(), "wb") as answers:
        # What a library prints must not get among the answers.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(batches, answers, Path(folder), identity)


def serve(batches: IO[bytes], answers: IO[bytes], folder: Path, identity: str) -> None:
    """Answers each batch of a stream on another."""
    decoder = msgspec.msgpack.Decoder(list[Text])
    try:
        while content := receive(batches):
            send(answers, _answer(folder, identity, decoder.decode(content)))
    except BrokenPipeError:
        # The parent has gone.
        return


def _answer(folder: Path, identity: str, batch: list[Text]) -> Answer:
    try:
        return Answer(tuple(extract_batch(folder, identity, batch)))
    except KgError as error:
        return Answer(problem=str(error))


def _own(descriptor: int, mode: str) -> IO[bytes]:
    """A stream of our own on a copy of a descriptor."""
    stream: IO[bytes] = os.fdopen(os.dup(descriptor), mode)
    return stream


if __name__ == "__main__":
    main(sys.argv[1:])
