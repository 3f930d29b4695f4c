"""What a graph holds, at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from kg.errors import ExtractError
from kg.extract import extractor_id, report_card
from kg.extract.card import summary
from kg.graph.opened import OpenGraph
from kg.ontology import KIND_CLASSES, RELATION_RULES, ROLE_PROPERTIES, Kind, expand

_CLASSES = {
    "papers": "fabio:ResearchPaper",
    "persons": "foaf:Person",
    **{f"{kind}s": classes[0] for kind, classes in KIND_CLASSES.items()},
    "results": "kgo:EvaluationResult",
    "claims": "kgo:Claim",
}


def info(graph: OpenGraph) -> dict[str, object]:
    """Counts by class, statements by property, what the graph was built from, and how well its texts were read.

    The last is the report card of the shipped pipeline, and there only where that pipeline read the texts.
    """
    classes = {name: _count(graph, "rdf:type", class_) for name, class_ in _CLASSES.items()}
    # A benchmark is stated a dataset, too.
    classes["datasets"] -= classes[f"{Kind.BENCHMARK}s"]
    properties = ["cito:cites", "kgo:influencedBy", *ROLE_PROPERTIES.values()]
    properties += [rule.property for rule in RELATION_RULES.values()]
    quality = _quality(graph.manifest.extractor)
    return {
        "path": None if graph.path is None else str(graph.path),
        "base": graph.base,
        "extractor": graph.manifest.extractor,
        "sources": dict(graph.manifest.sources),
        "triples": graph.manifest.counts["triples"],
        "classes": classes,
        "statements": {name: _count(graph, name) for name in properties},
        **({"quality": quality} if quality else {}),
    }


def as_text(facts: Mapping[str, object]) -> str:
    """The facts for people: one a line."""
    rows = [
        row
        for name, value in facts.items()
        for row in (value.items() if isinstance(value, Mapping) else [(name, value)])
        if row[1] is not None
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {_shown(value)}" for name, value in rows)


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        interval = value.get("interval")
        return f"{value['f1']:>9}" + (f" ({interval[0]} to {interval[1]})" if interval else "")
    return f"{value:>9,}".replace(",", " ") if isinstance(value, int) else str(value)


def _quality(extractor: str) -> dict[str, Any]:
    try:
        return summary(report_card()) if extractor == extractor_id() else {}
    except ExtractError:
        # A graph is as good without the pipeline that made it.
        return {}


def _count(graph: OpenGraph, property_: str, object_: str | None = None) -> int:
    target = None if object_ is None else NamedNode(expand(object_))
    return sum(1 for _ in graph.store.quads_for_pattern(None, NamedNode(expand(property_)), target))
