"""An open graph: the store, and the as-written tables that are loaded when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from pyoxigraph import Store

from kg.errors import GraphError
from kg.graph.batches import EXTRACTIONS, RECORDS, scan
from kg.graph.lock import ReadLock
from kg.graph.manifest import Manifest, check_files, read_manifest
from kg.graph.store import open_store
from kg.link.written import EXTRACTION_SCHEMA, papers
from kg.model import Paper


@dataclass(frozen=True, slots=True)
class OpenGraph:
    """One generation of a graph, which stays as it is while others are built."""

    store: Store
    """The resolved graph: one default graph, read-only."""
    manifest: Manifest
    """What it was built from, and counts."""
    records: pl.LazyFrame
    """Records as read; columns of `kg.link.written.PAPER_SCHEMA`."""
    extractions: pl.LazyFrame
    """What was read in the papers' texts; columns of `kg.link.written.EXTRACTION_SCHEMA`."""
    path: Path | None = None
    """The graph directory, or None for a graph in memory."""
    lock: ReadLock | None = None

    @property
    def base(self) -> str:
        """Where the IRIs of the graph's own things begin."""
        return self.manifest.base

    @property
    def store_path(self) -> Path | None:
        """The folder of the store, for other processes to read, or None for a graph in memory."""
        return None if self.path is None else store_folder(self.path, self.manifest.generation)


def open_graph(path: str | Path) -> OpenGraph:
    """The graph in a directory; raises `GraphError` where there is none, or it is damaged or of another format."""
    folder = Path(path)
    manifest, lock = _locked(folder)
    return OpenGraph(
        store=open_store(store_folder(folder, manifest.generation)),
        manifest=manifest,
        records=_tables(folder, manifest, RECORDS),
        extractions=_tables(folder, manifest, EXTRACTIONS),
        path=folder,
        lock=lock,
    )


def _locked(folder: Path) -> tuple[Manifest, ReadLock]:
    """The published manifest, its files checked, with a lock that keeps its store in place."""
    while True:
        manifest = read_manifest(folder)
        try:
            check_files(folder, manifest)
            lock = ReadLock(store_folder(folder, manifest.generation))
        except (GraphError, FileNotFoundError):
            # A writer may have published, and removed this store, in the meantime.
            if read_manifest(folder).generation == manifest.generation:
                raise
            continue
        if read_manifest(folder).generation == manifest.generation:
            return manifest, lock
        lock.release()


def verify(path: str | Path) -> None:
    """Raises `GraphError` where any byte of the graph differs from what was published, or a count does."""
    folder = Path(path)
    manifest = read_manifest(folder)
    check_files(folder, manifest, is_thorough=True)
    found = len(open_store(store_folder(folder, manifest.generation)))
    if found != manifest.counts["triples"]:
        message = f"the store holds {found} triples instead of {manifest.counts['triples']}"
        raise GraphError(f"{message}; build it again", path=folder)


def papers_of(graph: OpenGraph) -> Iterator[Paper]:
    """The records that the graph was built from."""
    return papers(graph.records.collect())


def store_folder(folder: Path, generation: int) -> Path:
    """Where a generation of the store lies."""
    return folder / f"store-{generation}"


def _tables(folder: Path, manifest: Manifest, stem: str) -> pl.LazyFrame:
    paths = [folder / entry.name for entry in manifest.files if entry.name.startswith(f"written/{stem}-")]
    return scan(paths) if paths else pl.LazyFrame(schema=dict(EXTRACTION_SCHEMA))
