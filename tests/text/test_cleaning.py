from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources import read
from kg.text import clean, clean_label, source_text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"$M^4Seg$ holds $\sim$224K pairs", "M⁴Seg holds ~224K pairs"),
        (r"by $25.3\%$ and 200$\times$", "by 25.3% and 200×"),
        (r"F$_1$ of BERT$_{\text{base}}$, $10^{-5}$", "F₁ of BERT_base, 10⁻⁵"),
        (r"$O(n\log n)$, $\mathcal{O}(n^2)$, $\tilde{O}(\sqrt{n+1})$", "O(n log n), O(n²), Õ(√(n+1))"),
        (r"$\frac{a+b}{2}$, $\frac12$, $x_{max}^{i,j}$", "(a+b)/2, 1/2, x_max^i,j"),
        (r"a set \( \mathbb{R}^{d} \) and $x_\text{max}$", "a set ℝ^d and x_max"),
        (r"the 5$^{th}$ at 90$^\circ$ by $A^\star$", "the 5th at 90° by A*"),
        (r"$\frac{K}{\eta^2}\ln\frac{1}{n}$, $\log\log n$, $\max(a)$", "K/η² ln 1/n, log log n, max(a)"),
        (r"$\hat{x}$ and $4.5\pm0.2$", "x̂ and 4.5±0.2"),
    ],
)
def test_formulas_read_as_people_write_them(source: str, expected: str) -> None:
    assert clean(source).text == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"Erd\H{o}s, P\'olya, Andr\'{a}s, Ku\v{c}era", "Erdős, Pólya, András, Kučera"),
        (r"G\"odel, {\'E}va, na{\"\i}ve, \L ukasz, Stra\ss e", "Gödel, Éva, naïve, Łukasz, Straße"),
        (r"\r{ho} = 0.9, \k{appa} = 0.8", "ρ = 0.9, κ = 0.8"),
        (r"a \"quoted\" word", 'a "quoted" word'),
    ],
)
def test_accents_become_letters(source: str, expected: str) -> None:
    assert clean(source).text == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\textbf{F}ocused {\em and} \emph{nested \texttt{code}}", "Focused and nested code"),
        (r"\url{https://a.example/c\_d%20e}", "https://a.example/c_d%20e"),
        (r"see \href{https://a.example}{the page}", "see the page"),
        (r"Q\&A with 25\% and 5% more, \$3", "Q&A with 25% and 5% more, $3"),
        (r"as in BERT~\cite{one,two}, shown", "as in BERT, shown"),
        (r"here\footnote{Code is free.} and there", "here (Code is free.) and there"),
        (r"we call it \OurNet{} or \OurNet.", "we call it OurNet or OurNet."),
        (r"10{,}000 and 2\,300 and {BERT}", "10,000 and 2300 and BERT"),
        (r"one -- two --- three, pages 1--9, ``so''", "one – two — three, pages 1–9, “so”"),
        (r"Section~2, about ~5%, 7~9, ~/home", "Section 2, about ~5%, 7~9, ~/home"),
    ],
)
def test_text_macros_leave_their_text(source: str, expected: str) -> None:
    assert clean(source).text == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Nicholas Gyd√©", "Nicholas Gydé"),
        ("Andr√°s Juh√°sz", "András Juhász"),
        ("GÃ¶del’s â€œproofâ€\x9d", "Gödel’s “proof”"),
        ("eﬃcient ﬁnding", "efficient finding"),
        ("R&amp;D &lt; &#233;", "R&D < é"),
        ("multi\u00ad lingual zero\u200bwidth", "multilingual zerowidth"),
    ],
)
def test_damaged_characters_are_repaired(source: str, expected: str) -> None:
    assert clean(source).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "It gains 25.3% (from $5 to $10 million), e.g. in C# and {0, 1}.",
        "“Curly” quotes, ‘these’, naïve ação, Kiệt Nguyễn, 情報, √π and x ≈ √2 stay",
        "run pip install --upgrade a_b with x^2 or <think> at ~5% --> done",
        'the delimiter "\\n\\n" and a lone { or } or $ or \\',
        "",
    ],
)
def test_good_text_is_unchanged(text: str) -> None:
    cleaned = clean(text)
    assert (cleaned.text, cleaned.edits) == (text, ())


@given(st.text(st.characters(exclude_characters="\\$~{}`&-\x7f", codec="ascii", min_codepoint=32)))
def test_text_without_markup_is_unchanged(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize(
    "bomb", ["{" * 5000, r"\frac{" * 2000, r"x^{" * 3000 + "}" * 3000, "{{" * 30 + "}}" * 30]
)
def test_latex_bombs_are_kept_raw(bomb: str) -> None:
    assert clean(f"{bomb} and 5\\%\nBut 6\\%").text == f"{bomb} and 5\\%\nBut 6%"


@pytest.mark.parametrize(
    "long", [r"\alpha " * 20_000, "$" * 20_001, r"\textbf{a} " * 20_000, "``" * 20_000, "√" * 9_999]
)
def test_long_markup_is_read_in_linear_time(long: str) -> None:
    started = time.process_time()
    clean(long)
    assert time.process_time() - started < 5


def test_the_newline_after_the_title_survives() -> None:
    assert clean("A {title\n$x} of \\textbf{it\nall}").text == "A {title\n$x} of it\nall}"


def test_labels_are_clean_and_collapsed() -> None:
    assert clean_label(r" \textsc{Big  Net}~2 ") == "Big Net 2"


def test_nothing_is_lost_in_real_papers(shared: Path) -> None:
    """The percent signs and what follows them above all."""
    sources = [
        *(shared / "seeds").glob("*.txt"),
        shared / "data" / "raw-chatpaper" / "large_language_model_2025_1500.txt",
    ]
    for paper in read(sources):
        source = source_text(paper)
        cleaned = clean(source)
        assert cleaned.text.count("\n") == 1
        assert cleaned.text.count("%") == source.count("%")
        shown = re.sub(r"\\(?:href|\w*cite\w*)\{[^{}]*\}", "", source)
        words = Counter(word for word in shown.split() if re.fullmatch(r"[a-zA-Z]{3,}", word))
        assert not words - Counter(re.findall(r"[a-zA-Z]+", cleaned.text))
        for edit in cleaned.edits:
            assert edit.source_end - edit.source_start < 200
