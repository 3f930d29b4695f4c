"""Fixtures of all tests, and the wall that keeps the network off."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
GOLDEN_FOLDER = CHECKOUT / "tests" / "golden"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew instead of comparing")


def pytest_configure() -> None:
    sys.addaudithook(_refuse_network)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--golden`, only the tests that have golden files run."""
    if config.getoption("--golden"):
        chosen = [item for item in items if "golden" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation data beside the checkout; the test is skipped where it is absent."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("the evaluation data are not beside this checkout (../shared)")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; in CI it must be there, elsewhere the test is skipped without one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("CI has no Chromium: `.ci/run` installs it")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """A check that a text equals the golden file of that name; with `--golden` it writes the file instead."""

    def check(name: str, text: str) -> None:
        path = GOLDEN_FOLDER / name
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"no golden file {name!r}: write it with `make golden` and read the diff"
        assert text == path.read_text(encoding="utf-8"), f"{name!r} differs; `make golden` if that is meant"

    return check


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not _is_loopback(host):
        raise RuntimeError(f"the network is off in tests: {event} to {host!r}")


def _is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ip_address(str(name)).is_loopback or ip_address(str(name)).is_unspecified
    except ValueError:
        return False
