"""Whether a sentence has anything of the kind that a question asks for: a number, or a name.

Only a hint for choosing what the model reads: `checks.kinds` says what is no answer. English; a
question in another language wants nothing in particular.
"""

import re
from collections.abc import Callable

HOW_MUCH = re.compile(
    r"\bhow (?:many|much|long|old|tall|high|far|fast|heavy|wide|deep|big|large)\b|%"
    r"|\b(?:what|which) (?:[\w'’-]+ ){0,3}(?:age|amount|date|distance|fee|fine|margin|number"
    r"|percent|percentage|price|proportion|rate|salary|score|share|size|speed|total|wage|year)\b",
    re.IGNORECASE,
)
WHO = re.compile(r"\b(?:who|whose|whom|where|which|name)\b|\b(?:in|at) what\b", re.IGNORECASE)
FIGURE = re.compile(r"\d[\d,.]*")
COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice|double|half|third"
    r"|quarter|percent|dozen|hundred|thousand|million|billion)s?\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[\w'’-]+")
POSSESSIVE = re.compile(r"['’]s$")


def could_answer(question: str) -> Callable[[str], bool]:
    """Return what says of a sentence whether it has a number or a name that the question lacks."""
    if HOW_MUCH.search(question):
        known = numbers(question)
        return lambda text: bool(numbers(text) - known)
    if WHO.search(question):
        words = {word.casefold() for word in re.findall(r"\w+", question)}
        return lambda text: bool(names(text) - words)
    return lambda text: False


def numbers(text: str) -> set[str]:
    """The numbers of a text, in figures and in words."""
    return {*FIGURE.findall(text), *(word.casefold() for word in COUNTED.findall(text))}


def names(text: str) -> set[str]:
    """The words of a text with a capital, the first one aside, which has it in any case."""
    return {
        POSSESSIVE.sub("", word.casefold())
        for word in WORD.findall(text)[1:]
        if word[0].isupper()
    }  # fmt: skip
