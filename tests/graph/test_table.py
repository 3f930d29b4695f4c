import csv
import io
import json

import pytest

from kg.errors import QueryError
from kg.graph.table import FORMATS, Table, render

TABLE = Table(("name", "papers"), (("=HYPERLINK(1)", 12), ("日本 | x", None)), "Two of nine.")


def test_the_plain_table_is_aligned_and_ends_with_its_note() -> None:
    assert TABLE.render() == (
        "name           papers\n─────────────  ──────\n=HYPERLINK(1)      12\n日本 | x\n\nTwo of nine.\n"
    )


def test_spreadsheets_get_no_formula() -> None:
    assert TABLE.render("csv") == "name,papers\n'=HYPERLINK(1),12\n日本 | x,\n"
    assert TABLE.render("tsv").splitlines()[1] == "'=HYPERLINK(1)\t12"


def test_programs_get_the_cells_as_they_are() -> None:
    records = [{"name": "=HYPERLINK(1)", "papers": 12}, {"name": "日本 | x", "papers": None}]
    assert json.loads(TABLE.render("json")) == records
    assert [json.loads(line) for line in TABLE.render("jsonl").splitlines()] == records


def test_markdown_escapes_its_own_marks() -> None:
    assert TABLE.render("markdown", limit=2).splitlines() == [
        "| name | papers |",
        "| --- | ---: |",
        "| =HYPERLINK(1) | 12 |",
        "| 日本 \\| x |  |",
        "",
        "_Two of nine._",
    ]


def test_control_characters_reach_no_terminal() -> None:
    assert "\x1b" not in Table(("a",), (("\x1b[31mred\nline",),)).render()
    assert Table(("a",), (("one\nline",),)).render().splitlines()[2] == "one line"


def test_iris_of_ours_are_short_for_people_and_never_cut() -> None:
    table = Table(("iri",), (("https://w3id.org/paperkg/entity/" + "x" * 90,),))
    assert table.render().splitlines()[2] == "kgr:entity/" + "x" * 90
    assert table.render("csv").splitlines()[1].startswith("https://")


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_takes_a_table_without_rows(format_: str) -> None:
    assert render(Table(("a", "b"), ()), format_).endswith("\n") or format_ == "jsonl"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(QueryError, match="'xls' is none of the formats table, csv"):
        TABLE.render("xls")


def test_csv_is_read_back() -> None:
    table = Table(("a",), (('quote " and, comma',), ("two\nlines",)))
    assert list(csv.reader(io.StringIO(table.render("csv")))) == [
        ["a"],
        ['quote " and, comma'],
        ["two\nlines"],
    ]
