"""The facade: the class `Graph` and the functions that make one. It binds, and holds no logic.

Every stage is imported where it is called, so that `import kg` stays quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ontology import Kind

if TYPE_CHECKING:
    import networkx as nx
    import polars
    from rdflib import Dataset

    from kg.analyse import Table
    from kg.extract.scores import Scores
    from kg.graph import OpenGraph
    from kg.pipeline import Progress, Report
    from kg.query import Answer
    from kg.why import Statement


class Graph:
    """A knowledge graph of papers; made by `build` or `open_graph`.

    Anywhere a `thing` is asked for, an IRI, a CURIE, a paper id or a label will do.
    """

    def __init__(self, opened: OpenGraph, report: Report | None = None) -> None:
        self.opened = opened
        self.built = report
        """What the build did, where this graph was just built."""

    def __repr__(self) -> str:
        return f"Graph({str(self.opened.path) if self.opened.path else 'in memory'})"

    def add(self, sources: Sequence[str | Path] | str | Path, *, workers: int = 1) -> Graph:
        """This graph on disk with more papers, equal to a fresh build of all of them."""
        from kg import pipeline

        options = pipeline.Options(workers=workers)
        return Graph(*pipeline.add(self._path(), _as_list(sources), options))

    def remove(self, ids: Sequence[str]) -> Graph:
        """This graph on disk without the papers of these ids."""
        from kg import pipeline

        return Graph(*pipeline.remove(self._path(), ids))

    def info(self) -> dict[str, object]:
        """Counts by class, sources, and the report card of the extractor."""
        from kg.graph import info

        return info(self.opened)

    def query(self, sparql: str, *, timeout_seconds: float | None = None) -> Answer:
        """The answer to a SPARQL query; our prefixes need no declaration."""
        from kg.query import query

        return query(self.opened, sparql, timeout_seconds=timeout_seconds)

    def named(self, name: str, **values: str) -> Answer:
        """The answer to a named query of `ontology/queries`."""
        from kg.query import named

        return named(self.opened, name, values)

    def why(self, thing: str, other: str | None = None) -> list[Statement]:
        """The statements about a thing (or between two) with the sentences that they came from."""
        from kg.why import why

        return why(self.opened, thing, other)

    def export(self, path: str | Path, *, format: str | None = None) -> None:
        """Writes the graph to a file; the format by name or by suffix."""
        from kg.export import write

        write(self.opened, path, format)

    def view(self, output: str | Path, *, around: str | None = None, hops: int = 1, limit: int = 300) -> Path:
        """Writes one self-contained interactive page and returns its path."""
        from kg.view import view

        return view(self.opened, Path(output), around=around, hops=hops, limit=limit)

    def analyse(
        self, measure: str, *, network: str = "citation", kind: Kind | str | None = None, limit: int = 20
    ) -> Table:
        """A measure over a network, as a table."""
        from kg.analyse import analyse

        return analyse(self.opened, measure, network=network, kind=kind, limit=limit)

    def plot(
        self, path: str | Path, measure: str, *, network: str = "citation", kind: Kind | str | None = None
    ) -> Path:
        """A picture of a measure over a network; needs the extra `plot`."""
        from kg.analyse import plot

        return plot(self.opened, Path(path), measure, network=network, kind=kind)

    def frame(self, table: str) -> polars.DataFrame:
        """A table of the graph as a Polars frame."""
        from kg.graph import frame

        return frame(self.opened, table)

    def rdflib(self) -> Dataset:
        """An rdflib dataset on the same store."""
        from kg.graph import rdflib_dataset

        return rdflib_dataset(self.opened)

    def networkx(self) -> nx.MultiDiGraph:
        """Everything as one NetworkX graph."""
        from kg.graph.projections import networkx_graph

        return networkx_graph(self.opened)

    def citation_network(self) -> nx.DiGraph:
        """Papers, and who cites whom."""
        from kg.graph.projections import citation_network

        return citation_network(self.opened)

    def influence_network(self) -> nx.DiGraph:
        """Papers, and whose new things each works with."""
        from kg.graph.projections import influence_network

        return influence_network(self.opened)

    def coauthor_network(self) -> nx.Graph:
        """People, and how many papers they wrote together."""
        from kg.graph.projections import coauthor_network

        return coauthor_network(self.opened)

    def author_entity_network(self, kind: Kind | str | None = None) -> nx.Graph:
        """People and the entities that they write about."""
        from kg.graph.projections import author_entity_network

        return author_entity_network(self.opened, kind)

    def cooccurrence_network(self, kind: Kind | str | None = None) -> nx.Graph:
        """Entities, and how many papers they stand in together."""
        from kg.graph.projections import cooccurrence_network

        return cooccurrence_network(self.opened, kind)

    def _path(self) -> Path:
        if self.opened.path is None:
            raise ValueError("this graph lives in memory; build it with an output to change it later")
        return self.opened.path


def build(
    sources: Sequence[str | Path] | str | Path,
    output: str | Path | None = None,
    *,
    model: Path | None = None,
    workers: int = 1,
    strict: bool = False,
    progress: Progress | None = None,
) -> Graph:
    """A graph of exactly the papers in `sources`, on disk where `output` is given, else in memory."""
    from kg import pipeline

    options = pipeline.Options(model=model, workers=workers, strict=strict, progress=progress)
    return Graph(*pipeline.build(_as_list(sources), None if output is None else Path(output), options))


def open_graph(path: str | Path) -> Graph:
    """The graph in the directory `path`; raises `GraphError` where it is missing or damaged."""
    from kg import graph

    return Graph(graph.open_graph(Path(path)))


def evaluate(gold: str | Path, *, predicted: str | Path | None = None, model: Path | None = None) -> Scores:
    """Precision, recall and F1 of extractions against annotated papers."""
    from kg.extract.evaluate import evaluate

    return evaluate(Path(gold), None if predicted is None else Path(predicted), model=model)


def train(
    gold: str | Path,
    output: str | Path,
    *,
    encoder: bool = False,
    base: str | Path | None = None,
    dev: str | Path | None = None,
    seed: int = 0,
) -> Path:
    """A new extraction pipeline, trained on annotated papers, written to the folder `output`.

    It is convolutional and made in minutes, or with `encoder` the transformer that ships, which takes hours, the extra
    `train` and a `base` to start from. With `dev`, other annotated papers, its report card has its scores on them.
    """
    development = None if dev is None else Path(dev)
    if encoder:
        from kg.extract.encoder.train import train_encoder

        return train_encoder(Path(gold), Path(output), base=base, seed=seed, development=development)
    from kg.extract.train import train

    return train(Path(gold), Path(output), seed=seed, development=development)


def _as_list(sources: Sequence[str | Path] | str | Path) -> list[str | Path]:
    return [sources] if isinstance(sources, str | Path) else list(sources)
