from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.link import link
from kg.link.families import Ancestor, Name, ancestors, parse
from kg.ontology import Kind
from tests.link.corpus import Entry, Sheet, written_of

with Path(__file__).with_name("families.tsv").open(encoding="utf-8") as table:
    NAMES = list(csv.DictReader(table, delimiter="\t"))
"""Names of real models and resources with their parts and ancestors, read one by one."""


def variants(*entities: Entry) -> list[tuple[str, str, str]]:
    return link(written_of(Sheet("arxiv:2401.00001", list(entities)))).variants.rows()


def models(*names: str) -> list[Entry]:
    return [("model", "uses", [name]) for name in names]


def benchmarks(*names: str) -> list[Entry]:
    return [("benchmark", "evaluates", [name]) for name in names]


def test_table_has_many_different_names() -> None:
    assert len({row["name"] for row in NAMES}) == len(NAMES) > 300


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row["name"])
def test_name_is_parsed(row: dict[str, str]) -> None:
    version, size, variant = (row[column] or None for column in ("version", "size", "variant"))
    assert parse(row["name"], Kind(row["kind"])) == Name(row["family"], version, size, variant)
    found = [ancestor.name for ancestor in ancestors(row["name"], Kind(row["kind"]))]
    assert " > ".join(found) == row["ancestors"]


def test_rule_names_the_parts_that_the_ancestor_lacks() -> None:
    assert ancestors("Flan-T5-XXL") == [Ancestor("Flan-T5", "size"), Ancestor("T5", "size+derived")]


def test_entity_is_variant_of_its_nearest_ancestor_in_the_corpus() -> None:
    assert variants(*models("Llama-3-8B-Instruct", "LLaMA 3", "LLaMA")) == [
        ("llama-3", "llama", "version"),
        ("llama-3-8b-instruct", "llama-3", "variant+size"),
    ]


def test_entity_without_ancestors_in_the_corpus_is_no_variant() -> None:
    assert (
        variants(*models("RoBERTa-large", "BERT"), *benchmarks("CIFAR-100", "CIFAR-10", "GSM", "GSM8K")) == []
    )


def test_resource_is_no_variant_of_a_model() -> None:
    assert variants(*models("Spider"), *benchmarks("Spider 2.0")) == []


def test_model_may_be_variant_of_a_method() -> None:
    assert variants(*models("Mamba-2"), ("method", "uses", ["Mamba"])) == [("mamba-2", "mamba", "version")]


def test_ancestor_is_found_by_its_acronym() -> None:
    long: Entry = ("benchmark", "evaluates", ["Nested Agent Tool Examination"])
    both: Entry = ("benchmark", "evaluates", [*long[2], "NATE"])
    sheets = [Sheet("arxiv:2401.00001", [long]), Sheet("arxiv:2401.00002", [both])]
    linked = link(written_of(*sheets, Sheet("arxiv:2401.00003", benchmarks("NATE v3"))))
    assert linked.variants.rows() == [("nate-v3", "nested-agent-tool-examination", "version")]


def test_other_capitals_are_another_family() -> None:
    assert variants(*models("Nova Pro", "NOVA", "gpt-4", "GPT")) == [("gpt-4", "gpt", "version")]


@pytest.mark.parametrize("names", [("Meta-Llama-3-8B", "Llama 3 8B"), ("OpenAI o1", "o1", "GPT-o1")])
def test_maker_makes_no_other_entity(names: tuple[str, ...]) -> None:
    assert link(written_of(Sheet("arxiv:2401.00001", models(*names)))).entities.height == 1


def test_years_of_contests_are_one_edition() -> None:
    written = written_of(Sheet("arxiv:2401.00001", benchmarks("AIME 2024", "AIME24", "AIME'24", "AIME25")))
    assert link(written).entities.height == 2


def test_phrase_with_the_letters_of_a_name_does_not_part_it() -> None:
    described: Entry = ("model", "uses", ["LLaMA", "LLMs of different sizes (0.5B to 7B) and model families"])
    sheets = [Sheet("arxiv:2401.00001", [described]), Sheet("arxiv:2401.00002", models("LLaMA"))]
    linked = link(written_of(*sheets, Sheet("arxiv:2401.00003", models("Llama"))))
    assert linked.entities["paper_count"].to_list() == [3]
