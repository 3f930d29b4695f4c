"""Claims and results: what papers state about resolved things, each once a paper with its best quote."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kg.graph.corpus import VERSION
from kg.link import Linked
from kg.link.written import Written
from kg.ontology import RELATION_RULES, ROLE_PROPERTIES, Kind, digest
from kg.text import sentences

SAME_CLAIM = ["paper_id", "subject", "predicate", "object"]
SAME_RESULT = [
    "paper_id",
    "subject",
    "dataset",
    "metric_text",
    "value",
    "value_kind",
    "setting",
    "compared_with",
]

HASH_DIGITS = 20
"""Hexadecimal digits in the IRIs of claims and results: among ten million, two are the same with odds of 1 in 10¹⁰."""


def claims(written: Written, linked: Linked) -> pl.DataFrame:
    """One row for each paper, subject, predicate and object, sorted by them.

    `subject` and `object` are names of entities, the subject is null where it is the paper; `predicate` is a CURIE;
    `name` is the last part of the claim's own IRI; `start` and `end` bound the quote in the version's source text.
    """
    stated = pl.concat([_role_statements(written, linked), _relation_statements(written, linked)])
    return _best(stated, SAME_CLAIM, written)


def results(written: Written, linked: Linked) -> pl.DataFrame:
    """One row for each number that a paper reports, sorted; `subject`, `dataset`, `metric`, `compared_with` are names
    of entities, `metric_text` is as written, `name`, `start` and `end` are as for claims.
    """
    found = written.results.rename({"metric": "metric_text"})
    for end in ("subject", "dataset", "compared_with"):
        found = _resolved(found, linked, end)
    found = _with_metric(found.filter(pl.col("subject").is_not_null()), written, linked)
    return _best(found, SAME_RESULT, written)


def _role_statements(written: Written, linked: Linked) -> pl.DataFrame:
    roles = written.entities.rename({"entity": "object", "evidence_start": "start", "evidence_end": "end"})
    return _statements(
        _resolved(_with_evidence(roles, written), linked, "object").select(
            *VERSION,
            pl.lit(None, pl.String).alias("subject"),
            pl.col("role")
            .replace_strict({str(role): name for role, name in ROLE_PROPERTIES.items()})
            .alias("predicate"),
            "object",
            "start",
            "end",
            "confidence",
        )
    )


def _relation_statements(written: Written, linked: Linked) -> pl.DataFrame:
    """The assertions whose ends are different things of kinds that the relation allows, by the corpus's vote."""
    stated = _resolved(_resolved(written.assertions, linked, "subject"), linked, "object")
    kinds = linked.entities.select("iri_name", "kind")
    stated = stated.join(kinds, left_on="subject", right_on="iri_name").join(
        kinds, left_on="object", right_on="iri_name", suffix="_of_object"
    )
    allowed = stated.join(_allowed_kinds(), on=["relation", "kind", "kind_of_object"], how="semi")
    properties = {str(relation): rule.property for relation, rule in RELATION_RULES.items()}
    return _statements(
        allowed.filter(pl.col("subject") != pl.col("object")).with_columns(
            predicate=pl.col("relation").replace_strict(properties)
        )
    )


def _statements(frame: pl.DataFrame) -> pl.DataFrame:
    columns = [*VERSION, "subject", "predicate", "object", "start", "end", "confidence"]
    return frame.select(columns).filter(pl.col("object").is_not_null())


def _allowed_kinds() -> pl.DataFrame:
    rows = [
        (str(relation), str(subject), str(target))
        for relation, rule in RELATION_RULES.items()
        for subject in Kind
        for target in Kind
        if rule.allows(subject, target)
    ]
    return pl.DataFrame(rows, schema=["relation", "kind", "kind_of_object"], orient="row")


