"""`manifest.json`: what a graph directory consists of. Replacing this one file is what publishes a graph."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kg.errors import GraphError
from kg.graph.store import sync

NAME = "manifest.json"
FORMAT = 1
"""Version of the directory's layout and of the RDF in it."""

SMALL_FILE_BYTES = 256 * 1024
"""Files up to this size are hashed at every open, larger ones by `verify` only."""

REBUILD = "build it again with `kg build SOURCE… -o {path}`"


Option = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the graph directory as it was when the graph was published."""

    name: str
    """Path within the directory, with `/`."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one published graph consists of."""

    generation: int
    """Number of the store in use."""
    base: str
    """Where the IRIs of the graph's own things begin."""
    extractor: str
    """Id of the pipeline that read the texts."""
    papers: tuple[str, ...] = ()
    """Ids of the member papers, sorted."""
    counts: dict[str, int] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """Names of the sources that were read, and the hashes of their contents."""
    options: dict[str, Option] = field(default_factory=dict)
    files: tuple[FileEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Envelope:
    """The file's content: what any version of it must say, and the manifest with its hash."""

    format: int
    sha256: str
    manifest: msgspec.Raw


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Publishes the graph that the manifest describes: at once, or not at all."""
    content = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    envelope = _Envelope(FORMAT, hashlib.sha256(content).hexdigest(), msgspec.Raw(content))
    new = folder / f"{NAME}.partial"
    with new.open("wb") as stream:
        stream.write(msgspec.json.encode(envelope) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(folder / NAME)
    sync(folder)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a graph directory; raises `GraphError` where there is none that this program can read."""
    content = _content(folder)
    try:
        envelope = msgspec.json.decode(content, type=_Envelope)
        if envelope.format != FORMAT:
            message = f"the graph has format {envelope.format}, but this program reads {FORMAT}"
            raise GraphError(f"{message}; {_rebuild(folder)}", path=folder)
        if hashlib.sha256(envelope.manifest).hexdigest() != envelope.sha256:
            raise GraphError(f"{NAME} was changed or damaged; {_rebuild(folder)}", path=folder)
        return msgspec.json.decode(envelope.manifest, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise GraphError(f"{NAME} is damaged ({error}); {_rebuild(folder)}", path=folder) from error


def check_files(folder: Path, manifest: Manifest, *, is_thorough: bool = False) -> None:
    """Raises `GraphError` where a file is missing, or differs in size or, if small or thorough, in content."""
    for entry in manifest.files:
        path = folder / entry.name
        if not path.is_file():
            raise GraphError(f"{entry.name} is missing; {_rebuild(folder)}", path=folder)
        if path.stat().st_size != entry.size:
            message = f"{entry.name} has {path.stat().st_size} bytes instead of {entry.size}"
            raise GraphError(f"{message}; {_rebuild(folder)}", path=folder)
        if (is_thorough or entry.size <= SMALL_FILE_BYTES) and file_hash(path) != entry.sha256:
            raise GraphError(f"{entry.name} was changed or damaged; {_rebuild(folder)}", path=folder)


def file_entries(
    folder: Path, paths: Iterable[Path], known: Sequence[FileEntry] = ()
) -> tuple[FileEntry, ...]:
    """The entries of files in a graph directory, sorted; `known` ones of the same name and size are not read again."""
    entries = {entry.name: entry for entry in known}
    found = []
    for path in sorted(paths):
        name, size = path.relative_to(folder).as_posix(), path.stat().st_size
        before = entries.get(name)
        same = before is not None and before.size == size
        found.append(before if before is not None and same else FileEntry(name, size, file_hash(path)))
    return tuple(found)


def file_hash(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _content(folder: Path) -> bytes:
    if folder.exists() and not folder.is_dir():
        raise GraphError("this is a file; a graph is a directory such as papers.kg", path=folder)
    try:
        return (folder / NAME).read_bytes()
    except FileNotFoundError as error:
        raise GraphError(f"there is no graph here; {_rebuild(folder)}", path=folder) from error


def _rebuild(folder: Path) -> str:
    return REBUILD.format(path=folder)
