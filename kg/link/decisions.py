"""People's corrections, replayed over what linking found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from kg.link.linked import Linked

Decision: TypeAlias = Mapping[str, Any]
"""One line of `decisions.jsonl`."""


def replay(linked: Linked, decisions: Sequence[Decision]) -> Linked:
    """The tables with the decisions applied; without decisions the same tables.

    Raises `ValueError` for any decision, since no verb is known yet.
    """
    if decisions:
        raise ValueError(f"{len(decisions)} decisions given, but none can be replayed yet")
    return linked
