from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.errors import ExtractError
from kg.extract.linear import empty_model, fit, read_model, write_model

EXAMPLES = [({"bias", "red"}, "stop"), ({"bias", "green"}, "go"), ({"bias", "amber"}, "stop")] * 5


def test_fitted_model_tells_its_examples_apart() -> None:
    model = fit(EXAMPLES, ["stop", "go"], bucket_count=64, penalty=0.1)
    chosen = [model.classes[int(model.scores(features).argmax())] for features, _ in EXAMPLES]
    assert chosen == [name for _, name in EXAMPLES]
    assert model.probabilities({"bias", "green"}).sum() == pytest.approx(1)


def test_same_examples_give_the_same_weights() -> None:
    first, second = (fit(EXAMPLES, ["stop", "go"], bucket_count=64) for _ in range(2))
    assert np.array_equal(first.weights, second.weights)


def test_model_is_read_back_from_the_same_bytes(tmp_path: Path) -> None:
    model = fit(EXAMPLES, ["stop", "go"], bucket_count=64)
    paths = [tmp_path / name for name in ("a.npz", "b.npz")]
    for path in paths:
        write_model(path, model)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert read_model(paths[0]).classes == ("stop", "go")
    assert np.allclose(read_model(paths[0]).weights, model.weights, atol=1e-3)


def test_model_before_training_finds_every_class_as_likely() -> None:
    assert empty_model(["a", "b"]).probabilities({"x"}).tolist() == [0.5, 0.5]


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    path = tmp_path / "roles.npz"
    path.write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(ExtractError, match=r"roles\.npz: the weights cannot be read"):
        read_model(path)
