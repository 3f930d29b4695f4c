"""The command line: one line for each error, the documented exit codes, quick help."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg import cli

LISTING = """# language models
## Tiny: A Small Model
- **Url**: http://arxiv.org/abs/2501.00001v2
- **Authors**: ['Ada Lovelace', 'Alan Turing']
- **Abstrat**: We introduce Tiny, a small language model. Tiny outperforms BERT on GLUE, with an accuracy of 71.5%.
"""


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    path = tmp_path / "papers.txt"
    path.write_text(LISTING, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def error_of(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1, captured.err
    return captured.err


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", tmp_path / "absent.txt", "-o", tmp_path / "g.kg") == 1
    assert "absent.txt" in error_of(capsys)
    assert not (tmp_path / "g.kg").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\xff\xfe" * 400, b"# topic\n\nNo paper here.\n"])
def test_a_source_without_papers_is_one_line(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "source.txt"
    source.write_bytes(content)
    assert run("build", source, "-o", tmp_path / "g.kg") == 1
    assert "source.txt" in error_of(capsys)
    assert not (tmp_path / "g.kg").exists()


def test_an_output_that_is_a_file_is_one_line(
    listing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "file.kg"
    output.write_text("not a folder", encoding="utf-8")
    assert run("build", listing, "-o", output) == 1
    assert "file.kg" in error_of(capsys)
    assert output.read_text(encoding="utf-8") == "not a folder"


def test_an_output_in_a_missing_folder_under_a_file_is_one_line(
    listing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", listing, "-o", listing / "g.kg") == 1
    assert "g.kg" in error_of(capsys)


def test_a_graph_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("query", tmp_path / "no.kg", "SELECT * { ?s ?p ?o }") == 1
    assert "no.kg" in error_of(capsys)


def test_a_graph_is_built_asked_exported_and_explained(
    listing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "g.kg"
    assert run("build", listing, "-o", graph, "--json") == 0
    assert json.loads(capsys.readouterr().out)["counts"]["papers"] == 1
    titles = "SELECT ?title { ?paper a fabio:ResearchPaper ; dcterms:title ?title }"
    assert run("query", graph, titles, "--format", "csv") == 0
    assert capsys.readouterr().out.splitlines() == ["title", "Tiny: A Small Model"]
    assert run("export", graph, "-o", tmp_path / "g.ttl") == 0
    assert "Ada Lovelace" in (tmp_path / "g.ttl").read_text(encoding="utf-8")
    assert run("why", graph, "arxiv:2501.00001") == 0
    assert "We introduce Tiny" in capsys.readouterr().out
    assert run("info", graph) == 0
    assert "papers" in capsys.readouterr().out


def test_references_are_added_to_a_paper_that_is_there(
    listing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph, references = tmp_path / "g.kg", tmp_path / "refs.jsonl.gz"
    references.write_bytes(gzip.compress(b'{"id": "2501.00001", "references": ["arXiv:1810.04805v2"]}\n'))
    assert run("build", listing, "-o", graph) == 0
    assert run("add", graph, references) == 0
    capsys.readouterr()
    assert run("query", graph, "SELECT ?cited { ?paper cito:cites ?cited }", "--format", "csv") == 0
    assert capsys.readouterr().out.splitlines()[1].endswith("paper/arxiv/1810.04805")


def test_a_rejected_record_gives_exit_code_3_and_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text('{"id": "2501.00001", "title": "One"}\n{"id": \n', encoding="utf-8")
    assert run("build", source, "-o", tmp_path / "g.kg") == 3
    rejects = (tmp_path / "g.kg" / "rejects.jsonl").read_text(encoding="utf-8")
    assert json.loads(rejects)["line"] == 2
    assert "1 records rejected" in capsys.readouterr().err


def test_a_closed_pipe_is_quiet(listing: Path) -> None:
    command = f"{sys.executable} -m kg extract {listing} | head -c 1 > /dev/null"
    finished = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert finished.stderr == ""


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in cli.COMMANDS:
        with pytest.raises(SystemExit) as exit_:
            run(command, "--help")
        assert exit_.value.code == 0
        assert command in capsys.readouterr().out


def test_a_damaged_graph_is_found_by_verify(
    listing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "g.kg"
    assert run("build", listing, "-o", graph) == 0
    assert run("verify", graph) == 0
    [records] = (graph / "written").glob("records-*.parquet")
    content = bytearray(records.read_bytes())
    content[len(content) // 2] ^= 1
    records.write_bytes(content)
    capsys.readouterr()
    assert run("verify", graph) == 1
    assert records.name in error_of(capsys)
