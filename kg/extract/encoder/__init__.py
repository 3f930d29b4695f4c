"""The encoder: one pass of a small transformer over a text, and heads that read all that is asked from it.

words.py                  a text's words, with the shapes that an uncased vocabulary loses
encode.py                 words to one row of projections each (onnxruntime, tokenizers)
heads.py                  the heads, with numpy
mentions.py, naming.py    spans and kinds; which spans name one thing
outcomes.py, decode.py    relations and results; all together
component.py              the spaCy component `kg_encoder`
train.py, training/       training, with the extra `train`
"""
