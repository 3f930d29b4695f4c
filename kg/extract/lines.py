"""The extraction line: JSON that `kg extract` writes, gold files hold and `kg evaluate` compares."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.extract.occurrences import occurrences
from kg.model import Assertion, Extraction, Mention, PaperId, Result, Span, WrittenEntity
from kg.ontology import Kind, Relation, Role, ValueKind

Line = Mapping[str, Any]


def to_line(extraction: Extraction) -> dict[str, Any]:
    """The extraction as a JSON object; the format has no place for evidence and confidence of an entity."""
    title, _, abstract = extraction.text.partition("\n")
    return {
        "id": extraction.paper_id,
        **({"version": extraction.version} if extraction.version else {}),
        "title": title,
        "abstract": abstract,
        "ents": [
            [entity.kind.value, entity.role.value, list(entity.surfaces)] for entity in extraction.entities
        ],
        "mentions": [
            [mention.start, mention.end, mention.entity, mention.confidence]
            for mention in extraction.mentions
        ],
        "rels": [_relation_line(assertion) for assertion in extraction.assertions],
        "results": [_result_line(result) for result in extraction.results],
        "links": list(extraction.links),
    }


def _relation_line(assertion: Assertion) -> dict[str, Any]:
    return {
        "from": assertion.subject,
        "relation": assertion.relation.value,
        "to": assertion.object,
        "evidence": [assertion.evidence.start, assertion.evidence.end],
        "confidence": assertion.confidence,
    }


def _result_line(result: Result) -> dict[str, Any]:
    return {
        "subject": result.subject,
        "dataset": result.dataset,
        "metric": result.metric,
        "value": result.value,
        "number": result.number,
        "unit": result.unit,
        "value_kind": result.value_kind.value,
        "setting": result.setting,
        "compared_with": result.compared_with,
        "evidence": [result.evidence.start, result.evidence.end],
        "confidence": result.confidence,
    }


def from_line(line: Line, *, extractor: str = "gold") -> Extraction:
    """The extraction of a JSON object, in full form or in the short form of gold files.

    Where there are no mentions, every occurrence of a surface is one, the longest first. A relation or result without
    evidence has the whole text as evidence. Raises `KeyError`, `ValueError`, `TypeError` or `IndexError` where the
    line is no extraction line.

    >>> gold = {"id": "1", "title": "T", "abstract": "We use BERT.", "ents": [["model", "uses", ["BERT"]]]}
    >>> from_line(gold).mentions
    (Mention(start=9, end=13, surface='BERT', entity=0, confidence=1.0),)
    """
    text = f"{line['title']}\n{line['abstract']}"
    whole = Span(0, len(text))
    entities = tuple(
        WrittenEntity(Kind(kind), Role(role), tuple(surfaces))
        for kind, role, surfaces in line.get("ents", ())
    )
    return Extraction(
        paper_id=PaperId(str(line["id"])),
        version=line.get("version"),
        text=text,
        extractor=extractor,
        entities=entities,
        mentions=_mentions(text, entities, line.get("mentions")),
        assertions=tuple(_assertion(item, whole) for item in line.get("rels", ())),
        results=tuple(_result(item, whole) for item in line.get("results", ())),
        links=tuple(line.get("links", ())),
    )


def _mentions(
    text: str, entities: Sequence[WrittenEntity], written: Sequence[Sequence[Any]] | None
) -> tuple[Mention, ...]:
    if written is not None:
        return tuple(
            Mention(start, end, text[start:end], entity, confidence)
            for start, end, entity, confidence in written
        )
    entity_of: dict[str, int] = {}
    for position, entity in enumerate(entities):
        for surface in entity.surfaces:
            entity_of.setdefault(surface, position)
    return tuple(
        Mention(start, end, surface, entity_of[surface])
        for start, end, surface in occurrences(text, entity_of)
    )


def _assertion(item: Any, whole: Span) -> Assertion:
    if isinstance(item, Mapping):
        evidence = Span(*item["evidence"]) if "evidence" in item else whole
        return Assertion(
            item["from"], Relation(item["relation"]), item["to"], evidence, item.get("confidence", 1.0)
        )
    subject, relation, object_ = item
    return Assertion(subject, Relation(relation), object_, whole)


def _result(item: Any, whole: Span) -> Result:
    if not isinstance(item, Mapping):
        subject, dataset, metric, value, *rest = item
        kind = ValueKind(rest[0]) if rest else ValueKind.ABSOLUTE
        return Result(subject, dataset, metric, value, whole, value_kind=kind)
    return Result(
        subject=item["subject"],
        dataset=item.get("dataset"),
        metric=item.get("metric", ""),
        value=item["value"],
        evidence=Span(*item["evidence"]) if "evidence" in item else whole,
        number=item.get("number"),
        unit=item.get("unit"),
        value_kind=ValueKind(item.get("value_kind", ValueKind.ABSOLUTE)),
        setting=item.get("setting"),
        compared_with=item.get("compared_with"),
        confidence=item.get("confidence", 1.0),
    )


def write(extractions: Iterable[Extraction]) -> Iterator[str]:
    """The lines of a file of extractions, without line ends."""
    for extraction in extractions:
        yield json.dumps(to_line(extraction), ensure_ascii=False)


def read(path: Path) -> Iterator[Extraction]:
    """The extractions of a file; raises `SourceError` at the first line that is none."""
    with path.open(encoding="utf-8-sig", newline="\n") as lines:
        try:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _read(line, path, number)
        except UnicodeDecodeError as error:
            raise SourceError(f"no UTF-8 text ({error.reason}); expected JSON lines", path=path) from error


def _read(line: str, path: Path, number: int) -> Extraction:
    try:
        return from_line(json.loads(line))
    except KeyError as error:
        raise SourceError(f"the extraction line has no {error}", path=path, line=number) from error
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        raise SourceError(f"no extraction line: {error}", path=path, line=number) from error
