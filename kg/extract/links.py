"""Addresses of code, data and project pages in a text."""

from __future__ import annotations

import re

_MACRO = re.compile(r"\\(?:url|href|nolinkurl)\s*\{([^{}]*)\}")
_ADDRESS = re.compile(
    r"""(?:https?://|www\.)[^\s{}<>"'`|^\\]+(?:\\[_%#&~][^\s{}<>"'`|^\\]*)*""", re.IGNORECASE
)
_BARE_HOST = re.compile(
    r"(?<![\w./@-])(?:github\.com|huggingface\.co|gitlab\.com|zenodo\.org|[a-z0-9-]+\.github\.io)/[\w./~%#-]+",
    re.IGNORECASE,
)
_CLOSING = {")": "(", "]": "["}


def links(text: str) -> list[str]:
    r"""The addresses of a text in order, each once, without the LaTeX around them.

    >>> links(r"Code: \url{https://github.com/me/my\_code}, data (www.example.org/d).")
    ['https://github.com/me/my_code', 'https://www.example.org/d']
    """
    found = [(match.start(1), match.group(1)) for match in _MACRO.finditer(text)]
    found += [(match.start(), match.group()) for match in _ADDRESS.finditer(text)]
    found += [(match.start(), match.group()) for match in _BARE_HOST.finditer(text)]
    addresses = (_address(written) for _, written in sorted(found))
    return list(dict.fromkeys(address for address in addresses if address is not None))


def _address(written: str) -> str | None:
    """The address as a browser takes it, or None where there is no host."""
    address = re.sub(r"\\([_%#&~$])", r"\1", written).strip()
    address = _trim(address)
    if not re.match(r"https?://", address, re.IGNORECASE):
        address = f"https://{address}"
    return address if re.match(r"https?://[\w-]+(\.[\w-]+)+", address, re.IGNORECASE) else None


def _trim(address: str) -> str:
    """The address without the punctuation of the sentence; brackets stay where they are balanced."""
    while address:
        last = address[-1]
        is_open = last in _CLOSING and address.count(last) <= address.count(_CLOSING[last])
        if is_open or last not in ".,;:!?)]'\"”’*$…":
            break
        address = address[:-1]
    return address
