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
from qa_service.checks.number_words import (
    ABBREVIATED,
    FRACTIONS,
    HALF_BEHIND,
    ORDINALS,
    PARTS,
    scale_value,
    word_value,
)
from qa_service.checks.units import bound_before, money_before, unit_after
from qa_service.checks.words import Token, tokens, word_set

COMMA_DECIMAL = word_set("de fr es ru it pt nl pl sv da nb no fi cs uk tr id")
AFTER_A_SHARE = word_set("of in on by from since and or to compared last this year after")
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


class Read(NamedTuple):
    """A number as read at a place, before its surroundings are looked at."""

    last: int
    value: Fraction
    unit: str = ""


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
    read = in_words(words, at, language)
    return read and and_a_half(words, read, language)


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


def in_figures(words: tuple[Token, ...], at: int, language: str) -> Read:
    """280,000 · 2.3 million · 280k · 7:30 p.m. · 3rd · 280 000."""
    text, last = words[at].text, at + 1
    while last < len(words) and joins_thousands(words, last, language):
        text, last = text + words[last].text, last + 1
    value = figure(text, language)
    tail = words[last] if last < len(words) else None
    if tail and tail.text == ":" and last + 1 < len(words) and words[last + 1].text[0].isdecimal():
        return clock(words, last + 2, value, figure(words[last + 1].text, language))
    if tail and tail.key in ("st", "nd", "rd", "th") and tail.start == words[last - 1].end:
        return Read(last + 1, value, "ordinal")
    if tail and tail.key in ("am", "pm"):
        hours, minutes = divmod(value * 100, 100)
        return clock(words, last, Fraction(hours), minutes)
    return scaled(words, last, value, language)


def figure(text: str, language: str) -> Fraction:
    """The value of a number in figures, its separators read as the language writes them."""
    plain = "".join(str(unicodedata.decimal(c, c)) for c in text).replace("’", "'")
    if plain.count(".") + plain.count(",") + plain.count("'") > 1 or "'" in plain:
        last = max(plain.rfind("."), plain.rfind(","))
        mixed = "." in plain and "," in plain
        decimals = plain[last + 1 :] if mixed else ""
        whole = plain[:last] if mixed else plain
        plain = "".join(c for c in whole if c not in ".,'") + ("." + decimals if decimals else "")
    elif language in COMMA_DECIMAL:
        groups = plain.split(".")
        plain = "".join(groups) if len(groups[-1]) == 3 and groups[0] != "0" else plain
        plain = plain.replace(",", ".")
    else:
        head, _, tail = plain.partition(",")
        plain = head + tail if len(tail) == 3 else plain.replace(",", ".")
    return Fraction(plain[:4000])


def joins_thousands(words: tuple[Token, ...], at: int, language: str) -> bool:
    """Whether the token is the next three figures of "280 000"."""
    token, before = words[at], words[at - 1]
    if not (len(token.text) == 3 and token.text.isdecimal() and before.text.isdecimal()):
        return False
    return token.start == before.end + 1 and language in COMMA_DECIMAL


def clock(words: tuple[Token, ...], at: int, hours: Fraction, minutes: Fraction) -> Read:
    """A time of day in minutes since midnight."""
    half = words[at].key if at < len(words) else ""
    hours = hours % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else hours
    return Read(at + (half in ("am", "pm")), hours * 60 + minutes, "clock")


def scaled(words: tuple[Token, ...], at: int, value: Fraction, language: str) -> Read:
    """Multiply by the magnitudes that follow a figure."""
    while at < len(words):
        place = at + (words[at].text == "-" and at + 1 < len(words))
        key = words[place].key
        if place < len(words) - 1 and key in ("m", "b") and money_sign(words, at):
            scale: int | None = {"m": 10**6, "b": 10**9}[key]
        elif key in ("m", "b") and money_sign(words, at):
            scale = {"m": 10**6, "b": 10**9}[key]
        else:
            scale = scale_value(key, language)
        if scale is None:
            break
        value, at = value * scale, place + 1
        if key in ABBREVIATED and at < len(words) and words[at].text == ".":
            at += 1
    return Read(at, value)


def money_sign(words: tuple[Token, ...], at: int) -> bool:
    """Whether the number that ends at a place began with a currency sign."""
    return at > 1 and bool(money_before(words, at - 1))


def in_words(words: tuple[Token, ...], at: int, language: str) -> Read | None:
    """Two hundred and eighty thousand; two-thirds; half a million; the third."""
    key = words[at].key
    if language == "en":
        special = fraction(words, at, Fraction(1)) or ordinal(words, at)
        if special:
            return special
    if key in ("a", "an") and language == "en":
        return one_of_scale(words, at)
    if language in ("zh", "ja") and [t.key for t in words[at : at + 3]] == ["百", "分", "之"]:
        of_100 = number_at(words, at + 3, language) if at + 3 < len(words) else None
        return of_100 and of_100._replace(unit="%")
    if key in PARTS.get(language, {}):
        read = scaled(words, at + 1, PARTS[language][key], language)
        return read if read.last > at + 1 else None
    if word_value(key, language) is None and not opens(words, at, language):
        return None
    value, last = count(words, at, language)
    if language == "en":
        part = fraction(words, last + (last < len(words) and words[last].text == "-"), value)
        if part:
            return part
        if last + 2 < len(words) and [t.key for t in words[last : last + 3]] == [
            "and",
            "a",
            "half",
        ]:
            return scaled(words, last + 3, value + Fraction(1, 2), language)
        tens = last + 1 < len(words) and words[last].text == "-" and words[last + 1].key in ORDINALS
        if tens and value % 10 == 0:
            return Read(last + 2, value + ORDINALS[words[last + 1].key], "ordinal")
    return Read(last, value)


