"""The README shows the help of every command as it is, and its Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.arguments import make_parser
from kg.cli import COMMANDS

README = Path(__file__).parent.parent / "README.md"
HELP = re.compile(r"(<!-- help: written by `make golden` -->\n).*(<!-- end of help -->)", re.DOTALL)


def help_of_all_commands() -> str:
    sections = []
    parser = make_parser(COMMANDS)
    for name, command in parser.commands().items():
        sections.append(f"### kg {name}\n\n```text\n{command.format_help()}```\n")
    return "\n" + "\n".join(sections) + "\n"


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
