"""What papers name to entities, with kind, label and names by vote of the whole corpus.

The identity of an entity (`kg.link.identity`) knows no kind; kind and label follow from all papers that have it.
"""

from __future__ import annotations

import polars as pl

from kg.link.aliases import curated, well_known
from kg.link.generic import is_generic
from kg.link.identity import Identity, identify
from kg.link.linked import LINKED_SCHEMAS
from kg.link.written import Written
from kg.ontology import Kind, distinct_slugs

_PLACE = ["paper_id", "version", "entity"]
_KINDS = pl.Enum([kind.value for kind in Kind])
_NO_DATE = "9999"


def link_entities(written: Written) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The entities, and for each entity of a paper version the one that it is.

    An entity of a paper none of whose surfaces has a letter or digit is none.
    """
    dated = written.entities.drop("key").join(
        written.works.select("paper_id", "published"), on="paper_id", how="left"
    )
    rows = dated.sort(_PLACE).with_row_index("row")
    identity = identify(rows)
    keyed = rows.drop("surfaces").join(identity.keys, on="row", maintain_order="left")
    entities = _entities(keyed, _times(keyed, identity, written.mentions), identity)
    entities = entities.with_columns(is_generic=is_generic(work_count=written.works.height))
    entity_of = keyed.join(entities.select("key", "iri_name"), on="key")
    return _shaped(entities, "entities").sort("iri_name"), _shaped(entity_of, "entity_of").sort(_PLACE)


def _times(keyed: pl.DataFrame, identity: Identity, mentions: pl.DataFrame) -> pl.DataFrame:
    """One row a key, paper and clean label: how often the paper writes it, in the version that does so most.

    A listed surface without mentions counts as one.
    """
    written = mentions.group_by(*_PLACE, "surface").agg(times=pl.len())
    listed = identity.spelt.join(keyed.select("row", "version", "entity", "key"), on="row")
    joined = listed.join(written, on=[*_PLACE, "surface"], how="left", nulls_equal=True)
    label = ["key", "paper_id", "clean", "form", "is_short"]
    in_versions = joined.group_by(*label, "version").agg(pl.col("times").fill_null(1).sum())
    return in_versions.group_by(label).agg(pl.col("times").max())


def _entities(keyed: pl.DataFrame, times: pl.DataFrame, identity: Identity) -> pl.DataFrame:
    """One row a key, with the columns of the table of entities, but for `is_generic`, and the key."""
    entities = (
        _seen(keyed)
        .join(times.group_by("key").agg(mention_count=pl.col("times").sum()), on="key")
        .join(_kinds(keyed), on="key")
        .join(_labels(times, identity), on="key")
        .sort("key")
        .pipe(well_known)
    )
    things = entities.select("key", "label", pl.format("{} {}", "earliest", "key")).iter_rows()
    iri_names = distinct_slugs((key, label, evidence) for key, label, evidence in things)
    return entities.with_columns(
        iri_name=pl.Series([iri_names[key] for key in entities["key"]], dtype=pl.String)
    )


def _seen(keyed: pl.DataFrame) -> pl.DataFrame:
    """For each key its earliest date and paper, and the number of its papers."""
    by_date = pl.col("paper_id").sort_by(pl.col("published").fill_null(_NO_DATE), "paper_id")
    return keyed.group_by("key").agg(
        first_seen=pl.col("published").min(),
        earliest=by_date.first(),
        paper_count=pl.col("paper_id").n_unique(),
    )


def _kinds(keyed: pl.DataFrame) -> pl.DataFrame:
    """For each key the kind with most votes: confidences in hundredths, which add up exactly in any order."""
    hundredths = (pl.col("confidence") * 100).round().cast(pl.Int64)
    in_versions = keyed.group_by("key", "paper_id", "version", "kind").agg(votes=hundredths.max())
    in_papers = in_versions.group_by("key", "paper_id", "kind").agg(pl.col("votes").max())
    votes = in_papers.group_by("key", pl.col("kind").cast(_KINDS)).agg(pl.col("votes").sum())
    ranked = votes.sort("key", "votes", "kind", descending=[False, True, False])
    return ranked.group_by("key", maintain_order=True).agg(kind=pl.col("kind").first().cast(pl.String))


# --- labels ---------------------------------------------------------------------------------------------------------


def _labels(times: pl.DataFrame, identity: Identity) -> pl.DataFrame:
    """For each key its label, the most frequent of its names, and its other names."""
    ranked = _names(times, identity).sort(
        ["key", "is_home", "is_stray", "times", "is_short", "clean"],
        descending=[False, True, False, True, True, False],
    )
    return (
        ranked.group_by("key", maintain_order=True)
        .agg(label=pl.col("clean").first(), names=pl.col("clean").unique())
        .with_columns(names=pl.col("names").list.set_difference(pl.concat_list("label")).list.sort())
    )


def _names(times: pl.DataFrame, identity: Identity) -> pl.DataFrame:
    """The clean labels that name their key, with how often they do, and whether they are at home there or elsewhere.

    An ambiguous acronym is a name of all its long forms, any other form at home elsewhere is none. One at home nowhere
    needs two papers, unless the entity has but one: papers list special cases ("cohort-level RL") beside the thing.
    """
    counted = times.group_by("key", "clean", "form", "is_short").agg(pl.col("times").sum())
    support = times.group_by("key", "form").agg(form_papers=pl.col("paper_id").n_unique())
    papers = times.group_by("key").agg(papers=pl.col("paper_id").n_unique())
    fitting = identity.pairs.select(form="short", key="long", is_fitting=True).unique()
    judged = (
        counted.join(_homes(identity), on="form", how="left")
        .join(fitting, on=["form", "key"], how="left")
        .join(support, on=["key", "form"])
        .join(papers, on="key")
        .with_columns(
            is_home=pl.col("homes").list.contains(pl.col("key")).fill_null(value=False),
            is_stray=(~pl.col("homes").list.contains(pl.col("key"))).fill_null(value=False),
        )
    )
    is_supported = (pl.col("form_papers") > 1) | (pl.col("papers") == 1)
    is_ambiguous = ~pl.col("form").is_in(identity.acronyms["short"].unique().implode())
    is_name = pl.col("is_home") | (pl.col("is_fitting") & is_ambiguous) | (~pl.col("is_stray") & is_supported)
    return judged.filter(is_name)


def _homes(identity: Identity) -> pl.DataFrame:
    """For each form that identifies an entity, or is its unambiguous acronym or curated alias, the keys of it."""
    keys = identity.keys.select(form="key", home="key").unique()
    used = keys.select(long="home")
    acronyms = identity.acronyms.join(used, on="long", how="semi").select(form="short", home="long").unique()
    aliases = curated().select("form", home="known_key").join(keys, on="home", how="semi")
    return pl.concat([acronyms, keys, aliases]).unique().group_by("form").agg(homes="home")


def _shaped(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(kind) for name, kind in LINKED_SCHEMAS[table].items())
