"""Positions for drawing a network: even, free of overlaps, and the same at every run.

Each component is laid out by stress majorisation (E. Gansner, Y. Koren and S. North, "Graph drawing by stress
majorization", Graph Drawing 2004): distances on paper follow distances in the network. An edge is the longer the fewer
neighbours its ends share, their "subset model", which keeps dense parts apart. Components are then packed side by side.
"""

from __future__ import annotations

from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

Points: TypeAlias = NDArray[np.float64]

STRESS_LIMIT = 2_000
"""Larger components take a spring layout: stress needs all distances."""
_ROUNDS = 150
_GAP = 1.5


def positions(network: nx.Graph, *, aspect: float = 1.5) -> dict[str, tuple[float, float]]:
    """A place for each node, about one unit from its nearest neighbour, in a frame of width `aspect` times height."""
    undirected = nx.Graph()
    undirected.add_nodes_from(sorted(network))
    undirected.add_edges_from(
        sorted({(min(edge), max(edge)) for edge in network.edges() if edge[0] != edge[1]})
    )
    parts = sorted(
        (sorted(part) for part in nx.connected_components(undirected)), key=lambda part: (-len(part), part)
    )
    placed = [_turned(_spread(_component(undirected, part)), aspect) for part in parts]
    return {
        node: (round(float(x), 3), round(float(y), 3))
        for part, points in zip(parts, _packed(placed, aspect), strict=True)
        for node, (x, y) in zip(part, points, strict=True)
    }


def _component(network: nx.Graph, part: list[str]) -> Points:
    if len(part) == 1:
        return np.zeros((1, 2))
    if len(part) > STRESS_LIMIT:
        ordered = nx.Graph()
        ordered.add_nodes_from(part)
        ordered.add_edges_from(network.subgraph(part).edges())
        return np.array(list(nx.spring_layout(ordered, seed=0, scale=len(part) ** 0.5).values()))
    return _stress(_distances(network, part))


def _distances(network: nx.Graph, part: list[str]) -> Points:
    """Path lengths between all nodes, an edge being the longer the more neighbours its ends do not share."""
    number = {node: index for index, node in enumerate(part)}
    edges = [
        (number[one], number[other], _length(network, one, other))
        for one, other in network.subgraph(part).edges()
    ]
    rows, columns, lengths = (np.array(column) for column in zip(*edges, strict=True))
    matrix = coo_array((lengths, (rows, columns)), shape=(len(part), len(part)))
    found: Points = dijkstra(matrix.tocsr(), directed=False)
    return found


def _length(network: nx.Graph, one: str, other: str) -> float:
    apart = set(network[one]) ^ set(network[other])
    return float(1 + len(apart) ** 0.5) / 2


def _stress(distances: Points) -> Points:
    """Points in the plane whose distances are as near to the given ones as can be, near pairs counting most."""
    count = len(distances)
    weights = np.where(distances > 0, distances, 1.0) ** -2.0
    np.fill_diagonal(weights, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    factor = cho_factor(laplacian[1:, 1:])
    points = _start(distances)
    for _round in range(_ROUNDS):
        gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
        pull = -weights * distances / np.where(gaps > 1e-9, gaps, 1.0)
        np.fill_diagonal(pull, 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = np.vstack([np.zeros((1, 2)), cho_solve(factor, (pull @ points)[1:])])
    return points.reshape(count, 2)


def _start(distances: Points) -> Points:
    """Classical scaling: the two main axes of the distances; a little noise parts nodes that are alike."""
    count = len(distances)
    squares = distances**2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean())
    values, vectors = np.linalg.eigh(centred)
    signs = np.where(vectors[np.abs(vectors).argmax(axis=0), range(count)] < 0, -1.0, 1.0)
    axes = (vectors * signs)[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))
    noise = np.random.default_rng(0).normal(scale=0.05, size=(count, 2))
    return (axes if axes.shape[1] == 2 else np.hstack([axes, axes])) + noise


def _spread(points: Points) -> Points:
    """The points scaled so that near ones are a unit apart, with those that are still too near pushed apart."""
    if len(points) == 1:
        return points
    nearest = cKDTree(points).query(points, k=2)[0][:, 1]
    spread = points / max(float(np.median(nearest)), 1e-6)
    for _round in range(60):
        pairs = cKDTree(spread).query_pairs(0.85, output_type="ndarray")
        if not len(pairs):
            break
        apart = spread[pairs[:, 0]] - spread[pairs[:, 1]]
        gaps = np.linalg.norm(apart, axis=1, keepdims=True)
        push = np.where(gaps > 1e-6, apart / np.maximum(gaps, 1e-6), [[1.0, 0.0]]) * (0.9 - gaps) / 2
        np.add.at(spread, pairs[:, 0], push)
        np.add.at(spread, pairs[:, 1], -push)
    return spread


def _turned(points: Points, aspect: float) -> Points:
    """The points with their longest axis lying, corner at the origin, stretched a little to fill the frame."""
    centred = points - points.mean(axis=0)
    if len(points) > 2:
        _left, _values, axes = np.linalg.svd(centred, full_matrices=False)
        centred = centred @ (axes * np.sign(axes[np.arange(2), np.abs(axes).argmax(axis=1)])[:, None]).T
        width, height = np.ptp(centred, axis=0)
        stretch = np.clip(aspect * height / max(width, 1e-6), 1 / 1.4, 1.4) ** 0.5
        centred = centred * [stretch, 1 / stretch]
    return np.asarray(centred - centred.min(axis=0))


def _packed(parts: list[Points], aspect: float) -> list[Points]:
    """The parts in rows, the first and largest on top, in a frame of about the given aspect."""
    sizes = [np.ptp(points, axis=0) + 2 * _GAP for points in parts]
    area = sum(float(width * height) for width, height in sizes)
    widest = max([float(sizes[0][0]), (area * aspect) ** 0.5]) if parts else 0.0
    packed, x, y, row_height = [], 0.0, 0.0, 0.0
    for points, (width, height) in zip(parts, sizes, strict=True):
        if x and x + width > widest:
            x, y, row_height = 0.0, y + row_height, 0.0
        packed.append(points + np.array([x, y]))
        x, row_height = x + float(width), max(row_height, float(height))
    return packed
