"""The page: one file that asks the network for nothing and runs nothing but its own two scripts."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.view._drawing import LOOKS

if TYPE_CHECKING:
    from pyvis.network import Network

_VIS = "lib/vis-9.1.2/vis-network.min.js"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the page says of itself."""

    title: str
    summary: str
    """One line: what is shown, of how much, and what was left out."""
    counts: Mapping[str, int]
    """Nodes of each kind in the whole graph."""
    selected: int | None = None
    """Number of the node that is selected at the start."""


def page(network: Network, heading: Heading) -> str:
    """The HTML of a drawn network."""
    shown = [node["kind"] for node in network.nodes]
    legend = [
        {"kind": kind, "look": look, "shown": shown.count(kind), "all": heading.counts.get(kind, 0)}
        for kind, look in LOOKS.items()
        if kind in shown
    ]
    scripts = [_vis_script(), _text("network.js")]
    style = _text("network.css")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True, loader=_LOADER
    )
    return environment.get_template("network.html.jinja").render(
        heading=heading,
        legend=legend,
        data=_json(
            {
                "nodes": network.nodes,
                "edges": network.edges,
                "options": network.options,
                "selected": heading.selected,
            }
        ),
        scripts=scripts,
        style=style,
        policy=_policy(scripts, style),
    )


_LOADER = PackageLoader("kg.view", "templates")


def _vis_script() -> str:
    """vis-network as the pyvis wheel brings it; line breaks as the browser's parser, and so its hash, will see them."""
    script = files("pyvis").joinpath(_VIS).read_text(encoding="utf-8")
    return script.replace("\r\n", "\n").replace("\r", "\n").replace("</script", "<\\/script")


def _text(name: str) -> str:
    return files("kg.view").joinpath("templates", name).read_text(encoding="utf-8")


def _policy(scripts: list[str], style: str) -> str:
    """A policy that allows exactly these scripts and this style, and no address at all."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def _json(value: object) -> str:
    """JSON that no HTML parser takes for markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
