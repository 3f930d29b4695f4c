import networkx as nx
import pytest

from kg.view._selection import Selection, best_connected, neighbourhood


@pytest.fixture
def network() -> nx.MultiDiGraph:
    """A triangle a-b-c with a tail d-e, a generic hub tied to all, and a lonely f."""
    network = nx.MultiDiGraph()
    network.add_nodes_from("abcdef")
    network.add_node("hub", is_generic=True)
    network.add_edges_from([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e")])
    network.add_edges_from(("hub", node) for node in "abcdef")
    return network


def test_the_densest_part_stays(network: nx.MultiDiGraph) -> None:
    assert best_connected(network, 3) == Selection(("a", "b", "c"), generic_count=1, candidate_count=6)


def test_what_is_tied_to_nothing_is_left_out_even_below_the_limit(network: nx.MultiDiGraph) -> None:
    assert best_connected(network, 100).nodes == ("a", "b", "c", "d", "e")


def test_a_graph_of_one_node_shows_it() -> None:
    network = nx.MultiDiGraph()
    network.add_node("a")
    assert best_connected(network, 10).nodes == ("a",)
    assert best_connected(nx.MultiDiGraph(), 10) == Selection((), 0, 0)


def test_a_neighbourhood_grows_by_hops_but_not_through_generic_terms(network: nx.MultiDiGraph) -> None:
    assert neighbourhood(network, "e", hops=1, limit=9).nodes == ("d", "e", "hub")
    assert neighbourhood(network, "e", hops=2, limit=9).nodes == ("c", "d", "e", "hub")


def test_a_generic_term_has_a_neighbourhood_of_its_own(network: nx.MultiDiGraph) -> None:
    assert neighbourhood(network, "hub", hops=1, limit=9).nodes == ("a", "b", "c", "d", "e", "f", "hub")


def test_the_limit_keeps_the_best_connected_neighbours(network: nx.MultiDiGraph) -> None:
    assert neighbourhood(network, "a", hops=1, limit=2) == Selection(("a", "hub"), 0, candidate_count=4)
