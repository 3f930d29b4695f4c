"""Graphs written to files. A format is a module of this package: its `SUFFIXES`, and `write(graph, stream)`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO, cast

from kg import plugins
from kg.errors import PluginError

if TYPE_CHECKING:
    from kg.graph import OpenGraph

DEFAULT_FORMAT = "turtle"
"""What standard output gets where no format is named."""


def write(graph: OpenGraph, path: str | Path, format: str | None = None) -> None:
    """Writes the graph to a file, or to standard output for `-`; the format by name, else by the file's suffix.

    The file is there only when it is whole. Raises `PluginError` for a format that is not there, and `OSError` where
    the file cannot be written.
    """
    plugin = _format(str(path), format)
    if str(path) == "-":
        plugin.write(graph, sys.stdout.buffer)
        return
    with _whole_file(Path(path)) as stream:
        plugin.write(graph, stream)


def formats() -> dict[str, tuple[str, ...]]:
    """Names of all formats, with their suffixes."""
    return {name: tuple(plugins.load(__name__, name).SUFFIXES) for name in plugins.names(__name__)}


def _format(path: str, name: str | None) -> ModuleType:
    if name is None and path == "-":
        name = DEFAULT_FORMAT
    if name is not None:
        return plugins.load(__name__, name)
    known = formats()
    for candidate, suffixes in known.items():
        if path.lower().endswith(suffixes):
            return plugins.load(__name__, candidate)
    suffixes_shown = ", ".join(suffix for suffixes in known.values() for suffix in suffixes)
    raise PluginError(
        f"no format has the suffix of {path!r}; there are {suffixes_shown}, or name one with --format"
    )


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file beside the wanted one, which takes its place when all went well."""
    if path.is_dir():
        raise IsADirectoryError(21, "is a directory", str(path))
    try:
        new = tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from error
    partial = Path(new.name)
    try:
        with new:
            yield cast(BinaryIO, new)
        partial.chmod(0o644)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
