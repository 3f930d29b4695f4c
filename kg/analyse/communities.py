"""Communities: groups of nodes with more ties inside than chance would give.

V. D. Blondel et al., "Fast unfolding of communities in large networks", Journal of Statistical Mechanics (2008) P10008
(the Louvain method), which maximises the modularity of M. Newman and M. Girvan, "Finding and evaluating community
structure in networks", Physical Review E 69 (2004) 026113. Directions do not count, weights do.
"""

from __future__ import annotations

import networkx as nx

from kg.analyse._measured import Measured

SEED = 0


def measure(network: nx.Graph) -> Measured:
    """The groups of two nodes or more, the largest first; a node's values are its group's number and its degree."""
    undirected = nx.Graph(network)
    tied = undirected.subgraph([node for node, degree in undirected.degree() if degree])
    if not tied:
        return Measured(("community", "neighbours"), dict.fromkeys(network, (0, 0)), ())
    strengths = dict(tied.degree(weight="weight"))
    groups = [tuple(sorted(group, key=lambda node: (-strengths[node], node))) for group in _louvain(tied)]
    groups.sort(key=lambda group: (-len(group), group))
    numbers = {node: number for number, group in enumerate(groups, start=1) for node in group}
    values = {node: (numbers.get(node, 0), undirected.degree(node)) for node in network}
    modularity = nx.community.modularity(tied, groups)
    alone = len(network) - len(tied)
    return Measured(
        ("community", "neighbours"),
        values,
        tuple(groups),
        f"Louvain with seed {SEED}: {len(groups)} communities, modularity {modularity:.2f}; {alone} nodes stand alone.",
    )


def _louvain(network: nx.Graph) -> list[set[str]]:
    """The partition found on numbers, since sets of strings differ in order from run to run."""
    names = list(network)
    numbered = nx.convert_node_labels_to_integers(network)
    return [
        {names[number] for number in group} for group in nx.community.louvain_communities(numbered, seed=SEED)
    ]
