"""Research papers to a knowledge graph in which every statement can show its sentence.

>>> import kg
>>> graph = kg.build(["papers.txt"])            # doctest: +SKIP
>>> graph.query("SELECT ?benchmark { ?paper kgo:introduces ?benchmark . ?benchmark a kgo:Benchmark }")  # doctest: +SKIP
"""

from kg import samples
from kg.api import Graph, build, evaluate, open_graph, train
from kg.extract import extract  # after the import of its package, whose name it takes here

__version__ = "0.1.0"

__all__ = ["Graph", "__version__", "build", "evaluate", "extract", "open_graph", "samples", "train"]
