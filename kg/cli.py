"""The command `kg`: each command is the public function of the same name: parse, call, print.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 error, 2 usage, 3 done but some
records rejected, 4 time limit, 130 interrupted, 143 terminated; a closed pipe is quiet.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import kg
from kg import api, samples
from kg.arguments import Command, make_parser
from kg.errors import KgError, QueryTimeoutError

if TYPE_CHECKING:
    from kg.model import Rejected
    from kg.pipeline import Options, Progress, Report

REJECTED = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    logging.basicConfig(level=logging.WARNING, format="kg: %(message)s", stream=sys.stderr)
    options = make_parser(COMMANDS).parse_args(arguments)
    try:
        code = COMMANDS[options.command](options)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _fail("interrupted", 130)
    except QueryTimeoutError as error:
        return _fail(str(error), 4)
    except (KgError, OSError) as error:
        return _fail(_one_line(error), 1)
    return code


def demo(options: argparse.Namespace) -> int:
    """Builds, summarises and draws the sample corpus of landmark papers."""
    from kg import pipeline

    folder: Path = options.output
    folder.mkdir(parents=True, exist_ok=True)
    opened, report = pipeline.build(
        [samples.landmarks()], folder / "landmarks.kg", pipeline.Options(progress=_progress())
    )
    graph = api.Graph(opened, report)
    _print_report(report)
    for title, name, values in DEMO_QUERIES:
        print(f"\n{title}")
        print(graph.named(name, **values).render("table", limit=8).rstrip("\n"))
    page = graph.view(folder / "landmarks.html", limit=150)
    print(f"\nThe graph is {folder / 'landmarks.kg'}; open the page {page.resolve()} in a browser.")
    return 0


def build(options: argparse.Namespace) -> int:
    """Builds the graph of exactly the papers in the sources."""
    from kg import pipeline

    report = pipeline.build(options.sources, options.output, _build_options(options))[1]
    return _finish(report, is_json=options.json)


def add(options: argparse.Namespace) -> int:
    """Adds papers, versions or citations to a graph."""
    from kg import pipeline

    report = pipeline.add(options.graph, options.sources, _build_options(options))[1]
    return _finish(report, is_json=options.json)


def remove(options: argparse.Namespace) -> int:
    """Removes papers from a graph."""
    from kg import pipeline

    return _finish(pipeline.remove(options.graph, options.ids)[1], is_json=options.json)


def extract(options: argparse.Namespace) -> int:
    """Prints what each paper names, states and reports, as JSON lines."""
    from kg import sources
    from kg.extract.lines import write

    rejected: list[Rejected] = []
    works = sources.merge(sources.read(options.sources, strict=options.strict, on_reject=rejected.append))
    with _output(options.output) as stream:
        papers = (work.paper for work in works)
        extractions = kg.extract(papers, model=options.model, workers=options.workers or 1)
        stream.writelines(f"{line}\n" for line in write(extractions))
    return REJECTED if rejected else 0


def info(options: argparse.Namespace) -> int:
    """Shows counts by class, sources, and the quality figures of the extractor."""
    from kg.graph.info import as_text

    facts = api.open_graph(options.graph).info()
    print(_json(facts) if options.json else as_text(facts))
    return 0


def query(options: argparse.Namespace) -> int:
    """Answers a SPARQL query, or a named one."""
    from kg.query import named_queries

    if options.named == "list":
        print("\n".join(f"{each.name}: {each.title} ({each.usage})" for each in named_queries()))
        return 0
    graph = api.open_graph(options.graph)
    if options.named:
        answer = graph.named(options.named, **dict(_pair(text) for text in options.set))
    else:
        answer = graph.query(_query_text(options), timeout_seconds=options.timeout)
    with _output(options.output) as stream:
        stream.write(answer.render(options.format).rstrip("\n") + "\n")
    return 0


def why(options: argparse.Namespace) -> int:
    """Shows the sentences behind the statements about a thing, or between two things."""
    from kg.why import as_json, as_text

    statements = api.open_graph(options.graph).why(options.thing, options.other)
    print(as_json(statements) if options.format == "json" else as_text(statements))
    return 0


def export(options: argparse.Namespace) -> int:
    """Writes the graph as Turtle, N-Triples, N-Quads and other formats."""
    api.open_graph(options.graph).export(options.output, format=options.format)
    return 0


def view(options: argparse.Namespace) -> int:
    """Draws the graph as one self-contained interactive page."""
    graph = api.open_graph(options.graph)
    page = graph.view(options.output, around=options.around, hops=options.hops, limit=options.limit)
    print(page.resolve(), file=sys.stderr)
    return 0


def analyse(options: argparse.Namespace) -> int:
    """Measures a network of the graph: a table, and a picture with --plot."""
    graph = api.open_graph(options.graph)
    table = graph.analyse(options.measure, network=options.network, kind=options.kind, limit=options.limit)
    print(table.render(options.format).rstrip("\n"))
    if options.plot:
        print(
            graph.plot(options.plot, options.measure, network=options.network, kind=options.kind),
            file=sys.stderr,
        )
    return 0


def verify(options: argparse.Namespace) -> int:
    """Checks every byte of a graph directory against its manifest."""
    from kg.graph import verify

    verify(options.graph)
    print(f"{options.graph} is as it was published", file=sys.stderr)
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Scores extractions against annotated papers."""
    from kg.extract.score_table import table

    scores = api.evaluate(options.gold, predicted=options.predicted, model=options.model)
    print(_json(scores.as_dict()) if options.json else table(scores))
    return 0


