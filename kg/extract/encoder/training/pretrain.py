"""A vocabulary for the field, then masked words on its abstracts: what the encoder learns before the gold."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.encoder.training.network import HIDDEN, Transformer, load_pretrained
from kg.extract.encoder.words import words

_PIECES = 382
_ALWAYS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
Prepared = tuple[list[int], list[int], list[int]]


class MaskHead(nn.Module):
    """Scores of all pieces for a vector; the pieces' own embeddings are its last layer."""

    def __init__(self, piece_count: int) -> None:
        super().__init__()
        self.dense, self.norm = nn.Linear(HIDDEN, HIDDEN), nn.LayerNorm(HIDDEN)
        self.bias = nn.Parameter(torch.zeros(piece_count))

    def forward(self, rows: Tensor, table: Tensor) -> Tensor:
        """One row of scores a vector."""
        return functional.linear(self.norm(functional.gelu(self.dense(rows))), table, self.bias)


def make_vocabulary(
    base: Tokenizer, corpus: Iterable[str], *, least: int = 5, whole: int = 150
) -> tuple[str, list[list[int]]]:
    """A tokeniser (JSON) with the pieces seen in the corpus and its frequent words whole.

    With it come, for each of its rows, the rows of the base vocabulary whose mean the new one starts from.
    """
    count = Counter(word.text.lower() for text in corpus for word in words(text))
    pieces = {word: base.encode(word, add_special_tokens=False).ids for word in count}
    used: Counter[int] = Counter()
    for word, ids in pieces.items():
        used.update(dict.fromkeys(ids, count[word]))
    name_of = {row: piece for piece, row in base.get_vocab().items()}
    kept = [
        row
        for row in sorted(name_of)
        if used[row] >= least or name_of[row] in _ALWAYS or _is_letter(name_of[row])
    ]
    new = [
        word
        for word, number in sorted(count.items(), key=lambda item: (-item[1], item[0]))
        if number >= whole and len(pieces[word]) > 1 and word.isascii() and word.isalnum()
    ]
    vocabulary = {name: row for row, name in enumerate([*(name_of[row] for row in kept), *new])}
    return _with_vocabulary(base, vocabulary), [*([row] for row in kept), *(pieces[word] for word in new)]


def _is_letter(piece: str) -> bool:
    return piece.isascii() and len(piece.removeprefix("##")) == 1


def _with_vocabulary(base: Tokenizer, vocabulary: dict[str, int]) -> str:
    layout = json.loads(base.to_str())
    layout["model"]["vocab"] = vocabulary
    for added in layout["added_tokens"]:
        added["id"] = vocabulary[added["content"]]
    return json.dumps(
        {**layout, "post_processor": None, "truncation": None, "padding": None}, ensure_ascii=False
    )


def pretrain(
    encoder: Transformer,
    tokenizer: Tokenizer,
    corpus: Sequence[str],
    *,
    seed: int,
    on_progress: Callable[[str], None],
) -> None:
    """Trains the encoder to fill in masked words, once over the corpus, sixteen texts a step."""
    torch.manual_seed(seed)
    shuffler = random.Random(seed)
    head = MaskHead(tokenizer.get_vocab_size())
    groups = [{"params": encoder.parameters(), "lr": 4e-4}, {"params": head.parameters(), "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    steps = len(corpus) // 16
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / 100) * (1 - 0.6 * step / steps)
    )
    encoder.dropout.rate = 0.0
    for step in range(steps):
        batch = sorted(
            (prepared(text, tokenizer) for text in corpus[step * 16 : step * 16 + 16]),
            key=lambda item: len(item[0]),
        )
        for part in (batch[:8], batch[8:]):
            value = masked_loss(encoder, head, part, tokenizer, shuffler) / 2
            value.backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        pace.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 20 == 0:
            on_progress(f"masked words: step {step} of {steps}, loss {2 * value.item():.3f}")


def prepared(text: str, tokenizer: Tokenizer) -> Prepared:
    """Pieces, the word of each (-1 for none), and its shape."""
    found = words(text)
    encoding = tokenizer.encode([word.text for word in found], is_pretokenized=True, add_special_tokens=False)
    ids = encoding.ids[:_PIECES]
    owner = [word for word in encoding.word_ids[:_PIECES] if word is not None]
    before, after = (tokenizer.get_vocab()[name] for name in ("[CLS]", "[SEP]"))
    return [before, *ids, after], [-1, *owner, -1], [0, *(found[i].shape for i in owner), 0]


def masked_loss(
    encoder: Transformer,
    head: MaskHead,
    batch: Sequence[Prepared],
    tokenizer: Tokenizer,
    shuffler: random.Random,
) -> Tensor:
    """The cross-entropy of the pieces of masked words (18 % of all words)."""
    size = (len(batch), max(len(ids) for ids, _, _ in batch))
    ids, shapes = torch.full(size, tokenizer.token_to_id("[PAD]")), torch.zeros(size, dtype=torch.long)
    is_masked, bias = torch.zeros(size, dtype=torch.bool), torch.full((size[0], 1, 1, size[1]), -1e4)
    for row, (own, owner, shape) in enumerate(batch):
        ids[row, : len(own)], shapes[row, : len(own)], bias[row, ..., : len(own)] = (
            torch.tensor(own),
            torch.tensor(shape),
            0,
        )
        picked = {word for word in range(max(owner) + 1) if shuffler.random() < 0.18}
        is_masked[row, : len(own)] = torch.tensor([word in picked for word in owner])
    target = ids[is_masked]
    chance = torch.rand(target.shape)
    noise = torch.randint(110, tokenizer.get_vocab_size(), target.shape)
    mask = torch.full_like(target, tokenizer.token_to_id("[MASK]"))
    ids[is_masked] = torch.where(chance < 0.85, mask, torch.where(chance < 0.92, noise, target))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = head(encoder(ids, shapes, bias)[is_masked], encoder.tok.weight)
    return functional.cross_entropy(scores.float(), target)


def load_base(base: Path, corpus: Sequence[str]) -> tuple[Transformer, Tokenizer]:
    """The transformer of a BERT checkpoint and its tokeniser, with the vocabulary of a corpus."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    layout, rows = make_vocabulary(tokenizer, corpus)
    adapted = Tokenizer.from_str(layout)
    encoder = Transformer(adapted.get_vocab_size())
    load_pretrained(encoder, base / "model.safetensors", rows)
    return encoder, adapted
