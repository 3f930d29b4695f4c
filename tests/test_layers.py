"""The layers of the design hold: each stage imports only from its left, and slow libraries stay behind walls.

Imports inside functions count. An import under `if TYPE_CHECKING:` loads nothing, so it may pass a library wall, but
not a layer. Loading a plug-in by name is not an import.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from textwrap import dedent

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "kg"

GROUND = {"model", "errors", "ontology", "plugins"}
LAYERS = (
    GROUND,
    {"samples"},
    {"sources"},
    {"text"},
    {"extract"},
    {"link"},
    {"graph"},
    {"query", "why", "export", "view", "analyse", "validate", "diff", "report"},
    {"pipeline"},
    {"api"},
    {"serve"},
    {""},  # `kg/__init__.py`, the public names
    {"arguments"},
    {"cli"},
    {"__main__"},
)
RANKS = {name: rank for rank, names in enumerate(LAYERS) for name in names}

EXTRACTION_LIBRARIES = ("spacy", "thinc", "onnx", "onnxruntime", "tokenizers", "torch", "safetensors")
RDF_LIBRARIES = ("rdflib", "pyoxigraph", "oxrdflib", "pyshacl")
STAGES_BEHIND_WALLS = {
    EXTRACTION_LIBRARIES: {"extract"},
    RDF_LIBRARIES: {"graph", "query", "export", "validate", "serve"},
}
WALLS = {name: stages for libraries, stages in STAGES_BEHIND_WALLS.items() for name in libraries}
SLOW_LIBRARIES = {
    *EXTRACTION_LIBRARIES,
    *RDF_LIBRARIES,
    "networkx",
    "polars",
    "numpy",
    "scipy",
    "matplotlib",
    "pyvis",
}


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement of one module."""

    module: str
    imported: str
    line: int
    is_for_types: bool = False

    def __str__(self) -> str:
        return f"{self.module}, line {self.line}, imports {self.imported}"


def test_every_module_has_a_layer() -> None:
    assert {stage(module) for module in MODULES} <= RANKS.keys()


def test_stages_import_only_from_their_left() -> None:
    assert [str(found) for found in IMPORTS if not is_to_the_left(found)] == []


def test_imports_have_no_cycle() -> None:
    graph: dict[str, set[str]] = {module: set() for module in MODULES}
    for found in IMPORTS:
        if found.imported in graph and found.imported != found.module:
            graph[found.module].add(found.imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' <- '.join(error.args[1])}")


def test_libraries_stay_behind_their_walls() -> None:
    assert [str(found) for found in IMPORTS if is_through_a_wall(found)] == []


def test_import_loads_no_slow_library() -> None:
    assert modules_loaded_by("import kg") & SLOW_LIBRARIES == set()


def test_help_loads_no_slow_library() -> None:
    program = """
        import contextlib, kg.cli
        sys.argv = ["kg", "--help"]
        with contextlib.suppress(SystemExit):
            kg.cli.main()
    """
    assert modules_loaded_by(program) & SLOW_LIBRARIES == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import kg.text", ["kg.text"]),
        ("from kg import errors, view", ["kg.errors", "kg"]),
        ("def f():\n    from kg.errors import KgError", ["kg.errors"]),
        ("import importlib\nimportlib.import_module('spacy')", ["importlib", "spacy"]),
        ("import_module(name)", []),
    ],
)
def test_imports_are_found(source: str, expected: list[str]) -> None:
    known = frozenset({"kg", "kg.text", "kg.errors"})
    assert [found.imported for found in imports_in(ast.parse(source), "kg.cli", known)] == expected


def test_imports_for_types_are_told_apart() -> None:
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import rdflib\nelse:\n    import spacy"
    found = imports_in(ast.parse(source), "kg.api", frozenset())
    assert [(item.imported, item.is_for_types) for item in found] == [
        ("typing", False),
        ("rdflib", True),
        ("spacy", False),
    ]


@pytest.mark.parametrize(
    ("module", "imported", "expected"),
    [
        ("kg.graph.store", "kg.errors", True),
        ("kg.graph.store", "kg.graph", True),
        ("kg.graph.store", "kg.view", False),
        ("kg.view", "kg.query", False),
        ("kg.errors", "kg.text", False),
        ("kg.cli", "kg", True),
        ("kg.api", "kg", False),
    ],
)
def test_left_is_as_the_design_draws_it(module: str, imported: str, expected: bool) -> None:
    assert is_to_the_left(Import(module, imported, 1)) is expected


def modules_loaded_by(program: str) -> set[str]:
    script = f"import sys\n{dedent(program)}\nprint(*sys.modules, file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return set(ended.stderr.split())


def stage(module: str) -> str:
    """`link` for `kg.link.people`, nothing for `kg` itself."""
    return ".".join(module.split(".")[1:2])


def is_to_the_left(found: Import) -> bool:
    if found.imported.split(".")[0] != "kg":
        return True
    here, there = stage(found.module), stage(found.imported)
    if here == there or {here, there} <= GROUND:
        return True
    return RANKS.get(there, len(LAYERS)) < RANKS.get(here, len(LAYERS))


def is_through_a_wall(found: Import) -> bool:
    stages = WALLS.get(found.imported.split(".")[0])
    return stages is not None and not found.is_for_types and stage(found.module) not in stages


def module_name(path: Path) -> str:
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_in(
    tree: ast.AST, module: str, known: frozenset[str], *, is_for_types: bool = False
) -> Iterator[Import]:
    """All imports below a node, in the order of the source."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from imports_in(ast.Module(node.body, []), module, known, is_for_types=True)
            yield from imports_in(ast.Module(node.orelse, []), module, known, is_for_types=is_for_types)
            continue
        for imported in names_imported(node, known):
            yield Import(module, imported, getattr(node, "lineno", 0), is_for_types)
        yield from imports_in(node, module, known, is_for_types=is_for_types)


def names_imported(node: ast.AST, known: frozenset[str]) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(parent), names=names):
            children = [f"{parent}.{alias.name}" for alias in names]
            return list(dict.fromkeys(child if child in known else parent for child in children))
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(name)), *_]
        ):
            return [name]
        case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
            return [name]
    return []


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
NAMES = frozenset(MODULES) | {f"kg.{name}" for name in RANKS}
IMPORTS = [
    found
    for module, path in MODULES.items()
    for found in imports_in(ast.parse(path.read_text(encoding="utf-8")), module, NAMES)
]
