"""Locks on a graph directory: one writer at a time, and stores that are being read stay where they are.

The system drops both kinds when their process dies, so that none is ever stale.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import GraphError

NAME = "lock"

_held_here: set[Path] = set()
"""Directories that this process writes: the system's lock does not tell its threads apart."""
_guard = threading.Lock()


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Holds the directory's only writer's lock; raises `GraphError` at once, with the pid, where another has it."""
    key = folder.resolve()
    with _guard:
        if key in _held_here:
            raise _locked(folder, str(os.getpid()))
        _held_here.add(key)
    try:
        descriptor = _lock_file(folder)
        try:
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
            os.close(descriptor)
    finally:
        _held_here.discard(key)


class ReadLock:
    """Keeps a store's files in place until it is released or collected; without the system's help it keeps nothing."""

    def __init__(self, store: Path) -> None:
        self._descriptor: int | None = os.open(store / "CURRENT", os.O_RDONLY)
        with suppress(ImportError, OSError):
            import fcntl

            fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def release(self) -> None:
        """Lets the next writer remove the store."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        if getattr(self, "_descriptor", None) is not None:
            self.release()


def is_read(store: Path) -> bool:
    """Whether some process reads the store."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        descriptor = os.open(store / "CURRENT", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def _lock_file(folder: Path) -> int:
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(descriptor)
    except OSError as error:
        pid = os.read(descriptor, 32).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise _locked(folder, pid or "unknown") from error
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode())
    return descriptor


def _take(descriptor: int) -> None:
    """Takes the system's lock or raises `OSError`; forked children do not inherit it."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        # Far behind the pid, because a locked stretch cannot be read.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _locked(folder: Path, pid: str) -> GraphError:
    return GraphError(f"process {pid} is writing this graph; try again when it has ended", path=folder)
