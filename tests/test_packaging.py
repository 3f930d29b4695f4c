"""The wheel works in an empty environment, outside the checkout. Slow: run with `-m packaging`, as `.ci/run` does."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
INSTALLED_AS = {"kg": "kg", "ontology": "kg/_ontology"}

pytestmark = [pytest.mark.packaging, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT, cwd=CHECKOUT
    )
    return next(folder.glob("paperkg-*.whl"))


@pytest.fixture(scope="module")
def binaries(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of a new environment that has the locked requirements and the wheel, no more."""
    environment = tmp_path_factory.mktemp("installed") / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=environment.parent)
    folder = environment / ("Scripts" if os.name == "nt" else "bin")
    install = (folder / "python", "-m", "pip", "install", "--quiet")
    run(*install, "--require-hashes", "-r", CHECKOUT / "requirements.lock", cwd=environment)
    run(*install, "--no-deps", wheel, cwd=environment)
    return folder


def test_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    listing = run(
        "git", "ls-files", "--cached", "--others", "--exclude-standard", *INSTALLED_AS, cwd=CHECKOUT
    )
    sources = {Path(line) for line in listing.splitlines() if (CHECKOUT / line).is_file()}
    expected = {f"{INSTALLED_AS[path.parts[0]]}/{'/'.join(path.parts[1:])}" for path in sources}
    assert expected - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_installed_package_is_not_the_checkout(binaries: Path, tmp_path: Path) -> None:
    place = run(binaries / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(binaries.parent)


def test_installed_command_tells_its_version(binaries: Path, tmp_path: Path) -> None:
    assert "0.1.0" in run(binaries / "kg", "--version", cwd=tmp_path)


def test_installed_demo_runs(binaries: Path, tmp_path: Path) -> None:
    assert run(binaries / "kg", "demo", cwd=tmp_path)


def run(*command: str | Path, cwd: Path) -> str:
    """What the command writes to standard output; the test fails with all its output where the command fails."""
    ended = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True)
    assert ended.returncode == 0, f"{' '.join(map(str, command))}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout
