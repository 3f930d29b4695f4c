from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from kg.errors import GraphError
from kg.graph import OpenGraph, open_graph, verify, writing
from kg.graph.directory import DirectoryWriter
from kg.graph.manifest import NAME, read_manifest
from kg.link.written import extraction_frame
from kg.model import Rejected
from tests.toy import EXTRACTOR, extractions, papers, publish, tables, toy_graph

CHECKOUT = Path(__file__).parents[2]


def build(path: Path, records: int | None = None) -> OpenGraph:
    with writing(path) as writer:
        return publish(writer, papers()[:records])


def fail_after_adding(path: Path, frame: pl.DataFrame) -> None:
    with writing(path) as writer:
        writer.add_extractions(frame)
        raise ZeroDivisionError


def quads(graph: OpenGraph) -> list[str]:
    return sorted(map(str, graph.store))


def test_a_graph_on_disk_equals_one_in_memory(tmp_path: Path) -> None:
    built = build(tmp_path / "toy.kg")
    assert quads(built) == quads(open_graph(tmp_path / "toy.kg")) == quads(toy_graph())


def test_two_builds_have_the_same_quads(tmp_path: Path) -> None:
    assert quads(build(tmp_path / "a.kg")) == quads(build(tmp_path / "b.kg"))


def test_the_manifest_says_what_the_graph_consists_of(tmp_path: Path) -> None:
    built = build(tmp_path / "toy.kg")
    manifest = read_manifest(tmp_path / "toy.kg")
    assert manifest == built.manifest
    assert manifest.papers == tuple(sorted({paper.id for paper in papers()}))
    assert manifest.counts["triples"] == len(built.store)
    found = [path for path in (tmp_path / "toy.kg").rglob("*") if path.is_file()]
    on_disk = {path.relative_to(tmp_path / "toy.kg").as_posix() for path in found}
    assert on_disk - {entry.name for entry in manifest.files} == {
        NAME,
        "lock",
        "rejects.jsonl",
        "store-1/LOCK",
    }


def test_written_tables_are_read_when_asked_for(tmp_path: Path) -> None:
    build(tmp_path / "toy.kg")
    graph = open_graph(tmp_path / "toy.kg")
    assert graph.records.collect().height == len(papers())
    assert graph.extractions.collect().height == len(list(extractions()))


def test_a_build_knows_the_texts_of_the_last_one(tmp_path: Path) -> None:
    build(tmp_path / "toy.kg")
    with writing(tmp_path / "toy.kg") as writer:
        assert writer.known_keys() == set(extraction_frame(extractions())["key"])
        assert list(writer.records()) == papers()


def test_extractions_outlive_a_build_that_failed(tmp_path: Path) -> None:
    frame = extraction_frame(extractions())
    with pytest.raises(ZeroDivisionError):
        fail_after_adding(tmp_path / "toy.kg", frame)
    with writing(tmp_path / "toy.kg") as writer:
        assert writer.known_keys() == set(frame["key"])
        assert writer.extractions(frame["key"][:2]).equals(frame[:2].sort("key"))


def test_small_batches_are_joined_and_texts_without_a_paper_dropped(tmp_path: Path) -> None:
    frame = extraction_frame(extractions())
    with writing(tmp_path / "toy.kg") as writer:
        for start in range(frame.height):
            writer.add_extractions(frame[start : start + 1])
        publish(writer, papers()[:3])
    (batch,) = (tmp_path / "toy.kg" / "written").glob("extractions-*")
    graph = open_graph(tmp_path / "toy.kg")
    assert graph.extractions.collect().height == 3
    assert batch.name in {entry.name.partition("/")[2] for entry in graph.manifest.files}


def test_a_failed_build_leaves_the_published_graph(tmp_path: Path) -> None:
    path = tmp_path / "toy.kg"
    before = quads(build(path))
    written, linked = tables(papers()[:2])
    broken = [*papers()[:1], None]
    with pytest.raises(AttributeError), writing(path) as writer:
        writer.publish(linked, written, records=broken, extractor=EXTRACTOR)  # type: ignore[arg-type]
    assert quads(open_graph(path)) == before
    assert sorted(each.name for each in path.iterdir()) == [
        "lock",
        NAME,
        "rejects.jsonl",
        "store-1",
        "written",
    ]


