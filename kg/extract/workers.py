"""Texts to extractions on one process or several; texts go out, small tuples come back, order is kept."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from kg.errors import ExtractError
from kg.model import Extraction, PaperId

Text = tuple[PaperId, str | None, str]
"""Id, version and source text of a paper."""

_BATCH = 32
"""Papers of one task; small enough that the last tasks end together, large enough that sending costs nothing."""


def extract_texts(
    texts: Iterable[Text], folder: Path, identity: str, *, workers: int
) -> Iterator[Extraction]:
    """The extraction of each text, in order."""
    read_batch = partial(extract_batch, folder, identity)
    batches = _batches(texts)
    if workers == 1:
        for batch in batches:
            yield from read_batch(batch)
        return
    # Spawned, not forked: a fork of a process with threads (Polars, RocksDB) may hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_prepare) as pool:
        waiting: deque[Future[list[Extraction]]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(read_batch, batch))
                if len(waiting) >= 3 * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise ExtractError("an extraction process was killed; run again with fewer workers") from error
        finally:
            for future in waiting:
                future.cancel()


def extract_batch(folder: Path, identity: str, batch: list[Text]) -> list[Extraction]:
    """The extractions of a batch; strings that the batch brought in are forgotten afterwards."""
    from kg.extract.reading import load, read

    nlp = load(folder)
    with nlp.memory_zone():
        return [read(nlp, identity, paper_id, version, text) for paper_id, version, text in batch]


def _prepare() -> None:
    """Makes a new process a quiet worker: one thread, and an interrupt is the parent's to answer."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _batches(texts: Iterable[Text]) -> Iterator[list[Text]]:
    stream = iter(texts)
    while batch := list(islice(stream, _BATCH)):
        yield batch
