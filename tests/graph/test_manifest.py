from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.graph import open_graph, verify, writing
from kg.graph.manifest import NAME
from tests.toy import publish


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "toy.kg"
    with writing(path) as writer:
        publish(writer)
    return path


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "toy.kg"))


def damaged_files(graph: Path) -> list[Path]:
    unchecked = {"lock", "LOCK", "rejects.jsonl"}
    return sorted(path for path in graph.rglob("*") if path.is_file() and path.name not in unchecked)


def test_an_undamaged_copy_is_fine(graph: Path) -> None:
    verify(graph)


def test_every_missing_file_is_noticed_at_open(built: Path, tmp_path: Path) -> None:
    for number, path in enumerate(damaged_files(built)):
        copy = Path(shutil.copytree(built, tmp_path / f"{number}.kg"))
        (copy / path.relative_to(built)).unlink()
        with pytest.raises(GraphError, match="build it again with `kg build"):
            open_graph(copy)


def test_every_truncated_file_is_noticed_at_open(built: Path, tmp_path: Path) -> None:
    for number, path in enumerate(path for path in damaged_files(built) if path.stat().st_size):
        copy = Path(shutil.copytree(built, tmp_path / f"{number}.kg"))
        cut = copy / path.relative_to(built)
        cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
        with pytest.raises(GraphError, match="build it again with `kg build"):
            open_graph(copy)


def test_every_flipped_bit_is_noticed(built: Path, tmp_path: Path) -> None:
    for number, path in enumerate(path for path in damaged_files(built) if path.stat().st_size):
        copy = Path(shutil.copytree(built, tmp_path / f"{number}.kg"))
        flipped = copy / path.relative_to(built)
        content = bytearray(flipped.read_bytes())
        content[len(content) // 2] ^= 1
        flipped.write_bytes(content)
        with pytest.raises(GraphError):
            verify(copy)


def test_an_emptied_store_is_no_empty_graph(graph: Path) -> None:
    shutil.rmtree(graph / "store-1")
    (graph / "store-1").mkdir()
    with pytest.raises(GraphError, match="is missing"):
        open_graph(graph)


def test_a_manifest_of_another_format_says_so(graph: Path) -> None:
    content = (graph / NAME).read_text().replace('"format":1', '"format":99')
    (graph / NAME).write_text(content)
    with pytest.raises(GraphError, match="the graph has format 99, but this program reads 1; build it again"):
        open_graph(graph)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": "1"}', b"\xff\xfe", b"null"])
def test_what_is_no_manifest_is_damaged(graph: Path, content: bytes) -> None:
    (graph / NAME).write_bytes(content)
    with pytest.raises(GraphError, match=r"manifest\.json is damaged"):
        open_graph(graph)


def test_a_missing_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"none\.kg: there is no graph here; build it"):
        open_graph(tmp_path / "none.kg")


def test_a_file_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "a.kg").write_text("")
    with pytest.raises(GraphError, match="this is a file"):
        open_graph(tmp_path / "a.kg")
