from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.extract.lines import from_line, read, to_line, write
from kg.model import Assertion, Extraction, Result, Span
from kg.ontology import Relation, ValueKind

GOLD: dict[str, Any] = {
    "id": "2412.15208",
    "title": "A title",
    "abstract": "We test BERT on SQuAD: 71.3 F1, and SQuAD is old.",
    "ents": [["model", "evaluates", ["BERT"]], ["benchmark", "evaluates", ["SQuAD"]]],
    "rels": [[0, "evaluated-on", 1]],
    "results": [[0, 1, "F1", "71.3"], [0, None, "", "4x", "ratio"]],
}


def test_short_form_is_read_with_every_occurrence_as_a_mention() -> None:
    found = from_line(GOLD)
    whole = Span(0, len(found.text))
    assert [(mention.start, mention.surface, mention.entity) for mention in found.mentions] == [
        (16, "BERT", 0),
        (24, "SQuAD", 1),
        (44, "SQuAD", 1),
    ]
    assert found.assertions == (Assertion(0, Relation.EVALUATED_ON, 1, whole),)
    assert found.results == (
        Result(0, 1, "F1", "71.3", whole),
        Result(0, None, "", "4x", whole, value_kind=ValueKind.RATIO),
    )


def test_line_of_an_extraction_gives_it_back(extractions: Sequence[Extraction]) -> None:
    for extraction in extractions:
        line = json.loads(json.dumps(to_line(extraction)))
        assert from_line(line, extractor=extraction.extractor) == as_in_line(extraction)


def test_file_of_lines_is_read_back(tmp_path: Path, extractions: Sequence[Extraction]) -> None:
    path = tmp_path / "found.jsonl"
    path.write_text("\n".join(write(extractions)) + "\n\n", encoding="utf-8")
    assert [found.entities for found in read(path)] == [as_in_line(found).entities for found in extractions]


def as_in_line(extraction: Extraction) -> Extraction:
    """The extraction without what a line has no place for: evidence and confidence of entities."""
    entities = tuple(replace(entity, confidence=1.0, evidence=None) for entity in extraction.entities)
    return replace(extraction, entities=entities)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "no extraction line"),
        ("[]", "no extraction line"),
        ('{"id": "1", "title": "T"}', "has no 'abstract'"),
        ('{"id": "1", "title": "T", "abstract": "", "ents": [["planet", "uses", ["x"]]]}', "planet"),
    ],
)
def test_wrong_line_is_named_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=message) as caught:
        list(read(path))
    assert caught.value.line == 2


def test_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="no UTF-8 text"):
        list(read(path))
