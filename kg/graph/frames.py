"""Tables of a graph as Polars frames, read from its store by SPARQL."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from pyoxigraph import QueryResultsFormat, QuerySolutions

from kg.graph.opened import OpenGraph
from kg.ontology import KIND_CLASSES, PREFIXES, RELATION_RULES, ROLE_PROPERTIES

_TEXT, _COUNT, _NUMBER = pl.String(), pl.Int64(), pl.Float64()


@dataclass(frozen=True, slots=True)
class _Table:
    columns: Mapping[str, pl.DataType]
    """Names and types, as the variables of the query."""
    pattern: str
    """What stands between the braces of the query."""
    codes: Mapping[str, Mapping[str, str]] | None = None
    """Columns whose IRIs become the names used in files and options."""


_KINDS = {classes[0]: kind.value for kind, classes in KIND_CLASSES.items()}
_ROLES = {property_: role.value for role, property_ in ROLE_PROPERTIES.items()}
_RELATIONS = {rule.property: relation.value for relation, rule in RELATION_RULES.items()}
_EVIDENCE: Mapping[str, pl.DataType] = {
    "paper": _TEXT,
    "version": _TEXT,
    "quote": _TEXT,
    "start": _COUNT,
    "end": _COUNT,
    "confidence": _NUMBER,
}
_OF_EVIDENCE = """
    kgo:inPaper ?paper ; prov:wasDerivedFrom ?version ; kgo:confidence ?confidence .
  OPTIONAL {{ {node} kgo:quote ?quote ; kgo:start ?start ; kgo:end ?end }}"""


def _claims_with(codes: Mapping[str, str] | None) -> str:
    wanted = "" if codes is None else f"VALUES ?predicate {{ {' '.join(codes)} }}"
    return f"""{wanted}
  ?claim a kgo:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    {_OF_EVIDENCE.format(node="?claim")}"""


_TABLES: Mapping[str, _Table] = {
    "papers": _Table(
        dict.fromkeys(("paper", "title", "abstract", "issued", "venue", "arxiv_id", "doi", "url"), _TEXT),
        """?paper a fabio:ResearchPaper .
  OPTIONAL { ?paper dcterms:title ?title } OPTIONAL { ?paper dcterms:abstract ?abstract }
  OPTIONAL { ?paper dcterms:issued ?issued } OPTIONAL { ?paper prism:publicationName ?venue }
  OPTIONAL { ?paper fabio:hasArXivId ?arxiv_id } OPTIONAL { ?paper prism:doi ?doi }
  OPTIONAL { ?paper fabio:hasURL ?url }""",
    ),
    "persons": _Table(
        dict.fromkeys(("person", "name", "orcid"), _TEXT),
        "?person a foaf:Person ; foaf:name ?name . OPTIONAL { ?person schema:identifier ?orcid }",
    ),
    "authorships": _Table(
        {"paper": _TEXT, "position": _COUNT, "person": _TEXT, "name_as_written": _TEXT},
        """?authorship pro:isHeldBy ?person ; kgo:inPaper ?paper ; schema:position ?position ;
    kgo:nameAsWritten ?name_as_written""",
    ),
    "entities": _Table(
        dict.fromkeys(("entity", "kind", "label", "first_seen"), _TEXT),
        f"""VALUES ?kind {{ {" ".join(_KINDS)} }}
  ?entity a ?kind ; skos:prefLabel ?label . OPTIONAL {{ ?entity kgo:firstSeen ?first_seen }}
  FILTER (?kind != kgo:Dataset || NOT EXISTS {{ ?entity a kgo:Benchmark }})""",
        {"kind": _KINDS},
    ),
    "roles": _Table(
        {"paper": _TEXT, "role": _TEXT, "entity": _TEXT, **_EVIDENCE},
        _claims_with(_ROLES).replace("?predicate", "?role").replace("?object", "?entity"),
        {"role": _ROLES},
    ),
    "relations": _Table(
        {"subject": _TEXT, "relation": _TEXT, "object": _TEXT, **_EVIDENCE},
        _claims_with(_RELATIONS).replace("?predicate", "?relation"),
        {"relation": _RELATIONS},
    ),
    "citations": _Table(dict.fromkeys(("citing", "cited"), _TEXT), "?citing cito:cites ?cited"),
    "influences": _Table(
        dict.fromkeys(("influenced", "influencing"), _TEXT), "?influenced kgo:influencedBy ?influencing"
    ),
    "variants": _Table(dict.fromkeys(("variant", "of"), _TEXT), "?variant kgo:variantOf ?of"),
    "results": _Table(
        {
            **dict.fromkeys(("result", "subject", "dataset", "metric", "metric_text"), _TEXT),
            "value": _NUMBER,
            **dict.fromkeys(("value_text", "unit", "value_kind", "setting", "compared_with"), _TEXT),
            **_EVIDENCE,
        },
        f"""?result a kgo:EvaluationResult ; kgo:subject ?subject ; kgo:valueText ?value_text ;
    kgo:valueKind ?value_kind ; {_OF_EVIDENCE.format(node="?result")}
  OPTIONAL {{ ?result kgo:dataset ?dataset }} OPTIONAL {{ ?result kgo:metric ?metric }}
  OPTIONAL {{ ?result kgo:metricText ?metric_text }} OPTIONAL {{ ?result kgo:value ?value }}
  OPTIONAL {{ ?result kgo:unit ?unit }} OPTIONAL {{ ?result kgo:setting ?setting }}
  OPTIONAL {{ ?result kgo:comparedWith ?compared_with }}""",
    ),
    "claims": _Table(
        {"claim": _TEXT, "subject": _TEXT, "predicate": _TEXT, "object": _TEXT, **_EVIDENCE},
        _claims_with(None),
    ),
}

TABLES = tuple(_TABLES)
"""Names of the tables."""


def frame(graph: OpenGraph, table: str) -> pl.DataFrame:
    """One of `TABLES`, sorted by its columns from the left; papers, people and entities are IRIs.

    Kinds, roles and relations are named as in files and options. Raises `KeyError` for another table.
    """
    if table not in _TABLES:
        raise KeyError(f"{table!r} is no table; there are {', '.join(TABLES)}")
    wanted = _TABLES[table]
    found = _read(graph, f"SELECT {' '.join(f'?{name}' for name in wanted.columns)} {{ {wanted.pattern} }}")
    typed = found.select(pl.col(name).cast(kind) for name, kind in wanted.columns.items())
    for column, codes in (wanted.codes or {}).items():
        names = {_expanded(curie): code for curie, code in codes.items()}
        typed = typed.with_columns(pl.col(column).replace_strict(names, return_dtype=pl.String))
    return typed.sort(typed.columns)


def _expanded(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def _read(graph: OpenGraph, sparql: str) -> pl.DataFrame:
    """The solutions as text; what is unbound is null, as is an empty string, of which a graph has none."""
    answer = graph.store.query(sparql, prefixes=dict(PREFIXES))
    if not isinstance(answer, QuerySolutions):
        raise TypeError(f"no table comes from {sparql!r}")
    content = answer.serialize(format=QueryResultsFormat.CSV)
    return pl.read_csv(io.BytesIO(content or b""), infer_schema=False)
