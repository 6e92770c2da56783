"""What a question takes for granted: the names and numbers in it. Knows no articles.

Names are told by their capital, so nothing is known here of names in Arabic or Chinese, nor in
German, where every noun has one.
"""

import re
from collections.abc import Sequence

from index.tongues import language_of
from index.words import UNSPACED
from qa_service.checks.calendar_words import MONTHS_OF, WEEKDAYS_OF
from qa_service.checks.words import fold, word_set
from qa_service.evidence import ASKING

# U.S. and 1.3 and 280,000 are one word each, and so are 1b and 15th; 19座 is two.
WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)*(?![^\W_{UNSPACED}])|[{UNSPACED}]+|[^\W{UNSPACED}]+"
)
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
OPENING = re.compile(r"(?:^|[.?!:]\s+)\W*(\w+)")
PART_OF_NAME = re.compile(r"[^\W\d_]-$")  # the 19 of Covid-19
# An article tells its days in other words; `dates` compares those that a claim states.
CALENDAR = {
    language: "|".join(
        word
        for word in re.split("[ ,]", f"{months},{WEEKDAYS_OF[language]}")
        if language != "en" or len(word) > 5 or word in ("april", "march", "may", "june", "july")
    )  # "The Sun" is a name
    for language, months in MONTHS_OF.items()
}
ASIDE = {
    language: re.compile(
        rf"\b(?:\d\d?(?:\.|er)?\s+(?:de\s+)?)?(?:{words})\b(?:\s+\d\d?\b(?!\d))?"
        r"|\btrue or false\b",
        re.IGNORECASE,
    )
    for language, words in CALENDAR.items()
}
# 9月2日
ASIDE_ELSEWHERE = re.compile(r"(?:\d{1,2}月)?\d{1,2}日|\d{1,2}月")
# Capitals that name nobody: an article says "chief executive", or 3 p.m. without whose.
COMMON = word_set("tv ceo cfo coo mp mps eastern et est edt pt pst pdt gmt bst utc")
CAPITAL = r"[^\W\d_a-z][\w'-]*"
JOINED = r"(?:(?:of|the|and|for|in|on|&)\s+)*"
RUN = re.compile(rf"{CAPITAL}(?:\s+{JOINED}{CAPITAL})+")


def plain(text: str) -> str:
    """Return a text with straight apostrophes, each character where it was."""
    return text.replace("’", "'").replace("ʼ", "'")


def presumed(question: str) -> list[re.Match[str]]:
    """Return the names and numbers of a question; the capital of its first word says nothing.

    Nor does any capital, where there are no small letters.
    """
    if question.isupper():
        return []
    language = language_of(question)
    aside = ASIDE.get(language, ASIDE_ELSEWHERE)
    question = aside.sub(lambda day: " " * len(day[0]), plain(question))
    openings = {found.start(1) for found in OPENING.finditer(question)}
    names = [found for found in WORD.finditer(question) if is_presumed(found, openings)]
    if language == "de":
        return [name for name in names if name[0][0].isdigit() or name[0].isupper()]
    return names


def together(names: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Return the same, those that directly follow each other as one: "Stanley Cup"."""
    runs: list[list[re.Match[str]]] = []
    for name in names:
        if runs and not name.string[runs[-1][-1].end() : name.start()].strip():
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def is_presumed(found: re.Match[str], openings: set[int]) -> bool:
    """Whether a word of a question is a name or a number that its answer hangs on."""
    word = found[0]
    if word[0].isdigit():  # "15th" and "2nd" are days and ranks
        is_part = PART_OF_NAME.search(found.string, max(0, found.start() - 2), found.start())
        return bool(FIGURES.fullmatch(word)) and not is_part
    if word.casefold() in ASKING | COMMON or len(word) == 1:
        return False
    if found.start() in openings:
        return word.isupper()
    return word[0].isupper()


def shortened(question: str) -> dict[str, set[int]]:
    """Return what the long names of a question could be called, and where their words begin.

    The "National Hockey League" is the "nhl" and, as it stands, the "national hockey league".
    """
    found: dict[str, set[int]] = {}
    for run in RUN.finditer(plain(question)):
        words = list(re.finditer(CAPITAL, run[0]))
        for first in range(len(words)):
            for last in range(first + 2, len(words) + 1):
                part = words[first:last]
                places = {run.start() + word.start() for word in part}
                found.setdefault("".join(word[0][0] for word in part).casefold(), set()).update(
                    places
                )
                found.setdefault(" ".join(fold(word[0]) for word in part), set()).update(places)
    return found
