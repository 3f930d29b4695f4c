"""The errors that paperkg raises for bad input and broken graphs.

    KgError
    ├── SourceError    a source could not be read as papers
    ├── GraphError     a graph directory is missing, damaged, locked or of another format
    ├── QueryError     a query is wrong, refused or took too long
    ├── ExtractError   the extraction pipeline is missing or cannot be trained
    └── PluginError    a plug-in is not there, or needs an extra that is not installed

Wrong use of the API raises `ValueError`, `TypeError` or `KeyError` instead.
"""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """Something that the user can put right; the message is one line and says how."""


class SourceError(KgError):
    """A source could not be read as papers."""

    def __init__(self, message: str, *, path: Path | str, line: int | None = None) -> None:
        where = f"{path}, line {line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}")
        self.path, self.line = path, line


class GraphError(KgError):
    """A graph directory is missing, damaged, locked or of another format."""

    def __init__(self, message: str, *, path: Path | None = None) -> None:
        super().__init__(f"{path}: {message}" if path is not None else message)
        self.path = path


class QueryError(KgError):
    """A query is wrong, refused or has no answer in the given time."""


class QueryTimeoutError(QueryError):
    """A query was stopped at its time limit."""


class ExtractError(KgError):
    """The extraction pipeline is missing, damaged or cannot be trained."""


class PluginError(KgError):
    """A plug-in is not there, or needs an extra that is not installed."""


class AmbiguousThingError(KgError):
    """A label names several things of the graph."""

    def __init__(self, thing: str, candidates: list[str]) -> None:
        super().__init__(
            f"{thing!r} names {len(candidates)} things; give one IRI: {', '.join(candidates[:8])}"
        )
        self.thing, self.candidates = thing, candidates
