"""The network that is trained: a small transformer with case shapes, and heads over its words (needs torch)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.encoder.heads import BUCKETS, SIZES
from kg.extract.encoder.words import SHAPE_COUNT

HIDDEN = 384
HEAD_COUNT = 12
POSITIONS = 512
WIDTH = 12
KIND_COUNT = 6
ROLE_COUNT = 6
RELATION_COUNT = 5
VALUE_KIND_COUNT = 4


class Dropout(nn.Module):
    """Dropout that slices a pool of random masks; drawing new ones costs more than a layer on a CPU."""

    def __init__(self, rate: float, *, uses: int = 1500) -> None:
        super().__init__()
        self.rate, self.uses, self.age = rate, uses, 0
        self.pool = torch.empty(0)

    def forward(self, table: Tensor) -> Tensor:
        """The table with a share of its values zeroed in training."""
        if not self.training or self.rate <= 0:
            return table
        if len(self.pool) < table.numel() + 4096 or self.age > self.uses:
            self._draw(table.numel())
        self.age += 1
        start = int(torch.randint(len(self.pool) - table.numel(), ()))
        return table * self.pool[start : start + table.numel()].view(table.shape).to(table.dtype)

    def _draw(self, size: int) -> None:
        noise = torch.randint(0, 256, (max(size * 3 // 2 + 4096, 4_000_000),), dtype=torch.uint8)
        self.pool = (noise >= round(self.rate * 256)).to(torch.bfloat16) / (1 - self.rate)
        self.age = 0


class Layer(nn.Module):
    """One layer of the transformer, normalised after each half."""

    def __init__(self, dropout: Dropout) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.o = nn.Linear(HIDDEN, HIDDEN)
        self.n1 = nn.LayerNorm(HIDDEN, 1e-12)
        self.f1 = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.f2 = nn.Linear(4 * HIDDEN, HIDDEN)
        self.n2 = nn.LayerNorm(HIDDEN, 1e-12)
        self._dropout = [dropout]

    def forward(self, table: Tensor, bias: Tensor | None) -> Tensor:
        """The next representation of each piece; `bias` is added to the scores of attention."""
        dropout = self._dropout[0]
        table = self.n1(table + dropout(self.o(self._attended(table, bias))))
        return self.n2(table + dropout(self.f2(functional.gelu(self.f1(table)))))

    def _attended(self, table: Tensor, bias: Tensor | None) -> Tensor:
        query, key, value = (self._by_head(part) for part in self.qkv(table).split(HIDDEN, -1))
        score = torch.matmul(query * (1 / math.sqrt(HIDDEN // HEAD_COUNT)), key.transpose(-1, -2))
        if bias is not None:
            score = score + bias.to(score.dtype)
        mixed = torch.matmul(torch.softmax(score, -1, dtype=score.dtype), value)
        return mixed.transpose(1, 2).flatten(2)

    @staticmethod
    def _by_head(part: Tensor) -> Tensor:
        return part.unflatten(2, (HEAD_COUNT, HIDDEN // HEAD_COUNT)).transpose(1, 2)


class Transformer(nn.Module):
    """Word pieces and shapes of their words to one vector a piece."""

    def __init__(self, piece_count: int, layer_count: int = 6) -> None:
        super().__init__()
        self.dropout = Dropout(0.1)
        self.tok = nn.Embedding(piece_count, HIDDEN)
        self.pos = nn.Embedding(POSITIONS, HIDDEN)
        self.shape = nn.Embedding(SHAPE_COUNT, HIDDEN)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(layer_count))

    def forward(self, ids: Tensor, shapes: Tensor, bias: Tensor | None = None) -> Tensor:
        """The vectors of each piece; the tables have one row a text."""
        table = self.norm(self.tok(ids) + self.pos.weight[: ids.shape[1]] + self.shape(shapes))
        if torch.is_autocast_enabled("cpu"):
            table = table.bfloat16()
        table = self.dropout(table)
        for layer in self.layers:
            table = layer(table, bias)
        return table


class PairScorer(nn.Module):
    """Scores of ordered pairs of stretches of one text."""

    def __init__(self, output_count: int) -> None:
        super().__init__()
        unit, width = SIZES["unit"], SIZES["between"]
        self.a, self.b = nn.Linear(unit, width), nn.Linear(unit, width)
        self.distance, self.near = nn.Embedding(len(BUCKETS) + 1, width), nn.Embedding(3, width)
        self.ka, self.kb = nn.Embedding(8, width), nn.Embedding(8, width)
        self.out = nn.Linear(width, output_count)
        self.dropout = Dropout(0.2)
        for table in (self.distance, self.near, self.ka, self.kb):
            nn.init.normal_(table.weight, std=0.05)

    def forward(self, left: Tensor, right: Tensor, relative: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Scores [left, right, outputs] from projected rows and (distance, nearness, words between)."""
        distance, near, middle = relative
        hidden = left[:, None] + right[None] + self.distance(distance) + self.near(near) + middle
        return self.out(self.dropout(functional.relu(hidden)))

    def left(self, rows: Tensor, kinds: Tensor) -> Tensor:
        """The first stretches, projected."""
        return self.a(rows) + self.ka(kinds)

    def right(self, rows: Tensor, kinds: Tensor) -> Tensor:
        """The second stretches, projected."""
        return self.b(rows) + self.kb(kinds)


