"""Training of the network on gold lines, all heads together."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from kg.extract.encoder.training.examples import Example
from kg.extract.encoder.training.losses import loss
from kg.extract.encoder.training.network import Network

_POOL = 24
"""Batches that are sorted by length together."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to train."""

    epochs: int = 3
    batch_size: int = 16
    part_size: int = 2
    """Examples that pass through the network at once; of similar length, so that little is padding."""
    encoder_rate: float = 4e-4
    """Learning rate of the topmost layer."""
    head_rate: float = 2e-3
    layer_decay: float = 0.85
    """Each layer's learning rate as a share of that above it."""
    warm_up: int = 60
    average: float = 0.995
    """Weight of the past in the running average of the weights, which is what is kept."""


def fit(
    examples: Sequence[Example],
    network: Network,
    *,
    schedule: Schedule,
    seed: int,
    on_progress: Callable[[str], None],
) -> None:
    """Trains a network in place; its weights are in the end averaged over the last steps."""
    torch.manual_seed(seed)
    network.train()
    optimizer = torch.optim.AdamW(
        parameter_groups(network, schedule), weight_decay=0.01, betas=(0.9, 0.98), fused=True
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    weights = list(network.parameters())
    average = [weight.detach().clone() for weight in weights]
    steps = schedule.epochs * -(-len(examples) // schedule.batch_size)
    for step, batch in enumerate(batches(examples, schedule, seed)):
        pace = min(1.0, (step + 1) / schedule.warm_up) * max(0.02, 1 - step / steps)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * pace
        value = advance(network, optimizer, batch, schedule.part_size)
        fold(average, weights, min(schedule.average, (1 + step) / (10 + step)))
        if step % 20 == 0:
            on_progress(f"step {step} of {steps}, loss {value:.3f}")
    with torch.no_grad():
        for weight, mean in zip(weights, average, strict=True):
            weight.copy_(mean)
    network.eval()


def advance(
    network: Network, optimizer: torch.optim.Optimizer, batch: Sequence[Example], part_size: int
) -> float:
    """The mean loss of a batch, after one step against it."""
    total = 0.0
    for start in range(0, len(batch), part_size):
        part = batch[start : start + part_size]
        value = loss(network, part) * (len(part) / len(batch))
        value.backward()
        total += value.item()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return total


@torch.no_grad()
def fold(average: list[Tensor], weights: list[nn.Parameter], share: float) -> None:
    """Moves the average towards the weights."""
    torch._foreach_lerp_(average, [weight.data for weight in weights], 1 - share)


def batches(examples: Sequence[Example], schedule: Schedule, seed: int) -> Iterator[list[Example]]:
    """The batches of all epochs: shuffled, each of examples of about one length."""
    size = schedule.batch_size
    for epoch in range(schedule.epochs):
        shuffler = random.Random(seed * 1000 + epoch)
        order = shuffler.sample(range(len(examples)), len(examples))
        found = []
        for start in range(0, len(order), size * _POOL):
            pool = sorted(order[start : start + size * _POOL], key=lambda i: len(examples[i].ids))
            found += [[examples[i] for i in pool[j : j + size]] for j in range(0, len(pool), size)]
        shuffler.shuffle(found)
        yield from found


def parameter_groups(network: Network, schedule: Schedule) -> list[dict[str, object]]:
    """Parameters with their learning rates: lower layers learn more slowly, heads fastest."""
    encoder = network.encoder
    depth = len(encoder.layers)
    rate, decay = schedule.encoder_rate, schedule.layer_decay
    groups: list[dict[str, object]] = [
        {"params": list(layer.parameters()), "lr": rate * decay ** (depth - 1 - place)}
        for place, layer in enumerate(encoder.layers)
    ]
    tables = [encoder.tok.weight, encoder.pos.weight, *encoder.norm.parameters()]
    groups.append({"params": tables, "lr": rate * decay**depth, "weight_decay": 0.0})
    groups.append({"params": [encoder.shape.weight], "lr": schedule.head_rate, "weight_decay": 0.0})
    own = {id(weight) for weight in encoder.parameters()}
    heads = [weight for weight in network.parameters() if id(weight) not in own]
    return [*groups, {"params": heads, "lr": schedule.head_rate}]
