"""Number words of six languages and Chinese numerals. Knows values, no units and no context."""

from fractions import Fraction
from functools import lru_cache

ENGLISH = {
    **{
        w: n
        for n, w in enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen".split()
        )
    },
    **{
        w: 10 * n
        for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
    },
}
GERMAN = {
    "null": 0, "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "funf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwolf": 12,
    "dreizehn": 13, "vierzehn": 14, "funfzehn": 15, "sechzehn": 16, "siebzehn": 17,
    "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50,
    "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
FRENCH = {
    "zero": 0, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15,
    "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50,
    "soixante": 60, "septante": 70, "huitante": 80, "nonante": 90,
}  # fmt: skip
SPANISH = {
    "cero": 0, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
    "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20,
    "veintiuno": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25,
    "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "treinta": 30,
    "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
    "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300,
    "cuatrocientos": 400, "quinientos": 500, "seiscientos": 600, "setecientos": 700,
    "ochocientos": 800, "novecientos": 900,
}  # fmt: skip
RUSSIAN = {
    "полмиллиона": 500_000, "полмиллиарда": 500_000_000,
    "двое": 2, "трое": 3, "четверо": 4, "пятеро": 5, "шестеро": 6, "семеро": 7,
    "двумя": 2, "тремя": 3, "пятью": 5, "шестью": 6, "семью": 7, "восемью": 8, "десятью": 10,
    "одиннадцати": 11, "двенадцати": 12, "тринадцати": 13, "четырнадцати": 14, "пятнадцати": 15,
    "шестнадцати": 16, "семнадцати": 17, "восемнадцати": 18, "девятнадцати": 19, "сорока": 40,
    "пятидесяти": 50, "шестидесяти": 60, "семидесяти": 70, "восьмидесяти": 80, "девяноста": 90,
    "ста": 100, "двухсот": 200, "трехсот": 300, "пятисот": 500,
    "ноль": 0, "один": 1, "одна": 1, "одного": 1, "два": 2, "две": 2, "двух": 2, "три": 3,
    "трех": 3, "четыре": 4, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7,
    "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10, "десяти": 10,
    "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15,
    "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20,
    "двадцати": 20, "тридцать": 30, "тридцати": 30, "сорок": 40, "пятьдесят": 50,
    "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100,
    "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600,
    "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
}  # fmt: skip
WORDS: dict[str, dict[str, int]] = {
    "en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ru": RUSSIAN,
}  # fmt: skip

THOUSAND, MILLION, BILLION, TRILLION = 10**3, 10**6, 10**9, 10**12
ENGLISH_SCALES = {
    "hundred": 100, "hundreds": 100, "thousand": THOUSAND, "k": THOUSAND, "million": MILLION,
    "mln": MILLION, "mn": MILLION, "billion": BILLION, "bn": BILLION, "trillion": TRILLION,
    "tn": TRILLION, "trn": TRILLION, "dozen": 12, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7,
    "crores": 10**7, "millions": MILLION, "billions": BILLION,
}  # fmt: skip
SCALES: dict[str, dict[str, int]] = {
    "en": ENGLISH_SCALES,
    "de": {
        "hundert": 100, "tausend": THOUSAND, "million": MILLION, "millionen": MILLION,
        "tsd": THOUSAND, "mio": MILLION, "milliarde": BILLION, "milliarden": BILLION,
        "mrd": BILLION, "billion": TRILLION, "billionen": TRILLION, "dutzend": 12,
    },
    "fr": {
        "cent": 100, "cents": 100, "mille": THOUSAND, "million": MILLION, "millions": MILLION,
        "milliard": BILLION, "milliards": BILLION, "billion": TRILLION, "billions": TRILLION,
        "douzaine": 12,
    },
    "es": {
        "cien": 100, "ciento": 100, "mil": THOUSAND, "millon": MILLION, "millones": MILLION,
        "billon": TRILLION, "billones": TRILLION, "docena": 12,
    },
    "ru": {
        "тыс": THOUSAND, "тысяча": THOUSAND, "тысячи": THOUSAND, "тысяч": THOUSAND,
        "млн": MILLION, "миллион": MILLION, "миллиона": MILLION, "миллионов": MILLION,
        "млрд": BILLION, "миллиард": BILLION, "миллиарда": BILLION, "миллиардов": BILLION,
        "трлн": TRILLION,
    },
    "zh": {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8},
    "ar": {"الف": THOUSAND, "الاف": THOUSAND, "مليون": MILLION, "ملايين": MILLION,
           "مليار": BILLION, "مليارات": BILLION},
}  # fmt: skip
SCALES["ja"] = SCALES["zh"]

ABBREVIATED = frozenset("tsd mio mrd тыс млн млрд трлн mill".split())
"""Scale words that may have a full stop behind them."""

PARTS: dict[str, dict[str, Fraction]] = {
    "de": {
        "halbe": Fraction(1, 2), "halben": Fraction(1, 2), "anderthalb": Fraction(3, 2),
        "eineinhalb": Fraction(3, 2), "zweieinhalb": Fraction(5, 2), "dreieinhalb": Fraction(7, 2),
        "viereinhalb": Fraction(9, 2), "funfeinhalb": Fraction(11, 2),
    },
    "fr": {"demi": Fraction(1, 2)},
    "es": {"medio": Fraction(1, 2), "media": Fraction(1, 2)},
    "ru": {"полтора": Fraction(3, 2), "полторы": Fraction(3, 2), "полутора": Fraction(3, 2)},
}  # fmt: skip
"""Half a million: numbers only in front of a scale word."""
HALF_BEHIND = {
    "fr": {("et", "demi"), ("et", "demie")},
    "es": {("y", "medio"), ("y", "media")},
}

CHINESE_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}

