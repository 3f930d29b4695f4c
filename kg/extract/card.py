"""The report card of a pipeline, `card.json`: its data, licence, limits and scores."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.extract import report_card

if TYPE_CHECKING:
    from kg.extract.scores import Scores

_HEADLINES = {
    "mention F1": ("mentions", "all"),
    "entity F1": ("entities", "all"),
    "introduced entity F1": ("introduced", "all"),
    "entity with role F1": ("entities with role", "all"),
    "relation F1": ("relations", "all"),
    "result F1": ("results", "value and subject"),
}
"""Measure and class of each figure of the short form."""


def write_card(folder: Path, card: Mapping[str, Any]) -> None:
    """Writes the report card of the pipeline in a folder."""
    text = json.dumps(card, indent=2, ensure_ascii=False)
    (folder / "card.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def write_scores(folder: Path, development: Path) -> Scores:
    """Scores the pipeline in a folder on annotated papers, writes the figures into its card and gives the scores.

    The confusions are left out: their examples quote the papers, which are not to be passed on with a pipeline.
    """
    from kg.extract.evaluate import evaluate

    scores = evaluate(development, model=folder)
    write_card(folder, {**report_card(folder), "scores": scores.figures()})
    return scores


def summary(card: Mapping[str, Any]) -> dict[str, Any]:
    """The short form of a card: headline figures with their intervals, data and licence; what it lacks is left out."""
    scores = card.get("scores", {})
    found = {
        name: {"f1": score["f1"], "interval": score.get("interval")}
        for name, (measure, class_) in _HEADLINES.items()
        if (score := scores.get(measure, {}).get(class_)) is not None
    }
    facts = {
        "scored on": f"{scores['papers']} annotated papers" if "papers" in scores else None,
        "trained on": _trained_on(card.get("trained_on", {})),
        "pipeline licence": card.get("licence"),
    }
    return {**found, **{name: fact for name, fact in facts.items() if fact}}


def _trained_on(data: Mapping[str, Any]) -> str | None:
    return f"{data['papers']} annotated papers" if "papers" in data else None
