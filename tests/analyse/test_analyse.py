import subprocess
import sys
from pathlib import Path

import pytest

from kg import plugins
from kg.analyse import NETWORKS, analyse
from kg.errors import PluginError, QueryError
from kg.graph import OpenGraph, writing_in_memory
from tests.toy import papers, publish, toy_graph

MEASURES = plugins.names("kg.analyse")
CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def graph() -> OpenGraph:
    return toy_graph()


def test_the_measures_are_those_of_the_folder() -> None:
    assert MEASURES == ("betweenness", "communities", "degree", "pagerank")


@pytest.mark.parametrize("measure", MEASURES)
def test_each_measure_cites_its_paper(measure: str) -> None:
    text = plugins.load("kg.analyse", measure).__doc__
    assert text is not None
    assert any(f"({year})" in text for year in range(1970, 2030))


def test_papers_are_ranked_by_citations(graph: OpenGraph) -> None:
    table = analyse(graph, "degree")
    assert table.columns == ("label", "year", "incoming", "outgoing", "iri")
    assert [row[:4] for row in table.rows] == [
        ("Tern: A Small Language Model for Field Notes", 2024, 2, 3),
        ("BirdBench: Questions about Birds for Language Models", 2023, 2, 1),
        ("Wren Is a Good Listener", 2023, 2, 0),
        ("doi:10.1000/old-birds", None, 1, 0),
    ]
    assert table.note == "The citation network has 9 nodes and 7 edges."


def test_people_are_ranked_by_coauthors_with_fractions(graph: OpenGraph) -> None:
    table = analyse(graph, "degree", network="coauthor", limit=2)
    assert table.columns == ("label", "neighbours", "strength", "fractional", "iri")
    assert [row[:4] for row in table.rows] == [("Ada Marlowe", 4, 5, 4.0), ("Chandra O’Neill", 3, 3, 2.0)]


def test_pagerank_prefers_what_the_cited_cite(graph: OpenGraph) -> None:
    table = analyse(graph, "pagerank", limit=1)
    assert [row[0] for row in table.rows] == ["Wren Is a Good Listener"]


def test_betweenness_finds_the_one_in_the_middle(graph: OpenGraph) -> None:
    table = analyse(graph, "betweenness", network="coauthor", limit=1)
    assert [row[0] for row in table.rows] == ["Ada Marlowe"]


def test_mixed_networks_name_the_kind(graph: OpenGraph) -> None:
    table = analyse(graph, "degree", network="author-entity", kind="benchmark", limit=1)
    assert [row[:2] for row in table.rows] == [("BirdBench", "benchmark")]


def test_communities_are_named_by_their_most_central_members(graph: OpenGraph) -> None:
    table = analyse(graph, "communities", network="cooccurrence")
    assert table.columns == ("community", "size", "members", "iri")
    assert table.rows[-1][1:3] == (2, "counting crows · decision trees")
    assert table.note is not None
    assert "Louvain with seed 0" in table.note


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("measure", MEASURES)
def test_an_empty_network_says_why(network: str, measure: str) -> None:
    with writing_in_memory() as writer:
        bare = publish(writer, [record for record in papers() if record.id == "arxiv:2404.00008"])
    table = analyse(bare, measure, network=network)
    assert table.rows == ()
    assert table.note is not None
    assert f"The {network} network is empty: no " in table.note


def test_unknown_names_are_refused(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match="'citations' is no network; there are citation, coauthor"):
        analyse(graph, "degree", network="citations")
    with pytest.raises(PluginError, match=r"'closeness' is none of kg\.analyse"):
        analyse(graph, "closeness")


def test_tables_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "from kg.analyse import *\nfrom tests.toy import toy_graph\ngraph = toy_graph()\n"
        "for network in NETWORKS:\n for measure in ('pagerank', 'betweenness', 'communities'):\n"
        "  print(analyse(graph, measure, network=network).render('csv'))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=CHECKOUT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(printed) == 1
