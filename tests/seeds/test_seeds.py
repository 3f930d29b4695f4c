"""The two listings that the project began with: they must always work."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib.compare import to_isomorphic

import kg
from kg.graph.table import Cell
from kg.query import Answer, Solutions

NAMED_SYSTEMS = {
    "PRIMA", "OpenEMMA", "AutoTrust", "MMLU-CF", "LlamaFusion", "STRAP", "HPC-Coder-V2", "CodeLutra", "LANCE", "SAAP",
    "Adapt-Pruner", "S2-Attention", "LMOD", "BFS-Prover",
}  # fmt: skip
REFERENCES = Path(__file__).parent / "references.jsonl"


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    return kg.build(sorted((shared / "seeds").glob("*.txt")), tmp_path_factory.mktemp("seeds") / "seeds.kg")


def rows_of(answer: Answer) -> list[list[Cell]]:
    assert isinstance(answer, Solutions)
    return [list(row.values()) for row in answer]


def values(graph: kg.Graph, sparql: str) -> set[str]:
    return {str(row[0]) for row in rows_of(graph.query(sparql))}


def test_papers_and_author_names_are_all_there(seeds: kg.Graph) -> None:
    assert seeds.built is not None
    assert (seeds.built.counts["papers"], seeds.built.counts["author names"]) == (23, 155)
    assert seeds.built.rejected == []


def test_names_are_spelt_right(seeds: kg.Graph) -> None:
    names = values(seeds, "SELECT ?name { ?person a foaf:Person ; foaf:name ?name }")
    assert {"Nicholas Gydé", "András Juhász", "Shuo Xing"} <= names


def test_the_papers_own_systems_are_introduced(seeds: kg.Graph) -> None:
    found = values(
        seeds,
        "SELECT ?name { ?paper kgo:introduces ?entity . ?entity skos:prefLabel|skos:altLabel ?name }",
    )
    assert NAMED_SYSTEMS - found == set()


def test_nothing_is_lost_after_a_percent_sign(seeds: kg.Graph) -> None:
    abstracts = " ".join(values(seeds, "SELECT ?abstract { ?paper dcterms:abstract ?abstract }"))
    for end in (
        "fewer tokens via pruning from its larger counterparts",
        "PRIMA outperforms state-of-the-art baselines",
    ):
        assert end in abstracts


def test_every_quote_is_the_slice_of_its_version(seeds: kg.Graph) -> None:
    rows = rows_of(
        seeds.query(
            "SELECT ?text ?quote ?start ?end { ?claim kgo:quote ?quote ; kgo:start ?start ; kgo:end ?end ; "
            "prov:wasDerivedFrom ?version . ?version kgo:sourceText ?text }"
        )
    )
    assert len(rows) > 200
    assert all(str(text)[int(str(start)) : int(str(end))] == quote for text, quote, start, end in rows)


def test_co_authors_of_shuo_xing(seeds: kg.Graph) -> None:
    names = {str(row[0]) for row in rows_of(seeds.named("coauthors-of", person="Shuo Xing"))}
    assert {"Zhengzhong Tu", "Yang Zhou", "Hongyuan Hua"} <= names
    assert len(names) == 14
    network = seeds.coauthor_network()
    label = dict(network.nodes(data="label"))
    [shuo_xing] = [node for node, name in label.items() if name == "Shuo Xing"]
    assert {label[node] for node in network[shuo_xing]} == names


def test_turtle_read_by_rdflib_is_the_graph(seeds: kg.Graph, tmp_path: Path) -> None:
    from rdflib import Graph

    seeds.export(tmp_path / "seeds.ttl")
    parsed = Graph().parse(tmp_path / "seeds.ttl")
    assert len(parsed) == len(seeds.opened.store)
    assert to_isomorphic(parsed) == to_isomorphic(Graph().parse(data=_ntriples(seeds, tmp_path), format="nt"))


def _ntriples(graph: kg.Graph, folder: Path) -> str:
    graph.export(folder / "seeds.nt")
    return (folder / "seeds.nt").read_text(encoding="utf-8")


def test_references_from_a_file_make_the_citation_network(seeds: kg.Graph) -> None:
    graph = seeds.add(REFERENCES)
    assert graph.citation_network().number_of_edges() == 23
    most_cited = graph.analyse("pagerank", limit=3).rows
    assert any("2304.08485" in str(cell) for row in most_cited for cell in row)
