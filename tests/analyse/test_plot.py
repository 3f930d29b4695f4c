import sys
from pathlib import Path

import pytest

from kg.analyse import plot
from kg.errors import PluginError, QueryError
from kg.graph import OpenGraph, writing_in_memory
from tests.toy import papers, publish, toy_graph


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_the_suffix_says_the_format(graph: OpenGraph, tmp_path: Path, suffix: str, start: bytes) -> None:
    pytest.importorskip("matplotlib")
    output = tmp_path / f"picture{suffix}"
    assert plot(graph, output, "pagerank") == output
    assert output.read_bytes().startswith(start)


@pytest.mark.parametrize("measure", ["degree", "communities"])
def test_the_same_graph_gives_the_same_picture(graph: OpenGraph, tmp_path: Path, measure: str) -> None:
    pytest.importorskip("matplotlib")
    one, other = (plot(graph, tmp_path / name, measure, network="coauthor") for name in ("a.svg", "b.svg"))
    assert one.read_bytes() == other.read_bytes()


def test_an_empty_network_is_a_picture_that_says_so(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    with writing_in_memory() as writer:
        bare = publish(writer, [record for record in papers() if record.id == "arxiv:2404.00008"])
    assert plot(bare, tmp_path / "empty.png", "degree").stat().st_size > 1000


def test_another_suffix_is_refused(graph: OpenGraph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"a picture ends in \.png, \.svg, \.pdf, not in '\.gif'"):
        plot(graph, tmp_path / "picture.gif", "degree")


def test_without_matplotlib_the_extra_is_named(
    graph: OpenGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PluginError, match=r"pictures need matplotlib: pip install 'paperkg\[plot\]'"):
        plot(graph, tmp_path / "picture.png", "degree")
