"""Generic classes: entities too wide to say that two papers have something in common; kept, but marked."""

from __future__ import annotations

import polars as pl

from kg.link.forms import normal_form
from kg.ontology import Kind

COMMON_SHARE = 0.05
"""Share of a corpus from which on a method, task or metric is a commonplace there."""

CORPUS_SIZE = 1000
"""Papers from which on shares of a corpus say something."""

GENERIC_NAMES = """
AI, AI agents, AI models, AI systems, agentic AI, agents, artificial intelligence, artificial
intelligence models, artificial intelligence systems, chatbots, classifiers, conversational agents,
CNN, convolutional neural networks, deep learning, deep learning models, deep neural networks, DNN,
encoder, decoder, encoder-decoder, FM, foundation models, frontier models, generative AI, GenAI,
generative artificial intelligence, generative models, language models, LM, large language models,
LLM, large models, large reasoning models, LRM, large vision-language models, LVLM, LLM agents,
large language model agents, LLM-based agents, large language model-based agents, LLM-based systems,
machine learning, ML, machine learning models, MLLM, multi-agent systems, multimodal large language
models, multimodal LLMs, multimodal models, multilingual models, neural models, neural networks,
open-source LLMs, open-source models, open-weight models, PLM, pre-trained language models, pre-
trained models, proprietary models, reasoning models, RNN, recurrent neural networks, reward model,
SLM, small language models, teacher model, student model, transformer architecture, transformer
models, transformer-based models, vision-language models, VLM, vision models, video models,
ablation study, annotation, attention, attention mechanism, data augmentation, distillation,
embeddings, ensemble, evaluation, few-shot, few-shot learning, few-shot prompting, finetuning,
hyperparameter tuning, inference, optimization, pipeline, post-training, pretraining, prompt, prompt
engineering, prompting, prompts, representation learning, sampling, self-attention, simulation,
supervised fine-tuning, SFT, supervised learning, synthetic data, tokenization, training, transfer
learning, unsupervised learning, zero-shot, zero-shot learning, zero-shot prompting, reinforcement
learning, RL,
adaptability, bias, classification, clustering, computer vision, data scarcity, decision-making,
detection, efficiency, explainability, fairness, generalization, generation, information retrieval,
interpretability, language understanding, natural language processing, NLP, overfitting,
personalization, planning, prediction, privacy, reasoning, reliability, retrieval, robustness,
safety, scalability, security, segmentation, transparency, trustworthiness,
accuracy, AUC, coherence, computational cost, computational efficiency, consistency, cost,
diversity, error rate, F1, F1 score, human evaluation, improvement, inference cost, inference
latency, inference speed, inference time, latency, loss, memory, memory usage, parameters,
performance, precision, quality, recall, relevance, runtime, sample efficiency, score, sensitivity,
similarity, specificity, speed, speedup, success rate, throughput, training time, win rate,
benchmark, corpus, datasets, parallel data, preference data, social media, synthetic datasets,
training data
"""
"""A small list by hand of classes of models, what nearly every paper does, fields, qualities and usual measures; short
and long forms alike. A corpus adds its own commonplaces."""

GENERIC_FORMS = frozenset(normal_form(name) for name in GENERIC_NAMES.split(","))


def is_generic(*, work_count: int) -> pl.Expr:
    """Whether an entity is generic, by its `key`, `kind` and `paper_count` in a corpus of so many works."""
    is_listed = pl.col("key").is_in(sorted(GENERIC_FORMS))
    is_concept = pl.col("kind").is_in([Kind.METHOD.value, Kind.TASK.value, Kind.METRIC.value])
    least = max(CORPUS_SIZE, work_count) * COMMON_SHARE
    return is_listed | (is_concept & (pl.col("paper_count") >= least))
