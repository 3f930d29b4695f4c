"""PageRank: a node counts much when nodes that count much point to it.

S. Brin and L. Page, "The anatomy of a large-scale hypertextual Web search engine", Computer Networks 30 (1998) 107-117,
with their damping factor 0.85; weights count where the edges have them. On citations see P. Chen et al., "Finding
scientific gems with Google's PageRank algorithm", Journal of Informetrics 1 (2007) 8-15.
"""

from __future__ import annotations

import networkx as nx

from kg.analyse._measured import Measured


def measure(network: nx.Graph) -> Measured:
    """The share of each node in a random walk; all shares add up to one."""
    shares = nx.pagerank(network, alpha=0.85, tol=1e-10, max_iter=1000, weight="weight") if network else {}
    return Measured(("pagerank",), {node: (round(float(share), 9),) for node, share in shares.items()})
