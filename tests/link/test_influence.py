from kg.link import link
from tests.link.corpus import Entry, Sheet, written_of

OLD, NEW = "arxiv:2401.00001", "arxiv:2402.00001"
INTRODUCED: Entry = ("model", "introduces", ["FooNet"])
USED: Entry = ("model", "uses", ["FooNet"])

Influence = tuple[str, str, str, str, bool]


def influences(*sheets: Sheet) -> list[Influence]:
    return link(written_of(*sheets)).influences.rows()


def old(*entities: Entry, title: str = "A title", published: str | None = "2024-01") -> Sheet:
    return Sheet(OLD, entities, published=published, title=title)


def new(*entities: Entry, published: str | None = "2024-02") -> Sheet:
    return Sheet(NEW, entities, published=published)


def test_use_of_what_an_earlier_paper_introduces_is_influence() -> None:
    assert influences(old(INTRODUCED), new(USED)) == [(NEW, OLD, "foonet", "uses", False)]


def test_role_is_the_strongest() -> None:
    compared: Entry = ("model", "compares", ["FooNet"])
    assert influences(old(INTRODUCED), new(USED, compared)) == [(NEW, OLD, "foonet", "compares", False)]


def test_mention_is_no_influence_unless_something_is_based_on_it() -> None:
    mentioned: Entry = ("model", "mentions", ["FooNet"])
    own: Entry = ("model", "introduces", ["BarNet"])
    assert influences(old(INTRODUCED), new(mentioned)) == []
    based = Sheet(NEW, [own, mentioned], published="2024-02", relations=[(0, "based-on", 1)])
    assert influences(old(INTRODUCED), based) == [(NEW, OLD, "foonet", "mentions", True)]


def test_influence_needs_dates_in_order_as_far_as_known() -> None:
    assert influences(old(INTRODUCED, published="2024-03"), new(USED)) == []
    assert influences(old(INTRODUCED, published="2024"), new(USED)) == [(NEW, OLD, "foonet", "uses", False)]
    assert influences(old(INTRODUCED, published=None), new(USED)) == []
    assert influences(old(INTRODUCED), new(USED, published=None)) == []


def test_earliest_introduction_counts() -> None:
    between = Sheet("arxiv:2401.00002", [INTRODUCED], published="2024-01-20")
    assert influences(old(INTRODUCED), between, new(USED)) == [(NEW, OLD, "foonet", "uses", False)]


def test_thing_known_before_its_introduction_connects_nobody() -> None:
    before = Sheet("arxiv:2312.00001", [("model", "mentions", ["FooNet"])], published="2023-12")
    assert influences(before, old(INTRODUCED), new(USED)) == []


def test_generic_classes_connect_nobody() -> None:
    assert influences(old(("method", "introduces", ["LLMs"])), new(("method", "uses", ["LLMs"]))) == []


def test_described_things_connect_only_where_the_title_begins_with_them() -> None:
    described: Entry = ("method", "introduces", ["layered retrieval"])
    used: Entry = ("method", "uses", ["layered retrieval"])
    assert influences(old(described), new(used)) == []
    assert influences(old(described, title="Layered Retrieval for All"), new(used)) == [
        (NEW, OLD, "layered-retrieval", "uses", False)
    ]


def test_other_sort_of_thing_of_that_name_connects_nobody() -> None:
    assert influences(old(INTRODUCED), new(("benchmark", "evaluates", ["FooNet"]))) == []


def test_paper_does_not_influence_itself() -> None:
    assert influences(old(INTRODUCED, USED), new(("model", "mentions", ["FooNet"]))) == []
