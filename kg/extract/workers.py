"""Texts to extractions on one process or several; texts go out, extractions come back, order is kept.

The processes are programs of their own (`kg.extract.worker`), not forks or copies of the caller: a fork of a process
with threads (Polars, RocksDB) may hang, and `multiprocessing` would run the caller's script again in each.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.errors import ExtractError
from kg.extract.frames import Answer, Text, receive, send
from kg.model import Extraction, PaperId

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH = 32
"""Papers of one task; small enough that the last tasks end together, large enough that sending costs nothing."""

_DEATHS = 3
"""Processes that a batch may kill before it is given up."""

_logger = logging.getLogger(__name__)


def extract_texts(
    texts: Iterable[Text], folder: Path, identity: str, *, workers: int
) -> Iterator[Extraction]:
    """The extraction of each text, in order.

    A process that is killed is replaced and its batch read again; raises `ExtractError` where a batch kills three.
    """
    batches = _batches(texts)
    if workers == 1:
        for batch in batches:
            yield from extract_batch(folder, identity, batch)
        return
    crew = Crew(folder, identity)
    with ThreadPoolExecutor(workers) as threads:
        waiting: deque[Future[Sequence[Extraction]]] = deque()
        try:
            for batch in batches:
                waiting.append(threads.submit(crew.read, batch))
                if len(waiting) >= 3 * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            crew.dismiss()


def extract_batch(folder: Path, identity: str, batch: Sequence[Text]) -> list[Extraction]:
    """The extractions of a batch; strings that the batch brought in are forgotten afterwards."""
    from kg.extract.reading import load

    nlp = load(folder)
    with nlp.memory_zone():
        return [_read_or_bare(nlp, identity, *text) for text in batch]


def _read_or_bare(
    nlp: Language, identity: str, paper_id: PaperId, version: str | None, text: str
) -> Extraction:
    """The extraction of a text, or a bare one where a component fails: one text must not end a run over many."""
    from kg.extract.reading import read

    try:
        return read(nlp, identity, paper_id, version, text)
    except Exception:
        _logger.exception("%s: its text could not be read; the paper is kept without entities", paper_id)
        return Extraction(paper_id, version, text, identity)


class Crew:
    """Worker processes, one for each thread that reads at the same time; started when they are needed.

    Whoever has a crew dismisses it.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        self._start = partial(_Worker, folder, identity)
        self._free: list[_Worker] = []
        self._all: list[_Worker] = []
        self._is_dismissed = False
        self._decoder = msgspec.msgpack.Decoder(Answer)

    @property
    def process_ids(self) -> list[int]:
        """Of all processes that were started, in the order of their start."""
        return [worker.process.pid for worker in self._all]

    def read(self, batch: Sequence[Text]) -> Sequence[Extraction]:
        """The extractions of a batch, by a process that has nothing else to do."""
        for _ in range(_DEATHS):
            content = self._ask(batch)
            if content is not None:
                answer = self._decoder.decode(content)
                if answer.problem is not None:
                    raise ExtractError(answer.problem)
                return answer.extractions
            if self._is_dismissed:
                return ()
        names = ", ".join(paper_id for paper_id, _, _ in batch)
        raise ExtractError(
            f"{_DEATHS} extraction processes died, one after the other, of the same papers; "
            f"leave out the one to blame, or use fewer workers where memory is short: {names}"
        )

    def dismiss(self) -> None:
        """Ends all processes, whatever they do."""
        self._is_dismissed = True
        for worker in self._all:
            worker.end()

    def _ask(self, batch: Sequence[Text]) -> bytes | None:
        """The answer to a batch; None where the process died."""
        worker = self._take()
        content = worker.ask(batch)
        if content is None:
            worker.end()
        else:
            self._free.append(worker)
        return content

    def _take(self) -> _Worker:
        try:
            return self._free.pop()
        except IndexError:
            worker = self._start()
            self._all.append(worker)
            if self._is_dismissed:
                worker.end()
            return worker


class _Worker:
    """One process that reads texts."""

    def __init__(self, folder: Path, identity: str) -> None:
        # Our modules, wherever this process found them, and one thread: there is a process for each core.
        path = os.pathsep.join(dict.fromkeys(str(Path(entry).absolute()) for entry in sys.path))
        self.process = subprocess.Popen(  # noqa: S603 our own module on our own interpreter
            [sys.executable, "-P", "-m", "kg.extract.worker", str(folder), identity],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"OMP_NUM_THREADS": "1", **os.environ, "PYTHONPATH": path},
        )

    def ask(self, batch: Sequence[Text]) -> bytes | None:
        """The packed answer to a batch; None where the process died before it gave one."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            return None
        try:
            send(stdin, batch)
            return receive(stdout)
        except (OSError, ValueError):
            # Broken, or closed by `end`.
            return None

    def end(self) -> None:
        """Ends the process, and closes what led to it."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                # What was still to be sent has nobody to go to.
                with suppress(OSError):
                    stream.close()


def _batches(texts: Iterable[Text]) -> Iterator[list[Text]]:
    stream = iter(texts)
    while batch := list(islice(stream, _BATCH)):
        yield batch
