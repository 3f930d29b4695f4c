"""From sources to a graph: read, merge, extract what is new, link, publish.

The result depends on the papers alone: neither the order of sources nor the number of workers reaches the graph.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from kg import sources as paper_sources
from kg.errors import GraphError, KgError
from kg.extract import extract, extractor_id
from kg.graph import DirectoryWriter, GraphWriter, OpenGraph, writing, writing_in_memory
from kg.link import Linked, link
from kg.link.written import Written, extraction_frame, text_key, written_tables
from kg.model import Extraction, Paper, Rejected, Work
from kg.sources.identifiers import normalise_id
from kg.text import source_text

BATCH_SIZE = 512
"""Texts whose extraction is made durable at once: what a killed build loses at most."""

Progress = Callable[[str, int, int], None]
"""Called with the stage, what is done and what there is to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build; nothing here but `model` changes the graph."""

    model: Path | None = None
    """An extraction pipeline other than the shipped one."""
    workers: int | None = None
    """Processes that extract; one per core where it is None."""
    strict: bool = False
    """Whether the first bad record ends the run."""
    progress: Progress | None = None


@dataclass(slots=True)
class Report:
    """What a build did, for people and for `--json`."""

    path: str | None = None
    extractor: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each file that was named, by its name."""
    notes: list[str] = field(default_factory=list)
    peak_memory_mb: int = 0

    def as_dict(self) -> dict[str, object]:
        """The report as plain values; of the rejected records only the number."""
        return {**asdict(self), "rejected": len(self.rejected)}


def build(
    sources: Sequence[str | Path], output: Path | None = None, options: Options | None = None
) -> tuple[OpenGraph, Report]:
    """A graph of exactly the papers in `sources`, on disk where `output` is given, else in memory."""
    options, report = options or Options(), Report()
    records = _read(sources, options, report)
    with _writer(output) as writer:
        return _publish(writer, records, options, report), report


def add(
    path: Path, sources: Sequence[str | Path], options: Options | None = None
) -> tuple[OpenGraph, Report]:
    """The graph at `path` with the papers in `sources` added, equal to a fresh build of both."""
    options, report = options or Options(), Report()
    records = _read(sources, options, report)
    with writing(_existing(path)) as writer:
        report.sources = {**_known_sources(writer), **report.sources}
        return _publish(writer, [*writer.records(), *records], options, report), report


def remove(path: Path, ids: Sequence[str], options: Options | None = None) -> tuple[OpenGraph, Report]:
    """The graph at `path` without the papers of these ids; raises `KgError` for an id that is not there."""
    leaving, report = {normalise_id(paper_id) for paper_id in ids}, Report()
    with writing(_existing(path)) as writer:
        records = list(writer.records())
        report.sources = _known_sources(writer)
        missing = leaving - {record.id for record in records}
        if missing:
            raise KgError(f"{path} has no paper {', '.join(map(repr, sorted(missing)))}; nothing was removed")
        remaining = [record for record in records if record.id not in leaving]
        if not remaining:
            raise KgError(f"{path} would be left with no paper; delete the folder instead")
        return _publish(writer, remaining, options or Options(), report), report


def _writer(output: Path | None) -> AbstractContextManager[GraphWriter]:
    return writing_in_memory() if output is None else writing(output)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise GraphError("there is no graph here; make one with `kg build`", path=path)
    return path


def _known_sources(writer: DirectoryWriter) -> dict[str, str]:
    return writer.published.sources if writer.published else {}


def _read(sources: Sequence[str | Path], options: Options, report: Report) -> list[Paper]:
    with _timed(report, "read"):
        report.sources = {
            Path(source).name: _sha256(Path(source)) for source in sources if Path(source).is_file()
        }
        return list(paper_sources.read(sources, strict=options.strict, on_reject=report.rejected.append))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _publish(writer: GraphWriter, records: list[Paper], options: Options, report: Report) -> OpenGraph:
    with _timed(report, "merge"):
        works = _merge(records, report)
    report.extractor = extractor_id(options.model)
    papers_by_key = _papers_by_key(works, report.extractor)
    with _timed(report, "extract"):
        _extract_missing(writer, papers_by_key, options, report)
    with _timed(report, "link"):
        written = written_tables(works, writer.extractions(papers_by_key.keys()), report.extractor)
        linked = link(written)
    with _timed(report, "publish"):
        graph = writer.publish(
            linked,
            written,
            records=dict.fromkeys(records),
            rejected=report.rejected,
            extractor=report.extractor,
            sources=report.sources,
        )
    _count(graph, written, linked, report)
    return graph


def _merge(records: list[Paper], report: Report) -> list[Work]:
    works = paper_sources.merge(records)
    orphans = paper_sources.orphans(records)
    report.counts |= {"records": len(records), "papers": len(works)}
    if orphans:
        report.notes.append(
            f"records without a title whose paper is not here: {len(orphans)}, such as {orphans[0]!r}; "
            "they are kept, and take effect when the paper is added"
        )
    return works


def _papers_by_key(works: Iterable[Work], extractor: str) -> dict[str, Paper]:
    return {text_key(source_text(paper), extractor): paper for work in works for paper in work.versions}


def _extract_missing(
    writer: GraphWriter, papers_by_key: dict[str, Paper], options: Options, report: Report
) -> None:
    known = writer.known_keys() & papers_by_key.keys()
    missing = [paper for key, paper in papers_by_key.items() if key not in known]
    report.counts |= {"texts": len(papers_by_key), "texts reused": len(known)}
    workers = options.workers or min(os.cpu_count() or 1, 1 + len(missing) // BATCH_SIZE)
    extractions = extract(missing, model=options.model, workers=workers)
    done = 0
    for batch in _batches(extractions, BATCH_SIZE):
        writer.add_extractions(extraction_frame(batch))
        done += len(batch)
        if options.progress:
            options.progress("extract", done, len(missing))


def _batches(extractions: Iterable[Extraction], size: int) -> Iterator[list[Extraction]]:
    iterator = iter(extractions)
    while batch := list(islice(iterator, size)):
        yield batch


def _count(graph: OpenGraph, written: Written, linked: Linked, report: Report) -> None:
    by_kind = linked.entities["kind"].value_counts().rows()
    report.counts |= {
        "author names": written.authors["name"].n_unique(),
        "people": linked.persons.height,
        "entities": linked.entities.height,
        **{f"{kind}s": count for kind, count in sorted(by_kind)},
        "relations": written.assertions.height,
        "results": written.results.height,
        "citations": linked.citations.height,
        "triples": len(graph.store),
    }
    report.path = None if graph.path is None else str(graph.path)
    report.peak_memory_mb = _peak_memory_mb()


def _peak_memory_mb() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    usages = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1 if sys.platform == "darwin" else 1024
    return max(usages) * unit // 2**20


@contextmanager
def _timed(report: Report, stage: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    report.seconds[stage] = round(time.perf_counter() - started, 3)
