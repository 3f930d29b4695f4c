"""The process that answers one query and can be killed; a script of its own, so that it starts quickly.

It reads one JSON object from standard input and writes one JSON line, then the answer: SPARQL results JSON for rows,
N-Triples for triples, nothing for a truth value or an error.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pyoxigraph as ox


def main() -> None:
    """Answers the query on standard input."""
    request = json.load(sys.stdin)
    output = sys.stdout.buffer
    try:
        answer = ask(ox.Store.read_only(request["store"]), request)
        match answer:
            case ox.QueryBoolean():
                output.write(_head(kind="boolean", value=bool(answer)))
            case ox.QueryTriples():
                output.write(_head(kind="triples"))
                answer.serialize(output, ox.RdfFormat.N_TRIPLES)
            case _:
                output.write(_head(kind="solutions"))
                answer.serialize(output, ox.QueryResultsFormat.JSON)
        output.flush()
    except (SyntaxError, RuntimeError, OSError, ValueError) as error:
        output.write(_head(kind="error", type=type(error).__name__, message=str(error)))


def ask(store: ox.Store, request: dict[str, Any]) -> Any:
    """The engine's answer, which may not have been computed yet."""
    bound = {ox.Variable(name): parse_term(text) for name, text in request["bound"].items()}
    return store.query(request["query"], prefixes=request["prefixes"], substitutions=bound or None)


def parse_term(text: str) -> Any:
    """The term of an N-Triples object."""
    (quad,) = ox.parse(f"<x:x> <x:x> {text} .".encode(), ox.RdfFormat.N_TRIPLES)
    return quad.object


def _head(**values: object) -> bytes:
    return json.dumps(values).encode() + b"\n"


if __name__ == "__main__":
    main()
