"""What a comparison of extractions with gold gives: figures by measure and class, calibration and confusions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one class of one measure; the figures follow from them."""

    right: int = 0
    """Found items that are in the gold."""
    found: int = 0
    support: int = 0
    """Items of the gold."""
    recalled: int = 0
    """Items of the gold that were found; differs from `right` only where overlaps of mentions count."""
    interval: Interval | None = None
    """Of F1, 95 %; None where no resample of the papers holds such an item."""

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.recalled / self.support if self.support else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Precision, recall, F1 and its interval in per cent with one decimal, and the counts."""
        return {
            "precision": _percent(self.precision),
            "recall": _percent(self.recall),
            "f1": _percent(self.f1),
            "interval": None if self.interval is None else [_percent(end) for end in self.interval],
            "support": self.support,
            "found": self.found,
        }


@dataclass(frozen=True, slots=True)
class Bin:
    """Mentions of about the same confidence."""

    lowest: float
    highest: float
    mentions: int
    confidence: float
    """Their mean confidence, 0 to 1."""
    right: float
    """The share of them that is right, 0 to 1."""

    def as_dict(self) -> dict[str, Any]:
        """The bin with confidence and share in per cent."""
        return {
            "from": self.lowest,
            "to": self.highest,
            "mentions": self.mentions,
            "confidence": _percent(self.confidence),
            "right": _percent(self.right),
        }


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far the confidence of mentions is the share of them that is right."""

    expected_error: float
    """Mean distance of confidence and share over the bins, weighted by mentions; 0 to 1."""
    bins: tuple[Bin, ...]

    def as_dict(self) -> dict[str, Any]:
        """The error and the bins, in per cent."""
        return {
            "expected_error": _percent(self.expected_error),
            "bins": [each.as_dict() for each in self.bins],
        }


@dataclass(frozen=True, slots=True)
class Example:
    """A place where an error was made."""

    paper: str
    surface: str
    context: str
    """The text around the surface, which stands in brackets."""

    def as_dict(self) -> dict[str, str]:
        """The example as JSON values."""
        return {"paper": self.paper, "surface": self.surface, "context": self.context}


@dataclass(frozen=True, slots=True)
class Confusion:
    """One sort of error, and how often it was made."""

    about: str
    """`kind` or `role`."""
    gold: str | None
    """What the gold says; None where the gold has nothing there."""
    found: str | None
    """What was found; None where nothing was. Equal to `gold` where only the bounds differ."""
    count: int
    examples: tuple[Example, ...] = ()

    def __str__(self) -> str:
        if self.gold is None:
            return f"{self.found}: spurious"
        if self.found is None:
            return f"{self.gold}: missed"
        return (
            f"{self.gold}: other bounds" if self.gold == self.found else f"{self.gold} taken for {self.found}"
        )

    def as_dict(self) -> dict[str, Any]:
        """The confusion as JSON values."""
        return {
            "about": self.about,
            "gold": self.gold,
            "found": self.found,
            "count": self.count,
            "examples": [example.as_dict() for example in self.examples],
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """All that is known of extractions from their comparison with gold."""

    papers: int
    missing: int
    """Gold papers without an extraction, in which nothing counts as found."""
    measures: Mapping[str, Mapping[str, Score]]
    """By measure and class; `all` is over all classes together."""
    calibration: Calibration | None
    """None where the extractions carry no confidences."""
    confusions: tuple[Confusion, ...]
    """Most frequent first."""

    def figures(self) -> dict[str, Any]:
        """The scores without the confusions, whose examples quote the papers."""
        return {
            "papers": self.papers,
            "missing": self.missing,
            **{
                measure: {name: score.as_dict() for name, score in classes.items()}
                for measure, classes in self.measures.items()
            },
            "calibration": None if self.calibration is None else self.calibration.as_dict(),
        }

    def as_dict(self) -> dict[str, Any]:
        """The scores as JSON values."""
        return {**self.figures(), "confusions": [confusion.as_dict() for confusion in self.confusions]}


def _percent(share: float) -> float:
    return round(100 * share, 1)
