from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.graph.store import load_in_memory, load_on_disk, open_store

BLOCKS = [
    '<http://x/a> <http://x/p> "1" .\n',
    '<http://x/a> <http://x/p> "2" .\n<http://x/a> <http://x/p> "1" .\n',
]


def test_blocks_are_loaded_in_memory_and_on_disk_alike(tmp_path: Path) -> None:
    assert load_on_disk(BLOCKS, tmp_path / "store") == 2
    in_memory = load_in_memory(BLOCKS)
    assert sorted(map(str, open_store(tmp_path / "store"))) == sorted(map(str, in_memory))


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="the store cannot be opened"):
        open_store(tmp_path / "none")
