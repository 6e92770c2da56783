"""When two answers are the same answer: words, and numbers as numbers. Knows no metric.

The steps of SQuAD's scorer (Rajpurkar et al. 2016: case, punctuation, articles), and before them
numbers: `280,000`, `280k`, `280 thousand` and `two hundred and eighty thousand` become `280000`.
"""

import re
import unicodedata
from decimal import Decimal

_TO_NINETEEN = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: n for n, word in enumerate(_TO_NINETEEN.split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), start=2)
}
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SUFFIX = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_CURRENCY = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}

_DIGITS = re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|mn?|bn|tn)?(?![\w])")
_WORD = "|".join(sorted([*_SMALL, "hundred", *_LARGE], key=len, reverse=True))
_SPELT = re.compile(rf"\b(?:{_WORD})(?:(?:[ -]|(?<=hundred) and )(?:{_WORD}))*\b")
_SCALED = re.compile(rf"\b(\d+(?:\.\d+)?)[ -]({'|'.join(_LARGE)})\b")
_ONE_COIN = re.compile(r"\b(dollar|euro|pound)\b")  # "a 2-billion-dollar deal"
_MONEY = re.compile(r"([$€£¥])\s?(\d+(?:\.\d+)?)")
_ARTICLES = {"a", "an", "the"}
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")  # "Japan's" has the answer "Japan"
_JOINERS = re.compile(r"[-‐‑‒–—/]")


def words(text: str) -> list[str]:
    """Reduce a text to the words that count: two answers with equal lists are equal."""
    text = numbers_as_digits(unicodedata.normalize("NFKC", text).casefold())
    text = text.replace("%", " percent ").replace("per cent", "percent")
    text = _POSSESSIVE.sub("", text)
    text = re.sub(r"(?<!\d)\.|\.(?!\d)", "", _JOINERS.sub(" ", text))
    kept = "".join(c for c in text if c == "." or unicodedata.category(c)[0] not in "PS")
    return [word for word in kept.split() if word not in _ARTICLES]


def numbers_as_digits(text: str) -> str:
    """Write every number in a casefolded text as plain digits, its magnitude multiplied out."""
    text = _ONE_COIN.sub(r"\1s", text.replace("us$", "$"))
    text = _SPELT.sub(lambda found: _value_of_words(found.group()), text)
    text = _DIGITS.sub(_value_of_digits, text)
    text = _SCALED.sub(lambda found: _plain(Decimal(found[1]) * _LARGE[found[2]]), text)
    return _MONEY.sub(lambda found: f"{found[2]} {_CURRENCY[found[1]]}", text)


def contains(text: list[str], wanted: list[str]) -> bool:
    """Whether the wanted words stand in the text, whole and in this order ("25" has no "5")."""
    size = len(wanted)
    return size > 0 and any(text[at : at + size] == wanted for at in range(len(text) - size + 1))


def form(word: str) -> str:
    """The start of a word, which its plural and its tenses share; a number stays whole."""
    return word if word[0].isdigit() else word.rstrip("s")[:6]


def _value_of_digits(found: re.Match[str]) -> str:
    value = Decimal(found[1].replace(",", "") + (found[2] or ""))
    if found[3] == "m" and found.string[: found.start()].strip()[-1:] not in _CURRENCY:
        return f"{_plain(value)} m"  # metres, unless it is money
    return _plain(value * _SUFFIX.get(found[3] or "", 1))


def _value_of_words(spelt: str) -> str:
    parts = re.split(r"[ -]", spelt)
    if all(part in _LARGE for part in parts):
        return spelt  # "billion" alone, or behind digits: `_SCALED` has it
    total = current = 0
    for part in parts:
        if part in _SMALL:
            current += _SMALL[part]
        elif part == "hundred":
            current = max(current, 1) * 100
        elif part in _LARGE:
            total, current = total + max(current, 1) * _LARGE[part], 0
    return str(total + current)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
