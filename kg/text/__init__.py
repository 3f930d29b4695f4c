"""The three texts of a paper: source text as read, clean text as people see it, and the labels of things.

source text    title, newline, abstract; white space collapsed, nothing else changed; every offset counts in it
clean text     source text without mojibake and LaTeX, tied to it by an offset map in both directions
label          the clean form of a short piece: a surface, a name
"""

from kg.text.alignment import CleanText
from kg.text.bounds import sentences
from kg.text.cleaning import clean, clean_label
from kg.text.source import collapse, source_text

__all__ = ["CleanText", "clean", "clean_label", "collapse", "sentences", "source_text"]
