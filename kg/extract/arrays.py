"""Arrays on disk: compressed npz, never a pickle, with the same bytes for the same arrays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import ExtractError

Array = np.ndarray[Any, Any]

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""A fixed time in the archive: the id of the extractor is a hash of its files."""


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Writes named arrays; object arrays are refused by NumPy."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _EPOCH), buffer.getvalue(), zipfile.ZIP_DEFLATED)


def read_arrays(path: Path) -> dict[str, Array]:
    """The arrays of a file; raises `ExtractError` where it is missing or damaged."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, zipfile.BadZipFile, EOFError) as error:
        raise ExtractError(
            f"{path}: the weights cannot be read ({error}); install the package again"
        ) from error
