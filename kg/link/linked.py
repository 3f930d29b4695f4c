"""The as-resolved tables: who and what the papers mean, as Polars frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

_TEXT, _COUNT, _FLAG, _TEXTS = pl.String(), pl.Int32(), pl.Boolean(), pl.List(pl.String())

LINKED_SCHEMAS: Mapping[str, Mapping[str, pl.DataType]] = {
    "entities": {
        "iri_name": _TEXT,
        "kind": _TEXT,
        "label": _TEXT,
        "names": _TEXTS,
        "first_seen": _TEXT,
        "paper_count": _COUNT,
        "mention_count": _COUNT,
        "is_generic": _FLAG,
    },
    "entity_of": {"paper_id": _TEXT, "version": _TEXT, "entity": _COUNT, "iri_name": _TEXT},
    "persons": {"iri_name": _TEXT, "name": _TEXT, "names": _TEXTS, "orcid": _TEXT, "is_ambiguous": _FLAG},
    "authorships": {"paper_id": _TEXT, "position": _COUNT, "iri_name": _TEXT, "name_as_written": _TEXT},
    "citations": {"citing": _TEXT, "cited": _TEXT},
    "cited_only": {"paper_id": _TEXT, "title": _TEXT},
    "influences": {
        "influenced": _TEXT,
        "influencing": _TEXT,
        "entity": _TEXT,
        "role": _TEXT,
        "is_based_on": _FLAG,
    },
    "variants": {"variant": _TEXT, "of": _TEXT, "rule": _TEXT},
}
"""Columns of the frames of `Linked`."""


@dataclass(frozen=True, slots=True)
class CitationCounts:
    """What became of the references."""

    references: int = 0
    """Entries of all lists of references."""
    citations: int = 0
    """Different pairs of citing and cited paper."""
    duplicates: int = 0
    """Entries that name a paper once more that the same list names already."""
    self_citations: int = 0
    """Entries that name the paper itself; dropped."""
    unresolved: int = 0
    """Entries that are neither an identifier nor the title of a known paper; dropped."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What the papers of a graph mean, as frames with the columns of `LINKED_SCHEMAS`.

    Each frame is sorted by its columns from the left, and none depends on the order of the input.
    """

    entities: pl.DataFrame
    """One row an entity: `iri_name` is the last part of its IRI, `names` are all labels but `label`, sorted;
    `first_seen` is the earliest date of a paper that has it; `is_generic` marks classes too wide to connect papers."""
    entity_of: pl.DataFrame
    """One row an entity of a paper version (its position there): the entity that it is."""
    persons: pl.DataFrame
    """One row a person: `names` are all clean forms but `name`, sorted; `is_ambiguous` where the name alone is weak
    evidence of who it is: a single word, initials only, several ORCIDs, or twice among one paper's authors."""
    authorships: pl.DataFrame
    """One row an author of a paper, `position` from 1."""
    citations: pl.DataFrame
    """One row a pair of works; the cited one is a work of the graph or one of `cited_only`."""
    cited_only: pl.DataFrame
    """One row a paper that is cited and otherwise unknown."""
    influences: pl.DataFrame
    """One row a paper, an earlier paper, and an entity that the earlier one introduces; `role` is the strongest that
    the later one gives it, `is_based_on` whether the later one states that something is based on it."""
    variants: pl.DataFrame
    """One row an entity that is a variant of another: the nearest one above it in its family, and the `rule`: the parts
    of its name that the other's lacks."""
    citation_counts: CitationCounts = CitationCounts()
