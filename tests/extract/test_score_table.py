from __future__ import annotations

import json

from kg.extract.evaluate import compare
from kg.extract.lines import from_line
from kg.extract.score_table import table
from tests.extract.gold import FOUND, GOLD

CERTAIN = table(compare([(from_line(GOLD), from_line(FOUND))])).splitlines()


def test_measures_have_a_line_for_each_class() -> None:
    assert "all                                 80.0    66.7   72.7   72.7 to 72.7        6" in "\n".join(
        CERTAIN
    )
    kinds = [line.split()[0] for line in CERTAIN if line.startswith("  ")]
    assert {"benchmark", "introduces", "outperforms", "absolute"} <= set(kinds)


def test_exact_and_overlapping_stand_on_one_line() -> None:
    (line, *_) = [line.split() for line in CERTAIN if line.startswith("  metric")]
    assert line == "metric 0.0 0.0 0.0 0.0 to 0.0 1 100.0 100.0 100.0".split()


def test_line_of_what_the_paper_introduces() -> None:
    assert any(line.startswith("introduced ") for line in CERTAIN)


def test_extractions_without_confidences_are_said_to_have_none() -> None:
    assert "calibration: the extractions carry no confidences" in CERTAIN


def test_calibration_shows_its_bins() -> None:
    found = {**FOUND, "mentions": [[14, 18, 1, 0.9], [14, 17, 1, 0.7]]}
    lines = table(compare([(from_line(GOLD), from_line(found))])).splitlines()
    assert "calibration: expected error of a mention's confidence 40.0 points" in lines
    assert "  0.6 to 0.7                  confidence  70.0   right   0.0        1 mentions" in lines


def test_confusions_show_the_place() -> None:
    place = CERTAIN.index("worst confusions of mentions")
    assert CERTAIN[place + 3 : place + 5] == [
        "  model: missed                           1",
        "      ELMo: BERT on SQuAD BERT beats [ELMo] on SQuAD with 71.3% accuracy. (arXiv:2412.15208v2)",
    ]


def test_missing_papers_are_counted() -> None:
    assert (
        table(compare([(from_line(GOLD), None)]))
        .splitlines()[0]
        .startswith("1 papers, 1 without extraction (all missed); ")
    )


def test_json_holds_all_of_it_and_the_card_quotes_nothing() -> None:
    scores = compare([(from_line(GOLD), from_line(FOUND))])
    values = json.loads(json.dumps(scores.as_dict()))
    assert values["confusions"][0]["examples"][0]["paper"] == "arXiv:2412.15208v2"
    assert values["mentions"]["all"]["interval"] == [72.7, 72.7]
    assert values["calibration"] is None
    assert "beats" not in json.dumps(scores.figures())
