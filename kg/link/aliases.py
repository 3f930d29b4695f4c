"""Curated names of the best-known models, datasets and benchmarks: one label, one kind, and the aliases of each."""

from __future__ import annotations

import csv
from functools import cache

import polars as pl

from kg.link.forms import normal_form
from kg.ontology import Kind, ontology_folder

_KINDS = [Kind.MODEL.value, Kind.DATASET.value, Kind.BENCHMARK.value]


@cache
def curated() -> pl.DataFrame:
    """One row a form of a well-known name: `form`, and the `known_key`, `known_label` and `known_kind` of the thing."""
    rows = []
    with (ontology_folder() / "aliases.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            key = normal_form(row["label"])
            names = [row["label"], *filter(None, row["aliases"].split("|"))]
            rows += [(form, key, row["label"], row["kind"]) for form in sorted(set(map(normal_form, names)))]
    columns = ["form", "known_key", "known_label", "known_kind"]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String()), orient="row")


def well_known_keys(keys: pl.DataFrame) -> pl.DataFrame:
    """The keys of rows, that of a well-known name's alias replaced by the name's own."""
    known = keys.join(curated(), left_on="key", right_on="form", how="left", maintain_order="left")
    return known.select("row", key=pl.coalesce("known_key", "key"))


def well_known(entities: pl.DataFrame) -> pl.DataFrame:
    """The entities with the curated labels and kinds: a known thing keeps its kind, whatever single papers take it for.

    A thing that most papers take for a method, task or metric is another one of that name, and stays as it is.
    """
    named = curated().select("known_label", "known_kind", key="known_key").unique()
    joined = entities.join(named, on="key", how="left", maintain_order="left")
    is_known = pl.col("known_kind").is_not_null() & pl.col("kind").is_in(_KINDS)
    label = pl.when(is_known).then("known_label").otherwise("label")
    names = pl.col("names").list.concat(pl.concat_list("label")).list.set_difference(pl.concat_list(label))
    return joined.with_columns(
        label=label,
        kind=pl.when(is_known).then("known_kind").otherwise("kind"),
        names=names.list.unique().list.sort(),
    ).drop("known_label", "known_kind")
