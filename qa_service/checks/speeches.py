"""Who speaks in a text and what each of them says: direct and reported speech.

Knows English verbs of saying only, and nothing of claims. "He" stays "he" here.
"""

from functools import lru_cache
from typing import NamedTuple

from qa_service.checks.calendar_words import WEEKDAYS
from qa_service.checks.common_words import TITLES
from qa_service.checks.mentions import Mention, full
from qa_service.checks.places import CANON
from qa_service.checks.words import FUNCTION, Token, is_content, lemmas, tokens

SAYING = lemmas(
    "say tell announce warn claim write tweet add state argue note explain declare insist "
    "acknowledge admit confirm deny report suggest predict reply respond remark comment testify "
    "post reveal estimate stress promise vow recall joke complain conclude continue caution"
)
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
QUOTES = frozenset('"“”«»„')
BETWEEN = frozenset({"has", "have", "had", "also", "later", "then", "is", "was", "who", "did",
                     "reportedly", "previously", "recently", "earlier", "again", "would", "will",
                     "not", "never", "further", "today", "first", "once", "himself"})  # fmt: skip


ACTS = lemmas("declare")  # an emergency: done by saying it, like any other deed
NEVER_INVERTED = lemmas("tell deny")


class Speech(NamedTuple):
    """One "X said Y": who, and the stems of what."""

    speaker: tuple[str, ...]  # the words of a name; ("he",); or the noun that speaks ("police",)
    written: str  # as it stands in the text
    named: bool
    said: frozenset[str]


class Saying(NamedTuple):
    """Who speaks by one verb of saying."""

    place: int  # of the speaker's first word
    who: tuple[str, ...]
    named: bool
    inverted: bool  # "said X"


@lru_cache(maxsize=8192)
def speeches(text: str, language: str = "en") -> tuple[Speech, ...]:
    """Find who speaks in a text and what each of them says."""
    words = tokens(text)
    mentions = {t.start: m for m in full(text, language) for t in m}
    found = [
        (at, saying) for at in range(len(words)) if (saying := speaker_at(words, at, mentions))
    ]
    out = []
    for number, (at, saying) in enumerate(found):
        start = found[number - 1][0] + 1 if number else 0
        last = number + 1 == len(found)
        end = len(words) if last else min(found[number + 1][1].place, found[number + 1][0])
        said = words[start:at] if saying.inverted else words[at + 1 : end]
        if saying.inverted and last:
            said = words[start:at] + words[at + 1 :]
        stems = frozenset(t.stem for t in said if is_content(t)) - set(saying.who)
        keys = tuple(CANON.get(k, k) for k in saying.who)
        out.append(Speech(keys, written(text, words, saying.place, mentions), saying.named, stems))
    return tuple(out)


def written(text: str, words: tuple[Token, ...], at: int, mentions: dict[int, Mention]) -> str:
    """The speaker in the text's own characters."""
    mention = mentions.get(words[at].start)
    return text[mention[0].start : mention[-1].end] if mention else words[at].text


def speaker_at(words: tuple[Token, ...], at: int, mentions: dict[int, Mention]) -> Saying | None:
    """Who speaks by the verb at a place: where, the words, whether a name, whether "said X"."""
    token = words[at]
    if token.key == "according" and at + 2 < len(words) and words[at + 1].key == "to":
        return right_of(words, at + 2, mentions)
    if not token.is_word or token.stem not in SAYING or token.is_capital:
        return None
    if not token.key.endswith(("ed", "s", "id", "ld", "te", "en", "say", "tell", "ing", "claim")):
        return None
    if passive(words, at):
        return None
    if token.stem in ACTS and at + 1 < len(words) and words[at + 1].key != "that":
        return None
    before = at - 1
    while before >= 0 and between(words, before):
        before -= 1
    left = left_of(words, before, mentions)
    after_quote = before >= 0 and (words[before].text in QUOTES or words[before].text == ",")
    right = right_of(words, at + 1, mentions) if after_quote else None
    if right is None or token.stem in NEVER_INVERTED:
        return left
    return right if left is None or ends_there(words, right, mentions) else left


def between(words: tuple[Token, ...], at: int) -> bool:
    """Whether a word may stand between who speaks and the verb: "has also", "on Thursday"."""
    key = words[at].key
    day = WEEKDAYS["en"]
    if key == "on" and at + 1 < len(words):
        return words[at + 1].key in day
    return key in BETWEEN or key in day or key.endswith("ly")


def passive(words: tuple[Token, ...], at: int) -> bool:
    """Whether the verb is said of its subject: "was reported missing", "is said to be"."""
    before = next((t.key for t in reversed(words[:at]) if not t.key.endswith("ly")), "")
    be = ("is", "are", "was", "were", "been", "being", "be")
    return before in be and not words[at].key.endswith("ing")


def ends_there(words: tuple[Token, ...], right: Saying, mentions: dict[int, Mention]) -> bool:
    """Whether nothing is said after "said X": a sign or the end follows the name."""
    mention = mentions.get(words[right.place].start)
    after = [t for t in words if mention and t.start >= mention[-1].end]
    return bool(mention) and (not after or not after[0].is_word)


def right_of(words: tuple[Token, ...], at: int, mentions: dict[int, Mention]) -> Saying | None:
    """The speaker after "said": over articles and titles to the first name or noun."""
    for place in range(at, min(at + 8, len(words))):
        token = words[place]
        if mention := mentions.get(token.start):
            return Saying(place, tuple(t.key for t in mention), True, True)
        plain = token.is_word or token.text == "-"  # "according to the non-profit group Oxfam"
        if not plain or token.key in ("that", "on", "in", "to", "it", "there", "at"):
            break
    if at < len(words) and words[at].key in ("he", "she", "they"):
        return Saying(at, (words[at].key,), False, True)
    for place in range(at, min(at + 4, len(words))):
        if words[place].key in WEEKDAYS["en"]:
            break
        if is_content(words[place]) and words[at].key in ("the", "a", "an", words[place].key):
            return Saying(place, (words[place].stem,), False, True)
        if not words[place].is_word:
            break
    return None


def left_of(words: tuple[Token, ...], at: int, mentions: dict[int, Mention]) -> Saying | None:
    """The speaker before "said": the name or noun right there, or before what commas set off."""
    if at < 0:
        return None
    if words[at].text in (",", ")"):
        if at and words[at - 1].text == ")":  # "Microsoft (MSFT), says"
            at = next((i for i in range(at, 0, -1) if words[i].text == "("), at)
        back = at - 1 - (at > 0 and words[at - 1].text == ".")  # "R-Ky., said"
        while (
            back > 0
            and words[back].text not in (",", "(", ".", "\n")
            and words[back].text not in QUOTES
        ):
            back -= 1
        inside = mentions.get(words[at - 1].start)
        ahead = [t for t in words[back + 1 : at] if inside and t.start < inside[0].start]
        if inside and words[back].text == "," and all(t.key in TITLES for t in ahead):
            at -= 1  # "its chief, Ada Smith, told"
        elif words[back].text in (",", "(") and back > 0 and words[back - 1].start in mentions:
            at = back - 1
        else:
            return None
    if mention := mentions.get(words[at].start):
        return Saying(at, tuple(t.key for t in mention), True, False)
    if words[at].key in PRONOUNS:
        return Saying(at, (words[at].key,), False, False)
    if words[at].is_word and words[at].key not in FUNCTION:
        return Saying(at, (words[at].stem,), False, False)
    return None
