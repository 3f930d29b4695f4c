"""The page in a real Chromium: it works, runs no text of the graph as markup, and asks the network for nothing."""

import re
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph import OpenGraph
from kg.ontology import BASE_IRI, expand
from kg.view import view
from tests.toy import toy_graph

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--enable-logging=stderr",
    "--virtual-time-budget=3000",
    "--dump-dom",
)
RUN = "document.documentElement.dataset.ran=1"
PAPER = f"{BASE_IRI}paper/arxiv/2401.99999"


def payloads(port: int) -> list[str]:
    """Forty texts that would run, load or break out if any of them were taken for markup or code."""
    address = f"http://127.0.0.1:{port}"
    return [
        f"<script>{RUN}</script>",
        f"</script><script>{RUN}</script>",
        f"</SCRIPT ><script>{RUN}</script>",
        f"--></script><script>{RUN}</script>",
        f"<!--<script>{RUN}</script>-->",
        f"]]></script><script>{RUN}</script>",
        f"</title><script>{RUN}</script>",
        f"</style><script>{RUN}</script>",
        f"</textarea><script>{RUN}</script>",
        f"</noscript><script>{RUN}</script>",
        f"<img src=x onerror={RUN}>",
        f'"><img src=x onerror={RUN}>',
        f"'><img src=x onerror={RUN}>",
        f"`><img src=x onerror={RUN}>",
        f"<img src={address}/image>",
        f"<svg onload={RUN}>",
        f"<svg><script>{RUN}</script></svg>",
        f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
        f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
        f"<iframe src={address}/frame></iframe>",
        f"<iframe src='javascript:parent.{RUN}'></iframe>",
        f"<body onload={RUN}>",
        f"<details open ontoggle={RUN}>",
        f"<video><source onerror={RUN}></video>",
        f"<input autofocus onfocus={RUN}>",
        f"<math><mtext><script>{RUN}</script></mtext></math>",
        f"<object data={address}/object></object>",
        f"<embed src={address}/embed>",
        f"<link rel=stylesheet href={address}/style.css>",
        f"<style>@import '{address}/import.css'</style>",
        f"<meta http-equiv=refresh content='0;url={address}/refresh'>",
        f"<base href={address}/>",
        f"javascript:{RUN}",
        f"data:text/html,<script>{RUN}</script>",
        f'";{RUN};"',
        f"';{RUN};'",
        f"${{{RUN}}}",
        f"{{{{constructor.constructor('{RUN}')()}}}}",
        f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
        f"&lt;script&gt;{RUN}&lt;/script&gt;\u2028<script>{RUN}</script>",
    ]


@pytest.fixture
def server() -> Iterator[tuple[int, list[str]]]:
    """A port on loopback, and the paths that were asked of it."""
    asked: list[str] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_arguments: object) -> None:
            """Stays quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield listening.server_port, asked
        listening.shutdown()


def hostile_graph(texts: list[str]) -> OpenGraph:
    """One paper that introduces a thing for each text; the text is its label, other name, quote and author."""
    store = Store()

    def add(subject: str, property_: str, value: str, *, is_text: bool = False) -> None:
        node = Literal(value) if is_text else NamedNode(value)
        store.add(Quad(NamedNode(subject), NamedNode(expand(property_)), node))

    add(PAPER, "rdf:type", expand("fabio:ResearchPaper"))
    add(PAPER, "dcterms:title", "".join(texts[:2]), is_text=True)
    add(PAPER, "fabio:hasURL", f"javascript:{RUN}", is_text=True)
    for number, text in enumerate(texts):
        thing, author, claim = (f"{BASE_IRI}{folder}/{number}" for folder in ("entity", "person", "claim"))
        add(thing, "rdf:type", expand("kgo:Model"))
        add(author, "rdf:type", expand("foaf:Person"))
        for subject, property_ in (
            (thing, "skos:prefLabel"),
            (thing, "skos:altLabel"),
            (author, "foaf:name"),
            (claim, "kgo:quote"),
        ):
            add(subject, property_, text, is_text=True)
        add(PAPER, "dcterms:creator", author)
        add(PAPER, "kgo:introduces", thing)
        for property_, value in (
            ("rdf:subject", PAPER),
            ("rdf:predicate", expand("kgo:introduces")),
            ("rdf:object", thing),
            ("kgo:inPaper", PAPER),
        ):
            add(claim, property_, value)
    return replace(toy_graph(), store=store)


def opened(chromium: str, page: Path, fragment: str = "") -> tuple[str, str]:
    """The document after its scripts ran, and what the browser logged."""
    run = subprocess.run(
        [chromium, *FLAGS, f"--user-data-dir={page.parent / 'profile'}", page.as_uri() + fragment],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return run.stdout, "\n".join(line for line in run.stderr.splitlines() if "CONSOLE" in line)


def test_no_text_of_the_graph_runs_or_loads(
    chromium: str, server: tuple[int, list[str]], tmp_path: Path
) -> None:
    port, asked = server
    texts = payloads(port)
    assert len(texts) == 40
    graph = hostile_graph(texts)
    page = view(graph, tmp_path / "page.html")
    for fragment in (
        "",
        "#" + quote(PAPER, safe=""),
        "#" + quote(f"{BASE_IRI}entity/1", safe=""),
        f"#<img src=x onerror={RUN}>",
    ):
        document, log = opened(chromium, page, fragment)
        assert re.search(r"<html[^>]*data-ran", document) is None
        assert 'href="javascript:' not in document
        assert "Knowledge graph of papers</title>" in document
        assert log == ""
    assert asked == []
    shown, _log = opened(chromium, page, "#" + quote(PAPER, safe=""))
    assert "introduces (40)" in shown
    assert "&lt;svg onload=" in shown


def test_a_named_thing_is_opened_with_its_evidence(chromium: str, tmp_path: Path) -> None:
    page = view(toy_graph(), tmp_path / "page.html", around="Tern")
    document, log = opened(chromium, page)
    assert log == ""
    assert "On BirdBench, Tern reaches an accuracy of 71.5%, 4.2 points above Wren." in document
    assert re.search(r"<canvas[^>]*>", document) is not None


class Addresses(HTMLParser):
    """Every address that the markup would load, and the policy."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.found += [
            f"{tag} {name}={value}" for name, value in attributes if name in {"src", "href", "srcset"}
        ]
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"] or ""


def test_the_markup_names_no_address_and_the_policy_allows_none(tmp_path: Path) -> None:
    parser = Addresses()
    parser.feed(view(toy_graph(), tmp_path / "page.html").read_text(encoding="utf-8"))
    assert parser.found == []
    assert re.fullmatch(
        r"default-src 'none'; script-src 'sha256-\S+' 'sha256-\S+'; style-src 'sha256-\S+'; img-src data:; "
        r"base-uri 'none'; form-action 'none'",
        parser.policy,
    )
