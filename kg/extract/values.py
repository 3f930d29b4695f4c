"""What the results reader looks at: a number with the words around it, and a number together with a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Place
from kg.extract.cues import CUE_GROUP
from kg.extract.numerals import Numeral
from kg.ontology import Kind, Role

NO = "no"
YES = "yes"

MEASURES: frozenset[str] = frozenset(
    "accuracy precision recall f1 score scores perplexity latency speedup throughput memory cost tokens token time "
    "error errors rate rates loss reduction performance parameters runtime inference bleu rouge auc auroc map mrr ndcg "
    "correlation agreement kappa gain gains improvement improvements overhead usage energy efficiency quality success "
    "coverage compression faster storage hallucination consumption robustness similarity miou iou fid psnr ssim wer "
    "cer mae rmse r2 hit hits sensitivity specificity alpha".split()
)
"""Words that measure something, in lower case; they may name a metric where no entity does."""

_SUBJECT_KINDS = frozenset({Kind.MODEL, Kind.METHOD})
_RESOURCE_KINDS = frozenset({Kind.DATASET, Kind.BENCHMARK})
_PREVIOUS = 2
"""Sentences before the number's own in which a name may stand."""


def value_features(view: Context, numeral: Numeral) -> set[str]:
    """The features by which a number is a result or not, and of which kind."""
    token = view.token_at(numeral.start)
    end = view.token_at(numeral.end - 1) + 1
    sentence = view.sentence_at(token)
    first, last = view.sentences[sentence]
    before = view.words[max(first, token - 6) : token]
    after = view.words[end : min(last, end + 5)]
    written = view.text[numeral.start : numeral.end]
    own = {
        "bias",
        f"shape={re.sub(r'[0-9]+', '0', written)}",
        f"unit={numeral.unit}",
        f"range={numeral.is_range}",
        f"signed={numeral.is_signed}",
        f"decimal={'.' in written}",
        f"size={min(len(str(int(abs(numeral.number)))), 5)}",
        f"year={numeral.unit is None and numeral.number in range(1950, 2031)}",
        f"title={sentence == 0}",
        f"where={min(4, 5 * sentence // max(1, len(view.sentences)))}",
        f"numbers={min(4, sum(word == '0' for word in view.words[first:last]))}",
        f"brackets={view.words[token - 1] if token else ''}|{after[0] if after else ''}",
    }
    return {*own, *_neighbours(before, after, numeral.unit), *_kinds_near(view, sentence, token)}


def _neighbours(before: tuple[str, ...], after: tuple[str, ...], unit: str | None) -> Iterator[str]:
    yield from (f"b{position}={word}" for position, word in enumerate(reversed(before)))
    yield from (f"a{position}={word}" for position, word in enumerate(after))
    yield from (f"bw={word}" for word in before)
    yield from (f"aw={word}" for word in after)
    yield f"b01={' '.join(before[-2:])}"
    yield f"a01={' '.join(after[:2])}"
    yield f"b0|unit={before[-1] if before else ''}|{unit}"
    yield f"a0|unit={after[0] if after else ''}|{unit}"
    yield f"b01|unit={' '.join(before[-2:])}|{unit}"


def _kinds_near(view: Context, sentence: int, token: int) -> Iterator[str]:
    first, end = view.sentences[sentence]
    for place in view.places:
        if place.sentence == sentence:
            side = "before" if place.start < token else "after"
            yield f"{side}-kind={view.kind(place.entity).value}"
            yield f"{side}-near={view.kind(place.entity).value}/{min(abs(place.start - token) // 4, 4)}"
            yield f"role={view.role(place.entity).value}"
    for word in view.words[first:end]:
        if word in CUE_GROUP:
            yield f"group={CUE_GROUP[word]}"
        if word in MEASURES:
            yield f"measure={word}"


def subject_candidates(view: Context, numeral: Numeral) -> list[int]:
    """Entities that may have the value: models and methods, else whatever the paper introduces."""
    return _near(view, numeral, _SUBJECT_KINDS, Role.INTRODUCES) or list(range(len(view.entities)))


def dataset_candidates(view: Context) -> list[int]:
    """Datasets and benchmarks on which the value may have been measured."""
    return [entity for entity in range(len(view.entities)) if view.kind(entity) in _RESOURCE_KINDS]


