"""A query in a process of its own, which is killed at the time limit: the engine cannot be stopped otherwise."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import QueryError, QueryTimeoutError
from kg.query import worker
from kg.query.answers import Answer, Boolean, Solutions, Triples

_AROUND = 16
"""Characters of a query shown to either side of a mistake."""


def ask_in_child(
    request: Mapping[str, Any], timeout_seconds: float, *, limit: int | None, base: str
) -> Answer:
    """The answer of a child process; raises `QueryTimeoutError` where it takes longer."""
    with _child(request, timeout_seconds) as stream:
        head = json.loads(stream.readline() or b"{}")
        match head.get("kind"):
            case "solutions":
                results = ox.parse_query_results(stream, ox.QueryResultsFormat.JSON)
                return solutions(results, limit, base)
            case "triples":
                quads = ox.parse(stream, ox.RdfFormat.N_TRIPLES)
                return triples((quad.triple for quad in quads), limit, base)
            case "boolean":
                return Boolean(head["value"])
            case "error":
                raise engine_error(head["type"], head["message"], request["query"])
        raise QueryError("the engine gave up on the query; it is too complex")


def solutions(results: Any, limit: int | None, base: str) -> Solutions:
    """The rows of an engine's answer, up to a limit."""
    names = [variable.value for variable in results.variables]
    rows = iter(results)
    kept = tuple(tuple(row[name] for name in names) for row in islice(rows, limit))
    return Solutions(tuple(names), kept, limit is not None and next(rows, None) is not None, base)


def triples(found: Iterator[ox.Triple], limit: int | None, base: str) -> Triples:
    """The triples of an engine's answer, each once, up to a limit."""
    kept = tuple(dict.fromkeys(islice(found, limit)))
    return Triples(kept, limit is not None and next(found, None) is not None, base)


def engine_error(kind: str, message: str, sparql: str) -> QueryError:
    """What the engine said of a query, in one line."""
    line = " ".join(message.split())
    place = re.match(r"error at (\d+):(\d+): ", line)
    if kind != "SyntaxError":
        return QueryError(f"the query failed: {_shortened(line)}")
    if place is None:
        return QueryError(f"the query is wrong: {_shortened(line)}")
    where = f"line {place[1]}, column {place[2]} of the query"
    if "Prefix not found" in line:
        return QueryError(f"{where}: this prefix is not declared")
    return QueryError(f"{where}: syntax error near {_excerpt(sparql, int(place[1]), int(place[2]))!r}")


def _excerpt(text: str, row: int, column: int) -> str:
    """What stands around a place that is counted from 1."""
    line = text.split("\n")[row - 1]
    return " ".join(line[max(0, column - 1 - _AROUND) : column - 1 + _AROUND].split())


def _shortened(text: str, width: int = 160) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


@contextmanager
def _child(request: Mapping[str, Any], timeout_seconds: float) -> Iterator[IO[bytes]]:
    """The output of a child that answers the request; it is dead when the block is left, in whatever way."""
    path = os.pathsep.join(dict.fromkeys(entry for entry in sys.path if entry))
    process = subprocess.Popen(  # noqa: S603 our own script, nothing of the user's on its command line
        [sys.executable, "-P", str(Path(worker.__file__))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        process.kill()

    timer = threading.Timer(timeout_seconds, stop)
    timer.daemon = True
    with process:
        timer.start()
        try:
            _send(process, request)
            yield _output(process)
            if is_late.is_set():
                raise _timeout(timeout_seconds)
        except (QueryError, SyntaxError, ValueError) as error:
            # A killed child's answer ends in the middle.
            if is_late.is_set():
                raise _timeout(timeout_seconds) from error
            raise
        finally:
            timer.cancel()
            process.kill()


def _send(process: subprocess.Popen[bytes], request: Mapping[str, Any]) -> None:
    if process.stdin is not None:
        try:
            process.stdin.write(json.dumps(request).encode())
            process.stdin.close()
        except BrokenPipeError:
            # It died; what it did not write says the rest.
            return


def _output(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdout is None:
        raise QueryError("the engine's process has no output")
    return process.stdout


def _timeout(seconds: float) -> QueryTimeoutError:
    return QueryTimeoutError(
        f"the query was stopped after {seconds:g} seconds; give it more time or narrow it down"
    )
