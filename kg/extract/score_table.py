"""Scores as lines of text to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.extract.bootstrap import RESAMPLES
from kg.extract.counting import ALL, CLASSES, OVERLAPPING
from kg.extract.scores import Calibration, Confusion, Score, Scores

WORST = {"kind": 12, "role": 8}
"""How many confusions are shown, by what they are about."""
_TITLES = {"kind": "worst confusions of mentions", "role": "worst confusions of roles"}
_FIGURES = f"{'precision':>10}{'recall':>8}{'F1':>7}"
_WIDTH = 30


def table(scores: Scores) -> str:
    """The scores for people: a block a measure, then calibration and the worst confusions."""
    lines = [_papers(scores)]
    for measure, names in CLASSES.items():
        lines += ["", *_block(measure, names, scores.measures)]
    lines += ["", *_calibration(scores.calibration)]
    for about in WORST:
        lines += _worst(about, scores.confusions)
    return "\n".join(lines)


def _papers(scores: Scores) -> str:
    missing = f", {scores.missing} without extraction (all missed)" if scores.missing else ""
    return f"{scores.papers} papers{missing}; intervals of F1: 95 %, {RESAMPLES} resamples of the papers"


def _block(measure: str, names: Iterable[str], measures: Mapping[str, Mapping[str, Score]]) -> Iterator[str]:
    yield f"{measure:{_WIDTH}}{_FIGURES}{'interval':>15}{'support':>9}   overlapping:{_FIGURES}"
    for name in names:
        exact, loose = measures[measure][name], measures[measure + OVERLAPPING][name]
        label = name if name == ALL else f"  {name}"
        yield f"{label:{_WIDTH}}{_figures(exact)}{_interval(exact):>15}{exact.support:>9}{'':15}{_figures(loose)}"


def _figures(score: Score) -> str:
    return f"{100 * score.precision:10.1f}{100 * score.recall:8.1f}{100 * score.f1:7.1f}"


def _interval(score: Score) -> str:
    return "" if score.interval is None else " to ".join(f"{100 * end:.1f}" for end in score.interval)


def _calibration(calibration: Calibration | None) -> Iterator[str]:
    if calibration is None:
        yield "calibration: the extractions carry no confidences"
        return
    error = f"{100 * calibration.expected_error:.1f}"
    yield f"calibration: expected error of a mention's confidence {error} points"
    for each in calibration.bins:
        bounds = f"  {each.lowest:.1f} to {each.highest:.1f}"
        shares = f"confidence {100 * each.confidence:5.1f}   right {100 * each.right:5.1f}"
        yield f"{bounds:{_WIDTH}}{shares}{each.mentions:>9} mentions"


def _worst(about: str, confusions: Iterable[Confusion]) -> Iterator[str]:
    shown = [confusion for confusion in confusions if confusion.about == about][: WORST[about]]
    if shown:
        yield ""
        yield _TITLES[about]
    for confusion in shown:
        yield f"  {confusion!s:36}{confusion.count:>5}"
        yield from (
            f"      {example.surface}: {example.context} ({example.paper})" for example in confusion.examples
        )
