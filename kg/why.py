"""Why the graph states something: the sentences behind it, with paper, place, confidence and pipeline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kg.graph.lookup import pairs, properties
from kg.graph.things import LABEL_PROPERTIES, resolve
from kg.ontology import shorten

if TYPE_CHECKING:
    from kg.graph import OpenGraph

_THINGS_OF_RESULT = ("kgo:subject", "kgo:dataset", "kgo:metric", "kgo:comparedWith")

Facts = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that one paper states, with the sentence that states it."""

    subject: str
    """IRI of the paper or entity that it is about."""
    subject_label: str
    predicate: str
    """A property as CURIE; `kgo:value` for a reported number."""
    object: str
    """IRI of the other thing, or the number as written with its metric."""
    object_label: str
    paper: str
    """IRI of the paper that states it."""
    paper_label: str
    version: str | None = None
    """IRI of the version that it was read in."""
    quote: str | None = None
    """Exact slice of the version's source text, from `start` to `end`."""
    start: int | None = None
    end: int | None = None
    confidence: float | None = None
    extractor: str | None = None
    """Id of the pipeline that read it; None for what the record itself says."""


def why(graph: OpenGraph, thing: str, other: str | None = None) -> list[Statement]:
    """The statements about a thing, or between two things: claims, reported numbers, and authors as printed.

    A thing is an IRI, a CURIE, a paper id or a label. The surest statements come first.
    """
    wanted = {resolve(graph, each) for each in (thing, other) if each is not None}
    label_of = _Labels(graph)
    found = [
        statement
        for iri in sorted({iri for each in wanted for iri in _stating(graph, each)})
        for statement in _statements(properties(graph, iri), label_of, wanted)
    ]
    return sorted(
        found,
        key=lambda each: (-(each.confidence or 0), each.paper, each.predicate, each.subject, each.object),
    )


def as_text(statements: Sequence[Statement]) -> str:
    """The statements for people: each with its sentence and place."""
    if not statements:
        return "no paper of the graph states anything about this"
    return "\n\n".join(_shown(statement) for statement in statements)


def as_json(statements: Iterable[Statement]) -> str:
    """The statements as a JSON list."""
    return json.dumps([asdict(statement) for statement in statements], ensure_ascii=False, indent=2)


class _Labels:
    """Labels of things, each read once."""

    def __init__(self, graph: OpenGraph) -> None:
        self._graph = graph
        self._known: dict[str, str] = {}

    def __call__(self, iri: str) -> str:
        if iri not in self._known:
            facts = properties(self._graph, iri)
            labels = (facts[name][0] for name in LABEL_PROPERTIES if facts.get(name))
            self._known[iri] = next(labels, shorten(iri, base=self._graph.base))
        return self._known[iri]


def _stating(graph: OpenGraph, thing: str) -> Iterator[str]:
    """IRIs of the claims, results and authorships that a thing takes part in."""
    for property_ in ("rdf:subject", "rdf:object", "kgo:inPaper", "pro:isHeldBy", *_THINGS_OF_RESULT):
        for iri, _thing in pairs(graph, property_, object_=thing):
            yield iri


def _statements(facts: Facts, label_of: _Labels, wanted: set[str]) -> Iterator[Statement]:
    """The statement that a claim, result or authorship makes, where all wanted things take part in it."""
    subject, predicate, object_, things = _triple(facts, label_of)
    paper = facts["kgo:inPaper"][0]
    if not wanted <= {*things, paper}:
        return
    confidence, start, end = (_first(facts, name) for name in ("kgo:confidence", "kgo:start", "kgo:end"))
    yield Statement(
        subject=subject,
        subject_label=label_of(subject),
        predicate=predicate,
        object=object_,
        object_label=label_of(object_) if object_ in things else object_,
        paper=paper,
        paper_label=label_of(paper),
        version=_first(facts, "prov:wasDerivedFrom"),
        quote=_first(facts, "kgo:quote") or _first(facts, "kgo:nameAsWritten"),
        start=None if start is None else int(start),
        end=None if end is None else int(end),
        confidence=None if confidence is None else float(confidence),
        extractor=_first(facts, "kgo:extractor"),
    )


def _triple(facts: Facts, label_of: _Labels) -> tuple[str, str, str, set[str]]:
    """Subject, predicate and object, and all things that take part."""
    if "rdf:subject" in facts:
        subject, object_ = facts["rdf:subject"][0], facts["rdf:object"][0]
        return subject, shorten(facts["rdf:predicate"][0]), object_, {subject, object_}
    if "pro:isHeldBy" in facts:
        paper, person = facts["kgo:inPaper"][0], facts["pro:isHeldBy"][0]
        return paper, "dcterms:creator", person, {paper, person}
    parts = [_first(facts, name) for name in ("kgo:metricText", "kgo:valueText", "kgo:setting")]
    dataset = _first(facts, "kgo:dataset")
    text = " ".join(part for part in parts if part) + (f" on {label_of(dataset)}" if dataset else "")
    things = {iri for name in _THINGS_OF_RESULT for iri in facts.get(name, ())}
    return facts["kgo:subject"][0], "kgo:value", text, things


def _first(facts: Facts, name: str) -> str | None:
    return next(iter(facts.get(name, ())), None)


def _shown(statement: Statement) -> str:
    verb = re.sub(r"([A-Z])", lambda match: f" {match[1].lower()}", statement.predicate.partition(":")[2])
    lines = [f"{statement.subject_label}  {verb}  {statement.object_label}"]
    if statement.quote is not None:
        lines.append(f"    “{statement.quote}”")
    place = [statement.paper_label, shorten(statement.version or statement.paper)]
    if statement.start is not None:
        place.append(f"characters {statement.start} to {statement.end}")
    if statement.confidence is not None:
        place.append(f"confidence {statement.confidence:g}, {statement.extractor}")
    return "\n".join([*lines, f"    {'; '.join(place)}"])
