"""What is known of the parts of the names of models, datasets and benchmarks: closed lists by hand."""

from __future__ import annotations

from collections.abc import Mapping

SIZES = frozenset(
    "nano micro tiny mini small base medium large xl xxl xlarge xxlarge huge giant lite xs".split()
)
"""Words that say how large something is."""

MODEL_VARIANTS = frozenset(
    """
    instruct instruction inst ins it chat base preview turbo pro ultra flash opus sonnet haiku max plus vl vision audio
    omni math coder code distill distilled thinking think reasoning exp experimental latest high low hf awq gptq gguf
    fp8 fp16 bf16 int4 int8 4bit 8bit sft dpo rlhf rl uncased cased multilingual english oss realtime transcribe image
    embedding embed reranker next hybrid air speciale terminus zero lora qlora python scout maverick moe alpha beta nemo
    prover v search live dev schnell deep-think finetuned ft xlsr codex
    """.split()
)
"""Words behind the name of a model that say for what, or how, it was made from the one before."""

_LANGUAGES = (
    "en zh de fr es ja ko ar hi ru cn it pt english chinese german french arabic hindi multilingual multi"
)

RESOURCE_VARIANTS = frozenset(
    f"""
    pro plus redux cf verified hard easy diamond main extended full test dev val train validation challenge clean other
    open live platinum multimodal adversarial noisy subset task shared mc mc1 mc2 lite mini sanitized et ext cleaned
    dedup bilingual hd instruct {_LANGUAGES}
    """.split()
)
"""Words behind the name of a dataset or benchmark for a part of it, or for one made from it."""

LETTERED_VERSIONS = frozenset(
    {
        ("deepseek", "r"),
        ("deepseek", "v"),
        ("kimi", "k"),
        ("minimax", "m"),
        ("bge", "m"),
        ("efficientnet", "b"),
    }
)
"""Families whose versions begin with a letter of their own."""

LETTERS_ARE_SIZES = frozenset(
    "vit swin deit beit convnext clip siglip dino yolo efficientnet mae sam eva mobilevit segformer".split()
)
"""Families with sizes of one letter: ViT-B."""

NO_FAMILIES = frozenset(
    "arena gsm covid flickr llm wiki web open deep mini code chat image video top task".split()
)
"""Forms that several unrelated names begin with, or that name no model or resource."""

DERIVED: Mapping[str, str] = {
    "flant5": "T5",
    "flanpalm": "PaLM",
    "flanul2": "UL2",
    "medpalm": "PaLM",
    "mt5": "T5",
    "byt5": "T5",
    "codet5": "T5",
    "bbh": "BIG-Bench",
    "bbeh": "BIG-Bench",
    "arcc": "ARC",
    "arce": "ARC",
    "gsmplus": "GSM8K",
    "gsmhard": "GSM8K",
    "gsmsymbolic": "GSM8K",
    "mgsm": "GSM8K",
    "mmmlu": "MMLU",
}
"""Normal forms of names that hide what the thing is made from, and the name of that."""
