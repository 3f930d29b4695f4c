import networkx as nx
import pytest

from kg.analyse import betweenness


def test_the_middle_of_a_path_lies_between_all() -> None:
    measured = betweenness.measure(nx.Graph([("a", "b"), ("b", "c")]))
    assert measured.values == {"a": (0.0,), "b": (1.0,), "c": (0.0,)}
    assert measured.note is None


def test_lonely_nodes_count_in_the_scale() -> None:
    network = nx.path_graph(3)
    network.add_nodes_from(range(3, 8))
    expected = {node: (round(value, 9),) for node, value in nx.betweenness_centrality(network).items()}
    assert betweenness.measure(network).values == expected


def test_a_large_network_is_sampled_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(betweenness, "EXACT_LIMIT", 50)
    network = nx.barabasi_albert_graph(80, 2, seed=1)
    measured = betweenness.measure(network)
    assert measured.note == "Betweenness is estimated from 50 of 80 nodes (seed 0)."
    assert measured == betweenness.measure(network)
