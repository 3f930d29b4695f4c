"""N-Triples terms and lines as Polars expressions: a column of values becomes a column of text, without a loop."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import polars as pl
from pyoxigraph import NamedNode

from kg.ontology import expand

Fact = tuple[str, pl.Expr]
"""A predicate as CURIE and the object's term; where the term is null nothing is stated."""

ROWS_AT_ONCE = 20_000
"""Rows turned to text at a time: what bounds the memory that writing takes."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ILLEGAL_IN_XML = [chr(code) for code in (*range(32), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"]
_DATES = (
    (r"\d{4}", "xsd:gYear"),
    (r"\d{4}-(0[1-9]|1[0-2])", "xsd:gYearMonth"),
    (r"\d{4}-\d{2}-\d{2}", "xsd:date"),
)
_FRACTION_DIGITS = 18
"""What the store keeps of a decimal."""


def term(curie: str) -> str:
    """The N-Triples term of one of our CURIEs.

    >>> term("cito:cites")
    '<http://purl.org/spar/cito/cites>'
    """
    return f"<{expand(curie)}>"


def named(*parts: pl.Expr | str) -> pl.Expr:
    """A column of IRI terms from parts that are safe in an IRI."""
    texts = [pl.lit(part) if isinstance(part, str) else part for part in parts]
    return pl.concat_str(pl.lit("<"), *texts, pl.lit(">"))


def constant(curie: str) -> pl.Expr:
    """The same IRI term in every row."""
    return pl.lit(term(curie))


def literal(text: pl.Expr, datatype: str | None = None) -> pl.Expr:
    """A column of literal terms; null and empty text give null.

    A character that XML cannot hold becomes U+FFFD, one for one, so that offsets into the text stay true.
    """
    safe = {**_ESCAPES, **dict.fromkeys(_ILLEGAL_IN_XML, REPLACEMENT)}
    escaped = text.str.replace_many(list(safe), list(safe.values()))
    suffix = '"' if datatype is None else f'"^^{term(datatype)}'
    return pl.when(text != "").then(pl.concat_str(pl.lit('"'), escaped, pl.lit(suffix)))


def typed(column: str, datatype: str) -> pl.Expr:
    """A column of literal terms whose text needs no escape, such as numbers."""
    return pl.concat_str(pl.lit('"'), pl.col(column).cast(pl.String), pl.lit(f'"^^{term(datatype)}'))


def flag(column: str) -> pl.Expr:
    """`true` where the column is true, nothing elsewhere."""
    return pl.when(pl.col(column)).then(pl.lit(f'"true"^^{term("xsd:boolean")}'))


def decimals(numbers: Iterable[float | None]) -> pl.Series:
    """The numbers as terms of canonical `xsd:decimal`; what is no finite number gives null."""
    datatype = term("xsd:decimal")
    texts = (None if number is None else decimal_text(number) for number in numbers)
    return pl.Series([None if text is None else f'"{text}"^^{datatype}' for text in texts], dtype=pl.String)


def decimal_text(number: float) -> str | None:
    """The canonical lexical form of a decimal, or None for what is no finite number.

    >>> [decimal_text(number) for number in (0.90, 3.0, 1e-7, -0.0, 1e21, float("nan"))]
    ['0.9', '3', '0.0000001', '0', '1000000000000000000000', None]
    """
    if not math.isfinite(number):
        return None
    exact = (
        f"{round(Decimal(repr(number)), _FRACTION_DIGITS) if abs(number) < 1 else Decimal(repr(number)):f}"
    )
    text = exact.rstrip("0").rstrip(".") if "." in exact else exact
    return "0" if text in {"-0", ""} else text


def dates(texts: Iterable[str | None]) -> pl.Series:
    """Dates as terms of `xsd:gYear`, `xsd:gYearMonth` or `xsd:date`; what is no date gives null."""
    return pl.Series([None if text is None else date_term(text) for text in texts], dtype=pl.String)


def date_term(text: str) -> str | None:
    """The literal of a year, month or day, or None for what is no date.

    >>> date_term("2024-12")
    '"2024-12"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    >>> date_term("2024-02-30"), date_term("in press")
    (None, None)
    """
    datatype = next((datatype for form, datatype in _DATES if re.fullmatch(form, text, re.ASCII)), None)
    if datatype is None or text.startswith("0000") or (datatype == "xsd:date" and not _is_day(text)):
        return None
    return f'"{text}"^^{term(datatype)}'


def addresses(urls: Iterable[str]) -> pl.Series:
    """Web addresses as IRI terms; what cannot be made an IRI gives null."""
    return pl.Series([address_term(url) for url in urls], dtype=pl.String)


def address_term(url: str) -> str | None:
    """The IRI of a web address, hostile characters percent-encoded, or None where it is none.

    >>> address_term("https://github.com/a/b c"), address_term("javascript:alert(1)")
    ('<https://github.com/a/b%20c>', None)
    """
    encoded = re.sub(r'[\x00-\x20<>"{}|^`\\\x7f-\x9f]', lambda match: f"%{ord(match[0]):02X}", url.strip())
    if not re.match(r"https?://[^/]", encoded, re.IGNORECASE):
        return None
    try:
        return str(NamedNode(encoded))
    except ValueError:
        return None


def lines(frame: pl.DataFrame, subject: pl.Expr, facts: Sequence[Fact]) -> Iterator[str]:
    """N-Triples of a frame, one subject a row, as blocks of text that end in a line break."""
    for part in frame.iter_slices(ROWS_AT_ONCE):
        triples = [
            pl.concat_str(subject, pl.lit(f" {term(name)} "), value, pl.lit(" .")) for name, value in facts
        ]
        blocks = part.select(pl.concat_str(triples, separator="\n", ignore_nulls=True)).to_series()
        text = "\n".join(blocks.filter(blocks != "").to_list())
        if text:
            yield text + "\n"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
