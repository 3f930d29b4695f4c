"""The README shows the help of every command as it is, and its Python runs."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout, suppress
from pathlib import Path

import pytest

from kg.arguments import make_parser
from kg.cli import COMMANDS
from kg.extract import report_card

README = Path(__file__).parent.parent / "README.md"
HELP = re.compile(r"(<!-- help: written by `make golden` -->\n).*(<!-- end of help -->)", re.DOTALL)


def help_of_all_commands() -> str:
    sections = [f"### kg {name}\n\n```text\n{help_of(name)}```\n" for name in COMMANDS]
    return "\n" + "\n".join(sections) + "\n"


def help_of(command: str) -> str:
    printed = io.StringIO()
    with redirect_stdout(printed), suppress(SystemExit):
        make_parser(COMMANDS).parse_args([command, "--help"])
    return printed.getvalue()


@pytest.mark.usefixtures("golden")
def test_the_readme_shows_the_help_of_every_command(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    text = README.read_text(encoding="utf-8")
    expected = HELP.sub(lambda found: found[1] + help_of_all_commands() + found[2], text)
    if request.config.getoption("--golden"):
        README.write_text(expected, encoding="utf-8", newline="\n")
    assert README.read_text(encoding="utf-8") == expected, "the help in the README is old: `make golden`"


def test_the_readme_shows_the_scores_of_the_shipped_pipeline() -> None:
    scores = report_card()["scores"]
    text = README.read_text(encoding="utf-8")
    for score in (scores["mentions"]["all"], scores["entities"]["all"], scores["relations"]["all"]):
        shown = " | ".join(f"{score[name]:.1f}" for name in ("precision", "recall", "f1"))
        assert f"| {shown} |" in text
