from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.identifiers import (
    Identified,
    derived_date,
    id_of_title,
    identify,
    is_paper_address,
    normalise_id,
    normalise_reference,
    normalise_version,
)


@pytest.mark.parametrize(
    "text",
    [
        "2412.15209",
        "arxiv:2412.15209",
        "arXiv:2412.15209v1",
        "ARXIV: 2412.15209",
        "arXiv:2412.15209v3 [cs.CL]",
        "http://arxiv.org/abs/2412.15209v1",
        "https://www.arxiv.org/pdf/2412.15209.pdf",
        "https://arxiv.org/pdf/2412.15209v12.pdf",
        "arxiv.org/html/2412.15209v2#S1",
        "https://export.arxiv.org/abs/2412.15209?context=cs",
        "https://huggingface.co/papers/2412.15209",
        "10.48550/arXiv.2412.15209",
        "doi:10.48550/ARXIV.2412.15209",
        "https://doi.org/10.48550/arXiv.2412.15209",
        " <https://arxiv.org/abs/2412.15209> ",
    ],
)
def test_all_spellings_of_an_arxiv_id_are_one(text: str) -> None:
    assert normalise_id(text) == "arxiv:2412.15209"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cs/0112017", "arxiv:cs/0112017"),
        ("arXiv:math.GT/0309136v2", "arxiv:math/0309136"),
        ("https://arxiv.org/abs/hep-th/9108028v1", "arxiv:hep-th/9108028"),
        ("10.1000/ABC.Def", "doi:10.1000/abc.def"),
        ("DOI: 10.1000/ABC", "doi:10.1000/abc"),
        ("https://dx.doi.org/10.1000/A%2FB", "doi:10.1000/a/b"),
        ("P18-1001", "acl:P18-1001"),
        ("acl:p18-1001", "acl:P18-1001"),
        ("acl:J79-1009a", "acl:J79-1009A"),
        ("https://aclanthology.org/2022.acl-long.5.pdf", "acl:2022.acl-long.5"),
        ("https://www.aclweb.org/anthology/P18-1001/", "acl:P18-1001"),
        ("https://openreview.net/forum?id=aBc-D_1&x=2", "openreview:aBc-D_1"),
        ("3dv2025:8qpjYG1x8I", "3dv2025:8qpjYG1x8I"),
        ("ACL2021:2021.acl-long.102", "acl2021:2021.acl-long.102"),
        ("wacv2025-some-Paper", "id:wacv2025-some-Paper"),
        ("id:wacv2025-some-Paper", "id:wacv2025-some-Paper"),
        ("title:0123456789abcdef", "title:0123456789abcdef"),
        ("https://www.example.org/Paper/", "url:example.org/Paper"),
        ("9913.12345", "id:9913.12345"),
        ("a paper: of mine", "id:a paper: of mine"),
    ],
)
def test_ids_get_an_authority(text: str, expected: str) -> None:
    assert normalise_id(text) == expected


@given(st.text(min_size=1).filter(lambda text: text.split() and text.strip("<>").split()))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    try:
        once = normalise_id(text)
    except ValueError:
        return
    assert normalise_id(once) == once


@pytest.mark.parametrize("text", ["", "  ", "<>"])
def test_an_empty_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an id is empty"):
        normalise_id(text)


def test_versions_are_told_apart_from_ids() -> None:
    assert identify("https://arxiv.org/abs/cs/0112017v10") == Identified(normalise_id("cs/0112017"), "v10")
    assert identify("doi:10.1000/v2") == Identified(normalise_id("10.1000/v2"), None)


@pytest.mark.parametrize(
    ("version", "expected"),
    [(7, "v7"), ("12", "v12"), ("V07", "v7"), ("v7", "v7"), (" final ", "final"), ("", None), (None, None)],
)
def test_versions_are_written_as_archives_do(version: str | int | None, expected: str | None) -> None:
    assert normalise_version(version) == expected


@pytest.mark.parametrize(
    ("paper_id", "expected"),
    [
        ("arxiv:2412.15209", "2024-12"),
        ("arxiv:0704.0001", "2007-04"),
        ("arxiv:cs/0112017", "2001-12"),
        ("arxiv:hep-th/9108028", "1991-08"),
        ("arxiv:9912.00001", "2099-12"),
        ("doi:10.1000/2412.15209", None),
        ("arxiv:nonsense", None),
    ],
)
def test_arxiv_ids_tell_the_month(paper_id: str, expected: str | None) -> None:
    assert derived_date(paper_id) == expected


def test_a_title_gives_one_id_however_it_is_set() -> None:
    assert id_of_title("Attention: is  all!") == id_of_title("attention is all")
    assert id_of_title("Attention").startswith("title:")
    assert len(id_of_title("Attention")) == len("title:") + 16


def test_references_without_an_authority_stay_as_written() -> None:
    references = ["arXiv:1706.03762v5", "Vaswani: Attention,\n 2017", "10.1000/X", "3dv2025:aB"]
    expected = ["arxiv:1706.03762", "Vaswani: Attention, 2017", "doi:10.1000/x", "3dv2025:aB"]
    assert [normalise_reference(reference) for reference in references] == expected


def test_addresses_of_archives_are_known() -> None:
    addresses = ["https://arxiv.org/abs/2412.15209", "https://example.org/paper"]
    assert [is_paper_address(address) for address in addresses] == [True, False]
