"""Identifiers of papers in one spelling: an authority, a colon and the local part.

    arXiv:2412.15209v1, https://arxiv.org/pdf/2412.15209v1.pdf, 10.48550/arXiv.2412.15209    arxiv:2412.15209
    math.GT/0309136                                                                          arxiv:math/0309136
    https://doi.org/10.1000/ABC                                                              doi:10.1000/abc
    P18-1001, https://aclanthology.org/P18-1001.pdf                                          acl:P18-1001
    3dv2025:8qpjYG1x8I                                                                       3dv2025:8qpjYG1x8I
    wacv2025-some-paper                                                                      id:wacv2025-some-paper

The case of a local part is kept, except where its authority ignores it (DOIs, names of arXiv's archives).
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from kg.model import PaperId
from kg.ontology import digest, slug

_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = r"[A-Za-z-]+(?:\.[A-Za-z-]{2,})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_ARXIV = re.compile(
    rf"""(?: arxiv \s*:\s*
           | (?:https?://)? (?:[a-z]+\.)? (?:arxiv\.org|alphaxiv\.org) / [a-z]+ /
           | (?:https?://)? (?:[a-z]+\.)? (?:huggingface\.co|hf\.co) /papers/
           | (?:doi\s*:\s*|https?://(?:dx\.)?doi\.org/)? 10\.48550/arxiv\.
           )?
        (?P<local>{_ARXIV_NEW}|{_ARXIV_OLD}) (?:v(?P<version>\d{{1,3}}))?
        (?:\.pdf)? /? (?:[?\#].*)? (?:\s*\[[\w.-]+\])?""",
    re.VERBOSE | re.IGNORECASE,
)
_DOI = re.compile(
    r"(?:doi\s*:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/|info:doi/)*(?P<local>10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_ACL_ID = r"(?:[A-Z]\d{2}-\d{4,5}[a-z]?|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)"
_ACL = re.compile(
    rf"""(?: acl \s*:\s*
           | (?:https?://)? (?:www\.)? (?:aclanthology\.org|aclweb\.org/anthology)/ (?:papers/(?:\w+/)*)?
           )?
        (?P<local>{_ACL_ID}) (?:v\d)? (?:\.pdf|\.bib)? /?""",
    re.VERBOSE | re.IGNORECASE,
)
_OPENREVIEW = re.compile(r"https?://openreview\.net/(?:forum|pdf|attachment)\?(?:.*&)?id=(?P<local>[\w-]+).*")
_ADDRESS = re.compile(r"https?://(?:www\.)?(?P<local>\S+?)/?(?:#\S*)?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<authority>[A-Za-z0-9][\w.+-]*)\s*:\s*(?P<local>\S+)")


class Identified(NamedTuple):
    """A paper's normalised id, and the version that was written with it."""

    id: PaperId
    version: str | None


def normalise_id(text: str) -> PaperId:
    """The one spelling of a paper's id; text without a known authority gets the authority `id`.

    Raises `ValueError` where the text is empty.

    >>> normalise_id("https://arxiv.org/abs/2412.15209v1"), normalise_id("doi:10.1000/ABC")
    ('arxiv:2412.15209', 'doi:10.1000/abc')
    """
    return identify(text).id


def identify(text: str) -> Identified:
    """The normalised id in the text, with the version of the paper where it is an arXiv id that has one.

    >>> identify("arXiv:cs/0112017v2")
    Identified(id='arxiv:cs/0112017', version='v2')
    """
    text = " ".join(text.split()).strip("<> ")
    if not text:
        raise ValueError("an id is empty; expected one such as 'arxiv:2412.15209'")
    known = _known(text)
    return known or Identified(_other(text), None)


def normalise_reference(text: str) -> str:
    """The normalised id in a reference, where it is one with an authority; else the reference as written.

    >>> normalise_reference("arXiv:1706.03762v5"), normalise_reference("Vaswani et al.: Attention, 2017")
    ('arxiv:1706.03762', 'Vaswani et al.: Attention, 2017')
    """
    text = " ".join(text.split())
    known = _known(text)
    return known.id if known else _with_authority(text) or text


def is_paper_address(text: str) -> bool:
    """Whether an address leads to a paper of an archive that we know the ids of."""
    return _known(text.strip()) is not None


def id_of_title(title: str) -> PaperId:
    """The id of a paper that has none: `title:` and sixteen hex digits of the hash of its title's slug.

    The same title in other case, punctuation or white space gives the same id.
    """
    return PaperId(f"title:{digest(slug(title))[:16]}")


def normalise_version(version: str | int | None) -> str | None:
    """The version as archives write it: `v7` for 7, "7" and "V7"; other text as it is.

    >>> normalise_version("07"), normalise_version("camera-ready")
    ('v7', 'camera-ready')
    """
    text = str(version).strip() if version is not None else ""
    number = re.fullmatch(r"[vV]?(\d{1,6})", text)
    return f"v{int(number[1])}" if number else text or None


def derived_date(paper_id: str) -> str | None:
    """Year and month that an arXiv id tells; nothing for other ids.

    >>> derived_date("arxiv:2412.15209"), derived_date("arxiv:hep-th/9108028")
    ('2024-12', '1991-08')
    """
    authority, _, local = paper_id.partition(":")
    digits = local.rpartition("/")[2]
    if authority != "arxiv" or not digits[:4].isdigit():
        return None
    century = "19" if "/" in local and digits[:2] > "90" else "20"
    return f"{century}{digits[:2]}-{digits[2:4]}"


def _known(text: str) -> Identified | None:
    if match := _ARXIV.fullmatch(text):
        version = normalise_version(match["version"])
        return Identified(PaperId(f"arxiv:{_arxiv_local(match['local'])}"), version)
    if match := _DOI.fullmatch(text):
        local = unquote(match["local"]) if "%" in match["local"] else match["local"]
        return Identified(PaperId(f"doi:{local.rstrip('.,;').lower()}"), None)
    if match := _ACL.fullmatch(text):
        local = match["local"]
        return Identified(PaperId(f"acl:{local.lower() if local[0].isdigit() else local.upper()}"), None)
    if match := _OPENREVIEW.fullmatch(text):
        return Identified(PaperId(f"openreview:{match['local']}"), None)
    return None


def _arxiv_local(local: str) -> str:
    """Old ids are written with and without the archive's subject class, which is not a part of them."""
    archive, slash, number = local.partition("/")
    return f"{archive.partition('.')[0].lower()}/{number}" if slash else local


def _other(text: str) -> PaperId:
    return _with_authority(text) or PaperId(text if text.startswith("id:") else f"id:{text}")


def _with_authority(text: str) -> PaperId | None:
    if match := _ADDRESS.fullmatch(text):
        return PaperId(f"url:{match['local']}")
    if match := _AUTHORITY.fullmatch(text):
        return PaperId(f"{match['authority'].lower()}:{match['local']}")
    return None
