"""A follow-up into a question of its own: "and how many were volunteers?" needs the one before.

By rule, not by the model: a rewriting would double the time to the first claim. What was made of
the question is shown to the reader as `question_used`. In other languages than English a question
leans on another by how it opens, not by its pronouns.
"""

import re
from collections.abc import Sequence

from qa_service.answers import Turn

# A question that leans on another one begins like this, or has a word that stands for something.
OPENING = re.compile(
    r"[\s¿]*((and|but|or|so|what about|how about|who else|what else)\b|(why( not)?|when|where)\W*$"
    r"|(und|aber|oder|et|mais|ou|y|pero|и|а|но)\b|(warum|wann|wo|pourquoi|quand|où|por qué|cuándo|"
    r"dónde|почему|когда|где|لماذا|متى|أين|为什么|什么时候|在哪里)\W*$"
    r"|و(كم|من|ما|ماذا|متى|أين|كيف|لماذا|هل)\b|那)",
    re.IGNORECASE,
)
POINTING = re.compile(
    r"\b(he|him|his|she|her|hers|they|them|their|theirs|it|its|this|these|those|that|there|then|"
    r"same|former|latter|others?)\b",
    re.IGNORECASE,
)
# "that" after such a word opens a clause and points at nothing.
CLAUSE = re.compile(r"\b(said|says?|claimed|told|announced|know|means?|is it true) that\b", re.I)


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Return the question, with the one that it leans on before it."""
    if not history or not leans(question):
        return question
    earlier = standalone(history[-1].question, history[:-1])
    return f"{earlier.rstrip()} {question.lstrip()}"


def leans(question: str) -> bool:
    """Whether the question cannot be understood without an earlier one."""
    return bool(OPENING.match(question) or POINTING.search(CLAUSE.sub("", question)))
