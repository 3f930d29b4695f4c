"""The resolved graph as N-Triples, in the vocabulary of the ontology.

Nothing depends on a path, a time or the order of rows. There are no blank nodes, and no triple is written twice.
Super-classes and super-properties are stated, because the store does not reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.graph import bibliography, statements
from kg.graph.corpus import Corpus

SECTIONS: tuple[Callable[[Corpus], Iterator[str]], ...] = (
    bibliography.papers,
    bibliography.cited_only,
    bibliography.versions,
    bibliography.links,
    bibliography.persons,
    bibliography.authorships,
    bibliography.citations,
    statements.entities,
    statements.variants,
    statements.claims_and_relations,
    statements.evaluation_results,
)


def triples(corpus: Corpus) -> Iterator[str]:
    """The graph as blocks of N-Triples lines, each of a few megabytes."""
    for section in SECTIONS:
        yield from section(corpus)
