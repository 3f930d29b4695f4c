from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from kg.extract import WEIGHTS, extractor_id, report_card
from kg.extract.card import summary, write_card, write_scores
from kg.extract.lines import write
from kg.model import Extraction

SCORE = {"f1": 68.8, "interval": [66.0, 71.5]}


def test_scores_with_intervals_are_written_into_the_card(
    tmp_path: Path, extractions: Sequence[Extraction]
) -> None:
    folder, gold = tmp_path / "pipeline", tmp_path / "gold.jsonl"
    shutil.copytree(WEIGHTS, folder)
    gold.write_text("\n".join(write(extractions)), encoding="utf-8")
    scores = write_scores(folder, gold)
    before, after = report_card(WEIGHTS), report_card(folder)
    assert after == {**before, "scores": json.loads(json.dumps(scores.figures()))}
    assert after["scores"]["mentions"]["all"]["interval"] == [100.0, 100.0]
    assert extractor_id(folder) == extractor_id()


def test_summary_has_headlines_data_and_licence() -> None:
    card = {
        "licence": "MIT",
        "trained_on": {"papers": 5310},
        "scores": {
            "papers": 136,
            "mentions": {"all": SCORE},
            "introduced": {"all": SCORE},
            "results": {"value": {}, "value and subject": SCORE},
        },
    }
    assert summary(card) == {
        "mention F1": SCORE,
        "introduced entity F1": SCORE,
        "result F1": SCORE,
        "scored on": "136 annotated papers",
        "trained on": "5310 annotated papers",
        "pipeline licence": "MIT",
    }


def test_summary_of_a_card_that_says_nothing_is_empty() -> None:
    assert summary({"scores": {}}) == {}


def test_card_is_written_as_it_is_read(tmp_path: Path) -> None:
    write_card(tmp_path, {"licence": "MIT – für alle"})
    assert report_card(tmp_path) == {"licence": "MIT – für alle"}


def test_shipped_card_has_all_headlines_with_intervals() -> None:
    headlines = [value for value in summary(report_card()).values() if isinstance(value, dict)]
    assert len(headlines) == 6
    assert all(value["interval"][0] < value["f1"] < value["interval"][1] for value in headlines)
