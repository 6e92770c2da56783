"""Numbers as they stand in a text, in figures and in words: value, unit and bound.

Knows no claim. What is a date (`dates`) is no number here.
"""

import itertools
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from qa_service.checks import dates
from qa_service.checks.figures import Read, figure, in_figures, scaled
from qa_service.checks.number_words import HALF_BEHIND, scale_value
from qa_service.checks.spelled_numbers import in_words
from qa_service.checks.units import bound_before, money_before, unit_after
from qa_service.checks.words import Token, tokens

VAGUE = {"dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9,
         "tens": 10}  # fmt: skip


class Quantity(NamedTuple):
    """A number in a text: which tokens it takes and what it says."""

    first: int
    last: int  # exclusive, unit included
    value: Fraction
    unit: str = ""  # "ordinal", "clock", "vague" too
    bound: str = ""
    after: int = 0  # where the number itself ends: what is counted begins here


@lru_cache(maxsize=8192)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Find the numbers of a text in order, those inside dates left out."""
    words = tokens(text)
    taken = {i for m in dates.mentions(text, None, language) for i in range(m.first, m.last)}
    return tuple(share_scale(list(found(words, taken, language)), words))


def found(words: tuple[Token, ...], taken: set[int], language: str) -> Iterator[Quantity]:
    """Walk along the tokens and yield each number with its unit and bound."""
    at = 0
    while at < len(words):
        read = None if at in taken else number_at(words, at, language)
        if read is None:
            at += 1
            continue
        unit, last = (read.unit, read.last) if read.unit else unit_after(words, read.last)
        unit = money_before(words, at) or unit
        bound = bound_before(words, at, last)
        yield Quantity(at, last, read.value, unit, bound, read.last)
        at = max(last, at + 1)


def number_at(words: tuple[Token, ...], at: int, language: str) -> Read | None:
    """Read the number that begins at a place."""
    token = words[at]
    if token.text[0].isdecimal():
        return and_a_half(words, in_figures(words, at, language), language)
    if not token.is_word:
        value = unicodedata.numeric(token.text, None) if len(token.text) == 1 else None
        return None if value is None else Read(at + 1, Fraction(value).limit_denominator(1000))
    if token.key in VAGUE and language == "en" and not counted_before(words, at):
        return vague(words, at)
    if language in ("zh", "ja") and [t.key for t in words[at : at + 3]] == ["百", "分", "之"]:
        return per_cent(words, at + 3, language)
    read = in_words(words, at, language)
    return read and and_a_half(words, read, language)


def per_cent(words: tuple[Token, ...], at: int, language: str) -> Read | None:
    """百分之三: so many of a hundred parts."""
    parts = number_at(words, at, language) if at < len(words) else None
    return parts and parts._replace(unit="%")


def and_a_half(words: tuple[Token, ...], read: Read, language: str) -> Read:
    """Deux millions et demi, dos millones y medio, два с половиной миллиона."""
    behind = tuple(token.key for token in words[read.last : read.last + 2])
    if language == "ru" and behind == ("с", "половинои"):  # folded
        return scaled(words, read.last + 2, read.value + Fraction(1, 2), language)
    scale = scale_value(words[read.last - 1].key, language)
    if scale is None or behind not in HALF_BEHIND.get(language, ()):
        return read
    return Read(read.last + 2, read.value + Fraction(scale, 2), read.unit)


def counted_before(words: tuple[Token, ...], at: int) -> bool:
    """Whether a figure stands right before a place."""
    return at > 0 and words[at - 1].text[0].isdecimal()


def vague(words: tuple[Token, ...], at: int) -> Read:
    """Tens of thousands, hundreds, dozens."""
    value = VAGUE[words[at].key]
    if at + 2 < len(words) and words[at + 1].key == "of" and words[at + 2].key in VAGUE:
        return Read(at + 3, Fraction(value * VAGUE[words[at + 2].key]), "vague")
    return Read(at + 1, Fraction(value), "vague")


def share_scale(given: list[Quantity], words: tuple[Token, ...]) -> list[Quantity]:
    """Give both ends of "$10 to 15 million" the magnitude and the unit that one of them has."""
    for at, (one, two) in enumerate(itertools.pairwise(given)):
        link = words[one.last].text if two.first - one.last == 1 else ""
        between = one.first > 0 and words[one.first - 1].key == "between"
        if link not in ("to", "-", "–", "or") and not (link == "and" and between):
            continue
        figures = [t for t in words[two.first : two.after] if t.text[0].isdecimal()]
        bare = one.after - one.first == 1 and words[one.first].text[0].isdecimal()
        scale = two.value / (figure(figures[0].text, "en") or 1) if figures and bare else 1
        if scale >= 1000 and scale == int(scale) and one.value < 1000:
            given[at] = given[at]._replace(value=one.value * scale)
        given[at] = given[at]._replace(unit=one.unit or two.unit)
        given[at + 1] = two._replace(unit=two.unit or one.unit)
    return given
