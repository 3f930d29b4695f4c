import pytest

from kg.graph.labels import printable, short_label


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("LoRA", "LoRA"),
        ("RT-2: Vision-Language-Action Models Transfer Web Knowledge", "RT-2"),
        ("A very long name before the colon that says it all: more", "A very long name before the…"),
        ("Unbreakable" * 4, "UnbreakableUnbreakableUnbre…"),
        ("", ""),
    ],
)
def test_labels_are_cut_where_a_reader_would(text: str, short: str) -> None:
    assert short_label(text) == short


def test_marks_of_direction_and_control_are_gone() -> None:
    assert printable("evil\u202egnp.exe\x00\u2028end") == "evilgnp.exe end"
