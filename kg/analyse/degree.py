"""Degree: how many others a node is tied to, and how strongly.

L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1 (1978) 215-239. A directed
network is ranked by its incoming edges: being cited, or being built upon. With weights the strength is the sum of them
(A. Barrat et al., "The architecture of complex weighted networks", PNAS 101 (2004) 3747-3752). Where authorship is
counted in fractions, a person's add up to the papers written with others (M. Newman, Physical Review E 64
(2001) 016132).
"""

from __future__ import annotations

import networkx as nx

from kg.analyse._measured import Measured


def measure(network: nx.Graph) -> Measured:
    """Incoming and outgoing edges of each node, or its neighbours and the sum of its weights."""
    if network.is_directed():
        incoming, outgoing = dict(network.in_degree()), dict(network.out_degree())
        return Measured(
            ("incoming", "outgoing"), {node: (incoming[node], outgoing[node]) for node in network}
        )
    degrees, strengths = dict(network.degree()), dict(network.degree(weight="weight"))
    if network.name != "coauthor":
        return Measured(
            ("neighbours", "strength"), {node: (degrees[node], strengths[node]) for node in network}
        )
    shares = dict(network.degree(weight="fractional"))
    values = {node: (degrees[node], strengths[node], round(float(shares[node]), 2)) for node in network}
    return Measured(("neighbours", "strength", "fractional"), values)
