"""Tables of answers, and how they are printed: for people, spreadsheets, programs and documents."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.errors import QueryError
from kg.ontology import shorten

Cell: TypeAlias = str | int | float | bool | None
Row: TypeAlias = tuple[Cell, ...]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 72


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of plain values."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str | None = None
    """What the reader should know: that values are sampled, why there are no rows, how many were left out."""

    def render(self, format: str = "table", limit: int | None = None) -> str:
        """The table as text in one of `FORMATS`, of at most `limit` rows; only `table` and `markdown` show the note."""
        return render(Table(self.columns, self.rows[:limit], self.note), format)


def render(table: Table, format: str) -> str:
    """A table as text that ends with a line break; raises `QueryError` for a format that is none of `FORMATS`."""
    if format not in FORMATS:
        raise QueryError(f"{format!r} is none of the formats {', '.join(FORMATS)}")
    return FORMATS[format](table)


def spreadsheet_safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet program takes for a formula; numbers stay as they are.

    >>> spreadsheet_safe("=1+1"), spreadsheet_safe(-1)
    ("'=1+1", -1)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def _plain(table: Table) -> str:
    rows = [[_shown(cell) for cell in row] for row in table.rows]
    widths = [max(map(_width, column)) for column in zip(table.columns, *rows, strict=True)]
    is_number = [_is_number_column(table, index) for index in range(len(widths))]
    lines = [
        _aligned(table.columns, widths, is_number),
        _aligned(["─" * width for width in widths], widths, is_number),
    ]
    lines += [_aligned(row, widths, is_number) for row in rows]
    return "\n".join([*lines, *_note(table, "")]) + "\n"


def _aligned(cells: Sequence[str], widths: Sequence[int], is_number: Sequence[bool]) -> str:
    padded = [
        " " * (width - _width(cell)) + cell if right else cell + " " * (width - _width(cell))
        for cell, width, right in zip(cells, widths, is_number, strict=True)
    ]
    return "  ".join(padded).rstrip()


def _markdown(table: Table) -> str:
    marks = ["---:" if _is_number_column(table, index) else "---" for index in range(len(table.columns))]
    rows = [
        [_shown(cell, None).replace("\\", "\\\\").replace("|", "\\|") for cell in row] for row in table.rows
    ]
    lines = [f"| {' | '.join(cells)} |" for cells in [list(table.columns), marks, *rows]]
    return "\n".join([*lines, *_note(table, "_")]) + "\n"


def _separated(separator: str) -> Callable[[Table], str]:
    def write(table: Table) -> str:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=separator, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([spreadsheet_safe(cell) for cell in row] for row in table.rows)
        return text.getvalue()

    return write


def _json(table: Table) -> str:
    return json.dumps(_records(table), ensure_ascii=False, indent=2) + "\n"


def _json_lines(table: Table) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in _records(table))


def _records(table: Table) -> list[dict[str, Cell]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _shown(cell: Cell, widest: int | None = _WIDEST) -> str:
    """One line of printable text, IRIs as CURIEs; terminals and Markdown would act on control characters."""
    text = "" if cell is None else f"{cell:.4g}" if isinstance(cell, float) else shorten(str(cell))
    text = " ".join(
        "".join(" " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in text).split()
    )
    return (
        text
        if widest is None or len(text) <= widest or " " not in text
        else text[: widest - 1].rstrip() + "…"
    )


def _width(text: str) -> int:
    """Columns of a terminal: East Asian wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def _is_number_column(table: Table, index: int) -> bool:
    cells = [row[index] for row in table.rows if row[index] is not None]
    return bool(cells) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)


def _note(table: Table, mark: str) -> list[str]:
    return ["", f"{mark}{table.note}{mark}"] if table.note else []


FORMATS: Mapping[str, Callable[[Table], str]] = {
    "table": _plain,
    "csv": _separated(","),
    "tsv": _separated("\t"),
    "json": _json,
    "jsonl": _json_lines,
    "markdown": _markdown,
}
"""The formats of tables by name."""
