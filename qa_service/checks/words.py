"""Words as the checks see them: tokens with offsets, folded, stemmed. Knows no grammar."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from qa_service.checks.stemmer import stem

# One character each where words are not set apart by spaces: Han, kana, Thai, Lao, Khmer.
UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"

TOKEN = re.compile(
    rf"[{UNSPACED}]"
    r"|(?:[^\W\d_]\.){2,}(?=\W|$)"  # U.S. and p.m., kept whole
    r"|\d+(?:[.,’']\d+)*"
    rf"|(?:(?![{UNSPACED}])[^\W\d_])+(?:[’'ʼ](?![{UNSPACED}])[^\W\d_]+)*"
    r"|\n|\S"
)
SENTENCE_END = re.compile(r"(?<=[.!?:;])(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)\s+")


class Token(NamedTuple):
    """One word, number or sign, and where it stands."""

    text: str
    key: str  # folded: no case, no accents, no possessive
    stem: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        """Whether it begins as a name does."""
        return self.text[0].isupper()


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into words, numbers and single signs; a line end is a token too."""
    found = []
    for match in TOKEN.finditer(text):
        key = fold(match.group())
        found.append(Token(match.group(), key, stem(key), match.start(), match.end()))
    return tuple(found)


def last_sentence(text: str) -> str:
    """What a question asks after all that it states; the dot of "St. Cloud" ends nothing."""
    return SENTENCE_END.split(text.strip())[-1]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Take case, accents, dots of an abbreviation and a possessive off; for comparing only."""
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c)
    )
    bare = bare.replace("ʼ", "'").replace("’", "'").translate(LETTERS)
    if bare.endswith("'s") or bare.endswith("s'"):
        bare = bare[:-2] if bare.endswith("'s") else bare[:-1]
    return bare.replace(".", "") if bare[:1].isalpha() else bare


LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def lemma(word: str) -> str:
    """The stem of one word as it is written in a table of these modules."""
    return stem(fold(word))


def lemmas(words: str) -> frozenset[str]:
    """The stems of the words of a table."""
    return frozenset(lemma(word) for word in words.split())


def word_set(words: str) -> frozenset[str]:
    """The words of a table, folded."""
    return frozenset(map(fold, words.split()))


ENGLISH_FUNCTION = word_set(
    "a an the and or but nor so yet if then than as at by for from in into of off on onto out over "
    "to up down with within without about above across after again against along among around "
    "before behind below beneath beside between beyond during except inside near outside since "
    "through throughout toward towards under until upon via per is are was were be been being am "
    "has have had having do does did done doing will would shall should can could may might must "
    "i you he she it we they me him her us them my your his its our their mine yours hers ours "
    "theirs this that these those who whom whose which what when where why how there here not no "
    "n't also too very just only even still such own same other another some any all both each "
    "more most less least few many much s t re ve ll d m said say says according told now while "
    "because although though whether however meanwhile one ones him himself herself itself "
    "themselves out's it's he's she's that's there's get got getting make made take took well "
)
FUNCTION = ENGLISH_FUNCTION | word_set(
    # de fr es ru: enough to keep articles and prepositions from counting as content
    "der die das den dem des ein eine einen einem einer eines und oder aber nicht ist sind war "
    "waren wird werden wurde wurden hat haben hatte im am zum zur von vom mit nach aus bei auf fur "
    "uber unter durch sich es sie er wir ihr auch als wie dass le la les un une des du de et ou "
    "mais ne pas est sont etait a ont avait dans sur sous avec pour par en au aux ce cette ces il "
    "elle ils elles se sa son ses que qui el los las una unos unas y o pero no es son fue eran ha "
    "han habia del al con por para su sus lo и в во на с со к по из за от о об у не но а что как "
    "это он она они его ее их был была были было для "
    # ar zh: without capitals every word of a claim has to be in its source, but not these
    "في من إلى على عن مع إن أن هو هي الذي التي قد كان كانت 的 了 于 在 和 与 是"
)


def is_content(token: Token) -> bool:
    """Whether a word carries meaning of its own."""
    return token.is_word and token.key not in FUNCTION and (len(token.key) > 1 or not_latin(token))


def not_latin(token: Token) -> bool:
    """Whether a word is in a script where one letter can be a word."""
    return token.text[0] >= "\u0590"
