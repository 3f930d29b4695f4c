from kg.link.entities import link_entities
from tests.link.corpus import Entry, Sheet, written_of


def linked(*papers: list[Entry]) -> list[tuple[str, str, str, list[str]]]:
    """IRI name, kind, label and names of the entities of papers with these entities, a month apart."""
    sheets = [
        Sheet(f"arxiv:{2401 + number}.00001", entities, published=f"2024-{number + 1:02}")
        for number, entities in enumerate(papers)
    ]
    entities, _ = link_entities(written_of(*sheets))
    return entities.select("iri_name", "kind", "label", "names").rows()


def labels(*papers: list[Entry]) -> list[str]:
    return [label for _, _, label, _ in linked(*papers)]


RAG: Entry = ("method", "uses", ["retrieval-augmented generation", "RAG"])


def test_spellings_are_one_entity_named_by_the_most_frequent() -> None:
    assert linked(
        [("model", "evaluates", ["GPT-4"])], [("model", "uses", ["GPT4"])], [("model", "uses", ["GPT-4"])]
    ) == [("gpt-4", "model", "GPT-4", ["GPT4"])]


def test_acronym_wins_a_tie_for_the_label() -> None:
    assert linked([RAG]) == [("rag", "method", "RAG", ["retrieval-augmented generation"])]


def test_further_ties_go_by_code_point() -> None:
    assert labels([("task", "addresses", ["text retrieval", "Text Retrieval"])]) == ["Text Retrieval"]


def test_acronym_alone_is_its_unambiguous_long_form() -> None:
    assert labels([RAG], [("method", "uses", ["RAG"])]) == ["RAG"]


def test_ambiguous_acronym_alone_is_a_thing_of_its_own() -> None:
    found = linked(
        [("method", "uses", ["continual learning", "CL"])],
        [("method", "uses", ["contrastive learning", "CL"])],
        [("method", "uses", ["CL"])],
    )
    assert found == [
        ("cl", "method", "CL", []),
        ("continual-learning", "method", "continual learning", ["CL"]),
        ("contrastive-learning", "method", "contrastive learning", ["CL"]),
    ]


def test_acronym_is_told_apart_by_kind() -> None:
    found = linked(
        [("task", "addresses", ["automatic speech recognition", "ASR"])],
        [("metric", "evaluates", ["attack success rate", "ASR"])],
        [("metric", "evaluates", ["ASR"])],
    )
    assert sorted((kind, names) for _, kind, _, names in found) == [
        ("metric", ["attack success rate"]),
        ("task", ["automatic speech recognition"]),
    ]
    assert len({iri_name for iri_name, _, _, _ in found}) == 2


def test_kind_is_voted_and_is_no_part_of_identity() -> None:
    assert linked(
        [("method", "uses", ["BERT"])], [("model", "uses", ["BERT"])], [("model", "uses", ["BERT"])]
    ) == [("bert", "model", "BERT", [])]


def test_kind_vote_counts_confidence_and_breaks_ties_in_the_order_of_kinds() -> None:
    sure = Sheet("arxiv:2401.00001", [("method", "uses", ["BERT"])], confidence=0.9)
    unsure = Sheet("arxiv:2401.00002", [("model", "uses", ["BERT"])], confidence=0.4)
    equal = Sheet("arxiv:2401.00003", [("model", "uses", ["BERT"])], confidence=0.9)
    assert link_entities(written_of(sure, unsure))[0]["kind"].to_list() == ["method"]
    assert link_entities(written_of(sure, equal))[0]["kind"].to_list() == ["model"]


def test_special_case_of_one_paper_is_no_name_of_a_thing_of_many() -> None:
    special: Entry = ("method", "uses", ["beam search", "cohort-level search"])
    assert linked([special], [("method", "uses", ["beam search"])]) == [
        ("beam-search", "method", "beam search", [])
    ]
    assert linked([special]) == [("beam-search", "method", "beam search", ["cohort-level search"])]


def test_name_of_another_entity_is_no_name_of_this_one() -> None:
    found = linked(
        [("model", "uses", ["GPT-4o", "GPT"])],
        [("model", "uses", ["GPT-4o", "GPT"])],
        [("model", "uses", ["GPT"])],
    )
    assert found == [("gpt", "model", "GPT", []), ("gpt-4o", "model", "GPT-4o", [])]


def test_acronyms_within_terms_are_expanded_where_many_papers_explain_them() -> None:
    explained: Entry = ("method", "uses", ["large language models", "LLMs"])
    agents: list[Entry] = [
        ("method", "uses", ["LLM agents"]),
        ("method", "uses", ["large language model agents"]),
    ]
    assert len(labels([explained], [explained], [explained], agents)) == 2
    assert len(labels([explained], agents)) == 3


def test_latex_and_greek_letters_are_one_spelling() -> None:
    spellings = ["$\\tau$-bench", "τ-bench", "tau-bench"]
    assert linked(*([("benchmark", "uses", [each])] for each in spellings)) == [
        ("%CF%84-bench", "benchmark", "τ-bench", ["tau-bench"])
    ]


def test_things_with_one_slug_all_get_a_hash() -> None:
    found = [
        iri_name
        for iri_name, *_ in linked([("metric", "evaluates", ["chrF"]), ("metric", "uses", ["chrF++"])])
    ]
    assert [name.split("~")[0] for name in found] == ["chrf", "chrf"]
    assert len(set(found)) == 2


def test_counts_and_first_date_are_over_all_papers() -> None:
    entities, entity_of = link_entities(
        written_of(
            Sheet("arxiv:2402.00001", [("model", "uses", ["BERT"])], published="2024-02"),
            Sheet("arxiv:2401.00001", [("model", "uses", ["BERT", "Bert"])], published="2024-01"),
            Sheet("arxiv:2400.00001", [("model", "uses", ["BERT"])]),
        )
    )
    assert entities.select("first_seen", "paper_count", "mention_count").rows() == [("2024-01", 3, 4)]
    assert entity_of.rows() == [
        ("arxiv:2400.00001", None, 0, "bert"),
        ("arxiv:2401.00001", None, 0, "bert"),
        ("arxiv:2402.00001", None, 0, "bert"),
    ]


def test_generic_classes_are_marked() -> None:
    entities, _ = link_entities(
        written_of(Sheet("arxiv:2401.00001", [("method", "uses", ["LLMs"]), ("method", "uses", ["LoRA"])]))
    )
    assert dict(entities.select("label", "is_generic").iter_rows()) == {"LLMs": True, "LoRA": False}


def test_commonplaces_of_a_large_corpus_are_generic_but_its_models_are_not() -> None:
    entities: list[Entry] = [("task", "addresses", ["alignment"]), ("model", "uses", ["BERT"])]
    sheets = [Sheet(f"arxiv:2401.{number:05}", entities if number < 50 else []) for number in range(1000)]
    table, _ = link_entities(written_of(*sheets))
    assert dict(table.select("label", "is_generic").iter_rows()) == {"BERT": False, "alignment": True}


def test_entity_without_a_letter_or_digit_is_none() -> None:
    entities, entity_of = link_entities(written_of(Sheet("arxiv:2401.00001", [("metric", "uses", ["±"])])))
    assert (entities.height, entity_of.height) == (0, 0)
