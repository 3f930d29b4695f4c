"""Papers from files: a reader for each format, and the rule by which records become works.

A reader is a module of this folder (or an entry point of `kg.sources`) with

    NAME                                        the format's name, kept in `Paper.origin`
    RICHNESS                                    how much its records can hold: of two, the richer one is believed
    sniff(head: str) -> bool                    whether a text that begins so is of this format
    read(stream, path) -> Iterator[Paper | Rejected]
"""

from kg.sources.merging import merge, orphans
from kg.sources.reading import read

HELPERS = ("fields", "identifiers", "merging", "reading", "streams")
"""Modules of this folder that are no readers."""

__all__ = ["merge", "orphans", "read"]