def test_a_failed_first_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "toy.kg"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_killed_build_leaves_the_published_graph_and_the_next_one_works(tmp_path: Path) -> None:
    path = tmp_path / "toy.kg"
    before = quads(build(path, records=3))
    program = f"""
import os, signal
from kg.graph import directory, writing
from tests.toy import publish
directory.batches.write_records = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with writing({str(path)!r}) as writer:
    publish(writer)
"""
    ended = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT)
    assert ended.returncode == -signal.SIGKILL
    assert (path / "store-2").is_dir()
    assert quads(open_graph(path)) == before
    assert quads(build(path)) == quads(toy_graph())
    assert sorted(each.name for each in path.glob("store-*")) == ["store-2"]


def test_a_store_that_is_read_stays_until_it_is_not(tmp_path: Path) -> None:
    path = tmp_path / "toy.kg"
    first = build(path, records=3)
    before = quads(first)
    second = build(path)
    assert sorted(each.name for each in path.glob("store-*")) == ["store-1", "store-2"]
    assert quads(first) == before
    assert first.records.collect().height == 3
    del first
    assert build(path).manifest.generation == second.manifest.generation + 1
    assert sorted(each.name for each in path.glob("store-*")) == ["store-2", "store-3"]


def test_a_second_writer_is_told_the_pid_of_the_first(tmp_path: Path) -> None:
    program = f"""
from kg.graph import writing
with writing({str(tmp_path / "toy.kg")!r}):
    print("writing", flush=True)
    input()
"""
    holder = subprocess.Popen(
        [sys.executable, "-c", program], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"writing\n"
        with pytest.raises(GraphError, match=f"process {holder.pid} is writing this graph"):
            build(tmp_path / "toy.kg")
        holder.kill()
    assert quads(build(tmp_path / "toy.kg")) == quads(toy_graph())


def test_a_second_writer_of_the_same_process_is_refused(tmp_path: Path) -> None:
    with (
        writing(tmp_path / "toy.kg"),
        pytest.raises(GraphError, match=f"process {os.getpid()} is writing"),
        writing(tmp_path / "toy.kg"),
    ):
        pass


def test_a_directory_of_other_things_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("precious")
    with pytest.raises(GraphError, match=r"no graph, it holds 'thesis\.tex'"), writing(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_no_place_for_a_graph(tmp_path: Path) -> None:
    (tmp_path / "toy.kg").write_text("")
    with pytest.raises(GraphError, match="exists but is not a directory"), writing(tmp_path / "toy.kg"):
        pass


def test_the_base_stays_as_it_was(tmp_path: Path) -> None:
    with writing(tmp_path / "toy.kg", base="https://example.org/") as writer:
        publish(writer)
    assert build(tmp_path / "toy.kg").base == "https://example.org/"


@pytest.mark.parametrize("base", ["example", "https://example.org", "http://exa mple.org/"])
def test_a_base_must_begin_an_iri(tmp_path: Path, base: str) -> None:
    with pytest.raises(ValueError, match="the base"), writing(tmp_path / "toy.kg", base=base):
        pass


def test_rejected_records_are_written_down(tmp_path: Path) -> None:
    written, linked = tables(papers()[:3])
    rejected = Rejected("a.jsonl", 3, "no title", '{"id": 1}')
    with writing(tmp_path / "toy.kg") as writer:
        writer.publish(linked, written, records=papers()[:3], extractor=EXTRACTOR, rejected=[rejected])
    line = '{"path":"a.jsonl","line":3,"reason":"no title","record":"{\\"id\\": 1}"}\n'
    assert (tmp_path / "toy.kg" / "rejects.jsonl").read_text() == line


def test_damaged_batches_are_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "toy.kg"
    build(path)
    (batch,) = (path / "written").glob("extractions-*")
    batch.write_bytes(batch.read_bytes()[:-9] + b"damaged!\n")
    with writing(path) as writer:
        assert isinstance(writer, DirectoryWriter)
        assert writer.known_keys() == set()
        publish(writer)
    verify(path)
