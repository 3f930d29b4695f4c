from __future__ import annotations

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.graph.turtle import turtle
from kg.ontology import PREFIXES, expand

BASE = "https://example.org/"


def triple(subject: str, predicate: str, object_: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(BASE + subject), NamedNode(expand(predicate)), object_)


def decimal(text: str, datatype: str = "decimal") -> Literal:
    return Literal(text, datatype=NamedNode(PREFIXES["xsd"] + datatype))


TRIPLES = [
    triple("entity/b", "skos:prefLabel", Literal('quoted "b" \\ and\nmore')),
    triple("entity/b", "rdf:type", NamedNode(expand("kgo:Model"))),
    triple("entity/a", "kgo:value", decimal("71.5")),
    triple("entity/a", "kgo:value", decimal("3")),
    triple("entity/a", "kgo:start", decimal("-3", "integer")),
    triple("entity/a", "kgo:isGeneric", decimal("true", "boolean")),
    triple("paper/doi/10.1/../x", "cito:cites", NamedNode(f"{BASE}paper/arxiv/2412.15209")),
    triple("paper/doi/10.1/../x", "foaf:page", NamedNode("http://www.w3.org/2004/02/skos/core#a,b")),
    triple("entity/a", "rdfs:label", Literal("a", language="en")),
]


def test_subjects_are_grouped_and_sorted() -> None:
    body = "".join(turtle(TRIPLES, BASE)).partition("\n\n")[2]
    assert (
        body
        == """<entity/a> rdfs:label "a"@en ;
    kgo:isGeneric true ;
    kgo:start -3 ;
    kgo:value "3"^^xsd:decimal, 71.5 .

<entity/b> a kgo:Model ;
    skos:prefLabel "quoted \\"b\\" \\\\ and\\nmore" .

<https://example.org/paper/doi/10.1/../x> cito:cites <paper/arxiv/2412.15209> ;
    foaf:page <http://www.w3.org/2004/02/skos/core#a,b> .
"""
    )


def test_what_is_written_is_read_back() -> None:
    text = "".join(turtle(TRIPLES, BASE))
    assert {str(quad.triple) for quad in parse(text.encode(), RdfFormat.TURTLE)} == set(map(str, TRIPLES))


def test_a_base_that_ends_in_a_hash_needs_whole_iris() -> None:
    stated = Triple(NamedNode("http://x/y#entity/a"), NamedNode("http://x/y#p"), Literal("a"))
    text = "".join(turtle([stated], "http://x/y#"))
    assert text.endswith('\n<http://x/y#entity/a> kgr:p "a" .\n')
    assert [str(quad.triple) for quad in parse(text.encode(), RdfFormat.TURTLE)] == [str(stated)]