class Network(nn.Module):
    """The transformer with the projections of its words and all heads."""

    def __init__(self, piece_count: int, layer_count: int = 6) -> None:
        super().__init__()
        unit, span = SIZES["unit"], SIZES["start"]
        self.encoder = Transformer(piece_count, layer_count)
        self.project = nn.Linear(HIDDEN, sum(SIZES.values()))
        self.width = nn.Embedding(WIDTH + 1, span)
        self.span = nn.Linear(span, 1 + KIND_COUNT)
        self.kind_unit = nn.Embedding(8, unit)
        self.role = nn.Sequential(
            nn.Linear(3 * unit + 4, 192), nn.ReLU(), nn.Dropout(0.2), nn.Linear(192, ROLE_COUNT)
        )
        self.relation, self.result = PairScorer(RELATION_COUNT + 1), PairScorer(3)
        self.number = nn.Linear(unit, 1 + VALUE_KIND_COUNT)
        self.word_dropout, self.span_dropout = Dropout(0.1), Dropout(0.15)
        for table in (self.width, self.kind_unit):
            nn.init.normal_(table.weight, std=0.05)
        with torch.no_grad():
            self.span.bias[0], self.number.bias[0] = 4.0, -1.0
            self.relation.out.bias.fill_(-4.0)

    def words(self, table: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """The projections of each word, from the vectors of its first and last piece."""
        rows = [table.gather(1, place[..., None].expand(-1, -1, HIDDEN)) for place in (first, last)]
        return self.project(self.word_dropout((rows[0] + rows[1]) * 0.5))


def load_pretrained(encoder: Transformer, weights: Path, pieces: Sequence[Sequence[int]]) -> None:
    """Fills a transformer from a BERT checkpoint (safetensors).

    `pieces` holds, for each row of the new vocabulary, the old rows whose mean it starts from.
    """
    from safetensors.torch import load_file

    stored = {name.removeprefix("bert."): table for name, table in load_file(weights).items()}
    table = stored["embeddings.word_embeddings.weight"]
    encoder.tok.weight.data = torch.stack([table[rows].mean(0) for rows in pieces])
    kind = stored["embeddings.token_type_embeddings.weight"][0]
    encoder.pos.weight.data = stored["embeddings.position_embeddings.weight"] + kind
    encoder.norm.load_state_dict(
        {part: stored[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")}
    )
    for number, layer in enumerate(encoder.layers):
        _load_layer(layer, stored, f"encoder.layer.{number}.")


def _load_layer(layer: nn.Module, stored: dict[str, Tensor], prefix: str) -> None:
    sources = {
        "o": "attention.output.dense",
        "n1": "attention.output.LayerNorm",
        "f1": "intermediate.dense",
        "f2": "output.dense",
        "n2": "output.LayerNorm",
    }
    for part in ("weight", "bias"):
        attention = [stored[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
        getattr(layer.qkv, part).data = torch.cat(attention)
        for name, source in sources.items():
            getattr(getattr(layer, name), part).data = stored[f"{prefix}{source}.{part}"]