def opens(words: tuple[Token, ...], at: int, language: str) -> bool:
    """Whether a bare magnitude begins a number here: "mille", "tausend", "sto", but not "k"."""
    key = words[at].key
    if scale_value(key, language) is None or len(key) < (1 if language in ("zh", "ja") else 3):
        return False
    return not (language == "fr" and key in ("cent", "cents") and words[at - 1].key in ("pour",))


def one_of_scale(words: tuple[Token, ...], at: int) -> Read | None:
    """A million, a dozen, a quarter of, half a million (from the article on)."""
    if at + 1 >= len(words):
        return None
    key = words[at + 1].key
    scale = scale_value(key, "en") if len(key) > 1 else None
    return scaled(words, at + 2, Fraction(scale), "en") if scale else fraction(
        words, at + 1, Fraction(1)
    )  # fmt: skip


def fraction(words: tuple[Token, ...], at: int, count: Fraction) -> Read | None:
    """Half, a third of, two-thirds: what may be a fraction and not an ordinal."""
    key = words[at].key if at < len(words) else ""
    part = FRACTIONS.get(key)
    if part is None or count > 20:
        return None
    following = words[at + 1].key if at + 1 < len(words) else ""
    if key == "half":
        if at and words[at - 1].key in ("first", "second"):
            return None
        beyond = at + 1 + (following in ("a", "an"))
        return scaled(words, beyond, part * count, "en")
    plural = key.endswith("s") and count > 1
    if not plural and (count != 1 or continues(words, at + 1) or is_ordered(words, at)):
        return None
    return scaled(words, at + 1, part * count, "en")


def continues(words: tuple[Token, ...], at: int) -> bool:
    """Whether a noun follows, so that "a third" is one in a row: "a third season"."""
    return at < len(words) and words[at].is_word and words[at].key not in AFTER_A_SHARE


def is_ordered(words: tuple[Token, ...], at: int) -> bool:
    """Whether "third of" counts in a row ("the third of March"), not parts of a whole."""
    return at > 0 and words[at - 1].key not in ("a", "one", "about", "nearly", "almost", "over")


def ordinal(words: tuple[Token, ...], at: int) -> Read | None:
    """Second and upwards; "first" is left to the check on direction."""
    value = ORDINALS.get(words[at].key)
    return Read(at + 1, Fraction(value), "ordinal") if value and value > 1 else None


def count(words: tuple[Token, ...], at: int, language: str) -> tuple[Fraction, int]:
    """Read number words from a place on; give the value and where they end."""
    total = current = 0
    last = at
    while last < len(words):
        place = last + 1 if last > at and joins(words, last, language, current or total) else last
        key = words[place].key
        scale = scale_value(key, language) if len(key) > 1 or language in ("zh", "ja") else None
        value = word_value(key, language)
        if language == "fr" and place > last and key in ("un", "une"):
            value = 1
        if value is not None and (fits_after(current, value) or is_chinese(current, language)):
            current += 76 if (current % 100, value) == (4, 20) else value  # quatre-vingt
        elif scale is not None and (last == at or current or total):
            if scale <= 100:
                current = max(current, 1) * scale
            else:
                total, current = total + max(current, 1) * scale, 0
        else:
            break
        last = place + 1
    return Fraction(total + current), last


def is_chinese(current: int, language: str) -> bool:
    """Whether a digit may follow, as in 十二: Chinese has no words of their own from 11 to 19."""
    return language in ("zh", "ja") and current % 10 == 0


def fits_after(current: int, value: int) -> bool:
    """Whether a number word can go on a number: "twenty" + "one", not "one" + "twenty"."""
    if current == 0 or (current % 100, value) == (4, 20):
        return True
    if current % 100 == 0:
        return value < 100
    return current % 10 == 0 and current % 100 >= 20 and value < (20 if current % 100 > 50 else 10)


def joins(words: tuple[Token, ...], at: int, language: str, before: int) -> bool:
    """Whether "and" or a hyphen here goes on with the number begun."""
    if at + 1 >= len(words):
        return False
    key, following = words[at].key, words[at + 1].key
    known = word_value(following, language) is not None
    known = known or (language == "fr" and key == "et" and following in ("un", "une"))
    scale = scale_value(following, language) is not None and len(following) > 2
    if key == "-":
        return known or scale
    if key == "and":
        return known and before % 100 == 0 and before >= 100
    return known and key in ("y", "et") and before % 10 == 0 and before > 0


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