def metric_candidates(view: Context, numeral: Numeral) -> list[tuple[int, int, int]]:
    """Stretches that may name the metric, as (first token, end token, entity or -1), of the number's sentence."""
    sentence = view.sentence_at(view.token_at(numeral.start))
    first, end = view.sentences[sentence]
    named = [
        (place.start, place.end, place.entity)
        for place in view.places
        if place.sentence == sentence and view.kind(place.entity) is Kind.METRIC
    ]
    plain = [
        (token, token + 1, -1)
        for token in range(first, end)
        if view.words[token] in MEASURES and view.owner[token] < 0
    ]
    return sorted(named + plain)


def _near(view: Context, numeral: Numeral, kinds: frozenset[Kind], role: Role) -> list[int]:
    """Entities of these kinds in the number's sentence or the two before it, and all of the role."""
    sentence = view.sentence_at(view.token_at(numeral.start))
    close = {place.entity for place in view.places if sentence - _PREVIOUS <= place.sentence <= sentence}
    return [
        entity
        for entity in range(len(view.entities))
        if (view.kind(entity) in kinds and entity in close) or view.role(entity) is role
    ]


def link_features(view: Context, numeral: Numeral, stretch: tuple[int, int] | None, entity: int) -> set[str]:
    """The features by which a number belongs to a name: the name's nearest mention, or a stretch of tokens."""
    token = view.token_at(numeral.start)
    sentence = view.sentence_at(token)
    own = _own(view, numeral, entity)
    if stretch is None:
        place = _nearest_place(view, entity, token, sentence)
        if place is None or place.sentence != sentence:
            gap = 9 if place is None else min(4, sentence - place.sentence)
            return {*own, *(f"{feature}|gap={gap}" for feature in own)}
        stretch = (place.start, place.end)
    near = set(_between(view, token, view.token_at(numeral.end - 1) + 1, stretch, entity))
    roles = f"{view.role(entity).value}" if entity >= 0 else "word"
    return {*own, *near, *(f"{roles}|{feature}" for feature in near)}


def _own(view: Context, numeral: Numeral, entity: int) -> set[str]:
    if entity < 0:
        return {"bias", "word"}
    rank = sum(view.role(other) is view.role(entity) for other in range(entity))
    kind, role = view.kind(entity).value, view.role(entity).value
    return {
        "bias",
        f"kind={kind}",
        f"role={role}",
        f"{kind}|{role}",
        f"{role}|rank={min(rank, 3)}",
        f"{kind}|{role}|unit={numeral.unit}",
        f"title={view.places_of[entity][0].sentence == 0}|{role}",
        f"count={min(len(view.places_of[entity]), 5)}",
    }


def _nearest_place(view: Context, entity: int, token: int, sentence: int) -> Place | None:
    """The closest mention of the number's sentence, else the last one before it."""
    same = [place for place in view.places_of[entity] if place.sentence == sentence]
    if same:
        return min(same, key=lambda place: (abs(place.start - token), place))
    before = [place for place in view.places_of[entity] if place.sentence < sentence]
    return before[-1] if before else None


def _between(view: Context, token: int, end: int, stretch: tuple[int, int], entity: int) -> Iterator[str]:
    is_before = stretch[0] < token
    way = "<" if is_before else ">"
    first, last = (stretch[1], token) if is_before else (end, stretch[0])
    words = view.words[first:last]
    kind = view.kind(entity) if entity >= 0 else Kind.METRIC
    rivals = {view.owner[position] for position in range(first, last)} - {-1, entity}
    yield f"way={way}"
    yield f"far{way}{min(len(words), 20) // 2}"
    yield f"rivals{way}{min(3, sum(view.kind(rival) is kind for rival in rivals))}"
    yield f"numbers{way}{min(3, sum(word == '0' for word in words))}"
    yield f"clauses{way}{min(3, sum(word in {',', ';', 'and', 'while'} for word in words))}"
    yield f"next{way}{' '.join(words[:2])}"
    yield f"last{way}{' '.join(words[-2:])}"
    if len(words) <= 4:
        yield f"path{way}{' '.join(words)}"
    yield from (f"word{way}{word}" for word in words[:8])
    yield f"left{way}{view.words[stretch[0] - 1] if stretch[0] else ''}"
    yield f"right{way}{view.words[stretch[1]] if stretch[1] < len(view.words) else ''}"
