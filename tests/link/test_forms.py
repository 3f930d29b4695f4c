import pytest

from kg.link.forms import abbreviates, is_short, normal_form


@pytest.mark.parametrize(
    "spellings",
    [
        ("GPT-4", "GPT4", "gpt 4", "GPT‑4"),
        ("LLaMA 2", "Llama-2", "Llama2"),
        ("fine-tuning", "Fine tuning", "finetuning"),
        ("large language models", "Large Language Model"),
        ("LLMs", "LLM"),
        ("τ-bench", "tau-bench"),
        ("naïve Bayes", "naive Bayes"),
        ("Cohen's kappa", "Cohen’s kappa", "Cohen kappa"),
        ("optimisation", "optimization"),
        ("modelling", "modeling"),
        ("R²", "R2"),
        ("strategies", "strategy"),
        ("losses", "loss"),
        ("OpenAI GPT-4o", "GPT-4o", "gpt4o"),
        ("Meta-Llama-3-8B", "Llama 3 8B"),
        ("GPT-o1", "OpenAI o1", "o1"),
        ("AIME 2024", "AIME24", "AIME'24"),
        ("WMT 2014", "WMT14"),
    ],
)
def test_spellings_of_one_thing_have_one_form(spellings: tuple[str, ...]) -> None:
    assert len({normal_form(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    "labels",
    [
        ("Llama 3.1", "Llama 31"),
        ("Llama 3 70B", "Llama 370B"),
        ("GPT-3.5", "GPT-3"),
        ("AIME 2024", "AIME 2025", "AIME"),
        ("Meta-Learning", "Learning"),
        ("C", "C++", "C#"),
        ("chrF", "chrF++"),
        ("A*", "A"),
        ("DPS", "DP"),
        ("bias", "bia"),
        ("analysis", "analysi"),
        ("corpus", "corpu"),
    ],
)
def test_different_things_have_different_forms(labels: tuple[str, ...]) -> None:
    assert len({normal_form(label) for label in labels}) == len(labels)


def test_label_without_letters_has_the_empty_form() -> None:
    assert [normal_form(label) for label in ("", " ", "±", "%", "--")] == [""] * 5


def test_acronyms_that_are_names_or_stand_before_a_version_are_not_expanded() -> None:
    expansions = {"gpt": "generativepretrainedtransformer", "sam": "segmentanythingmodel"}
    labels = ["GPT-4o", "GPT-OSS", "SAM 2", "SAM decoder"]
    assert [normal_form(label, expansions) for label in labels] == [
        "gpt4o",
        "gptoss",
        "sam2",
        "segmentanythingmodeldecoder",
    ]


def test_acronyms_are_expanded_in_labels_of_several_words_only() -> None:
    expansions = {"llm": "largelanguagemodel"}
    labels = ["LLM-as-a-judge", "LLMs", "llm things"]
    assert [normal_form(label, expansions) for label in labels] == [
        "largelanguagemodelasajudge",
        "llm",
        "llmthing",
    ]


@pytest.mark.parametrize("label", ["RAG", "LLMs", "GPT-4o", "mAP", "OpenEMMA", "k-NN", "V-JEPA"])
def test_one_word_with_two_capitals_is_short(label: str) -> None:
    assert is_short(label)


@pytest.mark.parametrize(
    "label", ["Transformer", "attention", "GPT 4", "Red-Teaming", "", "AVeryLongNameThatIsNoAcronym"]
)
def test_other_labels_are_not_short(label: str) -> None:
    assert not is_short(label)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("DPO", "direct preference optimization"),
        ("LLMs", "large language models"),
        ("COCO", "Common Objects in Context"),
        ("CLIP", "Contrastive Language-Image Pre-training"),
        ("CoT", "chain-of-thought"),
        ("GAT", "gated adaptive tuning"),
    ],
)
def test_long_form_is_found_by_its_letters(short: str, long: str) -> None:
    assert abbreviates(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("DPO", "preference optimization"),
        ("LLMs", "multimodal LLMs"),
        ("DeepSeek", "DeepSeek-Coder-V2-Lite 16B"),
        ("BERT", "transformers"),
        ("text-to-SQL", "enterprise text-to-SQL"),
        ("GPT4", "GPT-4 Turbo preview"),
        ("RAG", "RAG pipeline"),
        ("LLaMA", "LLMs of different sizes (0.5B to 7B) and model families"),
    ],
)
def test_variant_or_stranger_is_no_long_form(short: str, long: str) -> None:
    assert not abbreviates(short, long)
