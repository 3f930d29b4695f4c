"""What a measure says of a network, and the table of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.labels import short_label
from kg.graph.table import Row, Table

if TYPE_CHECKING:
    import networkx

_MEMBERS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """The values of a measure for the nodes of one network."""

    columns: tuple[str, ...]
    """What the values are; the first one ranks."""
    values: Mapping[str, tuple[float, ...]]
    """For each node by IRI, as many values as there are columns."""
    groups: tuple[tuple[str, ...], ...] | None = None
    """Groups of nodes, the largest first and each with its most central node first, where the measure finds groups."""
    note: str | None = None
    """How the values were found, where the reader should know."""


def ranked(network: networkx.Graph, measured: Measured) -> list[str]:
    """The nodes, the highest values first; ties by label, then by IRI."""

    def order(node: str) -> tuple[tuple[float, ...], str, str]:
        return (
            tuple(-value for value in measured.values[node]),
            str(network.nodes[node].get("label", "")),
            node,
        )

    return sorted(measured.values, key=order)


def tabulated(network: networkx.Graph, measured: Measured, limit: int) -> Table:
    """The table of a measure: one row a node whose first value is above zero, or one row a group."""
    if not network.number_of_edges():
        why = network.graph.get("why_empty", "nothing is connected")
        return Table(_columns(network, measured), (), f"The {network.name} network is empty: {why}.")
    make_rows = _node_rows if measured.groups is None else _group_rows
    rows = make_rows(network, measured, limit)
    return Table(_columns(network, measured), tuple(rows), _note(network, measured))


def _columns(network: networkx.Graph, measured: Measured) -> tuple[str, ...]:
    if measured.groups is not None:
        return ("community", "size", "members", "iri")
    return ("label", *_details(network), *measured.columns, "iri")


def _node_rows(network: networkx.Graph, measured: Measured, limit: int) -> list[Row]:
    details = _details(network)
    return [
        (
            str(network.nodes[node]["label"]),
            *(network.nodes[node].get(detail) for detail in details),
            *measured.values[node],
            node,
        )
        for node in ranked(network, measured)[:limit]
        if measured.values[node][0] > 0
    ]


def _group_rows(network: networkx.Graph, measured: Measured, limit: int) -> list[Row]:
    return [
        (number, len(group), _names(network, group), group[0])
        for number, group in enumerate((measured.groups or ())[:limit], start=1)
    ]


def _names(network: networkx.Graph, group: Sequence[str]) -> str:
    names = " · ".join(short_label(str(network.nodes[node]["label"]), 32) for node in group[:_MEMBERS_SHOWN])
    return names + (" …" if len(group) > _MEMBERS_SHOWN else "")


def _details(network: networkx.Graph) -> tuple[str, ...]:
    """The attributes that tell the nodes of this network apart."""
    kinds = {kind for _node, kind in network.nodes(data="kind")}
    return (*(["kind"] if len(kinds) > 1 else []), *(["year"] if "paper" in kinds else []))


def _note(network: networkx.Graph, measured: Measured) -> str:
    counts = f"{network.number_of_nodes():,} nodes and {network.number_of_edges():,} edges".replace(",", " ")
    left_out = network.graph.get("left_out", 0)
    skipped = f"{left_out} papers with very many authors are left out." if left_out else None
    return " ".join(filter(None, [f"The {network.name} network has {counts}.", measured.note, skipped]))