def train(options: argparse.Namespace) -> int:
    """Trains a new extraction pipeline on annotated papers."""
    how = {"encoder": options.encoder, "base": options.base, "dev": options.dev, "seed": options.seed}
    print(api.train(options.gold, options.output, **how))
    return 0


COMMANDS: Mapping[str, Command] = {
    command.__name__: command
    for command in (
        demo,
        build,
        add,
        remove,
        extract,
        info,
        query,
        why,
        export,
        view,
        analyse,
        verify,
        evaluate,
        train,
    )
}

DEMO_QUERIES: Sequence[tuple[str, str, Mapping[str, str]]] = (
    ("Most cited papers", "most-cited", {}),
    ("Benchmarks by the number of papers that name them", "entities-by-papers", {"kind": "benchmark"}),
    ("Results reported on HumanEval", "results-on", {"dataset": "HumanEval"}),
)


def _build_options(options: argparse.Namespace) -> Options:
    from kg.pipeline import Options

    return Options(model=options.model, workers=options.workers, strict=options.strict, progress=_progress())


def _finish(report: Report, *, is_json: bool) -> int:
    if is_json:
        print(_json(report.as_dict()))
    else:
        _print_report(report)
    return REJECTED if report.rejected else 0


def _print_report(report: Report) -> None:
    width = max(map(len, report.counts))
    for name, count in report.counts.items():
        print(f"{name:<{width}}  {count:>9,}".replace(",", " "))
    seconds = ", ".join(f"{stage} {taken:.1f} s" for stage, taken in report.seconds.items())
    print(f"{seconds}; peak memory {report.peak_memory_mb} MB", file=sys.stderr)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    if report.rejected:
        print(
            f"{len(report.rejected)} records rejected; reasons in {report.path}/rejects.jsonl",
            file=sys.stderr,
        )


def _progress() -> Progress | None:
    if not sys.stderr.isatty():
        return None

    def show(stage: str, done: int, total: int) -> None:
        print(f"\r{stage} {done}/{total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)

    return show


def _query_text(options: argparse.Namespace) -> str:
    if options.file == "-":
        return sys.stdin.read()
    if options.file:
        return Path(options.file).read_text(encoding="utf-8")
    if options.sparql is None:
        raise KgError("nothing to ask; give a query, --file FILE or --named NAME")
    return str(options.sparql)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise KgError(f"--set takes KEY=VALUE, not {text!r}")
    return key, value


def _output(name: str) -> AbstractContextManager[TextIO]:
    return nullcontext(sys.stdout) if name == "-" else Path(name).open("w", encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _fail(message: str, code: int) -> int:
    print(f"kg: {message}", file=sys.stderr)
    return code


def _one_line(error: KgError | OSError) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {(error.strerror or str(error)).lower()}"
    return " ".join(str(error).split())


def _terminate(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(143)
