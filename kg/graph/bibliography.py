"""Papers, versions, links, persons, authorships and citations as N-Triples."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from kg.graph.corpus import Corpus, exploded, with_papers, with_versions
from kg.graph.terms import Fact, addresses, constant, dates, flag, lines, literal, named, typed
from kg.link.written import Written
from kg.text import clean

CODE_HOSTS = (
    r"(?i)^https?://(?:www\.)?(?:github\.com|gitlab\.com|huggingface\.co)/(?:datasets/|spaces/)?[^/]+/[^/]+"
)
"""Addresses that hold code or weights; any other link is a page."""


def papers(corpus: Corpus) -> Iterator[str]:
    """Each work of the graph: what it is called, what it says, when and where it appeared, its listing topics."""
    works = corpus.written.works.join(
        _clean_texts(corpus.written), on="paper_id", how="left", maintain_order="left"
    )
    works = with_papers(works.with_columns(dates(works["published"]).alias("issued")), corpus.base)
    yield from lines(
        works,
        named(pl.col("paper")),
        [
            ("rdf:type", constant("fabio:ResearchPaper")),
            ("rdf:type", constant("schema:ScholarlyArticle")),
            ("dcterms:title", literal(pl.col("clean_title"))),
            ("dcterms:abstract", literal(pl.col("clean_abstract"))),
            ("dcterms:issued", pl.col("issued")),
            ("kgo:hasDerivedDate", flag("is_published_derived")),
            ("prism:publicationName", literal(pl.col("venue"))),
            ("fabio:hasURL", literal(pl.col("url"), "xsd:anyURI")),
            *_identifiers(pl.col("doi").str.to_lowercase()),
        ],
    )
    topics = exploded(works, "topics")
    yield from lines(topics, named(pl.col("paper")), [("dcterms:subject", literal(pl.col("topics")))])


def cited_only(corpus: Corpus) -> Iterator[str]:
    """Each paper of which the graph knows no more than that it is cited."""
    cited = with_papers(corpus.linked.cited_only, corpus.base)
    yield from lines(
        cited,
        named(pl.col("paper")),
        [
            ("rdf:type", constant("fabio:Work")),
            ("rdf:type", constant("schema:CreativeWork")),
            ("dcterms:title", literal(pl.col("title"))),
            *_identifiers(pl.lit(None, pl.String)),
        ],
    )


def versions(corpus: Corpus) -> Iterator[str]:
    """Each version that has a text, tied to its work and to the version before it."""
    nodes = with_versions(with_papers(corpus.written.versions, corpus.base), corpus.base)
    nodes = nodes.with_columns(earlier=pl.col("node").shift(1).over("paper_id"))
    yield from lines(
        nodes,
        named(pl.col("paper")),
        [
            ("frbr:realization", named(pl.col("node"))),
            ("dcterms:hasVersion", named(pl.col("node"))),
        ],
    )
    yield from lines(
        nodes,
        named(pl.col("node")),
        [
            ("rdf:type", constant("fabio:Preprint")),
            ("prism:versionIdentifier", literal(pl.col("version"))),
            ("prov:wasRevisionOf", named(pl.col("earlier"))),
            ("kgo:sourceText", literal(pl.col("text"))),
        ],
    )


def links(corpus: Corpus) -> Iterator[str]:
    """The addresses that an abstract gives: where the code is, and other pages."""
    urls = corpus.written.links.select("paper_id", "url").unique().sort("paper_id", "url")
    urls = urls.with_columns(addresses(urls["url"]).alias("address"))
    urls = with_papers(urls.unique(["paper_id", "address"], keep="first", maintain_order=True), corpus.base)
    is_code = pl.col("url").str.contains(CODE_HOSTS)
    yield from lines(
        urls,
        named(pl.col("paper")),
        [
            ("schema:codeRepository", pl.when(is_code).then("address")),
            ("foaf:page", pl.when(is_code.not_()).then("address")),
        ],
    )


def persons(corpus: Corpus) -> Iterator[str]:
    """Each person: names and identifiers. The default and the loose cluster are the strict one for now."""
    people = corpus.linked.persons
    person = _person(corpus)
    yield from lines(
        people,
        person,
        [
            ("rdf:type", constant("foaf:Person")),
            ("rdf:type", constant("schema:Person")),
            ("foaf:name", literal(pl.col("name"))),
            ("schema:identifier", literal(pl.col("orcid"))),
            ("kgo:hasAmbiguousName", flag("is_ambiguous")),
            ("kgo:samePersonDefault", person),
            ("kgo:samePersonLoose", person),
        ],
    )
    yield from lines(exploded(people, "names"), person, [("skos:altLabel", literal(pl.col("names")))])


def authorships(corpus: Corpus) -> Iterator[str]:
    """Each name in a list of authors with its place and its person, and the papers' creators flat."""
    affiliations = corpus.written.authors.select("paper_id", "position", "affiliation")
    names = corpus.linked.authorships.join(
        affiliations, on=["paper_id", "position"], how="left", maintain_order="left"
    )
    signed = with_papers(names, corpus.base)
    place = named(f"{corpus.base}authorship/", pl.col("local"), "/", pl.col("position").cast(pl.String))
    yield from lines(
        signed,
        place,
        [
            ("rdf:type", constant("kgo:Authorship")),
            ("rdf:type", constant("pro:RoleInTime")),
            ("pro:isHeldBy", _person(corpus)),
            ("pro:relatesToDocument", named(pl.col("paper"))),
            ("kgo:inPaper", named(pl.col("paper"))),
            ("pro:withRole", constant("pro:author")),
            ("schema:position", typed("position", "xsd:integer")),
            ("kgo:nameAsWritten", literal(pl.col("name_as_written"))),
            ("kgo:affiliationAsWritten", literal(pl.col("affiliation"))),
        ],
    )
    creators = signed.unique(["paper_id", "iri_name"], keep="first", maintain_order=True)
    yield from lines(creators, named(pl.col("paper")), [("dcterms:creator", _person(corpus))])


