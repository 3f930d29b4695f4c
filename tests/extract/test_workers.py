from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import dedent

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ExtractError
from kg.extract import WEIGHTS, extract, extractor_id
from kg.extract.frames import Text
from kg.extract.lines import write
from kg.extract.state import MENTIONS
from kg.extract.workers import Crew, extract_texts
from kg.model import Extraction, Paper, PaperId
from kg.text import source_text


@pytest.fixture
def crew() -> Iterator[Crew]:
    hired = Crew(WEIGHTS, extractor_id())
    yield hired
    hired.dismiss()


@pytest.fixture(scope="module")
def batch(papers: Sequence[Paper]) -> list[Text]:
    return [(paper.id, paper.version, source_text(paper)) for paper in papers]


def test_order_and_lines_are_those_of_one_process(
    papers: Sequence[Paper], extractions: Sequence[Extraction]
) -> None:
    found = list(extract(tuple(papers) * 20, workers=2))
    assert found == list(extractions) * 20
    assert list(write(found)) == list(write(extractions)) * 20


def test_plain_script_without_a_main_guard_may_use_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        dedent("""
            import kg
            from kg.model import Paper
            papers = [Paper(id=f"id:{count}", title=f"GPT-{count}") for count in range(40)]
            print(*[found.text.strip() for found in kg.extract(papers, workers=2)], sep=",")
        """)
    )
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert (ended.stdout, ended.stderr) == (",".join(f"GPT-{count}" for count in range(40)) + "\n", "")


def test_killed_process_is_replaced_and_its_batch_read_again(
    crew: Crew, batch: list[Text], extractions: Sequence[Extraction]
) -> None:
    crew.read(batch)
    os.kill(crew.process_ids[0], signal.SIGKILL)
    assert list(crew.read(batch)) == list(extractions)
    assert len(crew.process_ids) == 2


def test_batch_that_kills_three_processes_is_named(
    batch: list[Text], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An interpreter that ends at once is a process that dies of whatever it is given.
    executable = tmp_path / "python"
    executable.write_text("#!/bin/sh\n")
    executable.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(executable))
    with pytest.raises(ExtractError, match=r"^3 extraction processes died.*: id:0, id:1, id:2, id:3, id:4$"):
        list(extract_texts(batch, WEIGHTS, "none", workers=2))


def test_pipeline_that_cannot_be_loaded_kills_nothing(batch: list[Text], tmp_path: Path) -> None:
    crew = Crew(tmp_path, "none")
    with pytest.raises(ExtractError, match="no extraction pipeline here"):
        crew.read(batch)
    crew.dismiss()
    assert len(crew.process_ids) == 1


def test_nothing_is_left_running_where_the_reader_stops_early(papers: Sequence[Paper]) -> None:
    before = threading.active_count()
    found = extract(tuple(papers) * 100, workers=2)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


def test_dismissed_processes_are_gone(crew: Crew, batch: list[Text]) -> None:
    crew.read(batch)
    crew.dismiss()
    with pytest.raises(ProcessLookupError):
        os.kill(crew.process_ids[0], 0)


def test_process_ends_with_its_parent() -> None:
    program = """
        import os, signal
        from kg.extract import WEIGHTS
        from kg.extract.workers import Crew
        crew = Crew(WEIGHTS, "none")
        crew.read([("id:1", None, "GPT-4")])
        os.kill(os.getpid(), signal.SIGKILL)
    """
    # The worker has its parent's standard error, which therefore ends when both have ended.
    ended = subprocess.run([sys.executable, "-c", dedent(program)], stderr=subprocess.PIPE, timeout=60)
    assert (ended.returncode, ended.stderr) == (-signal.SIGKILL, b"")


def test_text_that_a_component_fails_on_leaves_its_paper_bare(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("fails_on_thorn")
    nlp.to_disk(tmp_path)
    texts = [
        (PaperId(f"arxiv:2501.0000{number}"), None, text)
        for number, text in enumerate(("one", "þorn", "two"))
    ]
    found = list(extract_texts(texts, tmp_path, "test", workers=1))
    assert [each.text for each in found] == ["one", "þorn", "two"]
    assert "arxiv:2501.00001: its text could not be read" in caplog.text
    assert caplog.text.count("could not be read") == 1


@Language.component("fails_on_thorn")
def fails_on_thorn(doc: Doc) -> Doc:
    if "þ" in doc.text:
        raise ValueError("no thorns, please")
    doc.spans[MENTIONS] = []
    doc._.kg_entities, doc._.kg_relations, doc._.kg_results = [], [], []
    return doc
