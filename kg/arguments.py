"""The options of each command, declared for argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import kg

Command = Callable[[argparse.Namespace], int]

FORMATS_HELP = "table, csv, tsv, json, jsonl, markdown"
NETWORKS_HELP = "citation, coauthor, influence, author-entity or cooccurrence (default: citation)"


class Parser(argparse.ArgumentParser):
    """An argument parser whose help reads the same on every Python."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, **options)


class _Formatter(argparse.HelpFormatter):
    """Writes `-o, --output FILE`, which Python does from 3.13 on."""

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        default = self._get_default_metavar_for_optional(action)
        return f"{', '.join(action.option_strings)} {self._format_args(action, default)}"


def make_parser(commands: Mapping[str, Command]) -> Parser:
    """The parser of all commands; each sets `command` to its name."""
    parser = Parser(
        prog="kg",
        description="Research papers to a knowledge graph in which every statement shows its sentence.",
    )
    parser.add_argument("--version", action="version", version=f"paperkg {kg.__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, run in commands.items():
        summary = (run.__doc__ or "").splitlines()[0]
        command = subparsers.add_parser(name, help=summary, description=summary)
        DECLARATIONS[name](command)
        command.set_defaults(command=name)
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 up")
    return int(text)


def _sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a listing, JSON lines (.gz too), a folder, or -"
    )
    parser.add_argument(
        "--model", type=Path, metavar="DIR", help="extraction pipeline other than the shipped one"
    )
    parser.add_argument(
        "--workers", type=_positive, default=None, metavar="N", help="processes (default: one per core)"
    )
    parser.add_argument("--strict", action="store_true", help="end at the first bad record")


def _graph(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", type=Path, metavar="G.kg", help="a graph directory")


def _output(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    parser.add_argument(
        "-o", "--output", metavar="FILE", required=default is None, default=default, help="- is stdout"
    )


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("demo"), metavar="DIR", help="folder (default: demo)"
    )


def _build(parser: argparse.ArgumentParser) -> None:
    _sources(parser)
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="G.kg", help="the graph directory"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def _add(parser: argparse.ArgumentParser) -> None:
    _graph(parser)
    _sources(parser)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def _remove(parser: argparse.ArgumentParser) -> None:
    _graph(parser)
    parser.add_argument("ids", nargs="+", metavar="ID", help="paper ids")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def _extract(parser: argparse.ArgumentParser) -> None:
    _sources(parser)
    _output(parser, default="-")


def _info(parser: argparse.ArgumentParser) -> None:
    _graph(parser)
    parser.add_argument("--json", action="store_true", help="print as JSON")


def _query(parser: argparse.ArgumentParser) -> None:
    _graph(parser)
    parser.add_argument("sparql", nargs="?", metavar="SPARQL", help="SELECT, ASK, CONSTRUCT or DESCRIBE")
    parser.add_argument("--file", metavar="FILE", help="a file with the query; - is stdin")
    parser.add_argument(
        "--named", metavar="NAME", help="a named query; `kg query G.kg --named list` shows all"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="a value of the named query"
    )
    parser.add_argument("--format", default="table", metavar="FORMAT", help=FORMATS_HELP)
    parser.add_argument(
        "--timeout", type=float, default=60.0, metavar="SECONDS", help="time limit (default: 60)"
    )
    _output(parser, default="-")


def _why(parser: argparse.ArgumentParser) -> None:
    _graph(parser)
    parser.add_argument("thing", metavar="THING", help="an IRI, a CURIE, a paper id or a label")
    parser.add_argument("other", nargs="?", metavar="THING", help="only statements between the two")
    parser.add_argument("--format", default="text", choices=["text", "json"], help="text or json")


def _export(parser: argparse.ArgumentParser) -> None:
    _graph(parser)
    _output(parser)
    parser.add_argument("--format", metavar="FORMAT", help="by name; else by the suffix of the file")


def _view(parser: argparse.ArgumentParser) -> None:
    _graph(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PAGE.html", help="the page")
    parser.add_argument("--around", metavar="THING", help="this thing and its neighbourhood")
    parser.add_argument(
        "--hops", type=_positive, default=1, metavar="N", help="how far around it (default: 1)"
    )
    parser.add_argument(
        "--limit", type=_positive, default=300, metavar="N", help="best-connected nodes kept (default: 300)"
    )


def _analyse(parser: argparse.ArgumentParser) -> None:
    _graph(parser)
    parser.add_argument("measure", metavar="MEASURE", help="degree, pagerank, betweenness, communities")
    parser.add_argument("--network", default="citation", metavar="NETWORK", help=NETWORKS_HELP)
    parser.add_argument("--kind", metavar="KIND", help="kind of entity, for author-entity and cooccurrence")
    parser.add_argument("--limit", type=_positive, default=20, metavar="N", help="rows (default: 20)")
    parser.add_argument("--format", default="table", metavar="FORMAT", help=FORMATS_HELP)
    parser.add_argument(
        "--plot", type=Path, metavar="FILE", help="a picture: .png, .svg or .pdf (extra: plot)"
    )


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", type=Path, metavar="GOLD", help="annotated JSON lines")
    parser.add_argument(
        "--predicted", type=Path, metavar="FILE", help="output of kg extract; else it is made now"
    )
    parser.add_argument(
        "--model", type=Path, metavar="DIR", help="extraction pipeline other than the shipped one"
    )
    parser.add_argument("--json", action="store_true", help="print as JSON")


def _train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", type=Path, metavar="GOLD", help="annotated JSON lines")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="the new pipeline")
    parser.add_argument("--dev", type=Path, metavar="GOLD", help="annotated JSON lines to report on")
    parser.add_argument(
        "--encoder", action="store_true", help="train the transformer, not the small convolutional pipeline"
    )
    parser.add_argument(
        "--base", type=Path, metavar="FOLDER", help="all-MiniLM-L6-v2, from which the encoder starts"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of all random choices (default: 0)")


DECLARATIONS: Mapping[str, Callable[[argparse.ArgumentParser], None]] = {
    "demo": _demo,
    "build": _build,
    "add": _add,
    "remove": _remove,
    "extract": _extract,
    "info": _info,
    "query": _query,
    "why": _why,
    "export": _export,
    "view": _view,
    "analyse": _analyse,
    "verify": _graph,
    "evaluate": _evaluate,
    "train": _train,
}
