"""Families of models and resources: names read as family, version, size and variant, and which is a variant of which.

A name loses its last known part at a time: `Llama-3-8B-Instruct`, `Llama-3-8B`, `Llama-3`, `Llama`. A part is known by
its pattern or by `kg.link.parts`; at an unknown one the name ends, so a false ancestor is rarer than a missed one.
A version with a point is one number: `Llama 3.1` is a variant of `Llama`, not of `Llama 3`; a letter at a version is a
part: `GPT-4o` is a variant of `GPT-4`. A size never counts as a version of a smaller one: `CIFAR-100`, `CIFAR-10`.
An entity is a variant of its nearest ancestor in the corpus; ancestors that no paper names are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise

import polars as pl

from kg.link.forms import normal_form
from kg.link.linked import LINKED_SCHEMAS
from kg.link.parts import (
    DERIVED,
    LETTERED_VERSIONS,
    LETTERS_ARE_SIZES,
    MODEL_VARIANTS,
    NO_FAMILIES,
    RESOURCE_VARIANTS,
    SIZES,
)
from kg.ontology import Kind


class Part(StrEnum):
    """What a part of a name says about the thing, and so the rule by which it is a variant."""

    VERSION = "version"
    SIZE = "size"
    VARIANT = "variant"
    DERIVED = "derived"
    """The name hides what the thing is made from; `kg.link.parts` knows."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts, as written."""

    family: str
    version: str | None = None
    size: str | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Ancestor:
    """What a name is a variant of."""

    name: str
    rule: str
    """The parts that the ancestor lacks, the last one first: "variant+size"."""


@dataclass(frozen=True, slots=True)
class _Thing:
    iri_name: str
    spellings: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str


PARENT_KINDS = {
    Kind.MODEL.value: frozenset({Kind.MODEL.value, Kind.METHOD.value}),
    Kind.DATASET.value: frozenset({Kind.DATASET.value, Kind.BENCHMARK.value}),
    Kind.BENCHMARK.value: frozenset({Kind.DATASET.value, Kind.BENCHMARK.value}),
}
"""The kinds that have families, and those of their ancestors: papers call an architecture a method as well."""

_LIST = re.compile(r"(?<![A-Za-z])/|/(?!\d)|[,;&|]|\band\b|\bor\b|\bvs\b")
_CHUNK = re.compile(r"\d{4}-\d\d-\d\d(?!\d)|/\d+|[^\s\-‐‑–_:()\[\]~'’/]+")
_GLUED = re.compile(
    r"(?P<head>\w*?[A-Za-z]{2,}?[A-Za-z])(?P<version>[vV]?\d+(?:\.\d+)*)(?P<letter>[oOvV]|(?<=\d)[nsmlx])?"
)
_LETTER_AT_VERSION = re.compile(r"(\d+(?:\.\d+)?)([oOvVn])")
_VERSION = re.compile(r"[vV]?\d+(?:\.\d+)*|'?\d\d|II|III|IV")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|0\d{3}|1[012]\d\d|2\d(?:0[1-9]|1[0-2])")
_MODEL_SIZE = re.compile(r"[AE]?\d+(?:\.\d+)?[BMT]|\d+x\d+(?:\.\d+)?B|\d+B\d|\d+E|/\d+", re.IGNORECASE)
_WINDOW = re.compile(r"\d+[kK]")
_RESOURCE_SIZE = re.compile(r"\d+(?:\.\d+)?[KMBT]", re.IGNORECASE)
_T5 = re.compile(r"\w*[^pP][tT]5")
_SEPARATORS = re.compile(r"[\W_]+")
_LETTERS_AT_VERSIONS = frozenset("ovn")
_LETTER_SIZES = frozenset("tsmblhgnx")
_FOUNDATION = re.compile(r"(?:llama|qwen|mistral|gemma)\d*(?:\.\d+)?", re.IGNORECASE)


def parse(label: str, kind: Kind = Kind.MODEL) -> Name:
    """The parts of the name of a model, dataset or benchmark.

    >>> parse("Llama-3-8B-Instruct")
    Name(family='Llama', version='3', size='8B', variant='Instruct')
    """
    family, parts = _read(label, kind)
    version, size, variant = (
        _joined([piece for piece, its_part in parts if its_part is part])
        for part in (Part.VERSION, Part.SIZE, Part.VARIANT)
    )
    return Name(family, version, size, variant)


