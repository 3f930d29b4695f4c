import gc

import networkx as nx
import pytest

from kg.errors import QueryError
from kg.graph import OpenGraph
from kg.graph.projections import (
    author_entity_network,
    citation_network,
    coauthor_network,
    cooccurrence_network,
    influence_network,
    networkx_graph,
)
from kg.ontology import BASE_IRI
from tests.toy import papers, publish, toy_graph

WREN, BIRDBENCH, TERN, HARDER, PRUNING, NOTE, CROWS, OLD_BIRDS, NOTES = (
    f"{BASE_IRI}paper/{name}"
    for name in (
        "arxiv/2302.00005",
        "arxiv/2301.00004",
        "arxiv/2401.00001",
        "arxiv/2402.00002",
        "arxiv/2403.00003",
        "arxiv/2404.00008",
        "arxiv/cs/0112017",
        "doi/10.1000/old-birds",
        "doi/10.1000/toy.6",
    )
)


def person(name: str) -> str:
    return f"{BASE_IRI}person/{name}"


def entity(name: str) -> str:
    return f"{BASE_IRI}entity/{name}"


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


@pytest.fixture(scope="module")
def no_records() -> OpenGraph:
    from kg.graph import writing_in_memory

    with writing_in_memory() as writer:
        return publish(writer, [record for record in papers() if record.id == "arxiv:2404.00008"])


def test_papers_people_and_entities_are_nodes(graph: OpenGraph) -> None:
    nodes = networkx_graph(graph).nodes
    assert nodes[WREN] == {"kind": "paper", "label": "Wren Is a Good Listener", "year": 2023}
    assert nodes[OLD_BIRDS] == {"kind": "paper", "label": "doi:10.1000/old-birds", "is_cited_only": True}
    assert nodes[person("li-wei")] == {"kind": "person", "label": "Li Wei"}
    assert nodes[entity("accuracy")] == {"kind": "metric", "label": "accuracy", "is_generic": True}


def test_a_benchmark_is_no_dataset_node(graph: OpenGraph) -> None:
    assert networkx_graph(graph).nodes[entity("birdbench")] == {"kind": "benchmark", "label": "BirdBench"}


def test_statements_are_edges_keyed_by_property_with_claims_folded_in(graph: OpenGraph) -> None:
    network = networkx_graph(graph)
    assert dict(network[TERN]) == {
        person("ada-marlowe"): {"dcterms:creator": {}},
        person("bo-lindqvist"): {"dcterms:creator": {}},
        BIRDBENCH: {"cito:cites": {}, "kgo:influencedBy": {}},
        WREN: {"cito:cites": {}},
        OLD_BIRDS: {"cito:cites": {}},
        NOTES: {"kgo:influencedBy": {}},
        entity("tern"): {"kgo:introduces": {"papers": 1, "confidence": 1.0}},
        entity("wren"): {"kgo:comparesWith": {"papers": 1, "confidence": 1.0}},
        entity("birdbench"): {"kgo:evaluates": {"papers": 1, "confidence": 1.0}},
        entity("fieldnotes"): {"kgo:uses": {"papers": 1, "confidence": 1.0}},
        entity("accuracy"): {"kgo:mentions": {"papers": 1, "confidence": 1.0}},
    }
    assert network[entity("tern")][entity("fieldnotes")] == {
        "kgo:trainedOn": {"papers": 1, "confidence": 0.8}
    }


def test_order_of_nodes_and_edges_does_not_depend_on_the_order_of_papers(graph: OpenGraph) -> None:
    from kg.graph import writing_in_memory

    with writing_in_memory() as writer:
        turned = networkx_graph(publish(writer, papers()[::-1]))
    network = networkx_graph(graph)
    assert list(network) == sorted(network) == list(turned)
    assert list(network.edges(keys=True, data=True)) == list(turned.edges(keys=True, data=True))


def test_citations_lead_from_the_citing_paper(graph: OpenGraph) -> None:
    network = citation_network(graph)
    assert list(network.edges) == [
        (BIRDBENCH, WREN),
        (TERN, BIRDBENCH),
        (TERN, WREN),
        (TERN, OLD_BIRDS),
        (HARDER, BIRDBENCH),
        (HARDER, TERN),
        (PRUNING, TERN),
    ]
    assert network.graph == {"name": "citation"}
    assert {NOTE, CROWS} <= set(network)


def test_influence_says_by_which_things(graph: OpenGraph) -> None:
    network = influence_network(graph)
    assert {(one, other): edge["via"] for one, other, edge in network.edges(data=True)} == {
        (TERN, BIRDBENCH): [entity("birdbench")],
        (TERN, NOTES): [entity("fieldnotes")],
        (HARDER, BIRDBENCH): [entity("birdbench")],
        (HARDER, TERN): [entity("tern")],
        (PRUNING, TERN): [entity("tern")],
        (PRUNING, BIRDBENCH): [entity("birdbench")],
    }


def test_coauthors_are_weighted_by_papers_and_by_newmans_fractions(graph: OpenGraph) -> None:
    network = coauthor_network(graph)
    ada, bo, li = (person(name) for name in ("ada-marlowe", "bo-lindqvist", "li-wei"))
    assert network[ada][bo] == {"weight": 2, "fractional": 2.0}
    assert network[ada][li] == {"weight": 1, "fractional": 0.5}
    assert network.degree(ada, weight="fractional") == 4.0
    assert not network.has_edge(bo, li)


def test_long_author_lists_are_left_out_and_counted(graph: OpenGraph) -> None:
    network = coauthor_network(graph, author_limit=2)
    assert network.graph["left_out"] == 1
    assert not network.has_edge(person("ada-marlowe"), person("li-wei"))


def test_people_and_their_benchmarks_are_two_sides(graph: OpenGraph) -> None:
    network = author_entity_network(graph, "benchmark")
    assert nx.is_bipartite(network)
    assert {node for node, side in network.nodes(data="bipartite") if side == 1} == {
        entity("birdbench"),
        entity("birdbench-xl"),
    }
    assert network[person("ada-marlowe")][entity("birdbench")] == {"weight": 3}


def test_cooccurrence_counts_papers_and_leaves_generic_terms_out(graph: OpenGraph) -> None:
    network = cooccurrence_network(graph)
    assert network[entity("tern")][entity("birdbench")] == {"weight": 3}
    assert entity("accuracy") not in network
    assert cooccurrence_network(graph, with_generic=True).has_edge(entity("tern"), entity("accuracy"))
    assert list(cooccurrence_network(graph, "model").edges(data="weight")) == [
        (entity("tern"), entity("tern-lite"), 1),
        (entity("tern"), entity("wren"), 2),
    ]


def test_an_unknown_kind_is_refused(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match="'gadget' is no kind of entity; there are model, dataset"):
        cooccurrence_network(graph, "gadget")


@pytest.mark.parametrize(
    ("network", "why"),
    [
        (citation_network, "no record brought references"),
        (influence_network, "no paper works with a thing"),
        (coauthor_network, "no paper has two known authors"),
        (author_entity_network, "no author's paper names any entity"),
        (cooccurrence_network, "no paper names two of any entity"),
    ],
)
def test_an_empty_network_says_why(no_records: OpenGraph, network: object, why: str) -> None:
    assert callable(network)
    assert why in network(no_records).graph["why_empty"]


def test_the_garbage_collector_is_left_as_it_was(graph: OpenGraph) -> None:
    networkx_graph(graph)
    assert gc.isenabled()
