"""Inferred influence: a paper builds on what an earlier paper introduces. Never a citation.

Precision goes before recall. The entity has a name of its own, or its introduction begins with it; it is no generic
class; its introduction is the earliest paper that claims it, and no paper dated before that one knows it; both papers
take it for the same sort of thing.
"""

from __future__ import annotations

import re

import polars as pl

from kg.link.acronyms import GROUP_OF
from kg.link.dates import not_after
from kg.link.forms import is_short, normal_form
from kg.link.linked import LINKED_SCHEMAS
from kg.link.written import Written
from kg.ontology import Relation, Role

BUILDING_ROLES = (Role.COMPARES, Role.EVALUATES, Role.USES)
"""What a paper does with an entity that makes it influenced by its introduction."""

_ROLES = pl.Enum([role.value for role in Role])
_PLACE = ["paper_id", "version", "entity"]
_SEPARATOR = re.compile(r"[\s/-]+")


def influences(written: Written, entities: pl.DataFrame, entity_of: pl.DataFrame) -> pl.DataFrame:
    """Influenced paper, influencing paper and the entity between them; papers without a date take no part."""
    stated = _stated(written, entities, entity_of)
    introduced = _introduced(stated, entities, written.works)
    is_building = pl.col("role").is_in([role.value for role in BUILDING_ROLES]) | pl.col("is_based_on")
    later = stated.filter(is_building & (pl.col("role") != Role.INTRODUCES.value)).join(
        introduced, on="iri_name"
    )
    is_later = not_after(pl.col("introduced"), pl.col("published"))
    is_same_sort = pl.col("groups").list.set_intersection("introduced_groups").list.len() > 0
    named = {"influenced": "paper_id", "influencing": "introducing", "entity": "iri_name"}
    return (
        later.filter(is_later & is_same_sort & (pl.col("paper_id") != pl.col("introducing")))
        .select(**named, role="role", is_based_on="is_based_on")
        .select(pl.col(name).cast(kind) for name, kind in LINKED_SCHEMAS["influences"].items())
        .sort("influenced", "influencing", "entity")
    )


def has_own_name(label: str, names: list[str]) -> bool:
    """Whether an entity is called by a name rather than described.

    Of several words one that is no acronym has a capital or digit wherever they are written; a single word has one
    and more than two letters.

    >>> has_own_name("LLaDA", []), has_own_name("GPT-4", ["gpt-4"]), has_own_name("Adaptive RAG", [])
    (True, True, True)
    >>> has_own_name("LLM-based evaluation", []), has_own_name("Latent Memory", ["latent memory"])
    (False, False)
    """
    words = _SEPARATOR.split(label)
    if len(words) == 1:
        return _is_marked(label) and (len(normal_form(label)) > 2 or not label.isalpha())
    spellings = [label, *(name for name in names if " " in name)]
    return all(_has_proper_word(spelling) for spelling in spellings)


def _has_proper_word(spelling: str) -> bool:
    return any(_is_marked(word) and not is_short(word) for word in _SEPARATOR.split(spelling))


def _is_marked(word: str) -> bool:
    return any(letter.isupper() or letter.isdigit() for letter in word)


def _stated(written: Written, entities: pl.DataFrame, entity_of: pl.DataFrame) -> pl.DataFrame:
    """One row a dated paper and specific entity: the strongest role with its best confidence, its groups of kinds,
    and whether the paper bases something on it.
    """
    specific = entities.filter(~pl.col("is_generic") & (pl.col("paper_count") > 1)).select("iri_name")
    roles = written.entities.select(
        *_PLACE, "confidence", role=pl.col("role").cast(_ROLES), group=pl.col("kind").replace_strict(GROUP_OF)
    )
    based_on = written.assertions.filter(pl.col("relation") == Relation.BASED_ON.value)
    objects = based_on.select("paper_id", "version", entity="object", is_based_on=True).unique()
    is_strongest = pl.col("role") == pl.col("role").min()
    return (
        entity_of.join(specific, on="iri_name", how="semi")
        .join(roles, on=_PLACE, nulls_equal=True)
        .join(objects, on=_PLACE, how="left", nulls_equal=True)
        .join(written.works.select("paper_id", "published").drop_nulls("published"), on="paper_id")
        .group_by("paper_id", "iri_name", "published")
        .agg(
            role=pl.col("role").min().cast(pl.String),
            confidence=pl.col("confidence").filter(is_strongest).max(),
            groups=pl.col("group").unique(),
            is_based_on=pl.col("is_based_on").fill_null(value=False).any(),
        )
    )


def _introduced(stated: pl.DataFrame, entities: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """For each entity that can be told from others its introduction: the paper, its date and groups of kinds."""
    claims = stated.filter(pl.col("role") == Role.INTRODUCES.value)
    ranked = claims.sort(
        "iri_name", "published", "confidence", "paper_id", descending=[False, False, True, False]
    )
    first = ranked.unique("iri_name", keep="first", maintain_order=True).select(
        "iri_name", introducing="paper_id", introduced="published", introduced_groups="groups"
    )
    seen = stated.group_by("iri_name").agg(seen=pl.col("published").min())
    known = first.join(seen, on="iri_name").filter(not_after(pl.col("introduced"), pl.col("seen")))
    described = known.join(entities.select("iri_name", "label", "names"), on="iri_name").join(
        works.select(introducing="paper_id", title="title"), on="introducing"
    )
    told = [
        has_own_name(label, names) or _begins_with(title or "", label)
        for label, names, title in described.select("label", "names", "title").iter_rows()
    ]
    kept = described.filter(pl.Series(told, dtype=pl.Boolean))
    return kept.select("iri_name", "introducing", "introduced", "introduced_groups")


def _begins_with(title: str, label: str) -> bool:
    return " " in label and normal_form(title).startswith(normal_form(label))
