"""Nodes and edges as vis-network draws them, and the facts that the page shows about them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyvis.network import Network

from kg.graph.labels import printable, short_label
from kg.graph.layout import positions
from kg.graph.lookup import properties
from kg.view._evidence import PHRASES, Statement

if TYPE_CHECKING:
    import networkx

    from kg.graph import OpenGraph

_FRAME = (930, 760)
"""Pixels that the network fills at full size, on a common screen."""
_WIDEST_GAP = 72
"""Pixels between neighbouring nodes, at most."""
_NAMES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Look:
    """How nodes of a kind are drawn and counted."""

    colour: str
    """Colours that stay apart for colour-blind eyes: M. Okabe and K. Ito, "Color universal design" (2008)."""
    shape: str
    plural: str
    size: float = 1.0
    """Factor that makes all shapes look equally large."""


LOOKS: Mapping[str, Look] = {
    "paper": Look("#3d4654", "square", "papers"),
    "person": Look("#56b4e9", "dot", "people", 0.9),
    "model": Look("#d55e00", "triangle", "models", 1.1),
    "dataset": Look("#0072b2", "hexagon", "datasets"),
    "benchmark": Look("#009e73", "star", "benchmarks", 1.35),
    "method": Look("#e69f00", "diamond", "methods", 1.15),
    "task": Look("#cc79a7", "triangleDown", "tasks", 1.1),
    "metric": Look("#f0e442", "cross", "metrics"),
}
"""Kinds in the order of the legend; a kind differs from all others in colour and in shape."""

_OPTIONS = {
    "physics": False,
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "hideEdgesOnDrag": True, "keyboard": False},
    "nodes": {"borderWidth": 1.5, "font": {"size": 0}},
    "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 1, "font": {"size": 0}},
}


def drawn(network: networkx.MultiDiGraph, graph: OpenGraph, statements: Iterable[Statement]) -> Network:
    """The nodes and the statements between them; all statements between two nodes are one edge."""
    page = Network(directed=True)
    page.options = _OPTIONS
    joined = _joined(statements)
    numbers = {iri: number for number, iri in enumerate(sorted(network))}
    degrees = Counter(end for pair in joined for end in pair)
    places = positions(network, aspect=_FRAME[0] / _FRAME[1])
    gap = _gap(list(places.values()))
    most = max(degrees.values(), default=1)
    for iri, (x, y) in places.items():
        page.add_node(
            numbers[iri],
            label=" ",
            x=round(x * gap, 1),
            y=round(y * gap, 1),
            size=_size(network.nodes[iri]["kind"], degrees[iri] / most, gap),
            **_node(network.nodes[iri], iri),
            **_details(graph, iri),
        )
    is_crowded = len(joined) > 3 * len(network)
    for (subject, object_), between in joined.items():
        page.add_edge(
            numbers[subject], numbers[object_], **_edge(network, between), **_line(between, is_crowded)
        )
    return page


def _gap(places: list[tuple[float, float]]) -> float:
    """Pixels for one unit of the layout."""
    spans = [max(axis) - min(axis) for axis in zip(*places, strict=True)]
    gaps = [room / max(span, 1e-6) for room, span in zip(_FRAME, spans, strict=bool(places))]
    return float(min([_WIDEST_GAP, *gaps]))


def _size(kind: str, share: float, gap: float) -> float:
    """Half the width of a node: more connections make it larger, a crowded page makes it smaller."""
    width = LOOKS[kind].size * (4.5 + 9.5 * math.sqrt(share)) * min(1.0, max(0.2, gap / 32))
    return round(width, 1)


def _joined(statements: Iterable[Statement]) -> dict[tuple[str, str], list[Statement]]:
    """The statements by the pair of their nodes, whichever way they point."""
    joined: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        back = (statement.object, statement.subject)
        joined[back if back in joined else back[::-1]].append(statement)
    return dict(joined)


def _node(attributes: Mapping[str, object], iri: str) -> dict[str, object]:
    kind, label = str(attributes["kind"]), str(attributes["label"])
    look = LOOKS[kind]
    border = "#8f8600" if kind == "metric" else "#ffffff"
    return {
        "kind": kind,
        "short": short_label(label),
        "full": printable(label),
        "iri": iri,
        "year": attributes.get("year"),
        "shape": "custom" if look.shape == "cross" else look.shape,
        "color": {"background": look.colour, "border": border},
        "title": f"{printable(label)}\n{kind}"
        + (f", {attributes['year']}" if attributes.get("year") else ""),
    }


def _details(graph: OpenGraph, iri: str) -> dict[str, object]:
    """Other names and the address of a thing."""
    known = properties(graph, iri)
    names = [printable(name) for name in known.get("skos:altLabel", ())]
    address = next(
        (url for url in known.get("fabio:hasURL", ()) if url.startswith(("https://", "http://"))), None
    )
    return {"names": names[:_NAMES_SHOWN], "name_count": len(names), "address": address}


def _edge(network: networkx.MultiDiGraph, between: list[Statement]) -> dict[str, object]:
    return {
        "statements": [_fact(network, statement) for statement in between],
        "title": "\n".join(_sentence(network, statement) for statement in between),
    }


def _line(between: list[Statement], is_crowded: bool) -> dict[str, object]:  # noqa: FBT001 - a fact of the page
    """Statements about substance are drawn stronger than those about mention or authorship."""
    is_strong = any(statement.property in _STRONG for statement in between)
    has_arrow = any(statement.property in _POINTING for statement in between)
    colours = ("#dfe4ea", "#c6ced9") if is_crowded else ("#c3ccd8", "#8592a6")
    return {
        "color": colours[is_strong],
        "width": 1.6 if is_strong and not is_crowded else 1,
        "arrows": {"to": {"enabled": has_arrow, "scaleFactor": 0.3}},
    }


_STRONG = {
    "kgo:introduces",
    "cito:cites",
    "kgo:basedOn",
    "kgo:trainedOn",
    "kgo:evaluatedOn",
    "kgo:outperforms",
}
_POINTING = _STRONG - {"kgo:introduces"} | {"kgo:influencedBy", "kgo:partOf", "kgo:variantOf", "skos:broader"}


def _fact(network: networkx.MultiDiGraph, statement: Statement) -> dict[str, object]:
    phrase, inverse = PHRASES[statement.property]
    paper = network.nodes[statement.paper]["label"] if statement.paper in network else None
    return {
        "from": statement.subject,
        "to": statement.object,
        "phrase": phrase,
        "inverse": inverse,
        "quote": printable(statement.quote) if statement.quote else None,
        "paper": printable(str(paper)) if paper else None,
        "confidence": statement.confidence,
        "papers": statement.paper_count,
    }


def _sentence(network: networkx.MultiDiGraph, statement: Statement) -> str:
    """`AutoTrust introduces DriveBench` with its quote below."""
    one, other = (
        short_label(str(network.nodes[iri]["label"]), 60) for iri in (statement.subject, statement.object)
    )
    quote = f"\n“{short_label(statement.quote, 240)}”" if statement.quote else ""
    return f"{one} {PHRASES[statement.property][0]} {other}{quote}"
