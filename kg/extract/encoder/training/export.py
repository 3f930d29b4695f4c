"""The trained network as files that run without torch: an int8 ONNX graph, the heads' weights, the tokeniser."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.arrays import write_arrays
from kg.extract.encoder.encode import ENCODER_FILE, FACTS_FILE, HEADS_FILE, TOKENIZER_FILE
from kg.extract.encoder.found import Thresholds
from kg.extract.encoder.training.network import HEAD_COUNT, HIDDEN, Layer, Network


class WordGraph(nn.Module):
    """One text's pieces to the projections of its words, without rows for other texts."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """One row of projections for each word."""
        encoder = self.network.encoder
        table = encoder.norm(
            (encoder.tok(ids) + encoder.pos.weight[: ids.shape[0]] + encoder.shape(shapes))[None]
        )
        for layer in encoder.layers:
            table = _passed(layer, table)
        return self.network.project((table[0][first] + table[0][last]) * 0.5)


def export(network: Network, tokenizer: str, folder: Path) -> None:
    """Writes the files of the encoder into a folder; the tokeniser is given as JSON."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    _write_heads(network, folder / HEADS_FILE)
    (folder / TOKENIZER_FILE).write_text(tokenizer, encoding="utf-8")
    (folder / FACTS_FILE).write_text(json.dumps({"thresholds": asdict(Thresholds())}, indent=2) + "\n")
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _write_graph(network, full)
        quantize_dynamic(
            full,
            folder / ENCODER_FILE,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )


def _write_heads(network: Network, path: Path) -> None:
    heads = {
        name: table.detach().numpy().astype(np.float32)
        for name, table in network.named_parameters()
        if not name.startswith(("encoder.", "project."))
    }
    write_arrays(path, heads)


def _write_graph(network: Network, path: Path) -> None:
    names = ("ids", "shapes", "first", "last")
    sample = (
        torch.zeros(40, dtype=torch.long),
        torch.zeros(40, dtype=torch.long),
        torch.arange(1, 30),
        torch.arange(1, 30),
    )
    axes = {"ids": {0: "pieces"}, "shapes": {0: "pieces"}, "first": {0: "words"}, "last": {0: "words"}}
    torch.onnx.export(
        WordGraph(network.eval()),
        sample,
        path,
        input_names=list(names),
        output_names=["words"],
        dynamic_axes={**axes, "words": {0: "words"}},
        opset_version=17,
        dynamo=False,
    )


def _passed(layer: Layer, table: Tensor) -> Tensor:
    query, key, value = layer.qkv(table).split(HIDDEN, -1)
    table = layer.n1(table + layer.o(FusedAttention.apply(query, key, value)))
    return layer.n2(table + layer.f2(functional.gelu(layer.f1(table))))


class FusedAttention(torch.autograd.Function):
    """Attention that is one operator of onnxruntime, which never writes the whole table of scores to memory."""

    @staticmethod
    def forward(_: object, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """A table of the right size; the values are computed by the exported graph alone."""
        return query + key + value

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any) -> Any:
        """The operator in the graph."""
        operator = "com.microsoft::MultiHeadAttention"
        mixed = graph.op(operator, query, key, value, num_heads_i=HEAD_COUNT)
        mixed.setType(query.type())
        return mixed
