"""Training: gold lines in, a pipeline on disk out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ExtractError
from kg.extract import VERSION, pipeline_name
from kg.extract.card import write_card, write_scores
from kg.extract.lines import read
from kg.extract.reading import PIPELINE
from kg.model import Extraction

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.extract.gold import GoldDocument

LICENCE = "MIT"
LIMITS = (
    "Titles and abstracts of machine-learning papers in English; other fields and languages were not seen.",
    "Names never seen in training are found by their context alone, tasks and methods least surely.",
    "Relations are looked for within a sentence, and across sentences only with what the paper introduces.",
)


def train(
    gold_path: str | Path,
    output: str | Path,
    *,
    seed: int = 0,
    epochs: int = 10,
    tagger: Path | None = None,
    development: Path | None = None,
    on_progress: Callable[[str], None] = lambda _message: None,
) -> Path:
    """Fits every component on a gold file, writes the pipeline to the folder `output` and gives that folder.

    The same gold, seed and number of epochs give the same pipeline on the same machine. With `tagger`, the tagger of
    the pipeline in that folder is kept and only the components after it are fitted; with `development`, another gold
    file, the report card has the scores on it. Raises `ExtractError` where the gold file holds no paper.
    """
    gold = list(read(Path(gold_path)))
    if not gold:
        raise ExtractError(f"{gold_path}: no paper to train on")
    from thinc.api import fix_random_seed

    from kg.extract.gold import gold_document

    fix_random_seed(seed)
    nlp = _pipeline()
    documents = [gold_document(nlp, extraction) for extraction in gold]
    on_progress(f"{len(documents)} papers read")
    if tagger is None:
        _fit_tagger(nlp, documents, seed=seed, epochs=epochs, on_progress=on_progress)
    else:
        nlp.get_pipe("kg_tagger").from_disk(tagger / "kg_tagger")  # type: ignore[attr-defined]
    _fit_readers(nlp, documents, on_progress)
    folder = Path(output)
    nlp.to_disk(folder, exclude=["vocab"])
    write_card(folder, card(folder, gold, {"seed": seed, "epochs": epochs}))
    if development is not None:
        write_scores(folder, development)
    return folder


def card(folder: Path, gold: Sequence[Extraction], training: Mapping[str, Any]) -> dict[str, Any]:
    """The report card: what the pipeline was trained on, under which licence, and what it cannot do."""
    return {
        "name": pipeline_name(folder),
        "version": VERSION,
        "licence": LICENCE,
        "trained_on": {
            "papers": len(gold),
            "entities": sum(len(extraction.entities) for extraction in gold),
            "mentions": sum(len(extraction.mentions) for extraction in gold),
            "relations": sum(len(extraction.assertions) for extraction in gold),
            "results": sum(len(extraction.results) for extraction in gold),
            "source": "Abstracts of machine-learning papers annotated for this project; the abstracts are not shipped.",
        },
        "training": dict(training),
        "limits": list(LIMITS),
        "scores": {},
    }


def _pipeline() -> Language:
    import spacy

    import kg.extract.components  # noqa: F401

    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg_tokenizer"}}})
    for name in PIPELINE:
        nlp.add_pipe(name)
    nlp.meta.update(
        {"name": "paperkg", "license": LICENCE, "description": "Entities, roles, relations and results"}
    )
    return nlp


def _fit_tagger(
    nlp: Language,
    documents: Sequence[GoldDocument],
    *,
    seed: int,
    epochs: int,
    on_progress: Callable[[str], None],
) -> None:
    from kg.extract.tags import tag
    from kg.extract.train_tagger import train_tagger

    component: Any = nlp.get_pipe("kg_tagger")
    train_tagger(
        component,
        [(document.doc, tag(len(document.doc), document.spans)) for document in documents],
        seed=seed,
        epochs=epochs,
        on_epoch=lambda epoch, loss: on_progress(f"tagger: epoch {epoch} of {epochs}, loss {loss:.0f}"),
    )


def _fit_readers(
    nlp: Language, documents: Sequence[GoldDocument], on_progress: Callable[[str], None]
) -> None:
    """Fits roles, relations and the five classifiers of results, each on gold input."""
    from kg.extract.train_readers import fit_readers

    fitted = fit_readers(documents, on_progress)
    components: Any = {name: nlp.get_pipe(name) for name in PIPELINE}
    components["kg_entities"].model = fitted.pop("entity-kinds")
    components["kg_roles"].model = fitted.pop("roles")
    components["kg_relations"].model = fitted.pop("relations")
    components["kg_results"].models = fitted
