from itertools import combinations
from math import dist

import networkx as nx
import pytest

from kg.graph.layout import positions


def named(network: nx.Graph) -> nx.Graph:
    return nx.relabel_nodes(network, {node: f"n{number:03}" for number, node in enumerate(network)})


@pytest.mark.parametrize(
    "network",
    [
        nx.path_graph(2),
        nx.star_graph(40),
        nx.complete_graph(12),
        nx.balanced_tree(3, 3),
        nx.gnm_random_graph(80, 200, seed=1),
        nx.disjoint_union(nx.path_graph(5), nx.empty_graph(4)),
    ],
    ids=["pair", "star", "clique", "tree", "random", "parts"],
)
def test_no_two_nodes_lie_on_each_other(network: nx.Graph) -> None:
    places = positions(named(network))
    assert len(places) == len(network)
    assert min(dist(one, other) for one, other in combinations(places.values(), 2)) > 0.6


def test_the_same_network_is_laid_out_alike_in_whatever_order_it_comes() -> None:
    network = named(nx.gnm_random_graph(40, 70, seed=3))
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(network)))
    turned.add_edges_from((other, one) for one, other in reversed(list(network.edges)))
    assert positions(network) == positions(turned)


def test_neighbours_are_nearer_than_strangers() -> None:
    places = positions(named(nx.path_graph(9)))
    assert (
        dist(places["n000"], places["n001"])
        < dist(places["n000"], places["n004"])
        < dist(places["n000"], places["n008"])
    )


def test_nothing_and_one_node_have_places() -> None:
    assert positions(nx.Graph()) == {}
    assert positions(named(nx.empty_graph(1))) == {"n000": (0.0, 0.0)}
