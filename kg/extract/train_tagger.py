"""Training of the tagger: cross-entropy on tags, Adam, a learning rate that warms up and then falls to zero."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
from spacy.tokens import Doc
from thinc.api import Adam, fix_random_seed, set_dropout_rate

from kg.extract.tagger import KgTagger
from kg.extract.tags import TAGS

Example = tuple[Doc, list[int]]
"""A document and the class of each of its tokens."""

_BATCH_WORDS = 1500
_DROPOUT = 0.3
_WARM_UP = 0.05
_PEAK_RATE = 2e-3


def train_tagger(
    tagger: KgTagger,
    examples: Sequence[Example],
    *,
    seed: int,
    epochs: int,
    on_epoch: Callable[[int, float], None] = lambda _epoch, _loss: None,
) -> None:
    """Fits the tagger's network; the same examples and seed give the same weights on the same machine."""
    fix_random_seed(seed)
    shuffling = random.Random(seed)
    examples = [example for example in examples if len(example[0])]
    optimizer = Adam(_PEAK_RATE, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=True)
    steps = epochs * len(_batches(examples))
    step = 0
    for epoch in range(epochs):
        shuffled = list(examples)
        shuffling.shuffle(shuffled)
        set_dropout_rate(tagger.model, _DROPOUT)
        loss = 0.0
        for batch in _batches(shuffled):
            optimizer.learn_rate = _PEAK_RATE * _rate(min(1.0, step / max(1, steps)))
            loss += _update(tagger, batch)
            tagger.model.finish_update(optimizer)
            optimizer.step_schedules()
            step += 1
        on_epoch(epoch + 1, loss)
    set_dropout_rate(tagger.model, 0.0)
    averages = optimizer.averages
    for node in tagger.model.walk():
        for name in node.param_names:
            if node.has_param(name) and (node.id, name) in averages:
                node.set_param(name, averages[node.id, name].copy())


def _rate(progress: float) -> float:
    return progress / _WARM_UP if progress < _WARM_UP else max(0.02, (1 - progress) / (1 - _WARM_UP))


def _update(tagger: KgTagger, batch: Sequence[Example]) -> float:
    """One step back through the network; the loss is the summed squared gradient, as spaCy reports it."""
    predicted, backprop = tagger.model.begin_update([doc for doc, _ in batch])
    words = sum(len(doc) for doc, _ in batch)
    loss = 0.0
    gradients = []
    for probabilities, (_, classes) in zip(predicted, batch, strict=True):
        gradient = probabilities - np.eye(len(TAGS), dtype=np.float32)[classes]
        loss += float((gradient**2).sum())
        gradients.append(gradient / words)
    backprop(gradients)
    return loss


def _batches(examples: Sequence[Example]) -> list[list[Example]]:
    batches: list[list[Example]] = [[]]
    words = 0
    for example in examples:
        if words + len(example[0]) > _BATCH_WORDS and batches[-1]:
            batches.append([])
            words = 0
        batches[-1].append(example)
        words += len(example[0])
    return batches
