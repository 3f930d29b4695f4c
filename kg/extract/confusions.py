"""The worst confusions: which kinds and roles are taken for which, what is missed, what is made up, with examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.matching import is_overlapping, match_exactly
from kg.extract.scores import Confusion, Example
from kg.model import Extraction, Mention

EXAMPLES = 3
_AROUND = 40
"""Characters of text on each side of an example's surface."""


@dataclass(frozen=True, slots=True)
class Error:
    """One error in one paper; the fields are those of `Confusion`."""

    about: str
    gold: str | None
    found: str | None
    example: Example


def confusions(errors: Iterable[Error]) -> tuple[Confusion, ...]:
    """The errors by sort, most frequent first, each with its first examples of different surfaces."""
    sorts: dict[tuple[str, str | None, str | None], list[Example]] = {}
    for error in errors:
        sorts.setdefault((error.about, error.gold, error.found), []).append(error.example)
    found = [Confusion(*sort, len(examples), _first(examples)) for sort, examples in sorts.items()]
    return tuple(sorted(found, key=lambda each: (-each.count, each.about, str(each))))


def _first(examples: Iterable[Example]) -> tuple[Example, ...]:
    by_surface: dict[str, Example] = {}
    for example in examples:
        by_surface.setdefault(example.surface, example)
    return tuple(by_surface.values())[:EXAMPLES]


def errors(gold: Extraction, found: Extraction) -> Iterator[Error]:
    """The errors in a paper, each mention and entity of the gold at most once.

    A mention of the gold is taken for the found mention that covers most of it, missed where there is none; a found
    mention is spurious where it overlaps none of the gold. Roles are compared for the entities that were found.
    """
    for mention in gold.mentions:
        other = _best(mention, found.mentions)
        if other is None:
            yield Error("kind", _kind(gold, mention), None, _example(gold, mention))
        elif _key(gold, mention) != _key(found, other):
            yield Error("kind", _kind(gold, mention), _kind(found, other), _example(gold, mention, other))
    for mention in found.mentions:
        if _best(mention, gold.mentions) is None:
            yield Error("kind", None, _kind(found, mention), _example(found, mention))
    yield from _role_errors(gold, found)


def _role_errors(gold: Extraction, found: Extraction) -> Iterator[Error]:
    first_mention = {mention.entity: mention for mention in reversed(gold.mentions)}
    for ours, theirs in sorted(match_exactly(gold, found).items()):
        role, taken_for = gold.entities[theirs].role, found.entities[ours].role
        if role is not taken_for and theirs in first_mention:
            yield Error("role", role.value, taken_for.value, _example(gold, first_mention[theirs]))


def _best(mention: Mention, others: Iterable[Mention]) -> Mention | None:
    span = mention.start, mention.end
    overlapping = [other for other in others if is_overlapping(span, (other.start, other.end))]
    return max(overlapping, key=lambda other: _common(mention, other), default=None)


def _common(left: Mention, right: Mention) -> tuple[int, int]:
    """How many characters two mentions share; of equal ones the shorter."""
    return min(left.end, right.end) - max(left.start, right.start), right.start - right.end


def _kind(extraction: Extraction, mention: Mention) -> str:
    return extraction.entities[mention.entity].kind.value


def _key(extraction: Extraction, mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, _kind(extraction, mention)


def _example(extraction: Extraction, mention: Mention, found: Mention | None = None) -> Example:
    text, start, end = extraction.text, mention.start, mention.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    context = " ".join(f"{before}[{text[start:end]}]{after}".split())
    cut_before, cut_after = "…" * (start > _AROUND), "…" * (end + _AROUND < len(text))
    is_other = found is not None and (found.start, found.end) != (start, end)
    surface = f"{mention.surface} (found: {found.surface})" if found and is_other else mention.surface
    return Example(extraction.paper_id, surface, f"{cut_before}{context}{cut_after}")
