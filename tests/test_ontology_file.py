"""`ontology/kg.ttl` declares the terms that the program uses, and no others."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.ontology import KIND_CLASSES, PREFIXES, ROLE_PROPERTIES, Role, expand, ontology_folder, shorten
from tests.toy import toy_graph

PACKAGE = Path(__file__).parent.parent / "kg"
REQUIRED = {"rdf:type", "rdfs:label", "rdfs:comment", "rdfs:isDefinedBy", "skos:example"}


@pytest.fixture(scope="module")
def declared() -> dict[str, dict[str, set[str]]]:
    """For each term, by CURIE, the values of its properties."""
    terms: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in parse(path=str(ontology_folder() / "kg.ttl"), format=RdfFormat.TURTLE):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        if quad.subject.value.startswith(PREFIXES["kgo"]):
            terms[shorten(quad.subject.value)][shorten(quad.predicate.value)].add(shorten(quad.object.value))
    return {term: dict(properties) for term, properties in terms.items()}


def test_the_code_uses_exactly_the_declared_terms(declared: dict[str, dict[str, set[str]]]) -> None:
    files = [*PACKAGE.rglob("*.py"), *(ontology_folder() / "queries").glob("*.rq")]
    used = {
        term for file in files for term in re.findall(r"\bkgo:[A-Za-z]\w*", file.read_text(encoding="utf-8"))
    }
    assert used == declared.keys()


def test_a_graph_holds_declared_terms_only(declared: dict[str, dict[str, set[str]]]) -> None:
    nodes = {node for quad in toy_graph().store for node in (quad.predicate, quad.object)}
    iris = {node.value for node in nodes if isinstance(node, NamedNode)}
    assert {shorten(iri) for iri in iris if iri.startswith(PREFIXES["kgo"])} <= declared.keys()


def test_every_term_is_documented(declared: dict[str, dict[str, set[str]]]) -> None:
    lacking = {term: sorted(REQUIRED - properties.keys()) for term, properties in declared.items()}
    assert {term: missing for term, missing in lacking.items() if missing} == {}
    assert {value for properties in declared.values() for value in properties["rdfs:isDefinedBy"]} == {
        "kgr:ontology"
    }


def test_no_term_has_a_domain_or_range(declared: dict[str, dict[str, set[str]]]) -> None:
    assert {"rdfs:domain", "rdfs:range"} & {
        name for properties in declared.values() for name in properties
    } == set()


def test_stated_classes_are_declared_super_classes(declared: dict[str, dict[str, set[str]]]) -> None:
    def above(term: str) -> set[str]:
        direct = declared.get(term, {}).get("rdfs:subClassOf", set())
        return direct.union(*(above(parent) for parent in direct))

    assert {kind: {classes[0], *above(classes[0])} for kind, classes in KIND_CLASSES.items()} == {
        kind: set(classes) for kind, classes in KIND_CLASSES.items()
    }


def test_every_role_is_declared_a_mention(declared: dict[str, dict[str, set[str]]]) -> None:
    mentions = ROLE_PROPERTIES[Role.MENTIONS]
    stronger = {name for name in ROLE_PROPERTIES.values() if name != mentions}
    assert {
        term for term, properties in declared.items() if mentions in properties.get("rdfs:subPropertyOf", ())
    } == stronger


def test_terms_stand_in_the_namespace_that_the_code_expands(declared: dict[str, dict[str, set[str]]]) -> None:
    assert expand("kgo:Model") == PREFIXES["kgo"] + "Model"
    assert "kgo:Model" in declared
