from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from kg.errors import ExtractError
from kg.extract import extract, extractor_id, report_card
from kg.model import Extraction, Paper, PaperId
from kg.ontology import Kind, Role


def test_importing_extraction_loads_no_spacy() -> None:
    code = "import kg.extract, sys; assert not {'spacy', 'thinc', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_new_system_is_introduced_in_the_sentence_that_says_so(extractions: Sequence[Extraction]) -> None:
    first = extractions[0]
    entity = next(entity for entity in first.entities if "TurboParse" in entity.surfaces)
    assert entity.role is Role.INTRODUCES
    assert entity.evidence is not None
    assert "We introduce TurboParse" in first.text[entity.evidence.start : entity.evidence.end]


def test_acronym_and_long_form_are_one_entity(extractions: Sequence[Extraction]) -> None:
    entity = next(entity for entity in extractions[1].entities if "LLMs" in entity.surfaces)
    assert (entity.kind, set(entity.surfaces)) == (Kind.METHOD, {"large language models", "LLMs", "LLM"})


def test_result_keeps_the_value_as_written(extractions: Sequence[Extraction]) -> None:
    result = extractions[0].results[0]
    assert (result.value, result.number, result.unit, result.metric) == ("91.4%", 91.4, "percent", "accuracy")


def test_links_of_the_text_are_kept(extractions: Sequence[Extraction]) -> None:
    assert extractions[0].links == ("https://github.com/example/turboparse",)


def test_text_without_a_name_gives_an_empty_extraction() -> None:
    (found,) = extract([Paper(id=PaperId("id:x"), title="", abstract="")])
    assert (found.text, found.entities, found.mentions, found.results) == ("\n", (), (), ())


def test_every_surface_value_and_quote_is_an_exact_slice(extractions: Sequence[Extraction]) -> None:
    check_slices(extractions)


def test_extraction_does_not_depend_on_the_papers_beside_it(
    papers: Sequence[Paper], extractions: Sequence[Extraction]
) -> None:
    alone = [found for paper in papers for found in extract([paper])]
    backwards = list(extract(reversed(papers)))[::-1]
    among_many = list(itertools.islice(extract(tuple(papers) * 14), 64, 64 + len(papers)))
    assert alone == backwards == list(extractions)
    assert sorted(among_many, key=by_id) == sorted(extractions, key=by_id)


def test_workers_give_the_same_in_the_order_of_the_papers(
    papers: Sequence[Paper], extractions: Sequence[Extraction]
) -> None:
    assert list(extract(tuple(papers) * 7, workers=2)) == list(extractions) * 7


def test_papers_are_taken_as_needed(papers: Sequence[Paper]) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Paper]:
        for count in itertools.count():
            taken.append(count)
            yield papers[count % len(papers)]

    next(extract(endless()))
    assert len(taken) <= 64


@pytest.mark.parametrize("workers", [0, -1])
def test_fewer_than_one_worker_is_refused(papers: Sequence[Paper], workers: int) -> None:
    with pytest.raises(ValueError, match="expected 1 or more"):
        extract(papers, workers=workers)


def test_folder_without_a_pipeline_is_named(tmp_path: Path, papers: Sequence[Paper]) -> None:
    with pytest.raises(ExtractError, match=r"no extraction pipeline here; `kg train` makes one"):
        extract(papers, model=tmp_path)
    with pytest.raises(ExtractError, match="report card"):
        report_card(tmp_path)


def test_identity_changes_with_the_weights(tmp_path: Path) -> None:
    ids = []
    for name, weights in (("a", b"1"), ("b", b"2")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "config.cfg").write_text("")
        (folder / "weights.npz").write_bytes(weights)
        ids.append(extractor_id(folder))
    assert ids[0] != ids[1]
    assert extractor_id().startswith("paperkg-encoder/1/")


def test_report_card_tells_scores_data_licence_and_limits() -> None:
    card = report_card()
    assert {"licence", "limits", "scores", "trained_on", "training"} <= set(card)
    assert card["scores"]["mentions"]["all"]["support"] > 2000


def test_components_are_found_by_name_without_importing_the_package() -> None:
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('kg_tagger'); nlp.add_pipe('kg_entities'); nlp('A b.')"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_seeds_and_corpora_give_exact_slices(shared: Path) -> None:
    check_slices(
        extract(itertools.chain(gold_papers(shared / "data/annotated/seeds.jsonl"), corpus(shared, 1_000)))
    )


def test_sample_gives_exact_slices() -> None:
    sample = Path(__file__).parents[2] / "kg/samples/landmarks.jsonl"
    check_slices(extract(gold_papers(sample)))


def by_id(extraction: Extraction) -> str:
    return extraction.paper_id


def check_slices(extractions: Iterable[Extraction]) -> None:
    for found in extractions:
        text = found.text
        spans = [entity.evidence for entity in found.entities if entity.evidence is not None]
        spans += [assertion.evidence for assertion in found.assertions]
        spans += [result.evidence for result in found.results]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(text[mention.start : mention.end] == mention.surface for mention in found.mentions)
        assert all(left.end <= right.start for left, right in itertools.pairwise(found.mentions))
        for place, entity in enumerate(found.entities):
            own = {mention.surface for mention in found.mentions if mention.entity == place}
            assert own == set(entity.surfaces)
        for result in found.results:
            quote = text[result.evidence.start : result.evidence.end]
            assert result.value in quote
            assert result.metric in quote


def gold_papers(path: Path) -> Iterator[Paper]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            record = json.loads(line)
            yield Paper(id=PaperId(record["id"]), title=record["title"], abstract=record["abstract"])


def corpus(shared: Path, count: int) -> Iterator[Paper]:
    import gzip

    with gzip.open(shared / "data/corpora/arxiv-cs-2025.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, count):
            record = json.loads(line)
            yield Paper(id=PaperId(record["id"]), title=record["title"], abstract=record.get("abstract"))
