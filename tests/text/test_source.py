from __future__ import annotations

from kg.model import Paper, PaperId
from kg.text import collapse, source_text


def test_source_text_keeps_all_but_white_space() -> None:
    paper = Paper(PaperId("id:x"), title=" A\u2028$title$ ", abstract="Gyd√©  \r\n 5\\%\tof\xa0it ")
    assert source_text(paper) == "A $title$\nGyd√© 5\\% of it"


def test_missing_fields_are_empty_lines() -> None:
    assert source_text(Paper(PaperId("id:x"), title="T")) == "T\n"


def test_collapse_of_nothing_is_nothing() -> None:
    assert collapse(" \n\t ") == ""
