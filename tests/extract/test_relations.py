from __future__ import annotations

import pytest
import spacy

from kg.extract.components import create_relations, create_tokenizer
from kg.extract.context import Context, context
from kg.extract.entities import write_entities
from kg.extract.occurrences import occurrences
from kg.extract.relations import candidates, is_blocked
from kg.extract.state import declare_extensions
from kg.ontology import Kind
from kg.text import sentences

NLP = spacy.blank("en")
NLP.tokenizer = create_tokenizer()(NLP)


def view_of(text: str, kinds: dict[str, Kind]) -> Context:
    """The context of a text in which the surfaces are entities of these kinds."""
    declare_extensions()
    doc = NLP.make_doc(text)
    doc._.kg_sentences = [(sentence.start, sentence.end) for sentence in sentences(text)]
    write_entities(doc, occurrences(text, kinds), {surface: (kind, 1.0) for surface, kind in kinds.items()})
    return context(doc)


def pairs(text: str, kinds: dict[str, Kind]) -> set[tuple[str, str]]:
    view = view_of(text, kinds)
    return {(view.surfaces[found.subject], view.surfaces[found.object]) for found in candidates(view)}


def test_only_pairs_that_a_rule_allows_are_candidates() -> None:
    kinds = {"BERT": Kind.MODEL, "SQuAD": Kind.BENCHMARK, "parsing": Kind.TASK}
    assert pairs("T\nBERT does parsing on SQuAD.", kinds) == {
        ("BERT", "SQuAD"),
        ("SQuAD", "BERT"),
        ("BERT", "parsing"),
        ("parsing", "BERT"),
        ("parsing", "SQuAD"),
        ("SQuAD", "parsing"),
    }
    assert pairs("T\nWe do parsing for accuracy.", {"parsing": Kind.TASK, "accuracy": Kind.METRIC}) == set()


def test_entities_of_different_sentences_are_no_candidates_unless_introduced() -> None:
    assert pairs("T\nBERT is old. SQuAD is hard.", {"BERT": Kind.MODEL, "SQuAD": Kind.BENCHMARK}) == set()


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("BERT outperforms ELMo.", False),
        ("BERT does not outperform ELMo.", True),
        ("BERT may outperform ELMo.", True),
        ("BERT outperforms not only ELMo.", False),
        ("BERT outperforms ELMo but not always.", False),
    ],
)
def test_negated_and_hedged_statements_are_blocked(text: str, blocked: bool) -> None:
    view = view_of(f"T\n{text}", {"BERT": Kind.MODEL, "ELMo": Kind.MODEL})
    assert is_blocked(view, view.places[0], view.places[1]) is blocked


def test_untrained_component_states_nothing() -> None:
    declare_extensions()
    doc = NLP.make_doc("T\nBERT outperforms ELMo.")
    kinds = {"BERT": Kind.MODEL, "ELMo": Kind.MODEL}
    write_entities(
        doc, occurrences(doc.text, kinds), {surface: (kind, 1.0) for surface, kind in kinds.items()}
    )
    assert create_relations(NLP, "kg_relations", 0.5)(doc)._.kg_relations == []
