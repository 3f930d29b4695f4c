"""Papers from sources of any known format."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from kg import plugins
from kg.errors import SourceError
from kg.model import Paper, Rejected
from kg.sources.streams import HEAD_BYTES, TruncatedError, open_source

_MAX_ODD_SHARE = 0.05
_EXPECTED = "expected a listing ('## title', '- **Url**: ...') or JSON lines"

_logger = logging.getLogger(__name__)


class _Source(NamedTuple):
    path: str
    is_named: bool
    """Whether the user named the file itself, rather than a folder that it lies in."""


def _log(rejected: Rejected) -> None:
    _logger.warning("%s, line %d: %s", rejected.path, rejected.line, rejected.reason)


def read(
    sources: Iterable[str | Path], *, strict: bool = False, on_reject: Callable[[Rejected], None] = _log
) -> Iterator[Paper]:
    """The papers in the sources, one after the other: files, gzip files, folders of them, or `-` for standard input.

    The format is told by the content. A record that cannot be used goes to `on_reject`, as does what a truncated
    gzip file lacks, and a file in a folder that holds no papers; with `strict` each of these raises `SourceError`.
    A named file that is missing, empty, binary, of no known format or without a paper raises `SourceError`.
    """
    found = [source for path in sources for source in _expand(path)]
    return _read_all(found, strict=strict, on_reject=on_reject)


def _expand(source: str | Path) -> list[_Source]:
    path = Path(source)
    if str(source) == "-" or (path.exists() and not path.is_dir()):
        return [_Source(str(source), is_named=True)]
    if not path.is_dir():
        raise SourceError("there is no such file or folder", path=path)
    members = sorted(member for member in path.rglob("*") if member.is_file())
    shown = [
        member
        for member in members
        if not any(part.startswith(".") for part in member.relative_to(path).parts)
    ]
    if not shown:
        raise SourceError("the folder holds no file", path=path)
    return [_Source(str(member), is_named=False) for member in shown]


def _read_all(
    sources: list[_Source], *, strict: bool, on_reject: Callable[[Rejected], None]
) -> Iterator[Paper]:
    for source in sources:
        for record in _read_source(source, is_lenient=not (strict or source.is_named)):
            if isinstance(record, Paper):
                yield record
            elif strict:
                raise SourceError(record.reason, path=record.path, line=record.line)
            else:
                on_reject(record)


def _read_source(source: _Source, *, is_lenient: bool) -> Iterator[Paper | Rejected]:
    count = 0
    try:
        for record in _records(source.path):
            count += 1
            yield record
        if not count:
            raise SourceError(f"it holds no paper; {_EXPECTED}", path=source.path)
    except TruncatedError as error:
        if not (count or is_lenient):
            raise
        yield Rejected(source.path, error.line or count, f"{_reason(error)}; what came before is kept", "")
    except SourceError as error:
        if not is_lenient:
            raise
        yield Rejected(source.path, error.line or count, _reason(error), "")
    except OSError as error:
        raise SourceError(f"it cannot be read: {error.strerror or error}", path=source.path) from error


def _reason(error: SourceError) -> str:
    return str(error).removeprefix(f"{error.path}: ")


def _records(path: str) -> Iterator[Paper | Rejected]:
    with open_source(path) as stream:
        head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
        if not head:
            raise SourceError("the file is empty", path=path)
        yield from _reader(head, path).read(stream, path)


def _reader(head: bytes, path: str) -> ModuleType:
    """The reader that knows the format; of several, the one of the richer format."""
    text = head.decode(errors="replace")
    readers = [plugins.load("kg.sources", name) for name in plugins.names("kg.sources")]
    fitting = [reader for reader in readers if reader.sniff(text)]
    is_binary = _odd_share(text) > _MAX_ODD_SHARE
    if is_binary and not any(reader.NAME == "jsonl" for reader in fitting):
        raise SourceError(f"the file is binary or not UTF-8 text; {_EXPECTED}", path=path)
    if not fitting:
        raise SourceError(f"the file is of no known format; {_EXPECTED}", path=path)
    return max(fitting, key=lambda reader: (reader.RICHNESS, reader.NAME))


def _odd_share(text: str) -> float:
    odd = sum(
        character == "\ufffd" or (character < " " and character not in "\t\n\r\f") for character in text
    )
    return odd / len(text)
