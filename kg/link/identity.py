"""Which surfaces of different papers name the same entity.

A false merge is worse than a missed one: an entity of a paper goes by its fullest form; its acronym decides only where
the corpus ties it to one long form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kg.link.acronyms import GROUP_OF, WELL_SUPPORTED, acronyms, expansions, pairs
from kg.link.aliases import well_known_keys
from kg.link.forms import is_short, normal_form
from kg.text import clean_label


@dataclass(frozen=True, slots=True)
class Identity:
    """The forms of the surfaces and the keys that follow from them."""

    spelt: pl.DataFrame
    """One row a surface of an entity: its `row`, `paper_id`, `group`, `role`, `published`, and `surface`, `clean`,
    `form`, `is_short`."""
    pairs: pl.DataFrame
    """Short and long forms that fit within one entity: `row`, …, `short`, `long`."""
    acronyms: pl.DataFrame
    """Unambiguous `short` and `long` in a `group` of kinds, with the number of papers that `support` it."""
    keys: pl.DataFrame
    """For each `row` the `key` of its entity: a normal form."""


def identify(rows: pl.DataFrame) -> Identity:
    """The identity of written entities (`row`, `paper_id`, `kind`, `role`, `published`, `surfaces`).

    A row without a letter or digit has no key.
    """
    labels = _labels(rows)
    first = _spelt(rows, labels, {})
    spelt = _spelt(rows, labels, expansions(pairs(first)))
    fitting = pairs(spelt)
    unambiguous = acronyms(spelt, fitting)
    return Identity(spelt, fitting, unambiguous, well_known_keys(_keys(spelt, fitting, unambiguous)))


def _labels(rows: pl.DataFrame) -> pl.DataFrame:
    """Each surface with its clean label and whether that is a short form."""
    surfaces = rows["surfaces"].explode().drop_nulls().unique().sort()
    labels = [clean_label(surface) for surface in surfaces]
    return pl.DataFrame(
        {
            "surface": surfaces,
            "clean": pl.Series(labels, dtype=pl.String),
            "is_short": pl.Series([is_short(label) for label in labels], dtype=pl.Boolean),
        }
    )


def _spelt(rows: pl.DataFrame, labels: pl.DataFrame, expanded: Mapping[str, str]) -> pl.DataFrame:
    group = pl.col("kind").replace_strict(GROUP_OF)
    entities = rows.select("row", "paper_id", "role", "published", group=group, surface="surfaces")
    exploded = entities.explode("surface").drop_nulls("surface")
    forms = [normal_form(label, expanded) for label in labels["clean"]]
    spelt = labels.with_columns(form=pl.Series(forms, dtype=pl.String)).filter(pl.col("form") != "")
    return exploded.join(spelt, on="surface", maintain_order="left")


def _keys(spelt: pl.DataFrame, fitting: pl.DataFrame, unambiguous: pl.DataFrame) -> pl.DataFrame:
    """For each row the form that identifies its entity.

    The head is an entity's first surface. A head that is an acronym gives way to the long form that the corpus has for
    it, else to the one that this paper has; in other letters than capitals ("Falcon") it is one only where many papers
    say so. Any other head gives way to the long form of the entity's acronym, unless
    it fits that acronym itself and is no mere extension of the long form.
    """
    meaning = unambiguous.rename({"short": "form", "long": "meant"})
    is_meant = pl.col("is_short") | (pl.col("support") >= WELL_SUPPORTED)
    known = spelt.join(meaning, on=["form", "group"], how="left", maintain_order="left").with_columns(
        long=pl.when(is_meant).then("meant")
    )
    own = fitting.group_by("row").agg(own="long")
    summed = (
        known.group_by("row", maintain_order=True)
        .agg(
            head=pl.col("form").first(),
            is_short=pl.col("is_short").first(),
            of_head=pl.col("long").first(),
            of_any=pl.col("long").drop_nulls().first(),
        )
        .join(own, on="row", how="left", maintain_order="left")
    )
    fits_itself = pl.col("own").list.contains(pl.col("head")) & ~pl.col("head").str.starts_with(
        pl.col("of_any")
    )
    key = (
        pl.when("is_short")
        .then(pl.coalesce("of_head", pl.col("own").list.min(), "head"))
        .when(pl.col("of_any").is_null() | fits_itself.fill_null(value=False))
        .then("head")
        .otherwise("of_any")
    )
    return summed.select("row", key=key)
