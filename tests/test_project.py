"""The project's own files agree with each other and name no machine."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
ADDRESSES = r"(pypi|pythonhosted|registry[.]npmjs|deb[.]debian)[.](org|com)|/(work|farm|root)/"
OWN_NAMES = {"kg", "tests", "conftest"}


def test_package_imports_only_what_the_project_names() -> None:
    declared = run_time_requirements() | extra_requirements()
    assert undeclared_imports("kg", declared) == {}


def test_tests_import_only_what_the_project_names() -> None:
    declared = run_time_requirements() | extra_requirements() | group_requirements("dev")
    assert undeclared_imports("tests", declared) == {}


def test_locks_pin_what_the_project_names() -> None:
    assert run_time_requirements() - pins("requirements.lock").keys() == set()
    assert group_requirements("dev") - pins("requirements-dev.lock").keys() == set()
    assert group_requirements("build") - pins("requirements-build.lock").keys() == set()


@pytest.mark.parametrize("lock", LOCKS[:2])
def test_locks_agree(lock: str) -> None:
    development = pins("requirements-dev.lock")
    assert {name: version for name, version in pins(lock).items() if development.get(name) != version} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_has_hashes(lock: str) -> None:
    text = (CHECKOUT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    hashed = r"[^\n]+ \\(\n    --hash=sha256:\w{64}( \\)?)+"
    assert [entry for entry in entries if not re.fullmatch(hashed, entry)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_holds_torch(lock: str) -> None:
    assert "torch" not in pins(lock)


def test_no_file_names_a_registry_or_a_machine() -> None:
    if shutil.which("git") is None or not (CHECKOUT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "grep", "--untracked", "-nIE", ADDRESSES]
    assert subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True).stdout == ""


def test_readme_starts_with_the_two_commands() -> None:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^```[^\n]*\n(.*?)^```|((?:^    [^\n]*\n)+)", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    assert re.findall(r"^\s*(make \w+)", block.group(), re.MULTILINE) == ["make demo", "make test"]


def test_versions_agree() -> None:
    citation = (CHECKOUT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {PROJECT['project']['version']}\n" in citation
    assert "\n## [Unreleased]\n" in (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")


def distribution(requirement: str) -> str:
    """`mlx-lm` for `Mlx_LM[x]>=1; marker`."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def run_time_requirements() -> set[str]:
    return {distribution(requirement) for requirement in PROJECT["project"]["dependencies"]}


def extra_requirements() -> set[str]:
    extras = PROJECT["project"]["optional-dependencies"]
    return {distribution(requirement) for requirements in extras.values() for requirement in requirements}


def group_requirements(group: str) -> set[str]:
    requirements = PROJECT["dependency-groups"][group]
    included = [item["include-group"] for item in requirements if isinstance(item, dict)]
    own = {distribution(item) for item in requirements if isinstance(item, str)}
    return own.union(*map(group_requirements, included))


def pins(lock: str) -> dict[str, list[str]]:
    """Each locked distribution and its versions; there are several where platforms need different ones."""
    versions: dict[str, list[str]] = {}
    for line in (CHECKOUT / lock).read_text(encoding="utf-8").splitlines():
        if pinned := re.match(r"([\w.-]+)==([^\s;]+)", line):
            versions.setdefault(distribution(pinned[1]), []).append(pinned[2])
    return versions


def undeclared_imports(folder: str, declared: set[str]) -> dict[str, str]:
    """Third-party packages imported in a folder without being declared, each with a file that does."""
    providers = packages_distributions()
    return {
        name: str(path.relative_to(CHECKOUT))
        for path in sorted((CHECKOUT / folder).rglob("*.py"))
        for name in packages_imported(path)
        if name not in sys.stdlib_module_names | OWN_NAMES
        and not declared & set(map(distribution, providers.get(name, [name])))
    }


def packages_imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.split(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.split(".")[0]
