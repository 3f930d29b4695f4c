"""Multinomial logistic regression over hashed features: small, exact, and NumPy alone at inference.

Features are strings; CRC-32 gives each its row (Weinberger et al. 2009). Rows of one example are summed.

Weinberger, K., Dasgupta, A., Langford, J., Smola, A., Attenberg, J. (2009) Feature hashing for large scale multitask
learning. ICML, 1113-1120.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.extract.arrays import read_arrays, write_arrays

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of one row a bucket and one column a class."""

    classes: tuple[str, ...]
    weights: Floats

    def scores(self, features: Iterable[str]) -> Floats:
        """The summed weights of an example's features for each class, before any softmax."""
        scores: Floats = self.weights[buckets(features, len(self.weights))].sum(axis=0)
        return scores

    def probabilities(self, features: Iterable[str]) -> Floats:
        """The distribution over the classes."""
        return softmax(self.scores(features))


def softmax(scores: Floats) -> Floats:
    """The distribution that scores along the last axis stand for."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    distribution: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return distribution


def buckets(features: Iterable[str], count: int) -> list[int]:
    """The row of each feature, each row once, sorted so that sums never depend on the order."""
    return sorted({crc32(feature.encode()) % count for feature in features})


def write_model(path: Path, model: LinearModel) -> None:
    """Writes the weights at half precision."""
    classes = np.array(model.classes, dtype=np.str_)
    write_arrays(path, {"classes": classes, "weights": model.weights.astype(np.float16)})


def read_model(path: Path) -> LinearModel:
    """The model of a file."""
    stored = read_arrays(path)
    classes = tuple(str(name) for name in stored["classes"])
    return LinearModel(classes, stored["weights"].astype(np.float32))


def empty_model(classes: Sequence[str]) -> LinearModel:
    """A model before training: every class is as likely as any other."""
    return LinearModel(tuple(classes), np.zeros((1, len(classes)), dtype=np.float32))


def fit(
    examples: Sequence[tuple[Iterable[str], str]],
    classes: Sequence[str],
    *,
    penalty: float = 1.0,
    bucket_count: int = 1 << 16,
    iterations: int = 60,
) -> LinearModel:
    """The model with the least penalised cross-entropy on (features, class) examples, by L-BFGS."""
    from scipy.optimize import minimize

    matrix, gold, used = _matrix(examples, classes, bucket_count)
    transposed = matrix.T.tocsr()
    shape = (len(used), len(classes))

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = flat.reshape(shape)
        scores = matrix @ weights
        scores -= scores.max(axis=1, keepdims=True)
        normaliser = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        likelihood = scores - normaliser
        gradient = transposed @ (np.exp(likelihood) - gold) + penalty * weights
        return float(-(likelihood * gold).sum() + 0.5 * penalty * (flat**2).sum()), gradient.ravel()

    start = np.zeros(shape).ravel()
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations})
    weights = np.zeros((bucket_count, len(classes)), dtype=np.float32)
    weights[used] = found.x.reshape(shape)
    return LinearModel(tuple(classes), weights)


def _matrix(
    examples: Sequence[tuple[Iterable[str], str]], classes: Sequence[str], bucket_count: int
) -> tuple[Any, npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """The examples as a sparse matrix over the buckets in use, their classes one-hot, and these buckets."""
    from scipy.sparse import csr_matrix

    rows = [buckets(features, bucket_count) for features, _ in examples]
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((column for row in rows for column in row), dtype=np.int64, count=int(starts[-1]))
    used, places = np.unique(columns, return_inverse=True)
    matrix = csr_matrix((np.ones(len(columns)), places, starts), shape=(len(rows), len(used)))
    class_of = {name: position for position, name in enumerate(classes)}
    gold = np.eye(len(classes))[[class_of[name] for _, name in examples]]
    return matrix, gold, used
