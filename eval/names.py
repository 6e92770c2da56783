"""Names in a sentence, found by their capitals. Made for attacks; no checker may rest on it."""

import re
from collections.abc import Iterable

_WORD = r"[A-Z][a-zà-ÿ’'-]*[a-zà-ÿ][A-Za-zà-ÿ’'-]*"
_NAME = re.compile(rf"\b{_WORD}(?: (?:(?:de|del|van|von|bin|al-|di|la) ?)?{_WORD})*")
_NO_NAMES = """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April
May June July August September October November December The This That These Those There They He She
It We You His Her Its Their Our My In On At By For From To Of And But Or As If When While After
Before Since Until About With Without Under Over More Most Some Many Few All Both Each Every No Not
Nobody Only Also Then Now Here What Which Who Why How Where Yes One Two Three Four Five Six Seven
Eight Nine Ten Eleven Twelve Had Has Have Was Were Is Are Will Would Could Should May Might Did Does
Do According However Although Because Despite During Between Mr Mrs Ms Dr Prime Minister President
Professor Judge Mayor Colonel Senator Governor King Queen Sir Rep Sen Gov Interior Finance Transport
Industry Officials Rescuers Prosecutors Police Read Photo Image Video Several Another Other Jan
Feb Aug Sept Oct Nov Dec Capt Contributing"""
NO_NAMES = frozenset(_NO_NAMES.split())


def names_in(sentence: str) -> list[re.Match[str]]:
    """Find names; a single capitalised word at the beginning of a sentence is left out."""
    found = [_without_titles(match) for match in _NAME.finditer(sentence)]
    return [match for match in found if match is not None and not _only_begins(match)]


def name_pool(sentences: Iterable[str]) -> list[str]:
    """All the names of many sentences, once each, sorted."""
    return sorted({match.group() for text in sentences for match in names_in(text)})


def shares_a_word(name: str, text: str) -> bool:
    """Whether any word of the name stands in the text, whatever its case or its possessive."""
    there = {_bare(word) for word in re.findall(r"[\w’'-]+", text)}
    return any(_bare(word) in there for word in name.split())


def _without_titles(match: re.Match[str]) -> re.Match[str] | None:
    start, end = match.span()
    words = match.group().split()
    while words and (words[0] in NO_NAMES or words[0].rstrip("’'s") in NO_NAMES):
        start += len(words.pop(0)) + 1
    while words and words[-1] in NO_NAMES:
        end -= len(words.pop()) + 1
    if not words or any(word in NO_NAMES for word in words):
        return None
    text = match.string[start:end]
    for mark in ("’s", "'s", "’", "'"):
        if text.endswith(mark):
            end -= len(mark)
            break
    return re.compile(re.escape(match.string[start:end])).match(match.string, start)


def _only_begins(match: re.Match[str]) -> bool:
    before = match.string[: match.start()].rstrip(" “\"'‘")
    return " " not in match.group() and (not before or before[-1] in ".?!:—-")


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word).casefold()
