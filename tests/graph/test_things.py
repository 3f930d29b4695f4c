import pytest

from kg.errors import AmbiguousThingError, QueryError
from kg.graph import OpenGraph
from kg.graph.things import resolve
from kg.ontology import BASE_IRI
from tests.toy import toy_graph


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        (f"{BASE_IRI}entity/tern", "entity/tern"),
        ("kgr:entity/tern", "entity/tern"),
        ("Tern", "entity/tern"),
        ("TERN", "entity/tern"),
        ("Retrieval-augmented generation", "entity/rag"),
        ("Li Wei", "person/li-wei"),
        ("arxiv:2302.00005", "paper/arxiv/2302.00005"),
        ("2302.00005", "paper/arxiv/2302.00005"),
        ("doi:10.1000/TOY.6", "paper/doi/10.1000/toy.6"),
        ("Wren Is a Good Listener", "paper/arxiv/2302.00005"),
    ],
)
def test_a_thing_goes_by_iri_curie_id_and_label(graph: OpenGraph, thing: str, name: str) -> None:
    assert resolve(graph, thing) == BASE_IRI + name


def test_an_unknown_name_brings_those_near_it(graph: OpenGraph) -> None:
    with pytest.raises(
        QueryError, match="nothing in the graph is called 'birdb'; near it: 'BirdBench', 'BirdBench-XL'"
    ):
        resolve(graph, "birdb")


@pytest.mark.parametrize("thing", ["", "kgr:entity/none", "http://", "a <b>", "urn:x"])
def test_what_is_not_there_is_an_error(graph: OpenGraph, thing: str) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is called"):
        resolve(graph, thing)


def test_a_label_of_two_things_is_ambiguous() -> None:
    from dataclasses import replace

    from pyoxigraph import Literal, NamedNode, Quad, Store

    from kg.ontology import expand

    store = Store()
    name = NamedNode(expand("foaf:name"))
    store.extend(
        [Quad(NamedNode(BASE_IRI + each), name, Literal("Wei Li")) for each in ("person/a", "person/b")]
    )
    with pytest.raises(AmbiguousThingError, match="'Wei Li' names 2 things"):
        resolve(replace(toy_graph(), store=store), "Wei Li")
