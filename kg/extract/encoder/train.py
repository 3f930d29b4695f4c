"""Training of the encoder: gold lines and a base transformer in, a pipeline on disk out. Needs the extra `train`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from kg.errors import ExtractError, PluginError
from kg.extract.card import write_card, write_scores
from kg.extract.encoder.pipeline import write_pipeline
from kg.extract.lines import read
from kg.extract.train import card

_NEEDED = ("torch", "safetensors", "onnx")
_BASE_FILES = ("tokenizer.json", "model.safetensors")


def train_encoder(
    gold_path: Path,
    output: Path,
    *,
    base: str | Path | None,
    texts: Sequence[str] = (),
    seed: int = 0,
    epochs: int = 3,
    development: Path | None = None,
    on_progress: Callable[[str], None] = lambda _message: None,
) -> Path:
    """Fits the encoder and all its heads on a gold file, writes the pipeline to a folder and gives that folder.

    `base` holds a BERT of six layers of 384 with its tokeniser, such as all-MiniLM-L6-v2. Before it sees the gold it
    learns to fill in masked words of `texts`, else of the gold's own. Raises `PluginError` without the extra `train`
    and `ExtractError` where the gold or the base cannot be used.
    """
    _check_extra()
    folder = _checked_base(base)
    gold = list(read(gold_path))
    if not gold:
        raise ExtractError(f"{gold_path}: no paper to train on")
    import torch

    from kg.extract.encoder.training.examples import example
    from kg.extract.encoder.training.export import export
    from kg.extract.encoder.training.fit import Schedule, fit
    from kg.extract.encoder.training.network import Network
    from kg.extract.encoder.training.pretrain import load_base, pretrain

    torch.manual_seed(seed)
    corpus = list(texts) or [extraction.text for extraction in gold]
    transformer, tokenizer = load_base(folder, corpus)
    pretrain(transformer, tokenizer, corpus, seed=seed, on_progress=on_progress)
    network = Network(tokenizer.get_vocab_size())
    network.encoder.load_state_dict(transformer.state_dict())
    lines = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").split("\n") if line.strip()]
    examples = [example(line, tokenizer) for line in lines]
    fit(examples, network, schedule=Schedule(epochs=epochs), seed=seed, on_progress=on_progress)
    with tempfile.TemporaryDirectory() as scratch:
        export(network, tokenizer.to_str(), Path(scratch))
        write_pipeline(Path(scratch), output)
    training = {"seed": seed, "epochs": epochs, "base": folder.name, "pre-training texts": len(corpus)}
    write_card(output, card(output, gold, training))
    if development is not None:
        write_scores(output, development)
    return output


def _check_extra() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise PluginError(
            f"training the encoder needs {' and '.join(missing)}: install the extra with `pip install paperkg[train]`"
        )


def _checked_base(base: str | Path | None) -> Path:
    folder = Path(base) if base is not None else None
    if folder is None or not all((folder / name).is_file() for name in _BASE_FILES):
        raise ExtractError(
            f"{base or 'no base'}: the encoder starts from the folder of a BERT such as all-MiniLM-L6-v2, with "
            f"{' and '.join(_BASE_FILES)}; name it with `--base`"
        )
    return folder
