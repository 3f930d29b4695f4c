"""Normal forms: what surfaces that name the same entity share, and what a short form shares with its long one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau"
        " upsilon phi chi psi omega".split(),
        strict=True,
    )
)
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*(?:[+#*]+(?![^\W_]))?")
_POSSESSIVE = re.compile(r"['’]s\b")
_BRITISH = re.compile(
    r"is(?=(?:ations?|ed|ing|ers?)\b)|(?<=mode|labe)ll(?=ing|ed|er)|(?<=signa)ll(?=ing|ed)|(?<=behavi|neighb)our"
)
_AMERICAN = {"is": "iz", "ll": "l", "our": "or"}
_NO_PLURAL = ("ss", "us", "is", "as", "os")
_BREAK = re.compile(r"[\s-]")
_MAKER = re.compile(
    r"^(?:openai(?=gpt|o\d|whisper|codex)|(?:openai)?gpt(?=o[134](?!\d))|meta(?:ai)?(?=llama)|anthropic(?=claude)"
    r"|google(?:deepmind)?(?=gemini|gemma|palm)|alibaba(?=qwen)|microsoft(?=phi\d)|xai(?=grok)|mistralai(?=mi[sx]tral))"
)
_EDITION = re.compile(r"^(aime|amc|hmmt|wmt|iwslt|conll|semeval|duc)20(?=\d\d(?!\d))")
_FAMILIES = frozenset({"GPT", "BERT", "CLIP", "BART"})
"""Acronyms that are names: what is made from them is never called by the long form."""
_NUMBER = re.compile(r"[oO]?\d")
_FURTHER_WORDS = 4
"""Words that a long form may have beyond the letters of its short form; more are a phrase that has the letters."""
_SHORT = re.compile(r"[^\W_][\w\-./&+]*")


def normal_form(label: str, expansions: Mapping[str, str] = MappingProxyType({})) -> str:
    """What every spelling of a clean label shares: case, accents, hyphens, spaces and a final plural are folded.

    Only two numbers side by side stay apart. A maker's name before its own model is dropped, and the century of a
    yearly contest ("AIME 2024", "AIME24"). `expansions` maps the forms of acronyms to those of their long forms, which
    take their place within labels of several words, but not before a number ("SAM 2"). A label without a letter or
    digit has the empty form.

    >>> normal_form("Llama-2 7B"), normal_form("LLaMA 2-7B"), normal_form("Llama 3.1"), normal_form("β-VAEs")
    ('llama2-7b', 'llama2-7b', 'llama3.1', 'betavae')
    >>> normal_form("LLM agents", {"llm": "largelanguagemodel"})
    'largelanguagemodelagent'
    """
    text = label if label.isascii() else _latin(label)
    words = _WORD.findall(_POSSESSIVE.sub("", text))
    if not words:
        return ""
    words[-1] = _singular(words[-1])
    if expansions and len(words) > 1:
        followers = [*words[1:], ""]
        words = [
            word if _NUMBER.match(follower) or word in _FAMILIES else _expanded(word, expansions)
            for word, follower in zip(words, followers, strict=True)
        ]
    form = ""
    for word in _american(" ".join(words).casefold()).split():
        form += f"-{word}" if form[-1:].isdigit() and word[0].isdigit() else word
    return _EDITION.sub(r"\1", _MAKER.sub("", form))


def is_short(label: str) -> bool:
    """Whether a clean label looks like an acronym or a coined name: one word, two capitals in a part of it.

    >>> is_short("LLMs"), is_short("SafeTune"), is_short("Transformer"), is_short("Red-Teaming")
    (True, True, False, False)
    """
    if len(label) > 20 or not _SHORT.fullmatch(label):
        return False
    return any(sum(map(str.isupper, part)) >= 2 for part in label.split("-"))


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of a short form stand in the long one, in order and from the first letter of a word.

    After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003).
    A long form that contains the short one as a word is a variant of it, not its long form.

    >>> abbreviates("LLMs", "large language models"), abbreviates("LLMs", "multimodal LLMs")
    (True, False)
    """
    words = _BREAK.split(long)
    if len(words) < 2 or _contains(words, normal_form(short)):
        return False
    letters = [letter for letter in _singular(short).casefold() if letter.isalnum()]
    if len(long.split()) > len(letters) + _FURTHER_WORDS:
        return False
    return _is_spelt_by(letters, long.casefold())


def _contains(words: list[str], form: str) -> bool:
    """Whether one of the words, or some of them in a row, have that form."""
    if form in map(normal_form, words):
        return True
    places = range(len(words) + 1)
    rows = (normal_form(" ".join(words[start:end])) for start in places for end in places[start + 2 :])
    return form in normal_form(" ".join(words)) and form in rows


def _is_spelt_by(letters: list[str], text: str) -> bool:
    """Whether the letters are found from the last to the first, the first one at the start of a word."""
    place = len(text)
    for letter in reversed(letters[1:]):
        place = text.rfind(letter, 0, place)
        if place <= 0:
            return False
    while (place := text.rfind(letters[0], 0, place)) >= 0:
        if place == 0 or not text[place - 1].isalnum():
            return True
    return False


def _latin(label: str) -> str:
    """The label with Greek letters spelt out, accents dropped and compatible characters unified."""
    folded = "".join(_GREEK.get(letter.lower(), letter) for letter in unicodedata.normalize("NFKC", label))
    decomposed = unicodedata.normalize("NFD", folded)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _singular(word: str) -> str:
    """The word without its plural ending; an `S` that belongs to an acronym stays."""
    if not word.endswith("s") or word.endswith(_NO_PLURAL) or len(word) < 3:
        return word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 or word[-2].isupper() else word


def _expanded(word: str, expansions: Mapping[str, str]) -> str:
    """The long form of a word with two capitals that has one, else the word."""
    is_acronym = sum(map(str.isupper, word)) >= 2
    return expansions.get(_singular(word).casefold(), word) if is_acronym else word


def _american(words: str) -> str:
    return _BRITISH.sub(lambda found: _AMERICAN[found.group()], words)
