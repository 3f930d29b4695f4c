"""Typical queries against rdflib and against the bare engine, on the graph of the sample corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pyoxigraph
import rdflib

import kg
from kg import samples
from kg.ontology import PREFIXES
from tests.benchmarks.timing import Row, best_seconds

QUERIES = {
    "papers that introduce a benchmark": "SELECT ?p ?b { ?p kgo:introduces ?b . ?b a kgo:Benchmark }",
    "most cited papers": "SELECT ?p (COUNT(?c) AS ?n) { ?c cito:cites ?p } GROUP BY ?p ORDER BY DESC(?n) LIMIT 10",
    "co-authors": "SELECT ?a ?b { ?p dcterms:creator ?a, ?b . FILTER(STR(?a) < STR(?b)) }",
    "quotes of evaluations": "SELECT ?s ?o ?q { ?c rdf:predicate kgo:evaluatedOn ; rdf:subject ?s ; rdf:object ?o ; "
    "kgo:quote ?q }",
}


def rows() -> Iterator[Row]:
    """Each query, answered by three engines."""
    graph = kg.build(samples.landmarks())
    triples = rdflib.Graph()
    for name, iri in PREFIXES.items():
        triples.bind(name, iri)
    triples.parse(data=_ntriples(graph.opened.store), format="nt")
    for what, sparql in QUERIES.items():
        ours = best_seconds(partial(_rows_of, partial(graph.query, sparql)))
        theirs = best_seconds(partial(_rows_of, partial(triples.query, sparql)), runs=1)
        bare = partial(graph.opened.store.query, sparql, prefixes=dict(PREFIXES))
        yield Row(what, ours, "rdflib", theirs)
        yield Row(what, ours, "bare pyoxigraph", best_seconds(partial(_rows_of, bare)))


def _rows_of(ask: Callable[[], Any]) -> list[object]:
    return list(ask())


def _ntriples(store: pyoxigraph.Store) -> bytes:
    dumped = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    return dumped or b""
