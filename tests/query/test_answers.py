from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from kg.errors import QueryError
from kg.ontology import BASE_IRI, PREFIXES
from kg.query import Boolean, Solutions, Triples

TERN = NamedNode(f"{BASE_IRI}entity/tern")
SCORE = Literal("71.5", datatype=NamedNode(PREFIXES["xsd"] + "decimal"))
ANSWER = Solutions(
    ("entity", "label", "score"),
    ((TERN, Literal('=1+"1"\nx'), SCORE), (TERN, Literal("naïf", language="fr"), None)),
)


TABLE = """\
entity           label     score
───────────────  ────────  ─────
kgr:entity/tern  =1+"1" x   71.5
kgr:entity/tern  naïf
"""
CSV = f"""\
entity,label,score
{TERN.value},"'=1+""1""\nx",71.5
{TERN.value},naïf,
"""
MARKDOWN = """\
| entity | label | score |
| --- | --- | ---: |
| kgr:entity/tern | =1+"1" x | 71.5 |
| kgr:entity/tern | naïf |  |
"""


@pytest.mark.parametrize(
    ("format", "expected"),
    [("table", TABLE), ("csv", CSV), ("tsv", CSV.replace(",", "\t")), ("markdown", MARKDOWN)],
)
def test_rows_are_printed(format: str, expected: str) -> None:
    assert ANSWER.render(format) == expected


def test_json_is_what_sparql_says() -> None:
    read = parse_query_results(ANSWER.render("json").encode(), QueryResultsFormat.JSON)
    assert isinstance(read, QuerySolutions)
    names = tuple(variable.value for variable in read.variables)
    assert (names, tuple(tuple(row[name] for name in names) for row in read)) == (
        ANSWER.variables,
        ANSWER.rows,
    )


def test_json_lines_hold_plain_values() -> None:
    first, second = map(json.loads, ANSWER.render("jsonl").splitlines())
    assert first == {"entity": TERN.value, "label": '=1+"1"\nx', "score": 71.5}
    assert second == {"entity": TERN.value, "label": "naïf", "score": None}


def test_rows_left_out_are_told_to_people() -> None:
    assert ANSWER.render("table", limit=1).endswith("\n\n1 of 2 rows\n")
    assert ANSWER.render("csv", limit=1).count("\n") == 3


def test_a_table_is_cut_to_the_width() -> None:
    assert max(map(len, ANSWER.render("table", width=12).splitlines())) == 12


def test_a_truth_value_is_printed() -> None:
    assert (Boolean(value=True).render(), Boolean(value=False).render("csv")) == ("true\n", "false\n")
    assert json.loads(Boolean(value=True).render("json")) == {"head": {}, "boolean": True}


def test_triples_are_printed_as_turtle() -> None:
    triples = Triples((Triple(TERN, NamedNode(PREFIXES["skos"] + "prefLabel"), Literal("Tern")),))
    assert triples.render().endswith('\n<entity/tern> skos:prefLabel "Tern" .\n')
    assert triples.render("ntriples") == f'<{TERN.value}> <{PREFIXES["skos"]}prefLabel> "Tern" .\n'
    assert (
        triples.render("csv") == f"subject,predicate,object\n{TERN.value},{PREFIXES['skos']}prefLabel,Tern\n"
    )


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(QueryError, match="'docx' is none of the formats table, csv"):
        ANSWER.render("docx")
