"""Graph directories: a graph is built aside and published at once, or not at all.

    NAME.kg/manifest.json            what is published; replacing it is the commit
    NAME.kg/written/*.parquet        records as read, and extractions in batches that later builds reuse
    NAME.kg/store-<generation>/      the resolved graph
    NAME.kg/rejects.jsonl            records that the last build could not use
    NAME.kg/lock                     held by the process that writes

A killed build leaves the published graph as it was; what it extracted is reused, all else is removed by the next one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import polars as pl

from kg.errors import GraphError
from kg.graph import batches, manifest, opened, store
from kg.graph.batches import Batches
from kg.graph.corpus import Corpus
from kg.graph.lock import is_read, write_lock
from kg.graph.manifest import Manifest, Option
from kg.graph.opened import OpenGraph, store_folder
from kg.graph.rdf import triples
from kg.link import Linked
from kg.link.written import Written, paper_frame
from kg.model import Paper, Rejected
from kg.ontology import BASE_IRI

REJECTS = "rejects.jsonl"
_OURS = re.compile(
    r"manifest\.json|lock|written|store-\d+|.*\.(partial|building|leftover)|(rejects|runs|decisions)\.jsonl"
)
_LEFTOVERS = ("*.partial", "*.building", "*.leftover", "written/*.partial")


@contextmanager
def writing(path: str | Path, *, base: str | None = None) -> Iterator[DirectoryWriter]:
    """A writer of the graph directory at `path`, which is made where there is none.

    `base` is where IRIs begin; without one it stays as it was. Raises `GraphError` where another process writes the
    graph, or where `path` is something else. An error inside leaves the published graph as it was.
    """
    folder = Path(path)
    is_new = not folder.exists()
    _check_place(folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with write_lock(folder):
            yield from _writer(folder, base)
    finally:
        if is_new and _is_bare(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _writer(folder: Path, base: str | None) -> Iterator[DirectoryWriter]:
    published = _published(folder)
    _remove_leftovers(folder, published)
    known_base = published.base if published else BASE_IRI
    held = batches.open_batches(folder, published.files if published else ())
    try:
        yield DirectoryWriter(folder, published, held, store.check_base(base or known_base))
    finally:
        _remove_leftovers(folder, _published(folder))


@dataclass(frozen=True, slots=True)
class DirectoryWriter:
    """Writes one generation of a graph directory; made by `writing`."""

    folder: Path
    published: Manifest | None
    batches: Batches
    base: str

    def records(self) -> Iterator[Paper]:
        """The records of the published graph; raises `GraphError` where there is none."""
        yield from opened.papers_of(opened.open_graph(self.folder))

    def known_keys(self) -> set[str]:
        """The keys of the texts that need no extraction."""
        return self.batches.known_keys()

    def add_extractions(self, frame: pl.DataFrame) -> None:
        """Writes a batch of extractions, durably: from then on they outlive a kill."""
        self.batches.add(frame)

    def extractions(self, keys: Iterable[str]) -> pl.DataFrame:
        """The extractions of these texts that are there, sorted by key."""
        return self.batches.read(keys)

    def publish(
        self,
        linked: Linked,
        written: Written,
        *,
        records: Iterable[Paper],
        extractor: str,
        rejected: Sequence[Rejected] = (),
        sources: Mapping[str, str] | None = None,
        options: Mapping[str, Option] | None = None,
    ) -> OpenGraph:
        """Builds the next generation of the store aside and makes it the graph: of exactly these papers."""
        corpus = Corpus(written, linked, extractor, self.base)
        generation = 1 + (self.published.generation if self.published else 0)
        triple_count = _build_store(corpus, store_folder(self.folder, generation))
        files = [
            batches.write_records(self.folder, paper_frame(records)),
            *self.batches.compact(written.versions["key"]),
            *store.store_files(store_folder(self.folder, generation)),
        ]
        described = replace(
            describe(corpus, triple_count, sources, options),
            generation=generation,
            files=manifest.file_entries(self.folder, files),
        )
        _write_rejects(self.folder, rejected)
        manifest.write_manifest(self.folder, described)
        _remove_leftovers(self.folder, described)
        _remove_superseded(self.folder, described)
        return opened.open_graph(self.folder)


def describe(
    corpus: Corpus,
    triple_count: int,
    sources: Mapping[str, str] | None,
    options: Mapping[str, Option] | None,
) -> Manifest:
    """The manifest of a graph, without its generation and files."""
    written, linked = corpus.written, corpus.linked
    return Manifest(
        generation=0,
        base=corpus.base,
        extractor=corpus.extractor,
        papers=tuple(written.works["paper_id"].sort()),
        counts={
            "papers": written.works.height,
            "versions": written.versions.height,
            "persons": linked.persons.height,
            "authorships": linked.authorships.height,
            "entities": linked.entities.height,
            "citations": linked.citations.height,
            "triples": triple_count,
        },
        sources=dict(sorted((sources or {}).items())),
        options=dict(sorted((options or {}).items())),
    )


def _build_store(corpus: Corpus, target: Path) -> int:
    """How many triples the store at `target` holds, which is there only when it is whole and durable."""
    aside = target.with_name(f"{target.name}.building")
    aside.mkdir()
    count = store.load_on_disk(triples(corpus), aside / target.name)
    for path in (*store.store_files(aside / target.name), aside / target.name):
        store.sync(path)
    (aside / target.name).rename(target)
    aside.rmdir()
    store.sync(target.parent)
    return count


def _check_place(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise GraphError(
            "this exists but is not a directory; a graph is a directory such as papers.kg", path=folder
        )
    foreign = (
        sorted(path.name for path in folder.iterdir() if not _OURS.fullmatch(path.name))
        if folder.exists()
        else []
    )
    if foreign:
        raise GraphError(f"this directory is no graph, it holds {foreign[0]!r}; give a new name", path=folder)


def _published(folder: Path) -> Manifest | None:
    """The manifest that counts, or None where there is none that can be read: a build then starts anew."""
    try:
        return manifest.read_manifest(folder)
    except GraphError:
        return None


def _remove_leftovers(folder: Path, published: Manifest | None) -> None:
    """Removes what killed builds left, and older stores that nobody reads."""
    current = store_folder(folder, published.generation) if published else None
    for path in [*folder.glob("store-*")]:
        if path != current and path.suffix == "" and not is_read(path):
            # Renamed first, so that a store is there as a whole or not at all.
            path.rename(path.with_suffix(".leftover"))
    for pattern in _LEFTOVERS:
        for path in folder.glob(pattern):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _remove_superseded(folder: Path, published: Manifest) -> None:
    """Removes tables that the published graph does not need, unless somebody still reads an older one."""
    if len(list(folder.glob("store-*"))) > 1:
        return
    needed = {entry.name for entry in published.files}
    for path in (folder / batches.FOLDER).glob("*.parquet"):
        if path.relative_to(folder).as_posix() not in needed:
            path.unlink()


def _write_rejects(folder: Path, rejected: Sequence[Rejected]) -> None:
    new = folder / f"{REJECTS}.partial"
    new.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in rejected))
    new.replace(folder / REJECTS)


def _is_bare(folder: Path) -> bool:
    """Whether a directory holds neither a graph nor extractions that a later build could use."""
    return not (folder / manifest.NAME).exists() and not any((folder / batches.FOLDER).glob("*.parquet"))
