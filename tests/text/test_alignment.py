from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.text import clean

PIECES = st.sampled_from(
    [
        *"ab 9%.,$^_~{}\\`'-&\n",
        *(
            r"\textbf{",
            r"\frac{",
            r"\sqrt{",
            r"\alpha",
            r"\%",
            r"\'",
            r"\H{o}",
            r"\cite{",
            r"\url{",
            r"\unknown",
            r"\(",
        ),
        *(
            "}",
            "}{",
            "$x$",
            r"$\sim$",
            "^{2}",
            "_{base}",
            "--",
            "``",
            "''",
            "√©",
            "GÃ¶",
            "ﬁ",
            "&amp;",
            "\u00ad ",
            "é",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
def test_edits_are_in_order_and_rebuild_the_text(source: str) -> None:
    cleaned = clean(source)
    for before, after in pairwise(cleaned.edits):
        assert before.source_end <= after.source_start
        assert after.source_start - before.source_end == after.clean_start - before.clean_end
    position = clean_position = 0
    for edit in cleaned.edits:
        assert source[position : edit.source_start] == cleaned.text[clean_position : edit.clean_start]
        position, clean_position = edit.source_end, edit.clean_end
    assert source[position:] == cleaned.text[clean_position:]


@given(TEXTS, st.data())
def test_a_clean_span_lies_within_its_way_there_and_back(source: str, data: st.DataObject) -> None:
    cleaned = clean(source)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    there = cleaned.source_span(start, end)
    back = cleaned.clean_span(there.start, there.end)
    assert 0 <= there.start <= there.end <= len(source)
    if start < end:
        assert back.start <= start < end <= back.end


@given(TEXTS)
def test_maps_are_monotone(source: str) -> None:
    cleaned = clean(source)
    to_source = [cleaned.source_span(position, position).start for position in range(len(cleaned.text) + 1)]
    to_clean = [cleaned.clean_span(position, position).start for position in range(len(source) + 1)]
    assert to_source == sorted(to_source)
    assert to_clean == sorted(to_clean)


@given(st.text(alphabet="ab c\n.", max_size=30), st.data())
def test_unchanged_text_maps_to_itself(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    cleaned = clean(source)
    assert cleaned.source_span(start, end) == cleaned.clean_span(start, end) == Span(start, end)


@pytest.mark.parametrize(
    ("source", "clean_surface", "source_surface"),
    [
        (r"we use \textbf{BRIDGE} here", "BRIDGE", "BRIDGE"),
        (
            r"a \textbf{F}ocused Generato\textbf{r} here",
            "Focused Generator",
            r"\textbf{F}ocused Generato\textbf{r}",
        ),
        (r"on $M^4Seg$ here", "M⁴Seg", "$M^4Seg$"),
        (r"by $25.3\%$ here", "25.3%", r"25.3\%"),
        (r"by $25.3\%$ here", "25.3", "25.3"),
        (r"an F$_1$ score", "F₁", "F$_1$"),
        (r"is 200$\times$ faster", "200×", r"200$\times$"),
        (r"with BERT$_{\text{base}}$ here", "BERT_base", r"BERT$_{\text{base}}$"),
        (r"the \OurNet{} model", "OurNet", r"\OurNet{}"),
        (r"by Andr√°s Juh√°sz", "András", "Andr√°s"),
        (r"it is $\frac{a}{b}$ of", "a", "a"),
        (r"it is $\frac{a}{b}$ of", "a/b", r"$\frac{a}{b}$"),
    ],
)
def test_source_spans_take_macros_whole(source: str, clean_surface: str, source_surface: str) -> None:
    cleaned = clean(source)
    start = (
        cleaned.text.index(f" {clean_surface}") + 1
        if clean_surface == "a/b"
        else cleaned.text.rindex(clean_surface)
    )
    span = cleaned.source_span(start, start + len(clean_surface))
    assert source[span.start : span.end] == source_surface


@pytest.mark.parametrize(
    ("source", "source_surface", "clean_surface"),
    [
        (r"a \textbf{F}ocused view", r"\textbf{F}ocused", "Focused"),
        (r"on $M^4Seg$ here", "M^4Seg", "M⁴Seg"),
        (r"by 5\% here", "5", "5"),
        (r"as \cite{one} says", "one", ""),
    ],
)
def test_clean_spans_of_source_surfaces(source: str, source_surface: str, clean_surface: str) -> None:
    cleaned = clean(source)
    start = source.index(source_surface)
    span = cleaned.clean_span(start, start + len(source_surface))
    assert cleaned.text[span.start : span.end] == clean_surface


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="span 2:9 is outside a text of 4 characters"):
        clean("four").source_span(2, 9)
