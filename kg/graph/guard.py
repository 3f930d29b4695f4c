r"""What keeps a query harmless: read-only, no way to the network, and not so deep that the engine's stack ends.

The engine has no switch for `SERVICE`, which fetches over HTTP, and its grammar needs no space around a keyword:
`1SERVICE<http://…>` is a call. So the letters are refused wherever they are not part of a string, an IRI, a variable or
the local part of a name, in the text as it stands and with its `\u` escapes resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import QueryError

TEXT_LIMIT_BYTES = 64 * 1024
DEPTH_LIMIT = 200
CHAIN_LIMIT = 1_000
"""Operators and patterns in one query: each may be a level of the engine's stack (it ends between 3 000 and 9 000)."""

_TOKENS = re.compile(
    r"""
    (?P<string> \"{3} (?: [^"\\] | \\. | "(?!"") )*+ (?:\"{3})? | '{3} (?: [^'\\] | \\. | '(?!'') )*+ (?:'{3})?
              | " (?: [^"\\\n\r] | \\. )*+ "? | ' (?: [^'\\\n\r] | \\. )*+ '? )
  | (?P<iri> < [^<>"{}|^`\\\x00-\x20]*+ > )
  | (?P<comment> \# [^\n\r]*+ )
  | (?P<variable> [?$] \w++ )
  | (?P<word> [^\W\d_] [\w.\-]*+ )? (?P<local> : (?: [\w.\-:%] | \\. )*+ )
  | (?P<keyword> [^\W\d_] [\w.\-]*+ )
  | (?P<operator> \|\| | && | [!|/^*+\-] )
  | (?P<open> [\[({] )
  | (?P<close> [\])}] )
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = ("string", "iri", "comment", "variable", "local", "keyword", "operator", "open", "close")
_PLAIN_LOCAL = re.compile(r":(?:\w[\w\-]*)?")
_FORBIDDEN_LETTERS = re.compile("service", re.IGNORECASE)
_UPDATES = frozenset({"load", "insert", "delete", "clear", "drop", "create", "add", "move", "copy", "with"})
_CHAINED_WORDS = frozenset(
    {"union", "optional", "minus", "bind", "as", "graph", "exists", "values", "select"}
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check_query(text: str) -> None:
    """Raises `QueryError` for a query that writes, reaches for the network, or is too long or too deep.

    >>> check_query("SELECT ?service { ?paper dcterms:title ?service }")
    >>> check_query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: SERVICE is refused: a query reads this graph and nothing else
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > TEXT_LIMIT_BYTES:
        raise QueryError(f"the query has {size} bytes; at most {TEXT_LIMIT_BYTES} are read")
    for reading in {text, _unescaped(text)}:
        tokens = list(_tokens(reading))
        _refuse_network(tokens)
        _refuse_updates(tokens)
        _refuse_depth(tokens)


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF else match[0]

    return _ESCAPE.sub(character, text)


def _tokens(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _TOKENS.finditer(text):
        yield next(kind for kind in _KINDS if match[kind] is not None), match


def _refuse_network(tokens: list[tuple[str, re.Match[str]]]) -> None:
    if any(_FORBIDDEN_LETTERS.search(_exposed(kind, match)) for kind, match in tokens):
        raise QueryError("SERVICE is refused: a query reads this graph and nothing else")


def _exposed(kind: str, match: re.Match[str]) -> str:
    """The part of a token that the engine may read as a keyword."""
    if kind == "keyword":
        return match[0]
    if kind == "local":
        # The name ends before `.SERVICE` in `ex:.SERVICE`.
        return (match["word"] or "") + ("" if _PLAIN_LOCAL.fullmatch(match["local"]) else match["local"])
    # `FILTER(?a<1)SERVICE:x#>` has no IRI, although `<1)SERVICE:x#>` looks like one.
    return match[0] if kind == "iri" and ")" in match[0] else ""


def _refuse_updates(tokens: list[tuple[str, re.Match[str]]]) -> None:
    for kind, match in tokens:
        if kind == "keyword" and match[0].lower() in _UPDATES:
            raise QueryError(
                f"{match[0].upper()} is refused: a graph changes by `kg add` and `kg build` only"
            )


def _refuse_depth(tokens: list[tuple[str, re.Match[str]]]) -> None:
    depth = chained = 0
    for kind, match in tokens:
        depth += (kind == "open") - (kind == "close")
        chained += kind == "operator" or (kind == "keyword" and match[0].lower() in _CHAINED_WORDS)
        if depth > DEPTH_LIMIT:
            raise QueryError(
                f"the query is too deeply nested: brackets within more than {DEPTH_LIMIT} others"
            )
    if chained > CHAIN_LIMIT:
        raise QueryError(f"the query is too complex: {chained} operators and patterns, at most {CHAIN_LIMIT}")
