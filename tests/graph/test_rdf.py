"""The whole mapping on the toy corpus."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store

from kg.graph import OpenGraph
from kg.graph.corpus import Corpus
from kg.graph.rdf import triples
from kg.ontology import BASE_IRI, PREFIXES, expand
from kg.query import Solutions, query
from kg.text import source_text
from tests.toy import papers, tables, toy_graph

ABSTRACT = '"We present BirdBench, a benchmark of 2,000 questions about birds. Wren answers 67.3% of them."'


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


def facts(graph: OpenGraph, local: str) -> list[tuple[str, str]]:
    """What is stated of one of the graph's own things: predicate as CURIE's local part, and object."""
    quads = graph.store.quads_for_pattern(NamedNode(graph.base + local), None, None)
    return sorted((quad.predicate.value, str(quad.object)) for quad in quads)


def described(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Predicates and objects, written as CURIEs, as literals, or as `<` and the part after the base."""
    return sorted((expand(name), _term(value)) for name, value in pairs)


def _term(text: str) -> str:
    if text.startswith('"'):
        return text
    return f"<{BASE_IRI}{text[1:]}>" if text.startswith("<") else f"<{expand(text)}>"


def typed(text: str, datatype: str) -> str:
    return f'"{text}"^^<{PREFIXES["xsd"]}{datatype}>'


def test_a_paper(graph: OpenGraph) -> None:
    found = [
        (name, value) for name, value in facts(graph, "paper/arxiv/2301.00004") if "/entity/" not in value
    ]
    assert found == described(
        ("rdf:type", "fabio:ResearchPaper"),
        ("rdf:type", "schema:ScholarlyArticle"),
        ("dcterms:title", '"BirdBench: Questions about Birds for Language Models"'),
        (
            "dcterms:abstract",
            ABSTRACT,
        ),
        ("dcterms:issued", typed("2023-01", "gYearMonth")),
        ("dcterms:creator", "<person/chandra-o-neill"),
        ("dcterms:creator", "<person/dana-k-reyes"),
        ("dcterms:hasVersion", "<paper/arxiv/2301.00004/text"),
        ("frbr:realization", "<paper/arxiv/2301.00004/text"),
        ("prism:publicationName", '"Proceedings of the Toy Workshop"'),
        ("prism:doi", '"10.1000/birdbench.1"'),
        ("fabio:hasArXivId", '"2301.00004"'),
        ("cito:cites", "<paper/arxiv/2302.00005"),
    )


def test_versions_stand_in_their_order(graph: OpenGraph) -> None:
    first, second = (paper for paper in reversed(papers()) if paper.id == "arxiv:2401.00001")
    assert facts(graph, "paper/arxiv/2401.00001/v2") == described(
        ("rdf:type", "fabio:Preprint"),
        ("prism:versionIdentifier", '"v2"'),
        ("prov:wasRevisionOf", "<paper/arxiv/2401.00001/v1"),
        ("kgo:sourceText", str(Literal(source_text(second)))),
    )
    assert facts(graph, "paper/arxiv/2401.00001/v1") == described(
        ("rdf:type", "fabio:Preprint"),
        ("prism:versionIdentifier", '"v1"'),
        ("kgo:sourceText", str(Literal(source_text(first)))),
    )


def test_an_authorship_and_its_person(graph: OpenGraph) -> None:
    assert facts(graph, "authorship/arxiv/2401.00001/1") == described(
        ("rdf:type", "kgo:Authorship"),
        ("rdf:type", "pro:RoleInTime"),
        ("pro:isHeldBy", "<person/ada-marlowe"),
        ("pro:relatesToDocument", "<paper/arxiv/2401.00001"),
        ("kgo:inPaper", "<paper/arxiv/2401.00001"),
        ("pro:withRole", "pro:author"),
        ("schema:position", typed("1", "integer")),
        ("kgo:nameAsWritten", '"Ada Marlowe"'),
        ("kgo:affiliationAsWritten", '"Toy Lab"'),
    )
    assert facts(graph, "person/ada-marlowe") == described(
        ("rdf:type", "foaf:Person"),
        ("rdf:type", "schema:Person"),
        ("foaf:name", '"Ada Marlowe"'),
        ("schema:identifier", '"0000-0001-2345-6789"'),
        ("kgo:samePersonDefault", "<person/ada-marlowe"),
        ("kgo:samePersonLoose", "<person/ada-marlowe"),
    )


def test_a_paper_that_is_only_cited(graph: OpenGraph) -> None:
    assert facts(graph, "paper/doi/10.1000/old-birds") == described(
        ("rdf:type", "fabio:Work"),
        ("rdf:type", "schema:CreativeWork"),
        ("prism:doi", '"10.1000/old-birds"'),
    )


def test_an_entity_has_all_its_classes_stated(graph: OpenGraph) -> None:
    assert [pair for pair in facts(graph, "entity/birdbench-xl") if "/entity/" not in pair[1]] == described(
        ("rdf:type", "kgo:Benchmark"),
        ("rdf:type", "kgo:Dataset"),
        ("rdf:type", "schema:Dataset"),
        ("rdf:type", "dcat:Dataset"),
        ("skos:prefLabel", '"BirdBench-XL"'),
        ("kgo:firstSeen", typed("2024-02", "gYearMonth")),
    )


def test_a_variant_is_stated_so(graph: OpenGraph) -> None:
    stated = [pair for pair in facts(graph, "entity/birdbench-xl") if pair[0] == expand("kgo:variantOf")]
    assert stated == described(("kgo:variantOf", "<entity/birdbench"))


