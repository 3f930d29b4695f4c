"""Turtle that people read: grouped by subject, with prefixes, everything sorted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from kg.ontology import PREFIXES

_RDF_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]
_PLAIN_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_RELATIVE = re.compile(
    r"(?:paper|person|entity|claim|result|authorship)(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9%._~-]+)+"
)
_BARE = {
    f"{_XSD}integer": re.compile(r"-?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"-?[0-9]+\.[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}
"""Literals that Turtle writes without quotes and datatype."""


def header(base: str) -> str:
    """The prefixes and, where relative IRIs resolve against it, the base."""
    lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in sorted(_prefixes(base).items())]
    return "\n".join(([f"@base <{base}> ."] if base.endswith("/") else []) + lines) + "\n"


def subject_block(subject: str, triples: Iterable[Triple], base: str) -> str:
    """All that is stated of one subject: its classes first, then its properties in order."""
    write = _terms(base)
    objects_by_predicate: dict[str, set[str]] = {}
    for triple in triples:
        objects_by_predicate.setdefault(triple.predicate.value, set()).add(write(triple.object))
    lines = [
        f"{'a' if predicate == _RDF_TYPE else write.iri(predicate)} {', '.join(sorted(objects))}"
        for predicate, objects in sorted(objects_by_predicate.items(), key=_classes_first)
    ]
    described = " ;\n    ".join(lines)
    return f"\n{write.iri(subject)} {described} .\n"


def turtle(triples: Iterable[Triple], base: str) -> Iterator[str]:
    """A whole document, of triples that are few enough to sort at once."""
    by_subject: dict[str, list[Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            by_subject.setdefault(triple.subject.value, []).append(triple)
    yield header(base)
    for subject, described in sorted(by_subject.items()):
        yield subject_block(subject, described, base)


class _Terms:
    """Terms as Turtle writes them, against one base."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._spaces = sorted(_prefixes(base).items(), key=lambda item: (-len(item[1]), item[0]))

    def __call__(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        return self._literal(term) if isinstance(term, Literal) else str(term)

    def iri(self, iri: str) -> str:
        """A prefixed name where its local part needs no escape, a relative IRI for our own things, or the whole."""
        if iri.startswith(self._base) and self._base.endswith("/"):
            local = iri[len(self._base) :]
            if _RELATIVE.fullmatch(local):
                return f"<{local}>"
        for prefix, space in self._spaces:
            if iri.startswith(space) and _PLAIN_LOCAL.fullmatch(iri, len(space)):
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    def _literal(self, literal: Literal) -> str:
        datatype = literal.datatype.value
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(literal.value):
            return literal.value
        if literal.language or datatype == f"{_XSD}string":
            return str(literal)
        return f"{Literal(literal.value)}^^{self.iri(datatype)}"


@cache
def _terms(base: str) -> _Terms:
    return _Terms(base)


def _prefixes(base: str) -> Mapping[str, str]:
    return {
        prefix: space for prefix, space in {**PREFIXES, "kgr": base}.items() if prefix not in {"oa", "void"}
    }


def _classes_first(item: tuple[str, set[str]]) -> tuple[bool, str]:
    return (item[0] != _RDF_TYPE, item[0])
