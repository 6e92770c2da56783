"""Numbers in figures: separators, times of day and the magnitudes behind them.

Reads what begins at a place and where it ends. Knows no unit; of what stands before only the sign
of a currency, behind which "5m" is a magnitude.
"""

import unicodedata
from fractions import Fraction
from typing import NamedTuple

from qa_service.checks.number_words import ABBREVIATED, scale_value
from qa_service.checks.units import money_before
from qa_service.checks.words import Token, word_set

COMMA_DECIMAL = word_set("de fr es ru it pt nl pl sv da nb no fi cs uk tr id")


class Read(NamedTuple):
    """A number as read at a place, before its surroundings are looked at."""

    last: int
    value: Fraction
    unit: str = ""


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
