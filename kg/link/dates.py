"""Comparison of dates that are known to the year, the month or the day."""

from __future__ import annotations

import polars as pl


def not_after(earlier: pl.Expr, later: pl.Expr) -> pl.Expr:
    """Whether a date is not after another, as far as both are known: `2024-12` is not after `2024`."""
    length = pl.min_horizontal(earlier.str.len_chars(), later.str.len_chars())
    return earlier.str.slice(0, length) <= later.str.slice(0, length)