def test_every_role_is_also_a_mention(graph: OpenGraph) -> None:
    subject = NamedNode(f"{BASE_IRI}paper/arxiv/2403.00003")
    stated = {
        (quad.predicate.value.partition("#")[2], quad.object.value.rpartition("/")[2])
        for quad in graph.store.quads_for_pattern(subject, None, None)
        if isinstance(quad.object, NamedNode) and "/entity/" in quad.object.value
    }
    roles = {
        ("introduces", "feathermask"),
        ("introduces", "tern-lite"),
        ("uses", "tern"),
        ("evaluates", "birdbench"),
    }
    roles |= {("addresses", "pruning")}
    assert stated == roles | {("mentions", name) for _, name in roles}


def test_a_claim_carries_its_evidence(graph: OpenGraph) -> None:
    quote = "On BirdBench, Tern reaches an accuracy of 71.5%, 4.2 points above Wren."
    predicate, outperforms = NamedNode(expand("rdf:predicate")), NamedNode(expand("kgo:outperforms"))
    (claim,) = (
        str(quad.subject)[1:-1] for quad in graph.store.quads_for_pattern(None, predicate, outperforms)
    )
    assert facts(graph, claim.removeprefix(BASE_IRI)) == described(
        ("rdf:type", "kgo:Claim"),
        ("rdf:type", "rdf:Statement"),
        ("rdf:type", "prov:Entity"),
        ("rdf:subject", "<entity/tern"),
        ("rdf:predicate", "kgo:outperforms"),
        ("rdf:object", "<entity/wren"),
        ("kgo:inPaper", "<paper/arxiv/2401.00001"),
        ("prov:wasDerivedFrom", "<paper/arxiv/2401.00001/v2"),
        ("kgo:quote", f'"{quote}"'),
        ("kgo:start", typed("187", "integer")),
        ("kgo:end", typed("258", "integer")),
        ("kgo:confidence", typed("0.8", "decimal")),
        ("kgo:extractor", '"toy 1"'),
    )


def test_a_result_has_its_number_and_its_text(graph: OpenGraph) -> None:
    value = Literal("71.5", datatype=NamedNode(expand("xsd:decimal")))
    (result,) = graph.store.quads_for_pattern(None, NamedNode(expand("kgo:value")), value)
    assert isinstance(result.subject, NamedNode)
    found = facts(graph, result.subject.value.removeprefix(BASE_IRI))
    expected = described(
        ("rdf:type", "kgo:EvaluationResult"),
        ("rdf:type", "mls:ModelEvaluation"),
        ("kgo:subject", "<entity/tern"),
        ("kgo:dataset", "<entity/birdbench"),
        ("kgo:metric", "<entity/accuracy"),
        ("kgo:metricText", '"accuracy"'),
        ("kgo:value", typed("71.5", "decimal")),
        ("kgo:valueText", '"71.5%"'),
        ("kgo:unit", '"%"'),
        ("kgo:valueKind", '"absolute"'),
        ("kgo:reportedIn", "<paper/arxiv/2401.00001"),
    )
    assert set(expected) <= set(found)


def test_links_are_code_or_pages(graph: OpenGraph) -> None:
    def objects(name: str) -> list[str]:
        quads = graph.store.quads_for_pattern(None, NamedNode(expand(name)), None)
        return [str(quad.object)[1:-1] for quad in quads]

    assert objects("schema:codeRepository") == ["https://github.com/toy-lab/tern"]
    assert objects("foaf:page") == ["http://example.org/wren?a=1&b=%3C2%3E"]


def test_every_quote_is_the_exact_slice_of_its_version(graph: OpenGraph) -> None:
    answer = query(
        graph,
        """SELECT ?quote ?start ?end ?text {
             ?statement kgo:quote ?quote ; kgo:start ?start ; kgo:end ?end ; prov:wasDerivedFrom ?version .
             ?version kgo:sourceText ?text }""",
    )
    assert isinstance(answer, Solutions)
    frame = pl.DataFrame(list(answer)).with_columns(
        slice=pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    )
    assert frame.height == 38
    assert frame["quote"].equals(frame["slice"].alias("quote"))


def test_no_triple_is_written_twice() -> None:
    written, linked = tables()
    stated = "".join(triples(Corpus(written, linked, "toy 1"))).splitlines()
    assert [line for line, count in Counter(stated).items() if count > 1] == []


def test_there_is_one_graph_without_blank_nodes(graph: OpenGraph) -> None:
    assert {quad.graph_name for quad in graph.store} == {DefaultGraph()}
    nodes = [node for quad in graph.store for node in (quad.subject, quad.object)]
    assert {type(node) for node in nodes} == {NamedNode, Literal}


def test_counting_rows_counts_different_triples(graph: OpenGraph) -> None:
    answer = query(graph, "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }")
    assert isinstance(answer, Solutions)
    ((count,),) = (tuple(row.values()) for row in answer)
    assert count == len({str(quad) for quad in graph.store}) == graph.manifest.counts["triples"]


def test_the_order_of_records_does_not_matter(graph: OpenGraph) -> None:
    written, linked = tables(papers()[::-1])
    shuffled = Store()
    shuffled.bulk_load("".join(triples(Corpus(written, linked, "toy 1"))).encode(), RdfFormat.N_TRIPLES)
    assert sorted(map(str, shuffled)) == sorted(map(str, graph.store))


def test_the_base_changes_only_where_iris_begin(graph: OpenGraph) -> None:
    other = toy_graph(base="https://example.org/birds#")
    moved = [str(quad).replace("https://example.org/birds#", BASE_IRI) for quad in other.store]
    assert sorted(moved) == sorted(map(str, graph.store))
