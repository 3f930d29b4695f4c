"""Source text: what every offset counts in."""

from __future__ import annotations

from kg.model import Paper


def collapse(text: str) -> str:
    r"""The text with runs of white space as one space, and none at its ends.

    >>> collapse(" one\r\n  two ")
    'one two'
    """
    return " ".join(text.split())


def source_text(paper: Paper) -> str:
    """The title, a newline and the abstract, each collapsed and otherwise as read."""
    return f"{collapse(paper.title or '')}\n{collapse(paper.abstract or '')}"
