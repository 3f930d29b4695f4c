from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.errors import ExtractError, PluginError
from kg.extract.encoder import train
from kg.extract.encoder.train import train_encoder

HAS_TORCH = all(find_spec(name) for name in ("torch", "safetensors", "onnx"))


@pytest.mark.skipif(HAS_TORCH, reason="the extra is installed")
def test_without_the_extra_its_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match=r"pip install paperkg\[train\]"):
        train_encoder(tmp_path / "gold.jsonl", tmp_path / "out", base=tmp_path)


@pytest.mark.parametrize("has_folder", [True, False])
def test_folder_without_a_base_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_folder: bool
) -> None:
    monkeypatch.setattr(train, "_NEEDED", ())
    with pytest.raises(ExtractError, match=r"tokenizer.json and model.safetensors; name it with `--base`"):
        train_encoder(tmp_path / "gold.jsonl", tmp_path / "out", base=tmp_path if has_folder else None)


def test_gold_without_a_paper_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "_NEEDED", ())
    for name in ("tokenizer.json", "model.safetensors"):
        (tmp_path / name).touch()
    (tmp_path / "gold.jsonl").write_text("\n")
    with pytest.raises(ExtractError, match="no paper to train on"):
        train_encoder(tmp_path / "gold.jsonl", tmp_path / "out", base=tmp_path)
