"""What the network gets wrong on a few examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from kg.extract.encoder.heads import BETWEEN_LIMIT, BUCKETS, NUMBER_KIND, SIZES
from kg.extract.encoder.training.examples import NO_NAME, UNKNOWN, Example
from kg.extract.encoder.training.network import RELATION_COUNT, Network

_MASKED = -1e4


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples as tables, one row a text."""

    ids: Tensor
    shapes: Tensor
    bias: Tensor | None
    """Added to attention: hides the padding; absent where there is none."""
    first: Tensor
    last: Tensor


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of words of one text, and its running sums."""

    first: Tensor
    last: Tensor
    sentence: Tensor
    unit: Tensor
    """Mean projection of each stretch."""


def loss(network: Network, examples: Sequence[Example]) -> Tensor:
    """The loss of all heads, as a mean over the examples."""
    batch = batched(examples)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words = network.words(network.encoder(batch.ids, batch.shapes, batch.bias), batch.first, batch.last)
        total = sum(span_loss(network, row, example) for row, example in zip(words, examples, strict=True))
    rows = words.float()
    for row, example in zip(rows, examples, strict=True):
        if example.mentions:
            total = total + entity_loss(network, row[: len(example.first)], example)
    return total / len(examples)


def batched(examples: Sequence[Example]) -> Batch:
    """The examples padded to the longest."""
    width = max(len(example.ids) for example in examples)
    is_even = all(len(example.ids) == width for example in examples)
    bias = torch.zeros(len(examples), 1, 1, width)
    for row, example in zip(bias, examples, strict=True):
        row[..., len(example.ids) :] = _MASKED
    tables = (
        _padded([getattr(example, name) for example in examples])
        for name in ("ids", "shapes", "first", "last")
    )
    ids, shapes, first, last = tables
    return Batch(ids, shapes, None if is_even else bias, first, last)


def span_loss(network: Network, row: Tensor, example: Example) -> Tensor:
    """Of the candidate stretches, whose occurrences of one surface vote together."""
    start, end, inside, _, _ = row.split(list(SIZES.values()), -1)
    first, last = torch.tensor(example.spans).T
    size = last - first + 1
    hidden = start[first] + end[last] + network.width(size) + mean(running(inside), first, last)
    logits = network.span(network.span_dropout(functional.relu(hidden))).float()
    group = torch.tensor(example.groups)
    count = int(group.max()) + 1
    total = torch.zeros(count, logits.shape[1]).index_add(0, group, logits)
    voted = 0.75 * logits + 0.25 * (total / torch.bincount(group)[:, None])[group]
    return functional.cross_entropy(voted, torch.tensor(example.labels), reduction="sum") / 15


def entity_loss(network: Network, row: Tensor, example: Example) -> Tensor:
    """Of roles, relations, names of one thing, and results."""
    unit, between = row.split(list(SIZES.values()), -1)[3:]
    first, last, entity = torch.tensor(example.mentions).T
    sums, sentence = running(unit), torch.tensor(example.sentence)
    named = Stretches(first, last, sentence[first], mean(sums, first, last))
    kind = torch.tensor(example.kinds)[entity]
    role = functional.cross_entropy(
        role_logits(network, named, entity, kind, unit, example), torch.tensor(example.roles), reduction="sum"
    )
    middle = running(between)
    scorer = network.relation
    pairs = scorer(
        scorer.left(named.unit, kind), scorer.right(named.unit, kind), relative(middle, named, named)
    )
    total = (
        1.5 * role / 10
        + 0.5 * relation_loss(pairs, entity, example)
        + 0.5 * same_loss(pairs, entity, example)
    )
    if example.numbers:
        low, high = torch.tensor(example.numbers).T
        numbers = Stretches(low, high, sentence[low], mean(sums, low, high))
        total = total + 0.4 * result_loss(network, middle, numbers, (named, entity, kind), example)
    return total


def role_logits(
    network: Network, named: Stretches, entity: Tensor, kind: Tensor, unit: Tensor, example: Example
) -> Tensor:
    """Scores of the roles of each entity."""
    count = len(example.kinds)
    rows = named.unit + network.kind_unit(kind)
    member = functional.one_hot(entity, count).T.float()
    size = member.sum(1, keepdim=True)
    peak = rows.new_full((count, rows.shape[1]), _MASKED).scatter_reduce(
        0, entity[:, None].expand_as(rows), rows, "amax"
    )
    in_title = torch.zeros(count).scatter_reduce(
        0, entity, (named.first < example.title_length).float(), "amax"
    )
    place = torch.ones(count).scatter_reduce(0, entity, named.first / len(unit), "amin")
    context = unit.mean(0, keepdim=True).expand(count, -1)
    facts = [size.log(), (size > 1).float(), in_title[:, None], place[:, None]]
    logits: Tensor = network.role(torch.cat([member @ rows / size, peak, context, *facts], 1))
    return logits


def relation_loss(pairs: Tensor, entity: Tensor, example: Example) -> Tensor:
    """Of the relations between entities."""
    count = len(example.kinds)
    target = torch.zeros(count, count, RELATION_COUNT)
    for subject, relation, object_ in example.relations:
        target[subject, object_, relation] = 1
    other = ~torch.eye(count, dtype=torch.bool)
    scores = pooled(pairs[..., :RELATION_COUNT], entity, entity)
    return functional.binary_cross_entropy_with_logits(scores[other], target[other], reduction="sum") / 6


def same_loss(pairs: Tensor, entity: Tensor, example: Example) -> Tensor:
    """Of the surfaces that name one entity."""
    surface = torch.tensor(example.surfaces)
    count = int(surface.max()) + 1
    owner = torch.zeros(count, dtype=torch.long).scatter(0, surface, entity)
    target = (owner[:, None] == owner[None]).float()
    other = ~torch.eye(count, dtype=torch.bool)
    scores = pooled(pairs[..., RELATION_COUNT:], surface, surface)[..., 0]
    return functional.binary_cross_entropy_with_logits(scores[other], target[other], reduction="sum") / 8


def result_loss(
    network: Network,
    middle: Tensor,
    numbers: Stretches,
    mentions: tuple[Stretches, Tensor, Tensor],
    example: Example,
) -> Tensor:
    """Of the numbers that are results, their kinds of value and what they belong to."""
    named, entity, kind = mentions
    logits = network.number(functional.relu(numbers.unit))
    is_result = torch.zeros(len(example.numbers))
    is_result[[result.number for result in example.results]] = 1
    total = functional.binary_cross_entropy_with_logits(logits[:, 0], is_result, reduction="sum") / 4
    if not example.results:
        return total
    scorer = network.result
    own = torch.full_like(numbers.first, NUMBER_KIND)
    left, right = scorer.left(numbers.unit, own), scorer.right(named.unit, kind)
    links = pooled(scorer(left, right, relative(middle, numbers, named)), torch.arange(len(own)), entity)
    for result in example.results:
        subject, dataset, metric = links[result.number].T
        total = total + 0.4 * chosen(subject, result.subject)
        total = total + 0.25 * chosen(or_none(dataset), result.dataset + 1)
        if result.metric != UNKNOWN:
            total = total + 0.25 * chosen(or_none(metric), result.metric + 1)
        if result.value_kind != NO_NAME:
            total = total + 0.25 * chosen(logits[result.number, 1:], result.value_kind)
    return total


def chosen(scores: Tensor, place: int) -> Tensor:
    """The cross-entropy of one choice."""
    return functional.cross_entropy(scores[None], torch.tensor([place]))


def or_none(scores: Tensor) -> Tensor:
    """The scores after a zero that stands for naming none."""
    return torch.cat([scores.new_zeros(1), scores])


def relative(middle: Tensor, left: Stretches, right: Stretches) -> tuple[Tensor, Tensor, Tensor]:
    """Class of distance, sentences apart, and mean of the words between, of each pair."""
    after, before = right.first[None] - left.last[:, None], left.first[:, None] - right.last[None]
    gap = torch.where(after > 0, after, torch.where(before > 0, -before, 0))
    apart = (left.sentence[:, None] - right.sentence[None]).abs().clamp(max=2)
    low = torch.minimum(left.last[:, None], right.last[None]) + 1
    high = torch.maximum(left.first[:, None], right.first[None])
    count = high - low
    is_near = (count > 0) & (count <= BETWEEN_LIMIT)
    low, high = torch.where(is_near, low, 0), torch.where(is_near, high, 0)
    between = (middle[high] - middle[low]) / count.clamp(min=1)[..., None]
    return torch.bucketize(gap, torch.from_numpy(BUCKETS)), apart, between


def pooled(scores: Tensor, left: Tensor, right: Tensor) -> Tensor:
    """Log-sum-exp of pair scores over groups of rows and of columns."""
    height, width, depth = int(left.max()) + 1, int(right.max()) + 1, scores.shape[-1]
    place = (left[:, None] * width + right[None]).reshape(-1)
    flat = scores.reshape(-1, depth)
    peak = flat.detach().new_full((height * width, depth), _MASKED)
    peak = peak.scatter_reduce(0, place[:, None].expand_as(flat), flat.detach(), "amax")
    total = torch.zeros_like(peak).index_add(0, place, (flat - peak[place]).exp())
    return (peak + total.clamp(min=1e-9).log()).view(height, width, depth)


def running(table: Tensor) -> Tensor:
    """Sums over the first n rows, for n from 0 up, in full precision."""
    return torch.cat([table.new_zeros(1, table.shape[1], dtype=torch.float32), table.float().cumsum(0)])


def mean(sums: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """Mean row of each stretch."""
    return (sums[last + 1] - sums[first]) / (last + 1 - first)[:, None]


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    return torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True)
