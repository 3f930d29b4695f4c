"""What LaTeX macros stand for in plain text: tables only."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

CHARACTERS: Mapping[str, str] = {
    # "~" for \sim, because people write "~224K" where they have no LaTeX.
    "sim": "~", "thicksim": "~", "times": "×", "texttimes": "×", "pm": "±", "mp": "∓", "approx": "≈", "%": "%",
    "percent": "%", "&": "&", "#": "#", "_": "_", "$": "$", "{": "{", "}": "}", "textdollar": "$",
    "textunderscore": "_", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "backslash": "\\",
    "textgreater": ">", "textless": "<", "textbar": "|", "textemdash": "—", "textendash": "–", "textellipsis": "…",
    "textquoteright": "’", "textquoteleft": "‘", "textquotesingle": "'", "textquotedblleft": "“",
    "textquotedblright": "”", "textbullet": "•", "textdegree": "°", "degree": "°", "degrees": "°",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textmu": "µ", "textrightarrow": "→",
    "bigO": "O", "bigo": "O",
    "copyright": "©", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "eg": "e.g.", "ie": "i.e.", "etc": "etc.",
    "etal": "et al.", "wrt": "w.r.t.", "star": "*", "ast": "*", "ldots": "…", "dots": "…", "cdots": "⋯", "cdot": "·",
    "mid": "|", "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖", "|": "‖",
    "colon": ":", "prime": "′", "circ": "∘", "to": "→", "gets": "←", "iff": "⇔", "implies": "⇒", "le": "≤", "ge": "≥",
    "leq": "≤", "geq": "≥", "leqslant": "≤", "geqslant": "≥", "lesssim": "≲", "gtrsim": "≳", "ne": "≠", "neq": "≠",
    "lt": "<", "gt": ">", "ll": "≪", "gg": "≫", "land": "∧", "lor": "∨", "neg": "¬", "lnot": "¬", "emptyset": "∅",
    "varnothing": "∅", "checkmark": "✓", "xmark": "✗", "cmark": "✓", "epsilon": "ε", "varepsilon": "ε", "eps": "ε",
    "phi": "φ", "varphi": "φ", "vartheta": "θ", "varrho": "ρ", "varpi": "π", "varsigma": "ς", "ell": "ℓ", "top": "⊤",
    "langle": "⟨", "rangle": "⟩",
    "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "sum": "∑", "prod": "∏", "int": "∫", "over": "/", "bigcirc": "○",
    "!": "", "-": "", "/": "", "@": "",
}  # fmt: skip
"""Macros without an argument; Greek letters and rarer symbols come from pylatexenc's table."""

LETTERS: Mapping[str, str] = {
    "L": "Ł", "l": "ł", "O": "Ø", "o": "ø", "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip
"""Macros that are letters in text; the space after them only ends their name."""

ACCENTS: Mapping[str, str] = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361",
}  # fmt: skip

MATH_ACCENTS: Mapping[str, str] = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "Tilde": "\u0303", "wt": "\u0303",
    "bar": "\u0304", "overline": "\u0304", "breve": "\u0306", "dot": "\u0307", "ddot": "\u0308", "mathring": "\u030a",
    "check": "\u030c", "vec": "\u20d7", "acute": "\u0301", "grave": "\u0300",
}  # fmt: skip

WRAPPERS = frozenset(
    """textbf textit texttt textsc textsf textsl textrm textmd textup textnormal emph underline uline ul underbar
    boldsymbol bm mathbf mathit mathrm mathsf mathtt mathcal mathscr mathfrak mathbb mathbbm mathnormal text mbox hbox
    fbox boxed operatorname ensuremath smash phantom pmb mathop mathrel mathbin mathord cal mc ac acs acl acp acf gls
    Gls glspl num uppercase MakeUppercase lowercase mathstrut underbrace overbrace substack ce fontfamily st sout
    overrightarrow hl thanks centerline""".split()
)
"""Macros that leave their one argument as it is."""

SECOND_OF_TWO = frozenset(
    "textcolor colorbox hyperlink hypertarget raisebox scalebox foreignlanguage resizebox".split()
)
"""Macros of two arguments, the first of which is not for the reader."""

FRACTIONS = frozenset("frac dfrac tfrac cfrac nicefrac sfrac".split())

QUANTITIES = frozenset("SI qty".split())
"""Macros of two arguments that read as two words."""

SPACES = frozenset([" ", ",", ";", ":", ">", "\\", "quad", "qquad", "space", "newline", "par"])

DROPPED_WITH_ARGUMENT = frozenset(
    """cite citep citet citealp citealt citeauthor citeyear citeyearpar citenum parencite textcite autocite footcite
    nocite ref eqref autoref cref Cref label vspace hspace includegraphics footnotemark vskip begin end color
    bibliography pagestyle thispagestyle input include phantomsection mkern kern""".split()
)

DROPPED = frozenset(
    """em it bf tt rm sc sf sl itshape bfseries ttfamily rmfamily scshape sffamily slshape mdseries upshape normalfont
    tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge centering noindent xspace left right
    middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm limits nolimits displaystyle textstyle
    scriptstyle scriptscriptstyle item boldmath unboldmath relax expandafter protect nonumber notag hfill break
    linebreak allowbreak newcommand def""".split()
)
"""Switches and layout: nothing for the reader."""

FUNCTIONS = frozenset(
    """log ln exp max min sup inf lim limsup liminf arg argmax argmin sin cos tan cot sinh cosh tanh det dim ker gcd
    deg Pr hom lg and choose mod bmod pmod poly polylog sgn sign rank tr softmax arcsin arccos arctan""".split()
)
"""Macros that read as a word of their own."""

BOARD = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "P": "ℙ", "H": "ℍ"}

SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ") | {
    ord("∘"): "°", ord("°"): "°", ord("′"): "′", ord("*"): "*", ord("†"): "†", ord("⊤"): "ᵀ", ord("®"): "®",
    ord("™"): "™",
}  # fmt: skip
SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

ORDINALS = frozenset({"th", "st", "nd", "rd"})


@cache
def character(name: str) -> str | None:
    """The text of a macro without an argument, or nothing where it is unknown."""
    known = CHARACTERS.get(name)
    return known if known is not None else _rare_symbols().get(name)


def accented(base: str, mark: str) -> str | None:
    """The letter with the combining mark, where Unicode has it as one letter."""
    plain = {"ı": "i", "ȷ": "j"}.get(base, base)
    composed = unicodedata.normalize("NFC", plain + mark)
    return composed if len(composed) == 1 else None


@cache
def _rare_symbols() -> dict[str, str]:
    from pylatexenc.latex2text import get_default_latex_context_db

    specs = get_default_latex_context_db().iter_macro_specs()
    return {
        spec.macroname: spec.simplify_repl
        for spec in specs
        if isinstance(spec.simplify_repl, str) and len(spec.simplify_repl) == 1
    }
