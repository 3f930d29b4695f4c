from __future__ import annotations

from kg.graph.claims import claims, results
from kg.link import link
from tests.link.corpus import Sheet, written_of
from tests.toy import tables


def test_a_paper_claims_a_thing_once_with_the_quote_of_its_latest_version() -> None:
    written, linked = tables()
    found = claims(written, linked).filter(paper_id="arxiv:2401.00001", predicate="kgo:introduces")
    assert found.select("object", "version", "start").rows() == [("tern", "v2", 93)]


def test_the_quote_is_the_sentence_of_a_mention_where_the_extraction_has_none() -> None:
    written, linked = tables()
    text = written.versions.filter(paper_id="arxiv:2301.00004")["text"].item()
    found = claims(written, linked).filter(paper_id="arxiv:2301.00004", object="wren")
    assert [text[start:end] for start, end in found.select("start", "end").rows()] == [
        "Wren answers 67.3% of them."
    ]


def test_a_relation_between_kinds_that_it_does_not_allow_is_left_out() -> None:
    sheets = [
        Sheet(
            "1",
            [("model", "uses", ["BERT"]), ("task", "addresses", ["parsing"])],
            relations=[(0, "trained-on", 1)],
        ),
        Sheet(
            "2",
            [("model", "uses", ["BERT"]), ("dataset", "uses", ["Treebank"])],
            relations=[(0, "trained-on", 1)],
        ),
    ]
    written = written_of(*sheets)
    found = claims(written, link(written)).filter(predicate="kgo:trainedOn")
    assert found.select("paper_id", "subject", "object").rows() == [("2", "bert", "treebank")]


def test_a_thing_has_no_relation_to_itself() -> None:
    sheet = Sheet(
        "1", [("model", "uses", ["BERT"]), ("model", "uses", ["bert"])], relations=[(0, "based-on", 1)]
    )
    written = written_of(sheet)
    assert claims(written, link(written)).filter(predicate="kgo:basedOn").height == 0


def test_a_result_has_the_metric_that_its_paper_names() -> None:
    written, linked = tables()
    found = results(written, linked).filter(paper_id="arxiv:2401.00001").sort("value")
    assert found.select("subject", "dataset", "metric", "value", "compared_with").rows() == [
        ("tern", "birdbench", "accuracy", "4.2 points", "wren"),
        ("tern", "birdbench", "accuracy", "71.5%", None),
    ]


def test_a_result_without_a_metric_is_kept() -> None:
    written, linked = tables()
    found = results(written, linked).filter(paper_id="arxiv:2301.00004")
    assert found.select("subject", "dataset", "metric", "metric_text", "number").rows() == [
        ("wren", "birdbench", None, "", 67.3)
    ]
