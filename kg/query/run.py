"""A query, checked and answered: here, or in a process that can be killed."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import OpenGraph
from kg.graph.guard import check_query
from kg.ontology import PREFIXES
from kg.query.answers import Answer, Boolean, Solutions
from kg.query.child import ask_in_child, engine_error, solutions, triples
from kg.query.library import bound_terms, named_query
from kg.query.worker import ask


def query(
    graph: OpenGraph,
    sparql: str,
    *,
    timeout_seconds: float | None = None,
    limit: int | None = None,
    bound: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
) -> Answer:
    """The answer to a SPARQL query, of at most `limit` rows; `bound` gives selected variables their values.

    With a time limit, a graph on disk is asked in a process that is killed when the time is up, which raises
    `QueryTimeoutError`; a graph in memory is asked here, and takes the time that it takes. Raises `QueryError` for a
    query that is wrong, or refused: one that writes, reaches for the network, or is too long or deep.
    """
    check_query(sparql)
    request = {
        "query": sparql,
        "prefixes": {**PREFIXES, "kgr": graph.base},
        "bound": {name: str(term) for name, term in (bound or {}).items()},
    }
    if timeout_seconds is not None and graph.store_path is not None:
        request["store"] = str(graph.store_path)
        return ask_in_child(request, timeout_seconds, limit=limit, base=graph.base)
    try:
        answer = ask(graph.store, request)
        match answer:
            case ox.QueryBoolean():
                return Boolean(bool(answer))
            case ox.QueryTriples():
                return triples(iter(answer), limit, graph.base)
        return solutions(answer, limit, graph.base)
    except (SyntaxError, RuntimeError, OSError, ValueError) as error:
        raise engine_error(type(error).__name__, str(error), sparql) from error


def named(
    graph: OpenGraph,
    name: str,
    values: Mapping[str, str] | None = None,
    *,
    timeout_seconds: float | None = None,
    limit: int | None = None,
) -> Answer:
    """The answer to a named query; the columns of the values given are left out.

    Raises `QueryError` for a name or value that is not there, `AmbiguousThingError` for a label of several things.
    """
    chosen = named_query(name)
    bound = bound_terms(graph, chosen, values or {})
    answer = query(graph, chosen.sparql, timeout_seconds=timeout_seconds, limit=limit, bound=bound)
    if not isinstance(answer, Solutions):
        raise QueryError(f"the named query {name!r} must be a SELECT")
    kept = [index for index, variable in enumerate(answer.variables) if variable not in bound]
    return Solutions(
        tuple(answer.variables[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in answer.rows),
        answer.is_partial,
        answer.base,
    )
