"""Extraction: the text of papers to entities, mentions, relations, results and links, by a spaCy pipeline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import ExtractError
from kg.model import Extraction, Paper
from kg.text import source_text

NAME = "paperkg"
VERSION = "1"
"""Raised when the code of the components changes what they find."""

ENCODER = "kg_encoder"
"""The component of the pipeline that ships; without it, a pipeline is the convolutional one of `kg train`."""

WEIGHTS = Path(__file__).parent / "weights"
"""The pipeline that ships with the package."""


def extract(papers: Iterable[Paper], *, model: Path | None = None, workers: int = 1) -> Iterator[Extraction]:
    """What each paper's text says, in the order of the papers.

    Papers are taken and given in batches, so that memory does not grow with their number. What is found in a paper
    never depends on the papers beside it or on the number of worker processes. Raises `ExtractError` where `model`
    holds no pipeline.
    """
    from kg.extract.workers import extract_texts

    if workers < 1:
        raise ValueError(f"workers is {workers}; expected 1 or more")
    folder = Path(model) if model is not None else WEIGHTS
    identity = extractor_id(model)
    texts = ((paper.id, paper.version, source_text(paper)) for paper in papers)
    return extract_texts(texts, folder, identity, workers=workers)


def extractor_id(model: Path | None = None) -> str:
    """Name, version and hash of the weights of a pipeline; raises `ExtractError` where there is none."""
    return _identity(Path(model) if model is not None else WEIGHTS)


def report_card(model: Path | None = None) -> Mapping[str, Any]:
    """What is known of a pipeline: its scores on the development papers, its data, licence and limits."""
    path = (Path(model) if model is not None else WEIGHTS) / "card.json"
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExtractError(f"{path}: the report card cannot be read ({error})") from error
    return card


def pipeline_name(folder: Path) -> str:
    """The name of the kind of pipeline that a folder holds."""
    return f"{NAME}-encoder" if (folder / ENCODER).is_dir() else f"{NAME}-cnn"


@cache
def _identity(folder: Path) -> str:
    if not (folder / "config.cfg").is_file():
        raise ExtractError(f"{folder}: no extraction pipeline here; `kg train` makes one")
    # The card reports on the pipeline and is no part of it; meta.json names the spaCy that wrote it.
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in {"card.json", "meta.json"}:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{pipeline_name(folder)}/{VERSION}/{digest.hexdigest()[:12]}"
