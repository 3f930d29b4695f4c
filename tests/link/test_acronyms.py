"""Which lone acronyms are taken for the long form of another paper, seen from the entities that result."""

from kg.link.entities import link_entities
from tests.link.corpus import Entry, Sheet, written_of

COINED: Entry = ("method", "introduces", ["Graph Aware Indexing Algorithm", "GAIA"])
ALONE: Entry = ("method", "uses", ["GAIA"])


def entity_count(*papers: tuple[str, Entry]) -> int:
    """Number of entities of papers with these dates and one entity each."""
    sheets = [
        Sheet(f"arxiv:2401.{number:05}", [entry], published=published)
        for number, (published, entry) in enumerate(papers)
    ]
    return link_entities(written_of(*sheets))[0].height


def test_later_use_of_a_coined_acronym_is_that() -> None:
    assert entity_count(("2024-01", COINED), ("2024-02", ALONE)) == 1
    assert entity_count(("2024", COINED), ("2024-02", ALONE)) == 1


def test_earlier_use_is_something_else() -> None:
    assert entity_count(("2024-02", COINED), ("2024-01", ALONE)) == 2


def test_use_as_another_sort_of_thing_is_something_else() -> None:
    assert entity_count(("2024-01", COINED), ("2024-02", ("benchmark", "uses", ["GAIA"]))) == 2


def test_acronym_coined_twice_is_ambiguous() -> None:
    other: Entry = ("method", "introduces", ["GAIA"])
    assert entity_count(("2024-01", COINED), ("2024-02", other), ("2024-03", ALONE)) == 2


def test_two_letters_need_two_papers() -> None:
    spelt: Entry = ("task", "addresses", ["question answering", "QA"])
    alone: Entry = ("task", "addresses", ["QA"])
    assert entity_count(("2024-01", spelt), ("2024-01", alone)) == 2
    assert entity_count(("2024-01", spelt), ("2024-01", spelt), ("2024-01", alone)) == 1


def test_one_stray_reading_is_noise_beside_three() -> None:
    spelt: Entry = ("method", "uses", ["graph attention network", "GAT"])
    stray: Entry = ("method", "uses", ["gated adaptive tuning", "GAT"])
    alone: Entry = ("method", "uses", ["GAT"])
    assert entity_count(*(("2024-01", each) for each in (spelt, spelt, spelt, stray, alone))) == 2
    assert entity_count(*(("2024-01", each) for each in (spelt, spelt, stray, alone))) == 3


def test_longer_and_similar_long_forms_do_not_contradict() -> None:
    short: Entry = ("method", "uses", ["vision-language models", "VLMs"])
    longer: Entry = ("method", "uses", ["large vision-language models", "VLMs"])
    alone: Entry = ("method", "uses", ["VLM"])
    assert entity_count(*(("2024-01", each) for each in (short, short, longer, alone))) == 2


def test_well_explained_acronym_keeps_its_meaning_in_other_kinds() -> None:
    spelt: Entry = ("method", "uses", ["graph attention network", "GAT"])
    assert (
        entity_count(*(("2024-01", spelt) for _ in range(3)), ("2024-01", ("dataset", "uses", ["GAT"]))) == 1
    )


def test_word_that_is_spelt_like_an_acronym_is_none_unless_many_papers_explain_it() -> None:
    coined: Entry = ("model", "introduces", ["fair local optimal normalization", "FALON"])
    spelt: Entry = ("model", "uses", ["fair local optimal normalization", "FALON"])
    word: Entry = ("model", "uses", ["Falon"])
    assert entity_count(("2024-01", coined), ("2024-02", word)) == 2
    assert entity_count(*(("2024-01", each) for each in (spelt, spelt, spelt, word))) == 1