FRACTIONS = {
    "half": Fraction(1, 2), "halves": Fraction(1, 2), "third": Fraction(1, 3),
    "thirds": Fraction(1, 3), "quarter": Fraction(1, 4), "quarters": Fraction(1, 4),
    "fifth": Fraction(1, 5), "fifths": Fraction(1, 5), "sixth": Fraction(1, 6),
    "sixths": Fraction(1, 6), "seventh": Fraction(1, 7), "sevenths": Fraction(1, 7),
    "eighth": Fraction(1, 8), "eighths": Fraction(1, 8), "tenth": Fraction(1, 10),
    "tenths": Fraction(1, 10), "ninths": Fraction(1, 9), "ninth": Fraction(1, 9),
}  # fmt: skip
ORDINALS = {
    w: n for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth".split(), 1)
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}  # fmt: skip


@lru_cache(maxsize=4096)
def german_compound(word: str) -> int | None:
    """Read "zweihundertachtzigtausend" (folded); None for what is no number word."""
    for scale, value in (("tausend", 1000), ("hundert", 100)):
        head, found, tail = word.partition(scale)
        if found:
            before = 1 if not head else german_compound(head)
            after = 0 if not tail else german_compound(tail.removeprefix("und"))
            return None if before is None or after is None else before * value + after
    if word in GERMAN:
        return GERMAN[word]
    ones, found, tens = word.partition("und")
    if found and ones in GERMAN and tens in GERMAN and GERMAN[ones] < 10 <= GERMAN[tens]:
        return GERMAN[ones] + GERMAN[tens]
    return None


NUMERALS = frozenset(w for t in (*WORDS.values(), *SCALES.values()) for w in t) | frozenset(
    FRACTIONS
)
"""Every number word of every table, for telling numbers from words of meaning."""


def word_value(word: str, language: str) -> int | None:
    """The value of one folded number word below the scales ("seventy"), or None."""
    if language in ("zh", "ja"):
        return CHINESE_DIGITS.get(word)
    value = WORDS.get(language, ENGLISH).get(word)
    return german_compound(word) if value is None and language == "de" else value


def scale_value(word: str, language: str) -> int | None:
    """The factor of one folded scale word ("million"), or None."""
    return SCALES.get(language, ENGLISH_SCALES).get(word)
