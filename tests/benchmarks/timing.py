"""How benchmarks measure: the best of several runs in one process, told as a ratio to a yardstick in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    ours_seconds: float
    yardstick: str
    yardstick_seconds: float

    @property
    def ratio(self) -> float:
        """How many times faster than the yardstick; below 1 is slower."""
        return self.yardstick_seconds / self.ours_seconds


def best_seconds(work: Callable[[], object], runs: int = 3) -> float:
    """The CPU and waiting time of the quickest of several runs, in seconds."""
    return min(_seconds(work) for _ in range(runs))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
