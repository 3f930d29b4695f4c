"""What a query gives, and how it is printed."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from kg.graph.table import FORMATS, Cell, Table, render
from kg.graph.turtle import turtle
from kg.ontology import BASE_IRI, PREFIXES, shorten

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_FOR_PEOPLE = frozenset({"table", "markdown"})
_NUMBERS = {
    **{PREFIXES["xsd"] + name: int for name in ("integer", "int", "long", "nonNegativeInteger")},
    **{PREFIXES["xsd"] + name: float for name in ("decimal", "double", "float")},
}


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of a SELECT query."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    """One term a variable, or None where it is unbound."""
    is_partial: bool = False
    """Whether rows were left out at the limit."""
    base: str = BASE_IRI

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Each row as plain values: numbers, truth values, and the text of all else."""
        for row in self.rows:
            yield dict(zip(self.variables, map(_cell, row), strict=True))

    def __len__(self) -> int:
        return len(self.rows)

    def render(self, format: str = "table", *, limit: int | None = None, width: int | None = None) -> str:
        """The rows as text: `table`, `csv`, `tsv`, `json` (SPARQL's own), `jsonl` or `markdown`.

        A table is as wide as the terminal, or `width`. For people, IRIs in our namespaces are CURIEs.
        """
        shown = self.rows[:limit]
        if format == "json":
            return _sparql_json(self.variables, shown)
        is_short = format in _FOR_PEOPLE
        cells = tuple(tuple(_cell(term, self.base if is_short else None) for term in row) for row in shown)
        table = Table(self.variables, cells, _note(len(self.rows), len(shown), is_partial=self.is_partial))
        if format == "table":
            return _fitted(table, width or _terminal_width())
        return render(table, format)


@dataclass(frozen=True, slots=True)
class Boolean:
    """The answer to an ASK query."""

    value: bool

    def __bool__(self) -> bool:
        return self.value

    def render(self, format: str = "table", *, limit: int | None = None) -> str:  # noqa: ARG002 as for all answers
        """`true` or `false`; for `json` as SPARQL has it."""
        if format == "json":
            return json.dumps({"head": {}, "boolean": self.value}) + "\n"
        return f"{json.dumps(self.value)}\n"


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE query."""

    triples: tuple[ox.Triple, ...]
    is_partial: bool = False
    """Whether triples were left out at the limit."""
    base: str = BASE_IRI

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def render(self, format: str = "table", *, limit: int | None = None) -> str:
        """The triples as Turtle (`table` or `turtle`), as `ntriples`, or as rows in the formats of `Solutions`."""
        shown = sorted(self.triples, key=str)[:limit]
        if format in {"table", "turtle"}:
            return "".join(turtle(shown, self.base))
        if format == "ntriples":
            return (ox.serialize(shown, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
        rows = tuple((triple.subject, triple.predicate, triple.object) for triple in shown)
        names = ("subject", "predicate", "object")
        return Solutions(names, rows, self.is_partial, self.base).render(format)


Answer: TypeAlias = Solutions | Boolean | Triples


def _cell(term: Term | None, base: str | None = None) -> Cell:
    """A term as plain value, an IRI as CURIE where a base is given."""
    if isinstance(term, ox.NamedNode):
        return term.value if base is None else shorten(term.value, base=base)
    if not isinstance(term, ox.Literal):
        return None if term is None else str(term)
    if term.datatype.value == PREFIXES["xsd"] + "boolean":
        return term.value == "true"
    number = _NUMBERS.get(term.datatype.value)
    try:
        return number(term.value) if number else term.value
    except ValueError:
        return term.value


def _note(found: int, shown: int, *, is_partial: bool) -> str | None:
    if shown < found:
        return f"{shown} of {found} rows"
    return f"the first {shown} rows" if is_partial else None


def _terminal_width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _fitted(table: Table, width: int | None) -> str:
    lines = FORMATS["table"](table).splitlines()
    if width is not None:
        lines = [line if len(line) <= width else line[: width - 1] + "…" for line in lines]
    return "\n".join(lines) + "\n"


def _sparql_json(variables: tuple[str, ...], rows: tuple[tuple[Term | None, ...], ...]) -> str:
    """SPARQL 1.1 Query Results JSON Format."""
    bindings = [
        {name: _json_term(term) for name, term in zip(variables, row, strict=True) if term is not None}
        for row in rows
    ]
    answer = {"head": {"vars": list(variables)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.Literal():
            found = {"type": "literal", "value": term.value}
            if term.language:
                return {**found, "xml:lang": term.language}
            plain = term.datatype.value == PREFIXES["xsd"] + "string"
            return found if plain else {**found, "datatype": term.datatype.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
    return {"type": "literal", "value": str(term)}
