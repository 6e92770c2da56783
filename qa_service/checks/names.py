"""Proper names: every name of the claim must stand in what it cites, or in what explains that.

A name is told by its capital, so nothing is known here of names in Arabic or Chinese (`content`
is stricter there), and every German noun counts as one. Case, accents and possessives are folded,
titles dropped, "Russian" is "Russia", "WHO" is "World Health Organization". Knows no nicknames.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from qa_service.answers import Issue
from qa_service.checks.cited import Cited
from qa_service.checks.common_words import TITLES, occupation
from qa_service.checks.mentions import Mention, full, mentions, small_words
from qa_service.checks.places import CANON, SHORT_FOR
from qa_service.checks.stemmer import alike
from qa_service.checks.words import Token, tokens, word_set

PERSONS = word_set("man woman men women boy girl teen teenager couple mother father family")


@lru_cache(maxsize=2048)
def vocabulary(text: str) -> frozenset[str]:
    """Every way in which the names of a text may be called: words, countries, initials."""
    words = [t for t in tokens(text) if t.is_word]
    keys = {t.key for t in words}
    keys |= {CANON[k] for k in keys if k in CANON}
    keys |= initials(words)
    joined = " ".join(t.key for t in words)
    written = {t.key for t in words if t.is_capital}  # "told us" names no country
    for short, long in SHORT_FOR.items():
        if short in written:
            keys |= set(long.split()) | {CANON.get(w, w) for w in long.split()}
        if f" {long} " in f" {joined} ":
            keys |= {short, CANON.get(short, short)}
    return frozenset(keys)


def initials(words: list[Token]) -> set[str]:
    """The acronyms that runs of two to six capitalised words would give."""
    out: set[str] = set()
    run = ""
    for token in words:
        if token.is_capital:
            run += token.key[:1]
            out.update(run[-n:] for n in range(2, min(6, len(run)) + 1))
        elif token.key not in ("of", "the", "for", "and", "on", "de", "la", "du"):
            run = ""
    return out


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name every name of the claim that nothing shown bears out, and every one mixed from two."""
    language = cited.language or "en"
    around = cited.around
    there = vocabulary(around + "\n" + cited.source)
    claimed = mentions(claim, language, small_words(around))
    issues = []
    for mention in claimed:
        absent = [t for t in mention if not is_there(t, there, language)]
        if absent and not (len(absent) == len(mention) and abbreviated(mention, around)):
            issues.append(Issue("name", f"“{' '.join(t.text for t in mention)}” is not in the "
                                        "cited sentence or what stands before it."))  # fmt: skip
        elif not absent and (mix := mixed(mention, around, cited)):
            issues.append(Issue("name", mix))
    return issues or displaced(claimed, claim, cited)


def displaced(claimed: tuple[Mention, ...], claim: str, cited: Cited) -> list[Issue]:
    """Refuse a subject taken from the context where the cited sentence names another subject."""
    if not claimed or len(cited.sentences) > 1:
        return []
    language = cited.language or "en"
    stated = full(cited.text, language, small_words(cited.text))
    mine = tuple(CANON.get(t.key, t.key) for t in claimed[0])
    keys = [tuple(CANON.get(t.key, t.key) for t in m) for m in stated]
    if not stated or any(same_name(mine, k) for k in keys) or not leads(claimed[0], claim):
        return []
    if acronym_of(mine, cited.text) or set(mine) & set(keys[0]):
        return []  # "Mike Jeffries" for "Michael Jeffries": a first name, and it is known
    if describes(claimed[0], claim):
        return []  # "a Nebraska man", who may have a name
    others = [tuple(CANON.get(t.key, t.key) for t in m) for m in claimed]
    if leads(stated[0], cited.text) and not any(same_name(keys[0], o) for o in others):
        names = [" ".join(t.text for t in m) for m in (claimed[0], stated[0])]
        return [
            Issue("name", f"The claim is about {names[0]}; the cited sentence is about {names[1]}.")
        ]
    return []


def describes(mention: Mention, text: str) -> bool:
    """Whether a name stands before the word for a person."""
    following = next((t for t in tokens(text) if t.start >= mention[-1].end), None)
    return following is not None and (following.key in PERSONS or occupation(following.key))


