"""The component `kg_encoder`: mentions, entities, roles, relations and results of a document from one pass."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from kg.extract.encoder.decode import decode
from kg.extract.encoder.encode import FILES, Encoder, encode, load_encoder
from kg.extract.encoder.found import KINDS, Found, Reading
from kg.extract.encoder.writing import write_readings
from kg.extract.entities import write_entities
from kg.extract.state import MENTIONS, declare_extensions
from kg.ontology import Kind
from kg.text import sentences

_SHIPPED = Path(__file__).parents[1] / "weights" / "kg_encoder"


class KgEncoder(Pipe):
    """Reads a document with the encoder of a folder, at first that of the shipped pipeline."""

    def __init__(self, name: str) -> None:
        declare_extensions()
        self.name = name
        self.folder = _SHIPPED
        self._encoder: Encoder | None = None

    def __call__(self, doc: Doc) -> Doc:
        """The document with `doc.ents`, its mentions, entities, relations and results."""
        if doc._.kg_sentences is None:
            doc._.kg_sentences = [(sentence.start, sentence.end) for sentence in sentences(doc.text)]
        encoder = self._encoder = self._encoder or load_encoder(self.folder)
        text = doc.text
        words, table = encode(encoder, text)
        reading = Reading(text, words, table, encoder.heads, encoder.thresholds)
        found = decode(reading)
        place_of = _write_entities(doc, found)
        write_readings(doc, reading, found, place_of)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:  # noqa: ARG002
        """The documents of a stream, each as if it were alone: the scales of int8 depend on what is in a run."""
        yield from map(self, stream)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Copies the files of the encoder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if (self.folder / name).resolve() != (folder / name).resolve():
                shutil.copyfile(self.folder / name, folder / name)

    def from_disk(self, path: str | Path, **_: Any) -> KgEncoder:
        """The component with the encoder of that folder."""
        self.folder = Path(path)
        self._encoder = load_encoder(self.folder)
        return self


@Language.factory("kg_encoder", assigns=["doc.ents", "doc.spans"])
def create_encoder(nlp: Language, name: str) -> KgEncoder:  # noqa: ARG001
    """The factory of `nlp.add_pipe("kg_encoder")`."""
    return KgEncoder(name)


def _write_entities(doc: Doc, found: Found) -> dict[int, int]:
    """Writes mentions and entities; gives the document's position of each entity that was found."""
    things = {
        str(position): (Kind(KINDS[entity.kind]), entity.confidence)
        for position, entity in enumerate(found.entities)
    }
    spans = ((mention.start, mention.end, str(mention.entity)) for mention in found.mentions)
    place_of = {int(key): place for place, key in enumerate(write_entities(doc, spans, things))}
    confidence_at = {mention.start: mention.confidence for mention in found.mentions}
    for span in doc.spans[MENTIONS]:
        span._.kg_confidence = confidence_at[span.start_char]
    return place_of
