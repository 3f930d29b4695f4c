"""Named queries: each is a file of `ontology/queries` whose head documents it.

    # title: Who wrote papers with a person
    # parameter person (thing): the person
    # parameter kind (kind, default benchmark): the kind of entity

A parameter is a variable that the query selects; its value reaches the engine as a term, never as text of the query.
Its type says what a value may be: `thing` takes an IRI, a CURIE, a paper id or a label in any case, `kind` a kind of
entity, `text` a string, and `number` a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import OpenGraph
from kg.graph.terms import decimal_text
from kg.graph.things import resolve
from kg.ontology import KIND_CLASSES, PREFIXES, Kind, expand, ontology_folder

_TITLE = re.compile(r"^# title: (.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"^# parameter (\w+) \((\w+)(?:, default ([^)]+))?\): (.+)$", re.MULTILINE)


class ValueType(StrEnum):
    """What the value of a parameter may be."""

    THING = "thing"
    KIND = "kind"
    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes."""

    name: str
    type: ValueType
    meaning: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that is asked by name."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    sparql: str

    @property
    def usage(self) -> str:
        """Its parameters as they are given: `--set person=THING`."""
        shown = (f"--set {each.name}={each.default or each.type.value.upper()}" for each in self.parameters)
        return " ".join(shown) or "no parameters"


def named_queries() -> tuple[NamedQuery, ...]:
    """All named queries, sorted by name."""
    return tuple(_read(path) for path in sorted((ontology_folder() / "queries").glob("*.rq")))


def named_query(name: str) -> NamedQuery:
    """The named query of that name."""
    known = {each.name: each for each in named_queries()}
    if name not in known:
        raise QueryError(f"there is no query named {name!r}; there are {', '.join(known)}")
    return known[name]


def bound_terms(
    graph: OpenGraph, chosen: NamedQuery, values: Mapping[str, str]
) -> dict[str, ox.NamedNode | ox.Literal]:
    """The term of each parameter, given or by default."""
    unknown = values.keys() - {each.name for each in chosen.parameters}
    if unknown:
        raise QueryError(f"{chosen.name!r} takes no {min(unknown)!r}: {chosen.usage}")
    terms = {}
    for parameter in chosen.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(f"{chosen.name!r} needs {parameter.name!r}, {parameter.meaning}: {chosen.usage}")
        terms[parameter.name] = _term(graph, parameter, value)
    return terms


def _term(graph: OpenGraph, parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    match parameter.type:
        case ValueType.THING:
            return ox.NamedNode(resolve(graph, value))
        case ValueType.KIND:
            return _kind(value)
        case ValueType.NUMBER:
            return _number(parameter, value)
        case ValueType.TEXT:
            return ox.Literal(value)


def _kind(value: str) -> ox.NamedNode:
    name = value.lower().removesuffix("s")
    if name not in set(Kind):
        raise QueryError(f"{value!r} is no kind of entity; there are {', '.join(Kind)}")
    return ox.NamedNode(expand(KIND_CLASSES[Kind(name)][0]))


def _number(parameter: Parameter, value: str) -> ox.Literal:
    try:
        text = decimal_text(float(value))
    except ValueError:
        text = None
    if text is None:
        raise QueryError(f"{parameter.name!r} is {value!r}; expected a number")
    return ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal"))


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    title = _TITLE.search(text)
    parameters = tuple(
        Parameter(name, ValueType(type_), meaning, default or None)
        for name, type_, default, meaning in _PARAMETER.findall(text)
    )
    return NamedQuery(path.stem, title[1] if title else path.stem, parameters, text)