def granted(mention: Sequence[Token], cited: Cited) -> bool:
    """Whether the question has these words, and the article has them or the last: a surname."""
    keys = [t.key for t in mention if t.is_word]
    said, there = (
        {t.key for t in tokens(text) if t.is_word} for text in (cited.asked, cited.article)
    )
    return bool(keys) and said.issuperset(keys) and keys[-1] in there


def leads(mention: Mention, text: str) -> bool:
    """Whether a text begins with a name, a title or article aside."""
    ahead = [t for t in tokens(text) if t.end <= mention[0].start and t.is_word]
    return all(t.key in TITLES or t.key in ("the", "a", "an", "but", "and") for t in ahead)


def is_there(token: Token, there: frozenset[str], language: str) -> bool:
    """Whether one word of a name stands in the text, as it is or as another form of it."""
    if token.key in there or CANON.get(token.key, token.key) in there:
        return True
    if (token.key.endswith("s") and token.key[:-1] in there) or token.key + "s" in there:
        return True
    if len(token.key) > OF_A_PLACE and token.key.endswith("an") and token.key[:-1] in there:
        return True  # "Botswanan": a country that the table has not
    return language not in ("en", "zh", "ja") and any(alike(token.key, key) for key in there)


LEAST_PLURAL = 4  # letters
OF_A_PLACE = 6  # letters: "Korean", "Texan" and shorter ones are in the table or mean more


@lru_cache(maxsize=8192)
def whole(key: tuple[str, ...]) -> frozenset[str]:
    """The words of a name, a people's name brought to its country's."""
    return frozenset(CANON.get(k, k) for k in key)


def singular(key: str) -> str:
    """A word of a name without what may be a plural: "the Choice Awards"."""
    is_plural = len(key) > LEAST_PLURAL and key.endswith("s") and not key.endswith("ss")
    return key[:-1] if is_plural else key


@lru_cache(maxsize=8192)
def shortened(key: tuple[str, ...]) -> frozenset[str]:
    """What a longer name may be called for short: "US Centers for Disease Control" is "CDC"."""
    letters = "".join(k[0] for k in key)
    return frozenset(letters[n:] for n in range(len(letters) - 1))


@lru_cache(maxsize=65536)
def same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names can be one: one is all within the other, or short for it."""
    mine, theirs = whole(one), whole(other)
    if mine <= theirs or theirs <= mine or len(mine & theirs) > 1:
        return True
    if {singular(k) for k in mine} == {singular(k) for k in theirs}:
        return True
    return short_for(one, other) or short_for(other, one)


def short_for(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a name of one word is short for a longer one."""
    if len(one) != 1:
        return False
    long = SHORT_FOR.get(one[0]) or SHORT_FOR.get(CANON.get(one[0], "")) or ""
    spelt = frozenset(long.split())
    meant = bool(spelt) and (spelt <= whole(other) or whole(other) <= spelt)
    return meant or one[0] in shortened(other)


def acronym_of(key: tuple[str, ...], text: str) -> bool:
    """Whether a name is the initials of capitalised words of a text: "FDA"."""
    return len(key) == 1 and key[0] in initials([t for t in tokens(text) if t.is_word])


def abbreviated(mention: Mention, text: str) -> bool:
    """Whether a text has a longer name as an acronym."""
    letters = "".join(t.key[0] for t in mention)
    return len(mention) > 1 and any(t.text.isupper() and t.key == letters for t in tokens(text))


def mixed(mention: Mention, around: str, cited: Cited) -> str | None:
    """Say so where a claim joins the first name of one person to the surname of another."""
    stated = [[t.key for t in m] for m in mentions(around, cited.language or "en")]
    there = vocabulary(cited.text)
    for one, two in pairwise(mention):
        first, last = one.key, two.key
        if any(first in m and last in m for m in stated) or granted((one, two), cited):
            continue
        if last in there and CANON.get(first, first) not in there:
            return f"“{one.text} {two.text}” is nowhere in the source."
        others = {m[m.index(last) - 1] for m in stated if last in m and m.index(last) > 0}
        firsts = [m for m in stated if m and m[0] == first and len(m) > 1]
        lasts = [m for m in stated if last in m]
        if others and firsts and lasts and all(m.index(last) > 0 for m in lasts):
            whole = " ".join(lasts[0]).title()
            return f"The claim says “{one.text} {two.text}”; the source says “{whole}”."
    return None
