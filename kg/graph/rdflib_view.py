"""The store of a graph as an rdflib dataset: the same data, read-only, queries answered by Oxigraph.

oxrdflib is not used: it falls back silently to rdflib's own engine, hundreds of times slower, and ignores `FROM`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import Any, NoReturn

import pyoxigraph as ox
from rdflib import Dataset, Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.store import Store
from rdflib.term import BNode, Identifier, Literal, URIRef, Variable

from kg.graph.guard import check_query
from kg.graph.opened import OpenGraph
from kg.ontology import PREFIXES

_XSD_STRING = PREFIXES["xsd"] + "string"
_READ_ONLY = "a graph is read-only; it changes by `kg add` and `kg build`"


def rdflib_dataset(graph: OpenGraph) -> Dataset:
    """An rdflib dataset on the graph's store, which cannot be changed."""
    dataset = ReadOnlyDataset(store=OxigraphStore(graph.store))
    for prefix, space in {**PREFIXES, "kgr": graph.base}.items():
        dataset.bind(prefix, space, replace=True)
    return dataset


class OxigraphStore(Store):
    """An rdflib store that reads the default graph of an Oxigraph store."""

    context_aware = True
    graph_aware = True

    def __init__(self, store: ox.Store) -> None:
        super().__init__()
        self._store = store
        self._spaces: dict[str, URIRef] = {}

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[tuple[Any, Iterator[Any]]]:
        """The triples of a pattern with the graph that they stand in; any graph but the default one is empty."""
        if not _is_default(context):
            return
        try:
            pattern = [None if node is None else to_oxigraph(node) for node in triple_pattern]
        except ValueError:
            return
        subject, predicate, target = pattern
        for quad in self._store.quads_for_pattern(subject, predicate, target, ox.DefaultGraph()):  # type: ignore[arg-type]
            triple = (to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object))
            yield triple, iter([Graph(self, DATASET_DEFAULT_GRAPH_ID)])

    def __len__(self, context: Any = None) -> int:
        return len(self._store) if _is_default(context) else 0

    def contexts(self, triple: Any = None) -> Generator[Any, None, None]:  # noqa: ARG002
        """The default graph, and no other."""
        yield Graph(self, DATASET_DEFAULT_GRAPH_ID)

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803 the names are rdflib's
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803, ARG002
        **options: Any,
    ) -> Result:
        """The answer of Oxigraph; bound variables must be among those that the query selects.

        Raises `TypeError` for a prepared query rather than answer it slowly.
        """
        if not isinstance(query, str):
            raise TypeError(
                "give the query as text; rdflib's own engine answers with use_store_provided=False"
            )
        check_query(query)
        bound: dict[ox.Variable, Any] = {
            ox.Variable(str(name).lstrip("?$")): to_oxigraph(term) for name, term in initBindings.items()
        }
        prefixes = {prefix: str(space) for prefix, space in initNs.items()}
        answer = self._store.query(
            query, base_iri=options.get("base"), prefixes=prefixes, substitutions=bound or None
        )
        return _result(answer)

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:  # noqa: FBT001, FBT002
        """Binds a prefix, which the data do not show."""
        if override or prefix not in self._spaces:
            self._spaces[prefix] = URIRef(str(namespace))

    def prefix(self, namespace: URIRef) -> str | None:
        """The prefix of a namespace."""
        return next(
            (prefix for prefix, space in self._spaces.items() if space == URIRef(str(namespace))), None
        )

    def namespace(self, prefix: str) -> URIRef | None:
        """The namespace of a prefix."""
        return self._spaces.get(prefix)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """All prefixes with their namespaces."""
        yield from self._spaces.items()

    def add_graph(self, graph: Graph) -> None:
        """Nothing: rdflib announces each graph that it is asked for."""

    def add(self, triple: Any, context: Any, quoted: bool = False) -> NoReturn:  # noqa: FBT001, FBT002, ARG002
        """Raises `TypeError`."""
        raise TypeError(_READ_ONLY)

    def remove(self, triple: Any, context: Any = None) -> NoReturn:  # noqa: ARG002
        """Raises `TypeError`."""
        raise TypeError(_READ_ONLY)

    def update(self, *_update: Any, **_options: Any) -> NoReturn:
        """Raises `TypeError`."""
        raise TypeError(_READ_ONLY)


class ReadOnlyDataset(Dataset):
    """A dataset whose methods do not warn of each other's deprecated names."""

    @property
    def default_context(self) -> Graph:
        """The default graph."""
        return self._default_context

    @default_context.setter
    def default_context(self, value: Graph) -> None:
        self._default_context = value


def to_rdflib(term: Any) -> URIRef | Literal | BNode:
    """An Oxigraph term as rdflib's, its text unchanged."""
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.Literal():
            datatype = (
                None if term.language or term.datatype.value == _XSD_STRING else URIRef(term.datatype.value)
            )
            return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
        case ox.BlankNode():
            return BNode(term.value)
    raise ValueError(f"{term!r} has no counterpart in rdflib")


def to_oxigraph(node: Any) -> ox.NamedNode | ox.Literal:
    """An rdflib term as Oxigraph's; raises `ValueError` for one that no graph of ours holds."""
    match node:
        case URIRef():
            return ox.NamedNode(str(node))
        case Literal(language=str(language)):
            return ox.Literal(str(node), language=language)
        case Literal():
            return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or _XSD_STRING)))
    raise ValueError(f"{node!r} is in no graph")


def _is_default(context: Any) -> bool:
    """Whether a pattern is about the default graph; rdflib gives a graph, a dataset or nothing."""
    identifier = getattr(context, "identifier", context) if not isinstance(context, Dataset) else None
    return identifier is None or identifier == DATASET_DEFAULT_GRAPH_ID


def _result(answer: Any) -> Result:
    match answer:
        case ox.QueryBoolean():
            result = Result("ASK")
            result.askAnswer = bool(answer)
        case ox.QueryTriples():
            result = Result("CONSTRUCT")
            result.graph = Graph()
            for triple in answer:
                result.graph.add(
                    (to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object))
                )
        case _:
            result = Result("SELECT")
            names = [variable.value for variable in answer.variables]
            result.vars = [Variable(name) for name in names]
            result.bindings = [
                {Variable(name): to_rdflib(row[name]) for name in names if row[name] is not None}
                for row in answer
            ]
    return result
