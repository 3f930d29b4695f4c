"""Betweenness: how often a node lies on the shortest paths between others.

L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40 (1977) 35-41; computed by
U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25 (2001) 163-177. Large
networks are sampled: U. Brandes and C. Pich, "Centrality estimation in large networks", International Journal of
Bifurcation and Chaos 17 (2007) 2303-2318. Paths count steps; weights are not lengths.
"""

from __future__ import annotations

import networkx as nx

from kg.analyse._measured import Measured

EXACT_LIMIT = 2_000
"""Networks of more connected nodes are sampled: the exact measure takes nodes times edges."""
WORK_LIMIT = 8_000_000
"""Steps over edges that all samples together may take: about ten seconds."""
SEED = 0


def measure(network: nx.Graph) -> Measured:
    """The share of all shortest paths that run through each node, from 0 to 1."""
    tied = network.subgraph([node for node, degree in network.degree() if degree])
    sources = _source_count(tied)
    is_sampled = sources < len(tied)
    found = nx.betweenness_centrality(tied, k=sources if is_sampled else None, seed=SEED)
    scale = _scale(len(tied)) / _scale(len(network)) if len(network) > 2 else 1.0
    values = {node: (round(float(found.get(node, 0.0)) * scale, 9),) for node in network}
    note = (
        f"Betweenness is estimated from {sources} of {len(tied)} nodes (seed {SEED})." if is_sampled else None
    )
    return Measured(("betweenness",), values, note=note)


def _source_count(network: nx.Graph) -> int:
    if len(network) <= EXACT_LIMIT:
        return len(network)
    return max(20, min(EXACT_LIMIT, WORK_LIMIT // max(1, int(network.number_of_edges()))))


def _scale(node_count: int) -> int:
    """Ordered pairs of other nodes that a node may lie between."""
    return max(0, (node_count - 1) * (node_count - 2))
