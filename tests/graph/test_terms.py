from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, parse

from kg.graph.terms import ROWS_AT_ONCE, addresses, date_term, decimals, lines, literal, named


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_from_the_parser(text: str) -> None:
    illegal = {each: "\ufffd" for each in [*range(32), 0xFFFE, 0xFFFF] if each not in {9, 10, 13}}
    safe = text.translate(illegal)
    frame = pl.DataFrame({"text": [text]})
    block = "".join(lines(frame, named("http://example.org/x"), [("dcterms:title", literal(pl.col("text")))]))
    (quad,) = parse(block.encode(), RdfFormat.N_TRIPLES)
    assert quad.object == Literal(safe)


def test_a_control_character_is_replaced_one_for_one() -> None:
    frame = pl.DataFrame({"text": ["a\x00b\x1f\ufffe"]})
    assert frame.select(literal(pl.col("text"))).item() == '"a\ufffdb\ufffd\ufffd"'


def test_absent_and_empty_text_is_not_stated() -> None:
    frame = pl.DataFrame({"id": ["1", "2", "3"], "text": ["a", None, ""]})
    subject = named("http://example.org/", pl.col("id"))
    stated = list(lines(frame, subject, [("dcterms:title", literal(pl.col("text")))]))
    assert stated == ['<http://example.org/1> <http://purl.org/dc/terms/title> "a" .\n']


def test_many_rows_come_in_several_blocks() -> None:
    frame = pl.DataFrame({"id": [str(number) for number in range(ROWS_AT_ONCE + 1)]})
    blocks = list(
        lines(frame, named("http://example.org/", pl.col("id")), [("rdf:type", named("http://x/"))])
    )
    assert [block.count("\n") for block in blocks] == [ROWS_AT_ONCE, 1]


def test_decimals_are_canonical() -> None:
    written = decimals([71.50, 3.0, -0.0, None, float("inf"), 1e-20])
    datatype = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    assert written.to_list() == [
        f'"71.5"{datatype}',
        f'"3"{datatype}',
        f'"0"{datatype}',
        None,
        None,
        f'"0"{datatype}',
    ]


@pytest.mark.parametrize("text", ["", "n.d.", "2024-13", "2024-02-30", "0000", "24", "٢٠٢٤", "2024-1-1"])
def test_what_is_no_date_is_not_stated(text: str) -> None:
    assert date_term(text) is None


def test_addresses_become_valid_iris_or_nothing() -> None:
    found = addresses(
        ["http://example.org/a b<>\"'", "http://[bad", "ftp://example.org/", "https:///x", "http://é.org/ü"]
    )
    assert found.to_list() == ["<http://example.org/a%20b%3C%3E%22'>", None, None, None, "<http://é.org/ü>"]
