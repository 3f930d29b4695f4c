from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Paper, Rejected
from kg.sources import read

LISTING = "# topic\n## From a listing\n- **Url**: http://arxiv.org/abs/2412.00001v1\n"
LINE = '{"id": "2412.00002", "title": "From a line"}\n'


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def titles(*sources: str | Path) -> list[str | None]:
    return [paper.title for paper in read(sources)]


def test_the_format_is_told_by_the_content(tmp_path: Path) -> None:
    first = write(tmp_path, "lines.txt", LINE)
    second = write(tmp_path, "listing.jsonl", LISTING)
    third = write(tmp_path, "packed", gzip.compress(LINE.encode()) + gzip.compress(LINE.encode()))
    assert titles(first, second, third) == ["From a line", "From a listing", "From a line", "From a line"]


@pytest.mark.parametrize("content", [LINE, LISTING])
def test_a_byte_order_mark_is_passed_over(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, "marked", b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode())
    assert len(titles(path)) == 1


def test_a_hyphen_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(LISTING.encode()))))
    assert titles("-") == ["From a listing"]
    assert not sys.stdin.closed


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", LISTING)
    write(tmp_path, "a/lines.jsonl", LINE)
    write(tmp_path, ".hidden", "x")
    write(tmp_path, "notes.md", "no papers here")
    write(tmp_path, "empty.txt", "")
    rejected: list[Rejected] = []
    papers = list(read([tmp_path], on_reject=rejected.append))
    assert [paper.title for paper in papers] == ["From a line", "From a listing"]
    assert [Path(reject.path).name for reject in rejected] == ["empty.txt", "notes.md"]
    with pytest.raises(SourceError, match=r"empty\.txt: the file is empty"):
        list(read([tmp_path], strict=True))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
            "the file is binary or not UTF-8 text; expected a listing",
        ),
        (LINE.encode("utf-16"), "the file is binary or not UTF-8 text; expected a listing"),
        (
            b"# topic\n\n",
            "it holds no paper; expected a listing ('## title', '- **Url**: ...') or JSON lines",
        ),
        (b"only words", "the file is of no known format; expected a listing"),
        (gzip.compress(b""), "the file is empty"),
        (gzip.compress(LINE.encode())[:15], "the gzip data are truncated"),
        (b"\x1f\x8b" + b"x" * 100, "the gzip data are damaged"),
    ],
)
def test_a_file_without_papers_is_one_clear_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = write(tmp_path, "source", content)
    with pytest.raises(SourceError) as caught:
        list(read([path]))
    assert str(caught.value).startswith(f"{path}: {message}")
    assert "\n" not in str(caught.value)


def test_missing_files_are_found_before_anything_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "lines", LINE)
    with pytest.raises(SourceError, match="absent: there is no such file or folder"):
        read([path, tmp_path / "absent"])


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the folder holds no file"):
        read([tmp_path])


def test_records_before_a_cut_are_kept_unless_strict(tmp_path: Path) -> None:
    lines = "".join(f'{{"title": "{number * 7919}"}}\n' for number in range(90_000))
    path = write(tmp_path, "cut.jsonl.gz", gzip.compress(lines.encode())[:-2000])
    rejected: list[Rejected] = []
    papers = list(read([path], on_reject=rejected.append))
    assert 80_000 < len(papers) < 90_000
    assert [reject.reason for reject in rejected] == ["the gzip data are truncated; what came before is kept"]
    with pytest.raises(SourceError, match="the gzip data are truncated"):
        list(read([path], strict=True))


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "bomb.gz", gzip.compress(b'{"title": "T"}\n' + b" " * (80 << 20)))
    with pytest.raises(SourceError, match="expand more than 200 times"):
        list(read([path]))


def test_bad_records_go_to_the_callback_and_end_a_strict_run(tmp_path: Path) -> None:
    path = write(tmp_path, "lines", LINE + "{\n" + LINE)
    rejected: list[Rejected] = []
    assert [isinstance(paper, Paper) for paper in read([path], on_reject=rejected.append)] == [True, True]
    assert [(reject.line, reject.record) for reject in rejected] == [(2, "{")]
    with pytest.raises(SourceError, match=r"lines, line 2: Input data was truncated"):
        list(read([path], strict=True))


def test_rejects_are_logged_by_default(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    list(read([write(tmp_path, "lines", "{\n" + LINE)]))
    assert "line 1: Input data was truncated" in caplog.text
