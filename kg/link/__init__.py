"""Linking: from what papers print to what they mean, over the whole corpus."""

from __future__ import annotations

from collections.abc import Sequence

from kg.link.decisions import Decision, replay
from kg.link.linked import LINKED_SCHEMAS, CitationCounts, Linked
from kg.link.written import Written

__all__ = ["LINKED_SCHEMAS", "CitationCounts", "Decision", "Linked", "Written", "link"]


def link(written: Written, *, decisions: Sequence[Decision] = ()) -> Linked:
    """The entities, persons, citations, influences and families of these papers, with people's decisions replayed.

    The result depends on the papers and decisions alone, not on the order of the rows.
    """
    from kg.link.citations import link_citations
    from kg.link.entities import link_entities
    from kg.link.families import variants
    from kg.link.influence import influences
    from kg.link.people import link_people

    entities, entity_of = link_entities(written)
    persons, authorships = link_people(written.authors, written.works)
    citations, cited_only, counts = link_citations(written.references, written.works)
    linked = Linked(
        entities=entities,
        entity_of=entity_of,
        persons=persons,
        authorships=authorships,
        citations=citations,
        cited_only=cited_only,
        influences=influences(written, entities, entity_of),
        variants=variants(entities),
        citation_counts=counts,
    )
    return replay(linked, decisions)
