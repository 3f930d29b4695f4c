"""Oxigraph stores: filled from blocks of N-Triples, in memory or in a folder, and opened to be read."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import GraphError

IGNORED_FILES = frozenset({"LOG", "LOCK"})
"""Files of a store that are no data: a diary that names paths, and a lock that stays empty."""

LOAD_BYTES = 64 * 2**20
"""N-Triples loaded at a time. The engine takes about ten times as much memory; smaller loads leave larger stores."""


def check_base(base: str) -> str:
    """The base IRI itself; raises `ValueError` where no IRI of a thing can begin so."""
    try:
        NamedNode(f"{base}entity/x")
    except ValueError as error:
        raise ValueError(f"the base {base!r} is no absolute IRI: {error}") from error
    if not base.endswith(("/", "#", ":")):
        raise ValueError(f"the base {base!r} must end with '/', '#' or ':'")
    return base


def load_in_memory(blocks: Iterable[str]) -> Store:
    """A store in memory with the triples of the blocks."""
    store = Store()
    _load(store, blocks)
    return store


def load_on_disk(blocks: Iterable[str], folder: Path) -> int:
    """How many triples the new store in `folder` holds, once those of the blocks are in it."""
    store = Store(str(folder))
    _load(store, blocks)
    store.flush()
    count = len(store)
    del store
    (folder / "LOG").unlink(missing_ok=True)
    return count


def _load(store: Store, blocks: Iterable[str]) -> None:
    waiting, size = list[bytes](), 0
    for block in blocks:
        waiting.append(block.encode())
        size += len(waiting[-1])
        if size >= LOAD_BYTES:
            store.bulk_load(io.BytesIO(b"".join(waiting)), RdfFormat.N_TRIPLES)
            waiting, size = [], 0
    store.bulk_load(io.BytesIO(b"".join(waiting)), RdfFormat.N_TRIPLES)


def open_store(folder: Path) -> Store:
    """The store in a folder, to be read; several processes may read it at once."""
    try:
        return Store.read_only(str(folder))
    except OSError as error:
        raise GraphError(
            f"the store cannot be opened ({error}); build the graph again", path=folder
        ) from error


def store_files(folder: Path) -> list[Path]:
    """The data files of a store, sorted."""
    return sorted(path for path in folder.iterdir() if path.name not in IGNORED_FILES)


def sync(path: Path) -> None:
    """Makes a file or the entries of a folder durable."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
