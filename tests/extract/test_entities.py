from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.extract.components import create_entities, create_tokenizer
from kg.extract.entities import surface_key, variants
from kg.extract.state import MENTIONS, TAGGED, declare_extensions
from kg.ontology import Kind

NLP = spacy.blank("en")
NLP.tokenizer = create_tokenizer()(NLP)


def entities(text: str, tagged: list[tuple[str, Kind, float]]) -> list[tuple[str, Kind, list[str]]]:
    """(first surface, kind, mentions) of the entities that the tagged surfaces, at their first places, make."""
    declare_extensions()
    doc = NLP.make_doc(text)
    doc.spans[TAGGED] = [span(doc, *found) for found in tagged]
    doc = create_entities(NLP, "kg_entities", 0.25, 0.0, 0.0)(doc)
    mentions = [mention.text for mention in doc.spans[MENTIONS]]
    return [
        (mentions[entity.mentions[0]], entity.kind, [mentions[place] for place in entity.mentions])
        for entity in doc._.kg_entities
    ]


def span(doc: Doc, surface: str, kind: Kind, confidence: float) -> Span:
    start = doc.text.index(surface)
    found = doc.char_span(start, start + len(surface), label=kind.value)
    assert found is not None
    found._.kg_confidence = confidence
    return found


def test_every_occurrence_is_a_mention() -> None:
    found = entities("BERT and BERT.", [("BERT", Kind.MODEL, 0.9)])
    assert found == [("BERT", Kind.MODEL, ["BERT", "BERT"])]


def test_acronym_missed_by_the_tagger_follows_its_long_form() -> None:
    text = "A conditional random field (CRF) tags; the CRF is old."
    assert entities(text, [("conditional random field", Kind.METHOD, 0.9)]) == [
        ("conditional random field", Kind.METHOD, ["conditional random field", "CRF", "CRF"])
    ]


def test_kind_is_voted_over_acronym_and_long_form() -> None:
    text = "A visual question answering (VQA) task."
    tagged = [("visual question answering", Kind.TASK, 0.9), ("VQA", Kind.DATASET, 0.5)]
    assert [found[:2] for found in entities(text, tagged)] == [("visual question answering", Kind.TASK)]


def test_case_and_plural_variants_are_one_entity() -> None:
    text = "Graph Neural Networks\nA graph neural network and graph neural networks."
    found = entities(text, [("Graph Neural Networks", Kind.METHOD, 0.9)])
    assert found == [
        (
            "Graph Neural Networks",
            Kind.METHOD,
            ["Graph Neural Networks", "graph neural network", "graph neural networks"],
        )
    ]


def test_surface_tagged_in_too_few_of_its_places_is_dropped() -> None:
    text = "score, score, score, score and score."
    assert entities(text, [("score", Kind.METRIC, 0.6)]) == []


def test_entities_are_the_entities_of_the_document() -> None:
    declare_extensions()
    doc = NLP.make_doc("BERT wins.")
    doc.spans[TAGGED] = [span(doc, "BERT", Kind.MODEL, 0.9)]
    doc = create_entities(NLP, "kg_entities", 0.25, 0.0, 0.0)(doc)
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("BERT", "model")]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Vision-Language Models", "vision language model"),
        ("LLMs", "LLM"),
        ("theories", "theory"),
        ("Fine-tuning", "fine-tuning"),
    ],
)
def test_variants_have_one_key(left: str, right: str) -> None:
    assert surface_key(left) == surface_key(right)


@pytest.mark.parametrize(
    ("left", "right"), [("C++", "C"), ("GPT-4", "GPT-3"), ("bias", "bia"), ("BLEU-4", "BLEU")]
)
def test_different_names_have_different_keys(left: str, right: str) -> None:
    assert surface_key(left) != surface_key(right)


def test_name_has_no_lower_case_variant() -> None:
    assert variants("BRIDGE over a bridge; BRIDGEs", "BRIDGE", Kind.METHOD) == ["BRIDGE", "BRIDGEs"]
