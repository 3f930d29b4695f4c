"""One pipeline for all tests of extraction, and papers written for them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.extract import extract
from kg.model import Extraction, Paper, PaperId

PARSER = (
    "Dependency parsing remains hard. We introduce TurboParse, a parsing framework based on BERT. On the Universal "
    "Dependencies dataset, TurboParse reaches an accuracy of 91.4%, outperforming UDPipe by 3.2 points. Our code "
    "is available at https://github.com/example/turboparse."
)
RETRIEVAL = (
    "Retrieval-augmented generation (RAG) helps large language models (LLMs). We propose \\textbf{LeanRAG}, a "
    "method that reduces latency by $35\\%$ on HotpotQA while GPT-4o keeps its F1 score. RAG with an LLM is slow."
)
TEXTS = (
    ("TurboParse: A Fast Parser for Low-Resource Languages", PARSER),
    ("Rethinking Retrieval-Augmented Generation", RETRIEVAL),
    ("A title alone", ""),
    ("", "An abstract alone that names GPT-4 and ImageNet."),
    (
        "Ünïcode 模型 and “quotes”…",
        "We evaluate 模型 on MMLU; results (71.31) are shown.No space follows the stop.",
    ),
)


@pytest.fixture(scope="session")
def papers() -> tuple[Paper, ...]:
    """Five papers, some of them odd."""
    return tuple(
        Paper(id=PaperId(f"id:{position}"), title=title, abstract=abstract)
        for position, (title, abstract) in enumerate(TEXTS)
    )


@pytest.fixture(scope="session")
def extractions(papers: Sequence[Paper]) -> tuple[Extraction, ...]:
    """What the shipped pipeline finds in the papers."""
    return tuple(extract(papers))
