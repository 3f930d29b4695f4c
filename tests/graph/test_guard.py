from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph.guard import DEPTH_LIMIT, TEXT_LIMIT_BYTES, check_query

NOBODY = "http://127.0.0.1:1/"
FRAGMENTS = [
    *(
        "SERVICE ",
        "service",
        "SERVICE:x",
        "SERV\\u0049CE ",
        "SILENT",
        "OPTIONAL{",
        "UNION",
        "EXISTS",
        "GRAPH ?g",
    ),
    *(
        "{?s ?p ?o}",
        "FILTER(1<2)",
        "FILTER(?a<e:b)",
        "FILTER(1<",
        ")",
        "(",
        "{",
        "}",
        "[",
        "]",
        ";",
        ",",
        ".",
    ),
    *(
        "e:",
        "e:a",
        "e:.",
        "e:a.",
        "e:x\\#",
        "e:x\\'",
        "?a",
        "?",
        "$",
        "1",
        "1.",
        "0e1",
        "true",
        "a",
        "_:b",
        "@en",
    ),
    *(
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "\\'",
        '\\"',
        "#",
        "#>\n",
        "\n",
        " ",
        "<",
        ">",
        f"<{NOBODY}>",
        "<1)",
        "%20",
    ),
    *(
        "!",
        "/",
        "|",
        "^",
        "*",
        "+",
        "-",
        "VALUES ?v{1}",
        "BIND(1 AS ?z)",
        f"BASE<{NOBODY}>",
        "LIMIT 1",
        "MINUS",
    ),
    *("é", "\u00aa", "\u200d"),
]
STARTS = ["?s ?p ?o", "?s ?p e:a", "?s ?p 1", "?s ?p true", '?s ?p "x"', "?s ?p e:", "FILTER(1<2)", "{}", ""]
CALLS = [f"SERVICE<{NOBODY}>{{?s ?p ?o}}", "SERVICE:x{?s ?p ?o}", "SERVICE e:x{?s ?p ?o}"]
PROLOGUE = f"PREFIX e:<{NOBODY}> PREFIX :<{NOBODY}> PREFIX SERVICE:<{NOBODY}>"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.add(Quad(NamedNode("http://example.org/"), NamedNode("http://example.org/"), Literal("1")))
    return store


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { service silent <http://example.org/> { ?s ?p ?o } } }",
        "SELECT * { { SELECT * { SERVICE ?where { ?s ?p ?o } } } }",
        "SELECT * { SERV\\u0049CE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { \\U00000053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://example.org/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://example.org/>{ ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://example.org/>{ ?s ?p ?o } }",
        "PREFIX : <http://example.org/> SELECT * { FILTER(1<2)SERVICE:x#>\n{ ?s ?p ?o } }",
        "PREFIX e: <http://example.org/> SELECT * { ?s ?p e:.SERVICE<http://example.org/>{ ?s ?p ?o } }",
        "PREFIX e: <http://example.org/> SELECT * { ?s ?p e:a\\# . SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { # a comment\n SERVICE # another\n <http://example.org/> { ?s ?p ?o } }",
    ],
)
def test_a_call_to_another_endpoint_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service schema:serviceType 'SERVICE' }",
        "SELECT * { ?s ?p <http://example.org/service> } # SERVICE",
        'SELECT * { ?s ?p """a "quoted" SERVICE""" }',
        "SELECT ?load { ?load e:insert ?delete }",
        "SELECT * { ?s ?p ?o FILTER (?o < 3 && ?o > 1) }",
    ],
)
def test_the_word_elsewhere_is_harmless(query: str) -> None:
    check_query(query)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://example.org/>",
        "PREFIX e: <http://example.org/> INSERT DATA { e:a e:b e:c }",
        "delete where { ?s ?p ?o }",
        "CLEAR ALL",
        "WITH <http://example.org/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused(update: str) -> None:
    with pytest.raises(QueryError, match="is refused: a graph changes by"):
        check_query(update)


@pytest.mark.parametrize("bracket", ["(", "{", "["])
def test_deep_nesting_is_refused(bracket: str) -> None:
    with pytest.raises(QueryError, match="too deeply nested"):
        check_query("SELECT * { ?s ?p ?o FILTER " + bracket * (DEPTH_LIMIT + 1))


@pytest.mark.parametrize(
    "chain", ["||?o", "&&?o", "+1", "/a", "!", "UNION{}", "MINUS{?s a ?o}", "BIND(1 AS ?a)"]
)
def test_a_long_chain_is_refused(chain: str) -> None:
    with pytest.raises(QueryError, match="too complex"):
        check_query("SELECT * { ?s ?p ?o FILTER(?o" + chain * 2_000)


def test_a_long_list_of_values_is_fine() -> None:
    check_query("SELECT * { VALUES ?x { " + "1 " * 20_000 + "} }")


def test_a_long_text_is_refused() -> None:
    with pytest.raises(QueryError, match="has 65537 bytes; at most 65536 are read"):
        check_query(" " * (TEXT_LIMIT_BYTES + 1))


@pytest.mark.parametrize(
    "part", ["a.", "<", '"\\', "'\\", "'''", '"""\\"', "ex:\\", "\\", "-.a", "a:", "'''a", '("""']
)
def test_no_text_takes_long_to_check(part: str) -> None:
    started = time.perf_counter()
    with suppress(QueryError):
        check_query(part * (TEXT_LIMIT_BYTES // len(part)))
    assert time.perf_counter() - started < 2


@settings(max_examples=2_000, deadline=None)
@given(
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(FRAGMENTS), max_size=3).map("".join),
    st.sampled_from(CALLS),
    st.lists(st.sampled_from(FRAGMENTS), max_size=2).map("".join),
)
def test_what_the_engine_would_call_is_refused(
    store: Store, before: str, between: str, call: str, after: str
) -> None:
    query = f"{PROLOGUE} SELECT*{{{before}{between}{call}{after}\n}}"
    try:
        check_query(query)
    except QueryError:
        return
    try:
        list(store.query(query))  # type: ignore[arg-type]
    except OSError as error:
        pytest.fail(f"{query!r} reached for the network: {error}")
    except (SyntaxError, ValueError, RuntimeError):
        return
