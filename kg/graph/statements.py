"""Entities, what papers do with them, relations, results, and the claims that show the sentences, as N-Triples."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from kg.graph.claims import claims, results
from kg.graph.corpus import VERSION, Corpus, exploded, with_papers, with_versions
from kg.graph.terms import (
    ROWS_AT_ONCE,
    Fact,
    constant,
    dates,
    decimals,
    flag,
    lines,
    literal,
    named,
    term,
    typed,
)
from kg.ontology import KIND_CLASSES, ROLE_PROPERTIES, Role, expand


def entities(corpus: Corpus) -> Iterator[str]:
    """Each entity: its classes, labels and first appearance."""
    known = corpus.linked.entities
    entity = _entity(corpus, "iri_name")
    rows = [(kind.value, expand(name)) for kind, names in KIND_CLASSES.items() for name in names]
    classes = pl.DataFrame(rows, schema=["kind", "class"], orient="row")
    typed_entities = known.select("iri_name", "kind").join(classes, on="kind", maintain_order="left_right")
    yield from lines(typed_entities, entity, [("rdf:type", named(pl.col("class")))])
    yield from lines(
        known.with_columns(dates(known["first_seen"]).alias("first_seen")),
        entity,
        [
            ("skos:prefLabel", literal(pl.col("label"))),
            ("kgo:firstSeen", pl.col("first_seen")),
            ("kgo:isGeneric", flag("is_generic")),
        ],
    )
    yield from lines(exploded(known, "names"), entity, [("skos:altLabel", literal(pl.col("names")))])


def variants(corpus: Corpus) -> Iterator[str]:
    """Each entity that is a variant of another, by their names."""
    yield from lines(
        corpus.linked.variants, _entity(corpus, "variant"), [("kgo:variantOf", _entity(corpus, "of"))]
    )


def claims_and_relations(corpus: Corpus) -> Iterator[str]:
    """Each claim, and what it claims stated plainly: roles of entities in papers, relations between entities."""
    stated = with_papers(claims(corpus.written, corpus.linked), corpus.base)
    subject = pl.coalesce(_entity(corpus, "subject"), named(pl.col("paper")))
    terms = {name: term(name) for name in stated["predicate"].unique()}
    stated = stated.with_columns(
        subject_term=subject,
        predicate_term=pl.col("predicate").replace_strict(terms, return_dtype=pl.String),
        object_term=_entity(corpus, "object"),
    )
    yield from _plainly(stated)
    claim = named(f"{corpus.base}claim/", pl.col("name"))
    yield from _evidenced(
        corpus,
        stated,
        claim,
        [
            ("rdf:type", constant("kgo:Claim")),
            ("rdf:type", constant("rdf:Statement")),
            ("rdf:type", constant("prov:Entity")),
            ("rdf:subject", pl.col("subject_term")),
            ("rdf:predicate", pl.col("predicate_term")),
            ("rdf:object", pl.col("object_term")),
        ],
    )


def evaluation_results(corpus: Corpus) -> Iterator[str]:
    """Each number that a paper reports."""
    reported = with_papers(results(corpus.written, corpus.linked), corpus.base)
    reported = reported.with_columns(decimals(reported["number"]).alias("decimal"))
    result = named(f"{corpus.base}result/", pl.col("name"))
    yield from _evidenced(
        corpus,
        reported,
        result,
        [
            ("rdf:type", constant("kgo:EvaluationResult")),
            ("rdf:type", constant("mls:ModelEvaluation")),
            ("kgo:subject", _entity(corpus, "subject")),
            ("kgo:dataset", _entity(corpus, "dataset")),
            ("kgo:metric", _entity(corpus, "metric")),
            ("kgo:metricText", literal(pl.col("metric_text"))),
            ("kgo:value", pl.col("decimal")),
            ("kgo:valueText", literal(pl.col("value"))),
            ("kgo:unit", literal(pl.col("unit"))),
            ("kgo:valueKind", literal(pl.col("value_kind"))),
            ("kgo:setting", literal(pl.col("setting"))),
            ("kgo:comparedWith", _entity(corpus, "compared_with")),
            ("kgo:reportedIn", named(pl.col("paper"))),
        ],
    )


def _plainly(stated: pl.DataFrame) -> Iterator[str]:
    """The claimed triples, each once over the corpus, and `kgo:mentions` for every role."""
    roles = stated.filter(pl.col("subject").is_null())
    mentioned = roles.with_columns(predicate_term=pl.lit(term(ROLE_PROPERTIES[Role.MENTIONS])))
    columns = ["subject_term", "predicate_term", "object_term"]
    plain = pl.concat([stated.select(columns), mentioned.select(columns)]).unique(maintain_order=True)
    for part in plain.iter_slices(ROWS_AT_ONCE):
        yield "\n".join(part.select(pl.concat_str(columns, separator=" ") + " .").to_series()) + "\n"


def _evidenced(corpus: Corpus, frame: pl.DataFrame, subject: pl.Expr, facts: list[Fact]) -> Iterator[str]:
    """The facts of each row with its paper, quote, span, confidence, extractor and version."""
    texts = corpus.written.versions.with_row_index("text_index").select(*VERSION, "text_index")
    frame = with_versions(frame, corpus.base).join(
        texts, on=VERSION, how="left", nulls_equal=True, maintain_order="left"
    )
    frame = frame.with_columns(decimals(frame["confidence"].round(2)).alias("sureness"))
    for part in frame.iter_slices(ROWS_AT_ONCE):
        text = corpus.written.versions["text"].gather(part["text_index"])
        quoted = part.with_columns(text.alias("text"))
        yield from lines(quoted, subject, [*facts, *_evidence(corpus)])


def _evidence(corpus: Corpus) -> list[Fact]:
    return [
        ("kgo:inPaper", named(pl.col("paper"))),
        ("prov:wasDerivedFrom", named(pl.col("node"))),
        ("kgo:quote", literal(pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start")))),
        ("kgo:start", typed("start", "xsd:integer")),
        ("kgo:end", typed("end", "xsd:integer")),
        ("kgo:confidence", pl.col("sureness")),
        ("kgo:extractor", literal(pl.lit(corpus.extractor))),
    ]


def _entity(corpus: Corpus, column: str) -> pl.Expr:
    return named(f"{corpus.base}entity/", pl.col(column))
