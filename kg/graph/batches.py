"""`written/`: the as-written tables as Parquet files, in batches that a build reuses.

Each file is complete from the moment it has its name. `extractions-<hash>.parquet` is named by the keys of its texts;
`records-<hash>.parquet` by its content.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from kg.graph.manifest import FileEntry, file_hash
from kg.graph.store import sync
from kg.link.written import EXTRACTION_SCHEMA
from kg.ontology import digest

FOLDER = "written"
EXTRACTIONS, RECORDS = "extractions", "records"

SMALL_BATCH_ROWS = 5_000
"""Batches below this are joined at the next publication."""
BATCH_ROWS = 20_000
"""How many texts a joined batch has at most."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batches:
    """The batches of extractions in a graph directory."""

    folder: Path
    keys_by_path: dict[Path, frozenset[str]] = field(default_factory=dict)
    """The keys of the texts in each batch that can be read."""

    def known_keys(self) -> set[str]:
        """Keys of all texts that need no extraction."""
        return set().union(*self.keys_by_path.values())

    def add(self, extractions: pl.DataFrame) -> None:
        """Writes one more batch, durably."""
        if extractions.height:
            keys = extractions["key"].sort()
            path = _write(extractions, self.folder, EXTRACTIONS, digest(*keys))
            self.keys_by_path[path] = frozenset(keys)

    def read(self, keys: Iterable[str]) -> pl.DataFrame:
        """The extractions of these texts, each once, sorted by key; keys that are not there are passed over."""
        wanted = frozenset(keys)
        paths = [path for path, held in sorted(self.keys_by_path.items()) if held & wanted]
        if not paths:
            return pl.DataFrame(schema=dict(EXTRACTION_SCHEMA))
        chosen = pl.Series("key", sorted(wanted), dtype=pl.String).to_frame().lazy()
        found = scan(paths).join(chosen, on="key", how="semi").collect()
        return found.unique("key", keep="first", maintain_order=True).sort("key")

    def compact(self, keys: Iterable[str]) -> list[Path]:
        """The files that hold exactly these texts; batches that hold others, or are small, are written anew."""
        wanted = frozenset(keys)
        kept, claimed = [], set[str]()
        for path, held in sorted(self.keys_by_path.items()):
            if len(held) >= SMALL_BATCH_ROWS and held <= wanted and not held & claimed:
                kept.append(path)
                claimed |= held
        rest = sorted((wanted - claimed) & self.known_keys())
        for start in range(0, len(rest), BATCH_ROWS):
            part = rest[start : start + BATCH_ROWS]
            path = self.folder / f"{EXTRACTIONS}-{digest(*part)[:16]}.parquet"
            if path not in self.keys_by_path:
                self.add(self.read(part))
            kept.append(path)
        return sorted(kept)


def open_batches(folder: Path, entries: Sequence[FileEntry]) -> Batches:
    """The batches in a graph directory; one that is damaged is removed, so that its texts are read again."""
    hashes = {entry.name.rpartition("/")[2]: entry.sha256 for entry in entries}
    written = folder / FOLDER
    written.mkdir(parents=True, exist_ok=True)
    batches = Batches(written)
    for path in sorted(written.glob(f"{EXTRACTIONS}-*.parquet")):
        keys = _keys(path) if hashes.get(path.name) in {None, file_hash(path)} else None
        if keys is None:
            logger.warning("%s is damaged; its texts will be read again", path)
            path.unlink()
        else:
            batches.keys_by_path[path] = keys
    return batches


def write_records(folder: Path, records: pl.DataFrame) -> Path:
    """The file with the records as read, named by its content."""
    written = folder / FOLDER
    partial = _write_partial(records, written, RECORDS)
    return _finish(partial, written / f"{RECORDS}-{file_hash(partial)[:16]}.parquet")


def scan(paths: Iterable[Path]) -> pl.LazyFrame:
    """The rows of some Parquet files, read when they are asked for."""
    return pl.concat([pl.scan_parquet(path) for path in paths], how="vertical")


def _write(frame: pl.DataFrame, folder: Path, stem: str, name: str) -> Path:
    return _finish(_write_partial(frame, folder, stem), folder / f"{stem}-{name[:16]}.parquet")


def _write_partial(frame: pl.DataFrame, folder: Path, stem: str) -> Path:
    partial = folder / f"{stem}.partial"
    frame.write_parquet(partial, compression="zstd")
    sync(partial)
    return partial


def _finish(partial: Path, path: Path) -> Path:
    partial.replace(path)
    sync(path.parent)
    return path


def _keys(path: Path) -> frozenset[str] | None:
    """The keys of a batch, or None where it is damaged or has other columns than this program writes."""
    with suppress(pl.exceptions.PolarsError, OSError):
        batch = pl.scan_parquet(path)
        keys = batch.select("key").collect()["key"] if batch.collect_schema() == EXTRACTION_SCHEMA else None
        if keys is not None and path.stem.endswith(f"-{digest(*keys.sort())[:16]}"):
            return frozenset(keys)
    return None