def _resolved(frame: pl.DataFrame, linked: Linked, column: str) -> pl.DataFrame:
    """The frame with an entity's position in its paper replaced by the name of the entity that it is."""
    names = linked.entity_of.rename({"entity": column, "iri_name": "resolved"})
    joined = frame.join(names, on=[*VERSION, column], how="left", nulls_equal=True)
    return joined.with_columns(pl.col("resolved").alias(column)).drop("resolved")


def _with_metric(found: pl.DataFrame, written: Written, linked: Linked) -> pl.DataFrame:
    """With the metric that the same paper names so, else the one metric of the corpus that has the name."""
    metrics = linked.entities.filter(pl.col("kind") == Kind.METRIC.value)
    here = written.entities.join(linked.entity_of, on=[*VERSION, "entity"], nulls_equal=True)
    here = here.join(metrics, on="iri_name", how="semi").explode("surfaces")
    here = here.select(
        *VERSION, pl.col("surfaces").str.to_lowercase().alias("folded"), pl.col("iri_name").alias("metric")
    )
    anywhere = pl.concat(
        [metrics.select("iri_name", name="label"), metrics.explode("names").select("iri_name", name="names")]
    )
    anywhere = anywhere.select(
        pl.col("name").str.to_lowercase().alias("folded"), pl.col("iri_name").alias("known")
    )
    anywhere = anywhere.unique().filter(pl.col("folded").count().over("folded") == 1)
    here = here.sort(*VERSION, "folded", "metric").unique([*VERSION, "folded"], keep="first")
    found = found.with_columns(folded=pl.col("metric_text").str.to_lowercase())
    found = found.join(here, on=[*VERSION, "folded"], how="left", nulls_equal=True).join(
        anywhere, on="folded", how="left"
    )
    return found.with_columns(metric=pl.coalesce("metric", "known")).drop("folded", "known")


def _with_evidence(roles: pl.DataFrame, written: Written) -> pl.DataFrame:
    """With the sentence of the first mention, the title's last, where the extraction gives no evidence."""
    entity = [*VERSION, "object"]
    bare = roles.filter(pl.col("start").is_null()).select(entity)
    mentions = bare.join(written.mentions.rename({"entity": "object"}), on=entity, nulls_equal=True)
    mentions = mentions.join(written.versions, on=VERSION, nulls_equal=True)
    in_title = pl.col("start") < pl.col("text").str.split("\n").list.first().str.len_chars()
    first = mentions.sort(in_title, "start").unique(entity, keep="first", maintain_order=True)
    found = [_sentence(text, at) for text, at in first.select("text", "start").iter_rows()]
    bounds = pl.DataFrame(found, schema={"first": pl.Int32, "last": pl.Int32}, orient="row")
    evidence = pl.concat([first.select(entity), bounds], how="horizontal")
    roles = roles.join(evidence, on=entity, how="left", nulls_equal=True)
    return roles.with_columns(start=pl.coalesce("start", "first"), end=pl.coalesce("end", "last"))


def _sentence(text: str, offset: int) -> tuple[int, int]:
    return next((span.start, span.end) for span in reversed(sentences(text)) if span.start <= offset)


def _best(stated: pl.DataFrame, same: Sequence[str], written: Written) -> pl.DataFrame:
    """One row for each different `same`: quoted before unquoted, the latest version, the surest, then the earliest."""
    latest = written.versions.select(*VERSION, "is_latest")
    ranked = stated.join(latest, on=VERSION, how="left", nulls_equal=True).sort(
        *same,
        pl.col("start").is_null(),
        pl.col("is_latest").not_(),
        -pl.col("confidence"),
        "start",
        "end",
        "version",
        nulls_last=True,
    )
    best = ranked.unique(list(same), keep="first", maintain_order=True).drop("is_latest")
    rows = best.select(pl.col(column).cast(pl.String).fill_null("") for column in same).iter_rows()
    return best.with_columns(name=pl.Series([digest(*row)[:HASH_DIGITS] for row in rows], dtype=pl.String))
