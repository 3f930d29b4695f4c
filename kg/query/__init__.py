"""Questions to a graph: SPARQL, and named queries.

    query(graph, "SELECT ?paper { ?paper kgo:introduces ?model . ?model a kgo:Model }").render("csv")
    named(graph, "coauthors-of", {"person": "Ashish Vaswani"})

Our prefixes need no declaration. A query reads the graph and nothing else.
"""

from kg.query.answers import Answer, Boolean, Solutions, Triples
from kg.query.library import NamedQuery, named_queries
from kg.query.run import named, query

__all__ = ["Answer", "Boolean", "NamedQuery", "Solutions", "Triples", "named", "named_queries", "query"]
