from __future__ import annotations

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF, SKOS
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError
from kg.graph import rdflib_dataset
from kg.ontology import BASE_IRI, PREFIXES
from tests.toy import toy_graph

ADA = URIRef(f"{BASE_IRI}person/ada-marlowe")
MODEL = URIRef(PREFIXES["kgo"] + "Model")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return rdflib_dataset(toy_graph())


def test_patterns_are_read_from_the_store(dataset: Dataset) -> None:
    assert dataset.value(ADA, FOAF.name) == Literal("Ada Marlowe")
    models = dataset.subjects(RDF.type, MODEL)
    labels = {str(dataset.value(model, SKOS.prefLabel)) for model in models}
    assert labels == {"Tern", "Tern-Lite", "Wren"}


def test_the_default_graph_is_the_whole_graph(dataset: Dataset) -> None:
    copied = Graph()
    for triple in dataset.default_graph:
        copied.add(triple)
    assert len(copied) == len(dataset.default_graph) == len(dataset) == len(list(dataset.quads()))


def test_another_graph_is_empty(dataset: Dataset) -> None:
    assert len(dataset.graph(URIRef("http://example.org/other"))) == 0
    assert list(dataset.graph(URIRef("http://example.org/other"))) == []


def test_a_term_that_no_store_can_hold_matches_nothing(dataset: Dataset) -> None:
    assert list(dataset.triples((URIRef("not an iri"), None, None))) == []


def test_oxigraph_answers_queries(dataset: Dataset) -> None:
    rows = dataset.query("SELECT ?name { ?person a foaf:Person ; foaf:name ?name } ORDER BY ?name LIMIT 2")
    assert [str(row[0]) for row in rows] == ["Ada Marlowe", "Bo Lindqvist"]  # type: ignore[index]
    assert bool(dataset.query("ASK { ?model a kgo:Model }"))
    built = dataset.query("CONSTRUCT { ?s foaf:name ?o } { ?s foaf:name ?o }").graph
    assert built is not None
    assert len(built) == 8


def test_initial_bindings_are_given_to_the_engine(dataset: Dataset) -> None:
    (row,) = dataset.query("SELECT ?person ?name { ?person foaf:name ?name }", initBindings={"person": ADA})
    assert str(row[1]) == "Ada Marlowe"  # type: ignore[index]


def test_a_prepared_query_is_refused_rather_than_answered_slowly(dataset: Dataset) -> None:
    with pytest.raises(TypeError, match="give the query as text"):
        dataset.query(prepareQuery("SELECT * { ?s ?p ?o }"))


def test_a_query_that_reaches_for_the_network_is_refused(dataset: Dataset) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        dataset.query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")


def test_the_dataset_cannot_be_changed(dataset: Dataset) -> None:
    triple = (ADA, FOAF.name, Literal("Eve"))
    with pytest.raises(TypeError, match="read-only"):
        dataset.add(triple)
    with pytest.raises(TypeError, match="read-only"):
        dataset.remove(triple)
    with pytest.raises(TypeError, match="read-only"):
        dataset.update("DELETE WHERE { ?s ?p ?o }")
