from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from kg.errors import ExtractError
from kg.extract import WEIGHTS, extract
from kg.extract.encoder.component import create_encoder
from kg.extract.encoder.encode import FILES
from kg.extract.state import MENTIONS
from kg.model import Extraction, Paper, PaperId
from kg.ontology import Relation, ValueKind

NLP = spacy.blank("en")
TEXT = "Quill: A Parser\nWe introduce Quill, a parsing model. Quill outperforms BERT on SQuAD by 3.2%."


def test_component_is_added_by_name_without_importing_the_package() -> None:
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('kg_encoder'); print(nlp('We evaluate BERT.').ents)"
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True
    )
    assert "BERT" in ended.stdout


def test_entities_mentions_and_extensions_agree() -> None:
    doc = create_encoder(NLP, "kg_encoder")(NLP.make_doc(TEXT))
    assert [span.text for span in doc.ents] == [span.text for span in doc.spans[MENTIONS]]
    for place, entity in enumerate(doc._.kg_entities):
        assert {doc.spans[MENTIONS][mention]._.kg_entity for mention in entity.mentions} == {place}
    assert {"Quill", "BERT", "SQuAD"} <= {span.text for span in doc.ents}


def test_relation_is_quoted_with_both_its_mentions() -> None:
    found = read(TEXT)
    stated = next(each for each in found.assertions if each.relation is Relation.OUTPERFORMS)
    quote = found.text[stated.evidence.start : stated.evidence.end]
    assert quote == "Quill outperforms BERT on SQuAD by 3.2%."


def test_gain_is_told_from_a_score() -> None:
    (result,) = read(TEXT).results
    assert (result.value, result.number, result.unit, result.value_kind) == (
        "3.2%",
        3.2,
        "percent",
        ValueKind.GAIN,
    )


@pytest.mark.parametrize(
    "text", ["", "\n", " ", "word " * 5000, "a" * 30_000, "\\\n$", "。" * 900, "1 2 3 " * 900]
)
def test_odd_texts_are_read(text: str) -> None:
    doc = create_encoder(NLP, "kg_encoder")(NLP.make_doc(text))
    assert doc.text == text


def test_stream_is_read_one_by_one() -> None:
    component = create_encoder(NLP, "kg_encoder")
    (doc,) = component.pipe([NLP.make_doc(TEXT)])
    assert doc._.kg_entities == component(NLP.make_doc(TEXT))._.kg_entities


def test_written_component_is_the_same(tmp_path: Path) -> None:
    component = create_encoder(NLP, "kg_encoder")
    component.to_disk(tmp_path)
    again = create_encoder(NLP, "kg_encoder").from_disk(tmp_path)
    assert again(NLP.make_doc(TEXT))._.kg_entities == component(NLP.make_doc(TEXT))._.kg_entities


@pytest.mark.parametrize("name", FILES)
def test_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(WEIGHTS / "kg_encoder", folder)
    (folder / name).unlink()
    with pytest.raises(ExtractError, match=str(folder)):
        create_encoder(NLP, "kg_encoder").from_disk(folder)


def read(text: str) -> Extraction:
    title, _, abstract = text.partition("\n")
    (found,) = extract([Paper(id=PaperId("id:x"), title=title, abstract=abstract)])
    return found
