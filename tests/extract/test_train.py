from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import ExtractError
from kg.extract import extract, extractor_id, report_card
from kg.extract.train import train
from kg.model import Paper, PaperId

ENTS = [
    ["method", "introduces", ["Quill"]],
    ["dataset", "evaluates", ["Inkwell"]],
    ["metric", "evaluates", ["accuracy"]],
]
ABSTRACT = "We propose Quill. On Inkwell, Quill has an accuracy of {}.5%."
LINES = [
    {
        "id": f"id:{count}",
        "title": "Quill: A Method",
        "abstract": ABSTRACT.format(count),
        "ents": ENTS,
        "rels": [[0, "evaluated-on", 1]],
        "results": [[0, 1, "accuracy", f"{count}.5%", "absolute"]],
    }
    for count in range(78, 90)
]


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pipeline(gold: Path) -> Path:
    return train(gold, gold.parent / "pipeline", epochs=50)


def test_trained_pipeline_reads_a_paper_like_its_gold(pipeline: Path) -> None:
    paper = Paper(id=PaperId("id:x"), title="Quill: A Method", abstract=ABSTRACT.format(81))
    (found,) = extract([paper], model=pipeline)
    surfaces = {entity.surfaces[0]: (entity.kind.value, entity.role.value) for entity in found.entities}
    assert surfaces == {surface: (kind, role) for kind, role, (surface,) in ENTS}
    assert [(result.value, result.metric) for result in found.results] == [("81.5%", "accuracy")]


def test_card_says_what_the_pipeline_was_trained_on(pipeline: Path) -> None:
    card = report_card(pipeline)
    assert card["trained_on"]["papers"] == 12
    assert card["training"] == {"seed": 0, "epochs": 50}


def test_card_has_the_scores_on_development_papers(gold: Path, pipeline: Path, tmp_path: Path) -> None:
    train(gold, tmp_path / "again", tagger=pipeline, development=gold)
    scores = report_card(tmp_path / "again")["scores"]
    assert (scores["papers"], scores["mentions"]["all"]["support"]) == (12, 60)
    assert scores["mentions"]["all"]["interval"] is not None


def test_same_gold_and_seed_give_the_same_pipeline(gold: Path, tmp_path: Path) -> None:
    ids = {extractor_id(train(gold, tmp_path / name, seed=1, epochs=1)) for name in ("a", "b")}
    assert len(ids) == 1


def test_progress_is_told(gold: Path, pipeline: Path, tmp_path: Path) -> None:
    messages: list[str] = []
    train(gold, tmp_path / "again", tagger=pipeline, on_progress=messages.append)
    assert messages[0] == "12 papers read"
    assert extractor_id(tmp_path / "again") == extractor_id(pipeline)


def test_gold_without_a_paper_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(ExtractError, match="no paper to train on"):
        train(tmp_path / "empty.jsonl", tmp_path / "pipeline")


def test_nothing_learnt_is_a_pickle(pipeline: Path) -> None:
    suffixes = {path.suffix for path in pipeline.rglob("*") if path.is_file()}
    assert suffixes <= {".npz", ".json", ".cfg", ""}
