"""What every export format owes: found by itself, written whole, read back to the same graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import DefaultGraph, RdfFormat, parse

from kg import export, plugins
from kg.errors import PluginError
from kg.graph import OpenGraph, writing, writing_in_memory
from kg.graph.rdflib_view import to_rdflib
from kg.link import link
from kg.link.written import extraction_frame, written_tables
from kg.model import Author, Extraction, Mention, Paper, PaperId, Work, WrittenEntity
from kg.ontology import Kind, Role
from kg.text import source_text
from tests.toy import papers, publish, toy_graph

HOSTILE = [
    'a "quoted" name',
    "back\\slash \\u0041 \\n",
    "<script>alert('1')</script>",
    "tab\tand\rreturn\nline",
    "bell\x07 null\x00 del\x7f c1\x85\x9b",
    "u2028\u2028 u2029\u2029 bidi\u202e\u2066 bom\ufeff nonchar\uffff",
    "\"\"\"long\"\"\" '''quotes'''",
    "<http://example.org/> . <x> <y> <z> .",
    "{} [] | ^ ` % %zz # ; , @prefix a: <b> .",
    "é e\u0301 ß ﬁ Ⅷ 𝔘𝔫𝔦 👩‍🔬 日本語 עברית",
    "..",
    "_:b",
    "~x~",
    "",
    " ",
]


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


@pytest.fixture(scope="module")
def hostile_graph() -> OpenGraph:
    """A paper for each hostile text, as title, abstract, author, surface, link, venue and id."""
    records, extractions = [], []
    for number, text in enumerate(HOSTILE):
        paper = Paper(
            id=PaperId(f"x:{number}{text}"),
            title=f"T{text}",
            abstract=f"We present {text}{number} here. More {text}.",
            authors=(Author(text), Author(f"{text} {number}", orcid=text, affiliation=text)),
            published=text,
            venue=text,
            doi=text,
            url=text,
            topics=(text,),
            references=(f"y:{text}", f"x:{number - 1}{HOSTILE[number - 1]}"),
        )
        source = source_text(paper)
        surface = source.partition("present ")[2].partition(" here")[0]
        start = source.index(surface)
        extractions.append(
            Extraction(
                paper.id,
                None,
                source,
                text,
                (WrittenEntity(Kind.MODEL, Role.INTRODUCES, (surface,)),),
                (Mention(start, start + len(surface), surface, 0),),
                links=(f"http://example.org/{text}",),
            )
        )
        records.append(paper)
    works = [Work(paper, (paper,)) for paper in records]
    frame = extraction_frame(replace(extraction, extractor="x") for extraction in extractions)
    written = written_tables(works, frame, "x")
    with writing_in_memory() as writer:
        return writer.publish(link(written), written, records=records, extractor='"x"\\\n')


def triples(graph: OpenGraph) -> set[str]:
    return {str(quad.triple) for quad in graph.store}


@pytest.mark.parametrize("name", plugins.names("kg.export"))
def test_a_format_is_found_by_each_of_its_suffixes(graph: OpenGraph, tmp_path: Path, name: str) -> None:
    for suffix in export.formats()[name]:
        export.write(graph, tmp_path / f"graph{suffix}")
        export.write(graph, tmp_path / "named", name)
        assert (tmp_path / f"graph{suffix}").read_bytes() == (tmp_path / "named").read_bytes() != b""


def test_the_toy_corpus_as_turtle(
    graph: OpenGraph, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    export.write(graph, tmp_path / "toy.ttl")
    golden("toy.ttl", (tmp_path / "toy.ttl").read_text(encoding="utf-8"))


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq"])
@pytest.mark.parametrize("which", ["graph", "hostile_graph"])
def test_an_export_is_read_back_to_the_same_graph(
    request: pytest.FixtureRequest, tmp_path: Path, which: str, suffix: str
) -> None:
    exported: OpenGraph = request.getfixturevalue(which)
    path = tmp_path / f"graph{suffix}"
    export.write(exported, path)
    assert {str(quad.triple) for quad in parse(path=str(path))} == triples(exported)


@pytest.mark.parametrize("which", ["graph", "hostile_graph"])
def test_rdflib_reads_the_same_graph(request: pytest.FixtureRequest, tmp_path: Path, which: str) -> None:
    exported: OpenGraph = request.getfixturevalue(which)
    export.write(exported, tmp_path / "graph.ttl")
    read = rdflib.Graph().parse(tmp_path / "graph.ttl", format="turtle")
    stored = (quad.triple for quad in exported.store)
    expected = (tuple(map(to_rdflib, (each.subject, each.predicate, each.object))) for each in stored)
    assert {_lexical(triple) for triple in read} == {_lexical(triple) for triple in expected}


def _lexical(triple: tuple[Any, ...]) -> tuple[str, ...]:
    """A triple's terms with their text: equal values of other texts are told apart."""
    return tuple(f"{type(node).__name__} {node} {getattr(node, 'datatype', None)}" for node in triple)


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq"])
def test_graphs_on_disk_and_in_memory_give_the_same_bytes(
    graph: OpenGraph, tmp_path: Path, suffix: str
) -> None:
    with writing(tmp_path / "toy.kg") as writer:
        on_disk = publish(writer, papers()[::-1])
    export.write(graph, tmp_path / f"memory{suffix}")
    export.write(on_disk, tmp_path / f"disk{suffix}")
    assert (tmp_path / f"memory{suffix}").read_bytes() == (tmp_path / f"disk{suffix}").read_bytes()


def test_n_quads_has_a_graph_for_each_paper(graph: OpenGraph, tmp_path: Path) -> None:
    export.write(graph, tmp_path / "graph.nq")
    quads = list(parse(path=str(tmp_path / "graph.nq")))
    named = [quad for quad in quads if quad.graph_name != DefaultGraph()]
    papers_of = {quad.object for quad in graph.store if quad.predicate.value.endswith("#inPaper")}
    assert {quad.graph_name for quad in named} == papers_of
    folders = {str(quad.subject).removeprefix(f"<{graph.base}").partition("/")[0] for quad in named}
    assert folders == {"claim", "result", "authorship"}


def test_standard_output_takes_turtle(graph: OpenGraph, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    export.write(graph, "-")
    shown = capfdbinary.readouterr().out
    assert {str(quad.triple) for quad in parse(shown, RdfFormat.TURTLE)} == triples(graph)


def test_an_unknown_suffix_names_the_known_ones(graph: OpenGraph, tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r"no format has the suffix of .*graph\.docx.*\.nq.*\.ttl"):
        export.write(graph, tmp_path / "graph.docx")


def test_an_unknown_format_names_the_known_ones(graph: OpenGraph, tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r"'docx' is none of kg\.export: nquads, ntriples, turtle"):
        export.write(graph, tmp_path / "graph", "docx")


@pytest.mark.parametrize("name", ["missing/graph.ttl", "folder.ttl"])
def test_an_unwritable_file_is_named(graph: OpenGraph, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(OSError, match=name):
        export.write(graph, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.ttl"]


def test_a_file_is_whole_or_as_it_was(
    graph: OpenGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "graph.nt").write_text("before")

    def fail(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(plugins.load("kg.export", "ntriples"), "write", fail)
    with pytest.raises(OSError, match="no space left"):
        export.write(graph, tmp_path / "graph.nt")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("graph.nt", "before")]
