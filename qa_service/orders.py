"""Sentences of articles that speak to a model instead of to a reader.

They stay in the article, in search and on its page; only the model is not shown them, since a small
one does what it reads. The list is of what is seen in the wild and cannot be complete: what it
lets through is numbered like any other sentence, and what a model makes of it has to be verified.
"""

import re

IGNORE = (
    r"ignore|disregard|forget|ignora|olvida|ignoriere|vergiss|ignorez|oubliez|игнорируй\w*|"
    r"忽略|忘记"
)
RULES = r"instruc|instruk|prompt|rules|anweisung|consignes|reglas|инструкц|правил|指令"

ORDER = re.compile(
    r"<\|.{0,40}\|>|\[/?INST\]|<</?SYS>>|###\s*(?:instruction|response|system)|\"role\"\s*:"
    r"|\[\s*S\d+\s*\]"  # our own ids
    r"|^\W*(?:system|assistant|user|question|answer)\s*:"
    r"|\b(?:note|message|instructions?) (?:to|for) (?:the|an|any) (?:assistant|ai|model|chatbot)\b"
    rf"|(?:{IGNORE})\b.{{0,40}}?(?:{RULES})|(?:忽略|忘记).{{0,20}}?指令",
    re.IGNORECASE,
)


def gives_orders(sentence: str) -> bool:
    """Whether a sentence looks like an instruction to a model, or like part of our prompt."""
    return bool(ORDER.search(sentence))
