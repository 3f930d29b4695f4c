"""Authors' names to persons: one person for each full name, whatever its accents, order and spacing.

This is the strict rule: two names are one person only where every word of them is the same. Accents may be missing in
one of them, unless the corpus has two forms with different accents; initials match initials only.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from kg.link.linked import LINKED_SCHEMAS
from kg.ontology import distinct_slugs
from kg.text import clean_label

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md"})
"""What may follow a comma without being a given name."""

NOBODY = frozenset({"et al", "others", "and others", "anonymous"})
"""Entries of lists of authors that name no person."""

_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_PUNCTUATION = re.compile(r"[\x00-/:-@\[-`{-\xbf\u2000-\u206f\u3000-\u3003]+")
_ORCID = r"(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])"
_HAS_LETTER = re.compile(r"[^\W\d_]")


class _Name(NamedTuple):
    """A name as written and the forms by which it is compared."""

    written: str
    clean: str
    """Repaired, given name first."""
    full: str
    """Case and punctuation folded."""
    plain: str
    """Accents folded as well."""


def link_people(authors: pl.DataFrame, works: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The persons and authorships of these authors; an entry that names nobody has no authorship."""
    keys = _keys(_name(written) for written in authors["name"].unique().sort())
    dated = works.select("paper_id", "published")
    signed = authors.join(keys, on="name").join(dated, on="paper_id", how="left").sort("paper_id", "position")
    persons = _persons(signed)
    authorships = signed.join(persons.select("key", "iri_name"), on="key").rename({"name": "name_as_written"})
    return _shaped(persons, "persons").sort("iri_name"), _shaped(authorships, "authorships").sort(
        "paper_id", "position"
    )


def given_name_first(name: str) -> str:
    """The name with its family name last.

    >>> given_name_first("Vaswani, Ashish"), given_name_first("Downey, Robert, Jr."), given_name_first("King, Jr.")
    ('Ashish Vaswani', 'Robert Downey Jr.', 'King, Jr.')
    """
    parts = [part.strip() for part in name.split(",")]
    is_suffixed = len(parts) == 3 and _words(parts[2]) in SUFFIXES
    if not all(parts) or len(parts) not in (2, 3) or (len(parts) == 3 and not is_suffixed):
        return name
    if _words(parts[1]) in SUFFIXES:
        return name
    return " ".join([parts[1], parts[0], *parts[2:]])


# --- names ----------------------------------------------------------------------------------------------------------


def _name(written: str) -> _Name:
    clean = " ".join(given_name_first(clean_label(written)).split())
    full = _words(clean)
    return _Name(
        written, clean, full, full if full.isascii() else "".join(each[0] for each in _letters(full))
    )


def _words(name: str) -> str:
    """The name case folded, with one space for each run of anything but letters, digits and marks."""
    return " ".join(_PUNCTUATION.sub(" ", unicodedata.normalize("NFKC", name).casefold()).split())


def _letters(full: str) -> list[tuple[str, str]]:
    """Each letter without its accents, and the letter itself where it has any."""
    letters = []
    for letter in full:
        decomposed = unicodedata.normalize("NFD", letter)
        base = "".join(each for each in decomposed if not unicodedata.combining(each)).translate(
            _PLAIN_LETTERS
        )
        accented = "" if base == letter else letter
        letters += [(base[:1], accented), *((other, "") for other in base[1:])]
    return letters


def _keys(names: Iterable[_Name]) -> pl.DataFrame:
    """For each name as written, the key of its person and its clean form."""
    sharing: defaultdict[str, set[str]] = defaultdict(set)
    known = [name for name in names if _HAS_LETTER.search(name.full) and name.full not in NOBODY]
    for name in known:
        sharing[name.plain].add(name.full)
    is_one = {plain: len(forms) == 1 or _have_same_accents(forms) for plain, forms in sharing.items()}
    rows = [
        (each.written, each.clean, each.plain if is_one[each.plain] else f"={each.full}") for each in known
    ]
    return pl.DataFrame(rows, schema={"name": pl.String, "clean": pl.String, "key": pl.String}, orient="row")


def _have_same_accents(forms: set[str]) -> bool:
    """Whether no letter has two different accents among forms that are equal without accents."""
    spelt = [_letters(form) for form in sorted(forms)]
    return all(
        len({accented for _, accented in place if accented}) <= 1 for place in zip(*spelt, strict=False)
    )


# --- frames ---------------------------------------------------------------------------------------------------------


def _persons(signed: pl.DataFrame) -> pl.DataFrame:
    """One row a key, with the columns of the table of persons and the key."""
    orcids = pl.col("orcid").str.extract(_ORCID).str.to_uppercase().drop_nulls().unique()
    earliest = pl.struct("published", "paper_id", "position").sort_by(
        pl.col("published").fill_null("9999"), "paper_id", "position"
    )
    grouped = (
        signed.group_by("key")
        .agg(
            orcids=orcids,
            forms=pl.col("clean").unique().sort(),
            evidence=earliest.first(),
            is_twice=pl.col("paper_id").is_duplicated().any(),
        )
        .join(_most_frequent(signed), on="key")
        .sort("key")
    )
    evidence = pl.format(
        "{}#{}", pl.col("evidence").struct["paper_id"], pl.col("evidence").struct["position"]
    )
    things = grouped.select("key", "name", evidence).iter_rows()
    iri_names = distinct_slugs((key, name, where) for key, name, where in things)
    has_one_orcid = pl.col("orcids").list.len() == 1
    return grouped.with_columns(
        iri_name=pl.Series([iri_names[key] for key in grouped["key"]], dtype=pl.String),
        names=pl.col("forms").list.set_difference(pl.concat_list("name")).list.sort(),
        orcid=pl.when(has_one_orcid).then(pl.col("orcids").list.first()),
        is_ambiguous=(pl.col("orcids").list.len() > 1) | pl.col("is_twice") | ~_has_two_words(pl.col("key")),
    )


def _most_frequent(signed: pl.DataFrame) -> pl.DataFrame:
    """For each key its most frequent clean form.

    Ties go to a form in capitals and small letters, then to one with accents, then by code point.
    """
    clean = pl.col("clean")
    is_in_one_case = (clean == clean.str.to_uppercase()) | (clean == clean.str.to_lowercase())
    counted = signed.group_by("key", "clean").agg(times=pl.len())
    judged = counted.with_columns(
        is_in_one_case=is_in_one_case, is_plain=~clean.str.contains(r"[^\x00-\x7f]")
    )
    order = ["key", "times", "is_in_one_case", "is_plain", "clean"]
    ranked = judged.sort(order, descending=[False, True, False, False, False])
    return ranked.unique("key", keep="first", maintain_order=True).select("key", name="clean")


def _has_two_words(key: pl.Expr) -> pl.Expr:
    """Whether the name has two words that are no initials."""
    return key.str.strip_chars_start("=").str.count_matches(r"[^\s]{2,}") >= 2


def _shaped(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(kind) for name, kind in LINKED_SCHEMAS[table].items())