def ancestors(label: str, kind: Kind = Kind.MODEL) -> list[Ancestor]:
    """What the thing of that name is a variant of by its name alone, the nearest first.

    >>> [ancestor.name for ancestor in ancestors("GPT-4o-mini")]
    ['GPT-4o', 'GPT-4', 'GPT']
    """
    family, parts = _read(label, kind)
    ends = [len(family), *(piece.end for piece, _ in parts)]
    names = [label] + [label[:end] for end in reversed(ends[:-1])]
    rules = [str(part) for _, part in reversed(parts)]
    found = [Ancestor(name, "+".join(rules[:place])) for place, name in enumerate(names) if place]
    for place, name in enumerate(names):
        if origin := DERIVED.get(normal_form(name)):
            return [*found[:place], Ancestor(origin, "+".join([*rules[:place], Part.DERIVED]))]
    return found


def variants(entities: pl.DataFrame) -> pl.DataFrame:
    """For each entity of the linked table that has an ancestor there, the nearest one and the rule.

    An ancestor is found by its label, or by another name where its label itself has no ancestors ("Generative
    Pre-trained Transformer", also "GPT"); generic ones are none.
    """
    familiar = entities.filter(pl.col("kind").is_in(sorted({*PARENT_KINDS, *chain(*PARENT_KINDS.values())})))
    ranked = familiar.sort("paper_count", "iri_name", descending=[True, False])
    known = _known(ranked.filter(~pl.col("is_generic")))
    children = familiar.filter(pl.col("kind").is_in(list(PARENT_KINDS)))
    rows = [
        (iri_name, *found)
        for iri_name, kind, label in children.select("iri_name", "kind", "label").iter_rows()
        if (found := _nearest(iri_name, Kind(kind), label, known))
    ]
    return pl.DataFrame(rows, schema=dict(LINKED_SCHEMAS["variants"]), orient="row").sort("variant", "of")


def _known(ranked: pl.DataFrame) -> dict[tuple[str, str], _Thing]:
    """What may be an ancestor by kind and form, labels before other names, what many papers have before the rest."""
    by_label: dict[tuple[str, str], _Thing] = {}
    by_name: dict[tuple[str, str], _Thing] = {}
    for iri_name, kind, label, names in ranked.select("iri_name", "kind", "label", "names").iter_rows():
        thing = _Thing(iri_name, frozenset(map(_spelling, (label, *names))))
        by_label.setdefault((kind, normal_form(label)), thing)
        if kind in PARENT_KINDS and not ancestors(label, Kind(kind)):
            for name in names:
                by_name.setdefault((kind, normal_form(name)), thing)
    return by_name | by_label


def _nearest(
    iri_name: str, kind: Kind, label: str, known: Mapping[tuple[str, str], _Thing]
) -> tuple[str, str] | None:
    kinds = sorted(PARENT_KINDS[kind], key=lambda other: (other != kind, other))
    own = normal_form(label)
    found = ancestors(label, kind)
    for ancestor in found:
        form = normal_form(ancestor.name)
        for thing in filter(None, (known.get((other, form)) for other in kinds)):
            is_alike = ancestor is not found[-1] or _is_spelt_alike(ancestor.name, thing)
            if thing.iri_name != iri_name and form != own and is_alike:
                return thing.iri_name, ancestor.rule
    return None


def _is_spelt_alike(name: str, thing: _Thing) -> bool:
    """Whether a paper writes the thing so; without a digit, other capitals often are another thing: Nova, NOVA."""
    spelling = _spelling(name)
    return spelling.islower() or any(map(str.isdigit, spelling)) or spelling in thing.spellings


def _spelling(name: str) -> str:
    return _SEPARATORS.sub("", name)


# --- names to parts -------------------------------------------------------------------------------------------------


