"""The sample corpus: landmark papers of language modelling, their abstracts in our own words."""

from __future__ import annotations

from pathlib import Path


def landmarks() -> Path:
    """The file of the sample corpus: paper records with the true citations among them."""
    return Path(__file__).parent / "landmarks.jsonl"
