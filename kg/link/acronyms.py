"""Short forms tied to their long forms across papers, where the corpus leaves no doubt.

The same letters often stand for a measure and for something else (ASR: attack success rate, automatic speech
recognition), so short forms are told apart by the group of their kind.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from rapidfuzz.fuzz import ratio

from kg.link.dates import not_after
from kg.link.forms import abbreviates
from kg.ontology import Kind, Role

GROUP_OF: Mapping[str, str] = {
    Kind.MODEL.value: "technique",
    Kind.METHOD.value: "technique",
    Kind.TASK.value: "technique",
    Kind.DATASET.value: "resource",
    Kind.BENCHMARK.value: "resource",
    Kind.METRIC.value: "measure",
}
"""Kinds that papers take for one another are in one group."""

TOLERATED = 0.1
"""Papers with another long form, for each paper with the most frequent one, that are taken for noise."""

WELL_SUPPORTED = 3
"""Papers from which on one contradicting paper is noise, and from which on the kind does not matter."""

FEW_LETTERS = 2
"""Short forms of at most so many letters are too common to rest on one paper."""

ALIKE = 90
"""Similarity, of 100, of two spellings of one long form: "with verifiable rewards", "from verifiable rewards"."""


def pairs(spelt: pl.DataFrame) -> pl.DataFrame:
    """Each entity's short and long forms that fit by their letters, as `short` and `long` with the columns below.

    The surfaces are given as `row`, `paper_id`, `group`, `role`, `published`, `clean`, `form`, `is_short`.
    """
    entity = ["row", "paper_id", "group", "role", "published"]
    shorts = spelt.filter("is_short").select(*entity, short="form", short_clean="clean")
    longs = spelt.filter(~pl.col("is_short")).select("row", long="form", long_clean="clean")
    is_longer = pl.col("short").str.len_chars() < pl.col("long").str.len_chars()
    candidates = shorts.join(longs, on="row").filter(is_longer)
    labels = candidates.select("short_clean", "long_clean").unique()
    fits = [abbreviates(short, long) for short, long in labels.iter_rows()]
    fitting = labels.filter(pl.Series(fits, dtype=pl.Boolean))
    return candidates.join(fitting, on=["short_clean", "long_clean"], how="semi").select(
        *entity, "short", "long"
    )


def acronyms(spelt: pl.DataFrame, fitting: pl.DataFrame) -> pl.DataFrame:
    """For each unambiguous `short` in a `group` of kinds the `long` form that it stands for, with its `support`.

    In a group where no paper spells the short form out, it stands for what it does elsewhere if many papers say so.
    """
    in_group = ["short", "group"]
    by_group = _judged(fitting, in_group)
    clear = by_group.filter(_is_clear()).join(_coined(spelt, by_group), on=in_group, how="left")
    carried = clear.filter(
        pl.col("is_credible").fill_null(value=False)
        | ((pl.col("explaining") > 0) & (pl.col("short").str.len_chars() > FEW_LETTERS))
        | (pl.col("explaining") > 1)
    )
    used = spelt.filter("is_short").select("group", short="form").unique()
    unexplained = used.join(by_group, on=in_group, how="anti").join(_well_supported(fitting), on="short")
    columns = [*in_group, "long", "support"]
    return pl.concat([carried.select(columns), unexplained.select(columns)]).sort(columns)


def expansions(fitting: pl.DataFrame) -> dict[str, str]:
    """The long forms of those short forms that mean the same thing in all kinds, and do so in many papers."""
    return dict(_well_supported(fitting).select("short", "long").sort("short").iter_rows())


def _well_supported(fitting: pl.DataFrame) -> pl.DataFrame:
    return _judged(fitting, ["short"]).filter(_is_clear() & (pl.col("support") >= WELL_SUPPORTED))


def _judged(fitting: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """For each short form its most frequent long form, with the papers for it (`support`) and against it (`doubt`).

    `explaining` are the papers for it that do not coin it themselves.
    """
    is_explaining = pl.col("role") != Role.INTRODUCES
    counted = fitting.group_by(*by, "long").agg(
        papers=pl.col("paper_id").n_unique(), explaining=pl.col("paper_id").filter(is_explaining).n_unique()
    )
    ranked = counted.with_columns(length=pl.col("long").str.len_chars()).sort(
        *by, "papers", "length", "long", descending=[*(False for _ in by), True, False, False]
    )
    best = ranked.unique(by, keep="first", maintain_order=True).rename({"papers": "support"})
    compared = ranked.join(best.select(*by, best="long"), on=by).filter(pl.col("long") != pl.col("best"))
    is_other = [not _are_variants(long, most) for long, most in compared.select("long", "best").iter_rows()]
    doubt = (
        compared.filter(pl.Series(is_other, dtype=pl.Boolean)).group_by(by).agg(doubt=pl.col("papers").sum())
    )
    return best.join(doubt, on=by, how="left").with_columns(pl.col("doubt").fill_null(0))


def _are_variants(long: str, other: str) -> bool:
    return long in other or other in long or ratio(long, other) >= ALIKE


def _is_clear() -> pl.Expr:
    noise = pl.when(pl.col("support") >= WELL_SUPPORTED).then(1).otherwise(0)
    return pl.col("doubt") <= pl.max_horizontal(noise, pl.col("support") * TOLERATED)


def _coined(spelt: pl.DataFrame, judged: pl.DataFrame) -> pl.DataFrame:
    """For each short form that a paper of the corpus coins, whether later uses may be taken for that.

    They may where no second paper coins it and no paper dated before has it, whatever its kind there.
    """
    uses = spelt.filter("is_short").join(
        judged.select("short").unique(), left_on="form", right_on="short", how="semi"
    )
    is_coining = pl.col("role") == Role.INTRODUCES
    by_form = uses.group_by(short="form").agg(
        coining=pl.col("paper_id").filter(is_coining).n_unique(),
        coined=pl.col("published").filter(is_coining).min(),
        used=pl.col("published").min(),
        group=pl.col("group").filter(is_coining).min(),
    )
    is_first = not_after(pl.col("coined"), pl.col("used")).fill_null(value=True)
    coined = by_form.filter(pl.col("coining") > 0)
    return coined.select("short", "group", is_credible=(pl.col("coining") == 1) & is_first)
