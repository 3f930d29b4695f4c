"""Networks of a graph for NetworkX: everything at once, or one question at a time.

Nodes are IRIs with the attributes `kind` ("paper", "person" or a kind of entity), `label`, and `year` for dated papers.
Nodes and edges stand in the order of their IRIs, so that the same graph gives the same network in the same order.
A network's own attributes (`network.graph`) say what it is, and why it is empty where it has no edge.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

import networkx as nx
from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.graph.lookup import pairs, text_of
from kg.ontology import KIND_CLASSES, RELATION_RULES, ROLE_PROPERTIES, Kind, Role, expand

if TYPE_CHECKING:
    from kg.graph import OpenGraph

Attributes: TypeAlias = dict[str, object]
Nodes: TypeAlias = Mapping[str, Attributes]

EDGE_PROPERTIES = (
    "dcterms:creator",
    "cito:cites",
    "kgo:influencedBy",
    *ROLE_PROPERTIES.values(),
    *(rule.property for rule in RELATION_RULES.values()),
    "kgo:variantOf",
    "skos:broader",
)
"""The properties that are edges of `networkx_graph`, and the keys of its edges."""

AUTHOR_LIMIT = 500
"""A longer list of authors says nothing about who works with whom, and would make millions of edges."""


def networkx_graph(graph: OpenGraph) -> nx.MultiDiGraph:
    """All papers, people and entities, with an edge for each statement between two of them, its property the key.

    Claims and authorships are folded into the edges: `papers` counts the papers that state it, `confidence` is that of
    the surest. A paper's `kgo:mentions` is left out where a stronger role says more.
    """
    with _without_garbage_collection():
        nodes = things(graph)
        claims = _claims(graph)
        network = _filled(nx.MultiDiGraph(name="everything"), nodes, ())
        for property_ in EDGE_PROPERTIES:
            for pair in _pairs(graph, property_, nodes):
                if property_ == ROLE_PROPERTIES[Role.MENTIONS] and network.has_edge(*pair):
                    continue
                network.add_edge(
                    *pair, key=property_, **claims.get((pair[0], expand(property_), pair[1]), {})
                )
    return network


def citation_network(graph: OpenGraph) -> nx.DiGraph:
    """Papers, with an edge from each citing to the cited one."""
    nodes = _papers(graph)
    network = _filled(nx.DiGraph(name="citation"), nodes, _pairs(graph, "cito:cites", nodes))
    return _explained(network, "no record brought references; add them with `kg add G.kg refs.jsonl`")


def influence_network(graph: OpenGraph) -> nx.DiGraph:
    """Papers, with an edge from each to the earlier ones whose new things it works with.

    `via` lists the IRIs of these things. Influence is inferred from the text, and is no citation.
    """
    nodes = _papers(graph)
    introduced, named = (
        _objects_by_subject(_pairs(graph, _role(role), None)) for role in (Role.INTRODUCES, Role.MENTIONS)
    )
    network = _filled(nx.DiGraph(name="influence"), nodes, _pairs(graph, "kgo:influencedBy", nodes))
    for influenced, influencing, edge in network.edges(data=True):
        edge["via"] = sorted(introduced[influencing] & named[influenced])
        edge["weight"] = max(1, len(edge["via"]))
    return _explained(network, "no paper works with a thing that an earlier paper of the graph introduces")


def coauthor_network(graph: OpenGraph, *, author_limit: int = AUTHOR_LIMIT) -> nx.Graph:
    """People, with an edge between any two who wrote a paper together.

    `weight` counts these papers; `fractional` gives each paper of n authors the weight 1 / (n - 1), so that a person's
    fractional weights add up to the papers written with others: M. Newman, "Scientific collaboration networks. II",
    Physical Review E 64, 016132 (2001). Papers of more than `author_limit` authors are left out, and counted in the
    network's attribute `left_out`.
    """
    groups = _objects_by_subject(_pairs(graph, "dcterms:creator", None))
    kept = [sorted(authors) for authors in groups.values() if len(authors) <= author_limit]
    papers: Counter[tuple[str, str]] = Counter()
    fractions: defaultdict[tuple[str, str], float] = defaultdict(float)
    with _without_garbage_collection():
        for authors in kept:
            for pair in combinations(authors, 2):
                papers[pair] += 1
                fractions[pair] += 1 / (len(authors) - 1)
        edges = (
            (*pair, {"weight": papers[pair], "fractional": round(fractions[pair], 6)})
            for pair in sorted(papers)
        )
        network = _filled(nx.Graph(name="coauthor", left_out=len(groups) - len(kept)), _people(graph), edges)
    return _explained(network, "no paper has two known authors")


def author_entity_network(graph: OpenGraph, kind: Kind | str | None = None) -> nx.Graph:
    """People and the entities (of one kind) that they write about; `weight` counts papers.

    The attribute `bipartite` is 0 for people and 1 for entities.
    """
    people, entities = _people(graph), _entities(graph, kind)
    named = _objects_by_subject(_pairs(graph, _role(Role.MENTIONS), None, entities))
    weights: Counter[tuple[str, str]] = Counter()
    with _without_garbage_collection():
        for paper, person in _pairs(graph, "dcterms:creator", None, people):
            weights.update((person, entity) for entity in named[paper])
        sides = _sided(people, 0) | _sided(entities, 1)
        network = _filled(nx.Graph(name="author-entity"), sides, _weighted(weights))
    return _explained(network, f"no author's paper names {_any_of(kind)}")


def cooccurrence_network(
    graph: OpenGraph, kind: Kind | str | None = None, *, with_generic: bool = False
) -> nx.Graph:
    """Entities (of one kind), with an edge between any two named in one paper; `weight` counts papers.

    Generic terms such as "language models" connect everything with everything and are left out unless asked for.
    """
    entities = _entities(graph, kind)
    if not with_generic:
        entities = {
            iri: attributes for iri, attributes in entities.items() if not attributes.get("is_generic")
        }
    named = _objects_by_subject(_pairs(graph, _role(Role.MENTIONS), None, entities))
    weights: Counter[tuple[str, str]] = Counter()
    with _without_garbage_collection():
        for group in named.values():
            weights.update(combinations(sorted(group), 2))
        network = _filled(nx.Graph(name="cooccurrence"), entities, _weighted(weights))
    return _explained(network, f"no paper names two of {_any_of(kind)}")


def things(graph: OpenGraph) -> Nodes:
    """Attributes of every paper, person and entity by IRI, in the order of the IRIs."""
    nodes = {**_papers(graph), **_people(graph), **_entities(graph, None)}
    return {iri: nodes[iri] for iri in sorted(nodes)}


def _pairs(
    graph: OpenGraph, property_: str, subjects: Nodes | None, objects: Nodes | None = None
) -> list[tuple[str, str]]:
    """Sorted pairs whose ends are known things; `subjects` holds both ends where `objects` is not given."""
    targets = subjects if objects is None else objects
    return sorted(
        (subject, object_)
        for subject, object_ in pairs(graph, property_)
        if (subjects is None or subject in subjects) and (targets is None or object_ in targets)
    )


def _papers(graph: OpenGraph) -> Nodes:
    """Papers of the graph, and those that are only cited."""
    titles, dates = dict(pairs(graph, "dcterms:title")), dict(pairs(graph, "dcterms:issued"))
    known: dict[str, Attributes] = {iri: {} for iri in _members(graph, "fabio:ResearchPaper")}
    cited: dict[str, Attributes] = {
        iri: {"is_cited_only": True} for iri in _members(graph, "fabio:Work") if iri not in known
    }
    return {
        iri: {"kind": "paper", "label": titles.get(iri) or _paper_id(iri), **_year(dates.get(iri)), **more}
        for iri, more in {**known, **cited}.items()
    }


def _people(graph: OpenGraph) -> Nodes:
    names = dict(pairs(graph, "foaf:name"))
    return {
        iri: {"kind": "person", "label": names.get(iri, _tail(iri))} for iri in _members(graph, "foaf:Person")
    }


def _entities(graph: OpenGraph, kind: Kind | str | None) -> Nodes:
    """Entities of a kind; a benchmark is one only, although it is stated a dataset, too."""
    kinds = {iri: each for each in Kind for iri in _members(graph, KIND_CLASSES[each][0])}
    wanted = set(Kind) if kind is None else {_known_kind(kind)}
    labels = dict(pairs(graph, "skos:prefLabel"))
    generic = {iri for iri, flag in pairs(graph, "kgo:isGeneric") if flag in {"true", "1"}}
    return {
        iri: {
            "kind": kinds[iri].value,
            "label": labels.get(iri, _tail(iri)),
            **({"is_generic": True} if iri in generic else {}),
        }
        for iri in sorted(kinds)
        if kinds[iri] in wanted
    }


def _known_kind(kind: Kind | str) -> Kind:
    if kind not in set(Kind):
        raise QueryError(f"{kind!r} is no kind of entity; there are {', '.join(Kind)}")
    return Kind(kind)


def _members(graph: OpenGraph, class_: str) -> list[str]:
    quads = graph.store.quads_for_pattern(None, NamedNode(expand("rdf:type")), NamedNode(expand(class_)))
    return sorted(text_of(quad.subject) for quad in quads)


def _claims(graph: OpenGraph) -> dict[tuple[str, str, str], Attributes]:
    """For each claimed statement, the number of papers that make it and its best confidence."""
    objects, properties, confidences = (
        dict(pairs(graph, property_)) for property_ in ("rdf:object", "rdf:predicate", "kgo:confidence")
    )
    claims: dict[tuple[str, str, str], Attributes] = {}
    for claim, subject in pairs(graph, "rdf:subject"):
        found = claims.setdefault(
            (subject, properties[claim], objects[claim]), {"papers": 0, "confidence": 0.0}
        )
        found["papers"] += 1  # type: ignore[operator]
        found["confidence"] = max(found["confidence"], float(confidences.get(claim, 0)))  # type: ignore[call-overload]
    return claims


def _filled(network: nx.Graph, nodes: Nodes, edges: Iterable[tuple[Any, ...]]) -> nx.Graph:
    """The network with its nodes in the order of their IRIs, and the edges as they come."""
    with _without_garbage_collection():
        network.add_nodes_from((iri, nodes[iri]) for iri in sorted(nodes))
        network.add_edges_from(edges)
    return network


def _explained(network: nx.Graph, why_empty: str) -> nx.Graph:
    if not network.number_of_edges():
        network.graph["why_empty"] = why_empty
    return network


def _weighted(weights: Mapping[tuple[str, str], int]) -> Iterator[tuple[str, str, Attributes]]:
    return ((*pair, {"weight": weights[pair]}) for pair in sorted(weights))


def _objects_by_subject(pairs_: Iterable[tuple[str, str]]) -> defaultdict[str, set[str]]:
    objects: defaultdict[str, set[str]] = defaultdict(set)
    for subject, object_ in pairs_:
        objects[subject].add(object_)
    return objects


def _sided(nodes: Nodes, side: int) -> dict[str, Attributes]:
    return {iri: {**attributes, "bipartite": side} for iri, attributes in nodes.items()}


def _role(role: Role) -> str:
    return ROLE_PROPERTIES[role]


def _any_of(kind: Kind | str | None) -> str:
    return "any entity" if kind is None else f"any {Kind(kind)}"


def _tail(iri: str) -> str:
    return unquote(iri.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1])


def _paper_id(iri: str) -> str:
    """`arxiv:2412.15209` of `…/paper/arxiv/2412.15209`."""
    return unquote(iri.rpartition("/paper/")[2].replace("/", ":", 1))


def _year(date: str | None) -> Attributes:
    return {"year": int(date[:4])} if date and date[:4].isdigit() else {}


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Millions of small containers that all stay alive are what the collector is slowest at."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
