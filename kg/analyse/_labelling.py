"""Labels beside the nodes of a picture, none over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import networkx as nx

from kg.graph.labels import short_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in pixels."""
Side: TypeAlias = tuple[float, float, Literal["left", "center", "right"], Literal["top", "center", "bottom"]]
"""Offset of a label from its node in points, and how the text is aligned there."""

INK = "#1d2530"
_ALWAYS_LABELLED = 12
"""The first nodes have their labels even where they cover another node."""


def place_labels(axes: Axes, drawn: nx.Graph, marks: Sequence[tuple[str, float, float, float]]) -> None:
    """Labels in the order of rank, each at the first side of its node where it covers no label and no larger node."""
    renderer = _renderer(axes)
    points = {node: tuple(axes.transData.transform((x, y))) for node, x, y, _size in marks}
    pixels = axes.figure.dpi / 72
    taken = [_box(points[node], size * pixels / 2) for node, _x, _y, size in marks]
    frame = axes.get_window_extent(renderer)
    for number, (node, x, y, size) in enumerate(marks):
        label = short_label(str(drawn.nodes[node]["label"]), 26)
        taken_by_others = taken[:number] + taken[number + 1 :]
        labels = taken[len(marks) :]
        for side, others in _tries(
            size / 2 + 2, taken_by_others, labels, is_forced=number < _ALWAYS_LABELLED
        ):
            text = _text(axes, label, (x, y), side)
            extent = text.get_window_extent(renderer)
            box = (extent.x0 - 1, extent.y0 - 1, extent.x1 + 1, extent.y1 + 1)
            if _is_inside(box, frame) and not any(_meet(box, other) for other in others):
                taken.append(box)
                break
            text.remove()


def _tries(
    reach: float, marks: list[Box], labels: list[Box], *, is_forced: bool
) -> Iterator[tuple[Side, list[Box]]]:
    """Sides to put a label on, with what it must not cover: nodes and labels, or labels alone for the first few."""
    yield from ((side, marks) for side in _sides(reach))
    if is_forced:
        yield from ((side, labels) for side in _sides(reach))


def _renderer(axes: Axes) -> Any:
    """The renderer of the figure once everything but the labels has its place for good."""
    figure: Any = axes.figure
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    return figure.canvas.get_renderer()


def _sides(reach: float) -> list[Side]:
    return [
        (0, -reach, "center", "top"),
        (0, reach, "center", "bottom"),
        (reach, 0, "left", "center"),
        (-reach, 0, "right", "center"),
    ]


def _text(axes: Axes, label: str, place: tuple[float, float], side: Side) -> Text:
    from matplotlib.patheffects import withStroke

    across, up, horizontal, vertical = side
    return axes.annotate(
        literal(label),
        place,
        (across, up),
        textcoords="offset points",
        ha=horizontal,
        va=vertical,
        fontsize=9,
        color=INK,
        in_layout=False,
        zorder=3,
        path_effects=[withStroke(linewidth=2.5, foreground="white")],
    )


def _is_inside(box: Box, frame: Any) -> bool:
    is_across: bool = frame.x0 < box[0] and box[2] < frame.x1
    return is_across and bool(frame.y0 < box[1] and box[3] < frame.y1)


def _box(point: Sequence[float], reach: float) -> Box:
    return (point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def literal(label: str) -> str:
    """Text in which a dollar sign starts no formula."""
    return label.replace("$", "\\$")
