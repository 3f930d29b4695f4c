"""Every factory of the package: importing this module makes their names known to spaCy without entry points."""

from __future__ import annotations

from kg.extract.encoder.component import create_encoder
from kg.extract.entities import create_entities
from kg.extract.relations import create_relations
from kg.extract.results import create_results
from kg.extract.roles import create_roles
from kg.extract.tagger import create_tagger
from kg.extract.tokens import create_tokenizer, create_word_tokenizer

__all__ = [
    "create_encoder",
    "create_entities",
    "create_relations",
    "create_results",
    "create_roles",
    "create_tagger",
    "create_tokenizer",
    "create_word_tokenizer",
]
