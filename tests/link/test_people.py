import polars as pl

from kg.link.people import link_people
from kg.link.written import WRITTEN_SCHEMAS
from tests.link.corpus import Sheet, written_of

ORCID = "0000-0001-2345-6789"


def people(*lists: list[str]) -> list[tuple[str, str, list[str]]]:
    """IRI name, name and other names of the persons who sign papers with these lists of authors."""
    sheets = [Sheet(f"arxiv:2401.{number:05}", authors=names) for number, names in enumerate(lists)]
    tables = written_of(*sheets)
    persons, _ = link_people(tables.authors, tables.works)
    return persons.select("iri_name", "name", "names").rows()


def names(*lists: list[str]) -> list[str]:
    return [name for _, name, _ in people(*lists)]


def test_reordered_name_is_the_same_person() -> None:
    assert people(["Lovelace, Ada"], ["Ada Lovelace"]) == [("ada-lovelace", "Ada Lovelace", [])]


def test_suffix_after_a_comma_is_no_given_name() -> None:
    assert names(["Martin King, Jr."], ["Downey, Robert, Jr."]) == ["Martin King, Jr.", "Robert Downey Jr."]


def test_case_spaces_hyphens_and_stops_do_not_tell_persons_apart() -> None:
    assert names(["Jean-Luc  Picard"], ["JEAN LUC PICARD"], ["Jean-Luc Picard"]) == ["Jean-Luc Picard"]
    assert names(["Kiet A. Nguyen"], ["Kiet A Nguyen"], ["Kiet A. Nguyen"]) == ["Kiet A. Nguyen"]


def test_mojibake_and_latex_are_repaired() -> None:
    spellings = [["Kurt GÃ¶del"], ['Kurt G\\"{o}del'], ["Kurt Gödel"]]
    assert people(*spellings) == [("kurt-g%C3%B6del", "Kurt Gödel", [])]


def test_missing_accents_are_the_same_person() -> None:
    assert people(["András Juhász"], ["Andras Juhasz"], ["András Juhász"]) == [
        ("andr%C3%A1s-juh%C3%A1sz", "András Juhász", ["Andras Juhasz"])
    ]
    assert names(["Søren Łukasz Đorđe"], ["Soren Lukasz Dorde"]) == ["Søren Łukasz Đorđe"]


def test_different_accents_are_different_persons() -> None:
    assert names(["Lê Văn An"], ["Le Van An"], ["Lê Vân An"]) == [
        "Lê Vân An",
        "Lê Văn An",
        "Le Van An",
    ]


def test_initials_are_kept_apart_from_given_names() -> None:
    assert names(["A. Lovelace"], ["Ada Lovelace"]) == ["A. Lovelace", "Ada Lovelace"]


def test_name_is_the_most_frequent_form_and_not_all_capitals() -> None:
    assert names(["Bo Kim"], ["BO KIM"]) == ["Bo Kim"]
    assert names(["Bo Kim"], ["Bo  KIM"], ["Bo KIM"]) == ["Bo KIM"]


def test_entries_that_name_nobody_are_left_out() -> None:
    assert names(["Ada Lovelace", "et al.", "...", "and others"]) == ["Ada Lovelace"]


def test_persons_with_one_slug_get_different_iris() -> None:
    found = people(["Lê Văn An"], ["Lê Văn An'"])
    assert len({iri_name for iri_name, _, _ in found}) == len(found)


def test_weak_names_are_marked() -> None:
    sheet = Sheet("arxiv:2401.00001", authors=["Plato", "A. B. Lovelace", "Wei Wang", "Wei Wang", "Bo Kim"])
    tables = written_of(sheet)
    persons, authorships = link_people(tables.authors, tables.works)
    assert dict(persons.select("name", "is_ambiguous").iter_rows()) == {
        "A. B. Lovelace": True,
        "Bo Kim": False,
        "Plato": True,
        "Wei Wang": True,
    }
    assert authorships.rows() == [
        ("arxiv:2401.00001", 1, "plato", "Plato"),
        ("arxiv:2401.00001", 2, "a-b-lovelace", "A. B. Lovelace"),
        ("arxiv:2401.00001", 3, "wei-wang", "Wei Wang"),
        ("arxiv:2401.00001", 4, "wei-wang", "Wei Wang"),
        ("arxiv:2401.00001", 5, "bo-kim", "Bo Kim"),
    ]


def test_one_orcid_is_the_persons_and_two_are_doubt() -> None:
    works = written_of(Sheet("arxiv:2401.00001"), Sheet("arxiv:2401.00002")).works
    authors = pl.DataFrame(
        [
            ("arxiv:2401.00001", 1, "Bo Kim", f"https://orcid.org/{ORCID}", None),
            ("arxiv:2401.00002", 1, "Bo Kim", ORCID, None),
            ("arxiv:2401.00001", 2, "Ada Lin", ORCID, None),
            ("arxiv:2401.00002", 2, "Ada Lin", "0000-0002-2345-678x", None),
        ],
        schema=dict(WRITTEN_SCHEMAS["authors"]),
        orient="row",
    )
    persons, _ = link_people(authors, works)
    assert persons.select("name", "orcid", "is_ambiguous").rows() == [
        ("Ada Lin", None, True),
        ("Bo Kim", ORCID, False),
    ]
