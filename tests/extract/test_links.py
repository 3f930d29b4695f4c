from __future__ import annotations

import pytest

from kg.extract.links import links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code: https://github.com/me/code.", ["https://github.com/me/code"]),
        (r"Code at \url{https://github.com/me/my_code}.", ["https://github.com/me/my_code"]),
        (r"\href{https://me.github.io/}{project page}", ["https://me.github.io/"]),
        ("(see www.example.org/a_(b))", ["https://www.example.org/a_(b)"]),
        (
            "Data: github.com/me/data, models: huggingface.co/me.",
            ["https://github.com/me/data", "https://huggingface.co/me"],
        ),
        ("At https://my-group.github.io/x/ only.", ["https://my-group.github.io/x/"]),
        ("Twice https://a.org/x and https://a.org/x", ["https://a.org/x"]),
        ("this https URL", []),
        ("http:// nothing", []),
    ],
)
def test_addresses_come_out_as_a_browser_takes_them(text: str, expected: list[str]) -> None:
    assert links(text) == expected
