"""The pipeline of the encoder, from the files that its training exports."""

from __future__ import annotations

from pathlib import Path

from kg.extract import ENCODER


def write_pipeline(encoder: Path, output: Path) -> Path:
    """Writes the pipeline that reads with the encoder of a folder; gives its folder, which has no report card yet."""
    import spacy

    import kg.extract.components  # noqa: F401

    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg_word_tokenizer"}}})
    nlp.add_pipe(ENCODER).from_disk(encoder)  # type: ignore[attr-defined]
    nlp.meta.update(
        {"name": "paperkg", "license": "MIT", "description": "Entities, roles, relations and results"}
    )
    nlp.to_disk(output, exclude=["vocab"])
    return output
