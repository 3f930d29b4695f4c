"""A gold paper and what an extractor made of it, small enough to count by hand."""

from __future__ import annotations

from typing import Any

from kg.extract.lines import from_line
from kg.model import Extraction

GOLD: dict[str, Any] = {
    "id": "arXiv:2412.15208v2",
    "title": "BERT on SQuAD",
    "abstract": "BERT beats ELMo on SQuAD with 71.3% accuracy.",
    "ents": [
        ["model", "evaluates", ["BERT"]],
        ["model", "compares", ["ELMo"]],
        ["benchmark", "evaluates", ["SQuAD"]],
        ["metric", "evaluates", ["accuracy"]],
    ],
    "rels": [[0, "evaluated-on", 2], [0, "outperforms", 1]],
    "results": [[0, 2, "accuracy", "71.3\\%"]],
}
FOUND: dict[str, Any] = {
    **GOLD,
    "id": "2412.15208",
    "ents": [
        ["benchmark", "evaluates", ["SQuAD"]],
        ["model", "uses", ["BERT"]],
        ["metric", "evaluates", ["71.3% accuracy"]],
    ],
    "rels": [[1, "evaluated-on", 0], [1, "trained-on", 0]],
    "results": [[1, 0, "accuracy", "$71.3\\%$"]],
}


def extraction(abstract: str, ents: list[list[Any]], **other: Any) -> Extraction:
    """An extraction of a paper with an empty title."""
    return from_line({"id": "id:1", "title": "", "abstract": abstract, "ents": ents, **other})
