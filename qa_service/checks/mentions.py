"""The proper names of a text, told by their capitals.

Nothing is known here of names in Arabic or Chinese, and every German noun counts as one. The
capital of a first word may be due to its place alone. Knows no claim.
"""

from collections.abc import Iterator
from functools import lru_cache

from qa_service.checks import dates
from qa_service.checks.common_words import COMMON, ENDINGS, TITLES
from qa_service.checks.places import SHORT_FOR
from qa_service.checks.quantities import quantities
from qa_service.checks.units import SIGNS
from qa_service.checks.words import ENGLISH_FUNCTION, FUNCTION, Token, tokens

BYLINE = 5  # tokens at most of "(Reuters)" or "LONDON (AP)" ahead of the first word
PARTICLES = frozenset({"al", "el", "bin", "ibn", "van", "von", "der", "den", "ter", "da", "di"})
INTO = ("in", "at", "near", "from", "to", "by")
JOINED_BY = (" of ", " for ", " of the ", " for the ")
Mention = tuple[Token, ...]  # the words of one name: ("Dmitry", "Medvedev")


@lru_cache(maxsize=8192)
def mentions(
    text: str, language: str = "en", known: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """Find the names of a text; `known` are words seen in small letters, so no names."""
    return tuple(found(text, language, known))


@lru_cache(maxsize=8192)
def full(
    text: str, language: str = "en", known: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """The names of a text, those joined by "of" or "for" as one: "the Bank of England"."""
    out: list[Mention] = []
    for mention in mentions(text, language, known):
        gap = text[out[-1][-1].end : mention[0].start] if out else ""
        if gap in JOINED_BY and not out[-1][-1].text.endswith(("'s", "’s")):
            out[-1] = (*out[-1], *mention)
        else:
            out.append(mention)
    return tuple(out)


def found(text: str, language: str, known: frozenset[str]) -> Iterator[Mention]:
    """Walk along the tokens and yield each run of capitalised words."""
    words = tokens(text)
    calendar = {i for m in dates.mentions(text, None, language) for i in range(m.first, m.last)}
    if language != "en":  # "Tausend Menschen", "Doscientos"; in English "Second Amendment"
        counted = quantities(text, language)
        calendar |= {i for q in counted for i in range(q.first, q.last)}
    run: list[Token] = []
    for at, token in enumerate(words):
        part = at not in calendar and is_name(words, at, known)
        part = part or (language == "en" and bool(run) and particle(words, at))
        apart = run and not near(words, at, run)
        if run and (not part or apart):
            yield tuple(run)
            run = []
        if part:
            run.append(token)
    if run:
        yield tuple(run)


def particle(words: tuple[Token, ...], at: int) -> bool:
    """Whether a small word goes on with a name begun: "Coeur *d'Alene*", "Ayman *al*-Zawahiri"."""
    token = words[at]
    if token.text[:2] in ("d'", "d’", "l'", "l’"):
        return token.text[2:3].isupper()
    ahead = next((t for t in words[at + 1 : at + 3] if t.text != "-"), None)
    return token.key in PARTICLES and ahead is not None and ahead.is_capital


def near(words: tuple[Token, ...], at: int, run: list[Token]) -> bool:
    """Whether a capitalised word goes on with the name begun: only a space or hyphen between."""
    gap = words[at].start - run[-1].end
    return gap <= 1 and not run[-1].text.endswith(("'s", "’s"))


def is_name(words: tuple[Token, ...], at: int, known: frozenset[str]) -> bool:
    """Whether the word at a place is written as a name and not merely as a first word."""
    token = words[at]
    if not (token.is_word and token.is_capital) or (token.key in TITLES and titles(words, at)):
        return False
    if at and words[at - 1].text in ("°", "º"):
        return False
    if at + 1 < len(words) and words[at + 1].text in SIGNS and words[at + 1].start == token.end:
        return False  # US$
    shouted = len(token.text) > 1 and token.text.isupper()
    if shouted and token.key not in FUNCTION:
        return True
    begins = begins_sentence(words, at)
    small = FUNCTION if begins else ENGLISH_FUNCTION  # "Los Angeles" inside a sentence
    if token.key in small and not (shouted and token.key in SHORT_FOR):
        return False
    if not begins:
        return True
    if token.stem in known or token.key in known:
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    if following and following.is_capital and following.key not in FUNCTION:
        return token.key not in COMMON
    return token.key not in COMMON and not token.key.endswith(ENDINGS)


def titles(words: tuple[Token, ...], at: int) -> bool:
    """Whether a title stands as one: before a name, after "the" or as a first word."""
    following = words[at + 1] if at + 1 < len(words) else None
    if at > 1 and words[at - 1].text == "." and words[at - 2].key in TITLES:
        return following is not None and following.is_capital  # "Rep. Secretary" names nobody
    if begins_sentence(words, at) or (following is not None and following.is_capital):
        return True
    return not (following is None or following.text in ".,") or words[at - 1].key not in INTO


def begins_sentence(words: tuple[Token, ...], at: int) -> bool:
    """Whether a capital at a place may be due to the place alone."""
    before = words[at - 1] if at else None
    if before is None or before.text == ")":  # "(CNN) Public tours"
        return before is None or at <= BYLINE
    closing = before.text in '”"’»' and words[at - 2 : at - 1]
    if closing and words[at - 2].text == "," and words[at - 2].end == before.start:
        return False  # “It is over,” Lansing said
    glued = before.text == "-" and before.end == words[at].start and words[at - 2 : at - 1]
    return before.text in ".!?:;\n“\"‘'«„(–—-•…" and not (
        glued and words[at - 2].end == before.start
    )


@lru_cache(maxsize=8192)
def small_words(text: str) -> frozenset[str]:
    """The stems of the words that a text writes in small letters."""
    return frozenset(t.stem for t in tokens(text) if t.is_word and t.text[0].islower())
