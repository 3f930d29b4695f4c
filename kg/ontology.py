"""The vocabulary: namespaces, ids to IRIs, and the closed lists of kinds, roles and relations.

One table for each closed list; the extractor's filter, the RDF mapping, the command line and the queries derive
from it. IRIs are plain strings here, so that nothing imports an RDF library to name a thing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

Key = TypeVar("Key", bound=Hashable)

BASE_IRI = "https://w3id.org/paperkg/"
"""Default base of the IRIs of papers, people, entities, claims and results (prefix `kgr`)."""

PREFIXES: Mapping[str, str] = {
    "kgo": "https://w3id.org/paperkg/ontology#",
    "kgr": BASE_IRI,
    "cito": "http://purl.org/spar/cito/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "fair4ml": "https://w3id.org/fair4ml/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frbr": "http://purl.org/vocab/frbr/core#",
    "mls": "http://www.w3.org/ns/mls#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "pro": "http://purl.org/spar/pro/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Kind(StrEnum):
    """What an entity is."""

    MODEL = "model"
    DATASET = "dataset"
    BENCHMARK = "benchmark"
    METHOD = "method"
    TASK = "task"
    METRIC = "metric"


class Role(StrEnum):
    """What a paper does with an entity, the strongest first."""

    INTRODUCES = "introduces"
    COMPARES = "compares"
    EVALUATES = "evaluates"
    USES = "uses"
    ADDRESSES = "addresses"
    MENTIONS = "mentions"


class Relation(StrEnum):
    """What a paper states between two entities."""

    BASED_ON = "based-on"
    TRAINED_ON = "trained-on"
    EVALUATED_ON = "evaluated-on"
    OUTPERFORMS = "outperforms"
    PART_OF = "part-of"


class ValueKind(StrEnum):
    """How the value of a result is to be read."""

    ABSOLUTE = "absolute"
    GAIN = "gain"
    RATIO = "ratio"
    RANGE = "range"


KIND_CLASSES: Mapping[Kind, tuple[str, ...]] = {
    Kind.MODEL: ("kgo:Model", "fair4ml:MLModel"),
    Kind.DATASET: ("kgo:Dataset", "schema:Dataset", "dcat:Dataset"),
    Kind.BENCHMARK: ("kgo:Benchmark", "kgo:Dataset", "schema:Dataset", "dcat:Dataset"),
    Kind.METHOD: ("kgo:Method", "skos:Concept"),
    Kind.TASK: ("kgo:Task", "skos:Concept"),
    Kind.METRIC: ("kgo:Metric", "skos:Concept", "mls:EvaluationMeasure"),
}
"""Classes stated for each kind, its own first; super-classes are stated because the store does not reason."""

ROLE_PROPERTIES: Mapping[Role, str] = {
    Role.INTRODUCES: "kgo:introduces",
    Role.COMPARES: "kgo:comparesWith",
    Role.EVALUATES: "kgo:evaluates",
    Role.USES: "kgo:uses",
    Role.ADDRESSES: "kgo:addresses",
    Role.MENTIONS: "kgo:mentions",
}


@dataclass(frozen=True, slots=True)
class RelationRule:
    """The property of a relation and the kinds allowed at its two ends."""

    property: str
    ends: tuple[tuple[frozenset[Kind], frozenset[Kind]], ...]
    """Allowed (from, to) pairs of kind sets; one that fits is enough."""

    def allows(self, subject: Kind, object_: Kind) -> bool:
        """Whether the relation may lead from one kind to the other."""
        return any(subject in source and object_ in target for source, target in self.ends)


_SYSTEMS = frozenset({Kind.MODEL, Kind.METHOD})
_RESOURCES = frozenset({Kind.DATASET, Kind.BENCHMARK})
_ANY = frozenset(Kind)

RELATION_RULES: Mapping[Relation, RelationRule] = {
    Relation.BASED_ON: RelationRule("kgo:basedOn", ((_SYSTEMS, _SYSTEMS), (_RESOURCES, _RESOURCES))),
    Relation.TRAINED_ON: RelationRule("kgo:trainedOn", ((_SYSTEMS, _RESOURCES),)),
    Relation.EVALUATED_ON: RelationRule("kgo:evaluatedOn", ((_SYSTEMS, _RESOURCES),)),
    Relation.OUTPERFORMS: RelationRule("kgo:outperforms", ((_SYSTEMS, _SYSTEMS),)),
    Relation.PART_OF: RelationRule("kgo:partOf", ((_ANY, _ANY),)),
}


def expand(curie: str, *, base: str = BASE_IRI) -> str:
    """The IRI that a CURIE with one of our prefixes stands for; other text is returned as it is.

    >>> expand("kgo:Model")
    'https://w3id.org/paperkg/ontology#Model'
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        return curie
    return (base if prefix == "kgr" else PREFIXES[prefix]) + local


def shorten(iri: str, *, base: str = BASE_IRI) -> str:
    """The CURIE of an IRI in one of our namespaces; other IRIs are returned as they are.

    >>> shorten("http://purl.org/spar/cito/cites")
    'cito:cites'
    """
    spaces = {**PREFIXES, "kgr": base}
    for prefix, space in sorted(spaces.items(), key=lambda item: -len(item[1])):
        if iri.startswith(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def slug(label: str) -> str:
    """The last part of a thing's IRI: NFKC, case folded, words joined by hyphens, percent-encoded.

    A label without a letter or digit gives the first eight hex digits of its hash.

    >>> slug("Kiệt A. Nguyễn"), slug("GPT-4o")
    ('ki%E1%BB%87t-a-nguy%E1%BB%85n', 'gpt-4o')
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).casefold())
    words = re.findall(r"[^\W_]+", folded)
    return quote("-".join(words), safe="-") if words else digest(label)[:8]


def digest(*parts: str) -> str:
    """Hexadecimal SHA-256 of the parts, kept apart by a NUL."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def distinct_slugs(things: Iterable[tuple[Key, str, str]]) -> dict[Key, str]:
    """One slug for each (key, label, earliest evidence), all different.

    Where several things share a slug, each gets `~` and six hex digits of the hash of its earliest evidence,
    so that none depends on the order in which they were met.
    """
    sharing: defaultdict[str, list[tuple[Key, str]]] = defaultdict(list)
    for key, label, evidence in things:
        sharing[slug(label)].append((key, evidence))
    return {
        key: name if len(members) == 1 else f"{name}~{digest(evidence)[:6]}"
        for name, members in sharing.items()
        for key, evidence in members
    }


def paper_iri(paper_id: str, *, base: str = BASE_IRI) -> str:
    """The IRI of a work.

    >>> paper_iri("arxiv:2412.15209")
    'https://w3id.org/paperkg/paper/arxiv/2412.15209'
    """
    authority, _, local = paper_id.partition(":")
    return f"{base}paper/{quote(authority, safe='')}/{quote(local, safe='/')}"


def version_iri(paper_id: str, version: str | None, *, base: str = BASE_IRI) -> str:
    """The IRI of one version of a work; a version without a number is `text`."""
    return f"{paper_iri(paper_id, base=base)}/{quote(version or 'text', safe='')}"


def thing_iri(folder: str, name: str, *, base: str = BASE_IRI) -> str:
    """The IRI of a person, entity, claim, result or authorship: `base/folder/name`."""
    return f"{base}{folder}/{name}"


def ontology_folder() -> Path:
    """The folder with kg.ttl and the named queries, in a checkout or as installed."""
    installed = Path(__file__).parent / "_ontology"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "ontology"