def citations(corpus: Corpus) -> Iterator[str]:
    """Who cites whom, from real references only; and apart from it, whose new things a paper works with."""
    linked = corpus.linked
    yield from _between_papers(linked.citations.select("citing", "cited"), "cito:cites", corpus.base)
    influences = linked.influences.select(citing="influenced", cited="influencing")
    yield from _between_papers(influences, "kgo:influencedBy", corpus.base)


def _between_papers(pairs: pl.DataFrame, predicate: str, base: str) -> Iterator[str]:
    different = pairs.unique(maintain_order=True)
    different = with_papers(different, base, column="citing", name="from")
    different = with_papers(different, base, column="cited", name="to")
    yield from lines(different, named(pl.col("from")), [(predicate, named(pl.col("to")))])


def _clean_texts(written: Written) -> pl.DataFrame:
    """Title and abstract of each work as people see them."""
    latest = written.versions.filter(pl.col("is_latest")).select("paper_id", "text")
    texts = [clean(text).text.partition("\n") for text in latest["text"]]
    return latest.select("paper_id").with_columns(
        pl.Series("clean_title", [title for title, _, _ in texts], dtype=pl.String),
        pl.Series("clean_abstract", [abstract for _, _, abstract in texts], dtype=pl.String),
    )


def _identifiers(doi: pl.Expr) -> list[Fact]:
    """ArXiv id and DOI, the latter stated or else from the paper's id."""
    return [
        ("fabio:hasArXivId", literal(_local_id("arxiv"))),
        ("prism:doi", literal(pl.coalesce(doi, _local_id("doi")))),
    ]


def _local_id(authority: str) -> pl.Expr:
    start = f"{authority}:"
    return pl.when(pl.col("paper_id").str.starts_with(start)).then(pl.col("paper_id").str.strip_prefix(start))


def _person(corpus: Corpus) -> pl.Expr:
    return named(f"{corpus.base}person/", pl.col("iri_name"))
