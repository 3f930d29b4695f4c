"""The graph: written, published, opened, and read as RDF, as frames and as networks.

    with writing("papers.kg") as writer:            # or writing_in_memory()
        missing = keys - writer.known_keys()        # keys: kg.link.written.text_key of each version's text
        writer.add_extractions(extraction_frame(…)) # a durable batch, as often as wanted
        written = written_tables(works, writer.extractions(keys), extractor)
        graph = writer.publish(link(written), written, records=records, extractor=extractor)

    graph = open_graph("papers.kg")
    graph.store                                     # pyoxigraph.Store, one default graph
    frame(graph, "entities")                        # Polars
    rdflib_dataset(graph)                           # rdflib.Dataset on the same store

`publish` may be called once; the graph that it returns stays as it is while later ones are built.
"""

from kg.graph.directory import DirectoryWriter, writing
from kg.graph.frames import TABLES, frame
from kg.graph.info import info
from kg.graph.manifest import Manifest
from kg.graph.memory import MemoryWriter, writing_in_memory
from kg.graph.opened import OpenGraph, open_graph, papers_of, verify
from kg.graph.rdflib_view import rdflib_dataset

GraphWriter = DirectoryWriter | MemoryWriter
"""Where a build puts what it makes."""

__all__ = [
    "TABLES",
    "DirectoryWriter",
    "GraphWriter",
    "Manifest",
    "MemoryWriter",
    "OpenGraph",
    "frame",
    "info",
    "open_graph",
    "papers_of",
    "rdflib_dataset",
    "verify",
    "writing",
    "writing_in_memory",
]