def _read(label: str, kind: Kind) -> tuple[str, list[tuple[_Piece, Part]]]:
    """The family, a start of the label, and the known parts behind it; a list of names is one family."""
    pieces = [] if _LIST.search(label) else list(_pieces(label))
    parts: list[tuple[_Piece, Part]] = []
    while len(pieces) > 1 and (part := _part(pieces, kind)):
        parts.insert(0, (pieces.pop(), part))
    family = label[: pieces[-1].end] if pieces else label
    if not any(map(str.isalpha, family)) or normal_form(family) in NO_FAMILIES:
        return label, []
    return family, parts


def _joined(pieces: list[_Piece]) -> str | None:
    """The pieces as one text, with a space where something stood between them."""
    text, end = "", 0
    for piece in pieces:
        text += piece.text if not text or piece.start == end else f" {piece.text}"
        end = piece.end
    return text or None


def _pieces(label: str) -> Iterator[_Piece]:
    """The words of a label, with versions, letters of versions and plus signs parted from what they are glued to."""
    shown = re.sub(r"(?i)\bdall[-·]e", "DALLxE", label)
    for chunk in _CHUNK.finditer(shown):
        text, start = chunk.group(), chunk.start()
        core = text.rstrip("+") or text
        ends = [len(core)] if core != text else []
        glued = _GLUED.fullmatch(core) or _LETTER_AT_VERSION.fullmatch(core)
        if glued and _may_part(glued):
            ends = sorted({glued.end(group) for group in range(1, glued.re.groups + 1)} - {-1} | set(ends))
        bounds = [0, *(end for end in ends if end < len(text)), len(text)]
        for left, right in pairwise(bounds):
            yield _Piece(start + left, start + right, label[start + left : start + right])


def _may_part(glued: re.Match[str]) -> bool:
    """Whether a word is a name and its version: letters of sizes make it one only for YOLO, and T5 is itself a name."""
    if _T5.fullmatch(glued.group()):
        return False
    letter = glued.groupdict().get("letter")
    return letter not in {*"nsmlx"} or glued["head"].casefold() == "yolo"


def _part(pieces: list[_Piece], kind: Kind) -> Part | None:
    """What the last of the pieces is; none where it belongs to the family."""
    return _model_part(pieces) if kind is Kind.MODEL else _resource_part(pieces[-1].text)


def _model_part(pieces: list[_Piece]) -> Part | None:
    """What the last piece is in the name of a model."""
    text, word, head = pieces[-1].text, pieces[-1].text.casefold(), pieces[0].text.casefold()
    if _is_distilled_into(pieces) or (len(pieces) > 2 and (_DATE.fullmatch(text) or _WINDOW.fullmatch(text))):
        return Part.VARIANT
    is_glued = pieces[-1].start == pieces[-2].end and pieces[-2].text[-1].isdigit()
    is_lettered = (head, word[0]) in LETTERED_VERSIONS and word[1:2].isdigit()
    if (
        _VERSION.fullmatch(text)
        or is_lettered
        or (is_glued and word in _LETTERS_AT_VERSIONS and head != "yolo")
    ):
        return Part.VERSION
    if word in SIZES or _MODEL_SIZE.fullmatch(text) or (word in _LETTER_SIZES and head in LETTERS_ARE_SIZES):
        return Part.SIZE
    return Part.VARIANT if word in MODEL_VARIANTS or text.startswith("+") else None


def _is_distilled_into(pieces: list[_Piece]) -> bool:
    """Whether the last piece is the model, or its version, into which the one before was distilled."""
    before = [piece.text.casefold() for piece in pieces[-3:-1]]
    if before[-1].startswith("distill"):
        return _FOUNDATION.fullmatch(pieces[-1].text) is not None
    is_version = _VERSION.fullmatch(pieces[-1].text) is not None
    return is_version and before[0].startswith("distill") and _FOUNDATION.fullmatch(before[-1]) is not None


def _resource_part(text: str) -> Part | None:
    """What a piece is in the name of a dataset or benchmark."""
    if _VERSION.fullmatch(text):
        return Part.VERSION
    if _RESOURCE_SIZE.fullmatch(text) or text.casefold() in SIZES:
        return Part.SIZE
    return Part.VARIANT if text.casefold() in RESOURCE_VARIANTS or text.startswith("+") else None
