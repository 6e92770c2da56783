"""Numbers in words: "two hundred and eighty thousand", "two-thirds", "the third".

Reads what begins at a place and where it ends; the words themselves are in `number_words`. Knows
no unit and nothing of numbers in figures.
"""

from fractions import Fraction

from qa_service.checks.figures import Read, scaled
from qa_service.checks.number_words import FRACTIONS, ORDINALS, PARTS, scale_value, word_value
from qa_service.checks.words import Token, word_set

AFTER_A_SHARE = word_set("of in on by from since and or to compared last this year after")


def in_words(words: tuple[Token, ...], at: int, language: str) -> Read | None:
    """Two hundred and eighty thousand; two-thirds; half a million; the third."""
    key = words[at].key
    if language == "en":
        special = fraction(words, at, Fraction(1)) or ordinal(words, at)
        if special:
            return special
    if key in ("a", "an") and language == "en":
        return one_of_scale(words, at)
    if key in PARTS.get(language, {}):
        read = scaled(words, at + 1, PARTS[language][key], language)
        return read if read.last > at + 1 else None
    if word_value(key, language) is None and not opens(words, at, language):
        return None
    value, last = count(words, at, language)
    whole = completed(words, last, value) if language == "en" else None
    return whole or Read(last, value)


def completed(words: tuple[Token, ...], at: int, value: Fraction) -> Read | None:
    """Read on behind a count: two-thirds, two million and a half, sixty-first."""
    hyphen = at < len(words) and words[at].text == "-"
    if part := fraction(words, at + hyphen, value):
        return part
    if at + 2 < len(words) and [t.key for t in words[at : at + 3]] == ["and", "a", "half"]:
        return scaled(words, at + 3, value + Fraction(1, 2), "en")
    tens = at + 1 < len(words) and hyphen and words[at + 1].key in ORDINALS
    if tens and value % 10 == 0:
        return Read(at + 2, value + ORDINALS[words[at + 1].key], "ordinal")
    return None


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
