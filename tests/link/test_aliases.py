from __future__ import annotations

import pytest

from kg.link import link
from kg.link.aliases import curated
from tests.link.corpus import Entry, Sheet, written_of


def entities(*written: Entry) -> list[tuple[str, str, list[str]]]:
    sheets = [Sheet(f"arxiv:2401.{place:05}", [entry]) for place, entry in enumerate(written)]
    return link(written_of(*sheets)).entities.select("kind", "label", "names").rows()


def test_every_form_names_one_thing_of_a_kind() -> None:
    assert curated().filter(curated()["form"].is_duplicated()).is_empty()
    assert set(curated()["known_kind"]) == {"model", "dataset", "benchmark"}
    assert curated()["known_key"].n_unique() > 200


@pytest.mark.parametrize("other", ["bert", "Bidirectional Encoder Representations from Transformers"])
def test_alias_is_the_well_known_thing(other: str) -> None:
    assert entities(("model", "uses", ["BERT"]), ("model", "uses", [other])) == [("model", "BERT", [other])]


def test_label_and_kind_are_the_curated_ones() -> None:
    assert entities(("dataset", "uses", ["MATH500"])) == [("benchmark", "MATH-500", ["MATH500"])]


def test_task_of_the_same_name_stays_a_task() -> None:
    assert entities(("task", "addresses", ["Glue"])) == [("task", "Glue", [])]
