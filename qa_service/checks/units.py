"""Units of quantities and the words around a number that bound it. Knows no conversion.

"Five miles" and "eight kilometres" are different quantities here: a claim keeps the source's unit.
"""

from qa_service.checks.words import Token, fold, lemma, word_set

UNITS = {
    fold(form): unit
    for unit, forms in {
        "%": "% percent pct procent prozent pourcent процент процента процентов 百分之",
        "$": "$ dollar dollars usd доллар доллара долларов",
        "€": "€ euro euros eur евро",
        "£": "£ gbp quid",
        "pound": "pound pounds lb lbs",
        "¥": "¥ yen yuan rmb",
        "₹": "₹ rupee rupees",
        "₽": "₽ ruble rubles rouble roubles рубль рубля рублей rubel",
        "cent": "cents pence",
        "km": "km kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetro "
        "kilómetros километр километра километров",
        "mile": "mile miles mi meilen",
        "m": "metre metres meter meters mètre mètres metro metros метр метра метров",
        "cm": "cm centimetre centimetres centimeter centimeters",
        "mm": "mm millimetre millimetres millimeter millimeters",
        "ft": "ft foot feet",
        "inch": "inch inches",
        "yard": "yard yards",
        "acre": "acre acres",
        "hectare": "hectare hectares ha",
        "kg": "kg kilo kilos kilogram kilograms kilogramme kilogrammes",
        "gram": "gram grams gramme grammes",
        "ton": "ton tons tonne tonnes tonnen тонна тонны тонн",
        "ounce": "ounce ounces oz",
        "litre": "litre litres liter liters",
        "gallon": "gallon gallons",
        "barrel": "barrel barrels",
        "mph": "mph",
        "kph": "kph kmh",
        "mw": "mw megawatt megawatts",
        "gw": "gw gigawatt gigawatts",
        "second": "seconds secs sekunden secondes segundos секунд",
        "minute": "minute minutes mins minuten minutos минута минуты минут",
        "hour": "hour hours hr hrs stunde stunden heure heures hora horas час часа часов",
        "day": "day days tag tage tagen jour jours día días день дня дней",
        "week": "week weeks woche wochen semaine semaines semana semanas неделя недели недель",
        "month": "month months monat monate monaten mois mes meses месяц месяца месяцев",
        "year": "year years yr yrs jahr jahre jahren an ans année années año años год года лет",
        "decade": "decade decades jahrzehnt jahrzehnte décennie décennies década décadas",
        "century": "century centuries",
        "millionaire": "millionaire millionaires",
        "billionaire": "billionaire billionaires",
    }.items()
    for form in forms.split()
}
LEAST_SPELT = 3  # letters of a unit that is spelt out
OLD = " old"  # behind the unit of an age
SIGNS = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹", "₽": "₽"}
MONEY = frozenset({"$", "€", "£", "¥", "₹", "₽", "cent"})
STRICT = MONEY | {"%", "pp", "bp"}
"""A number with one of these and the bare number are different things."""

ABOUT = word_set("about around approximately roughly some nearly almost circa close near "
                  "estimated etwa rund ungefähr fast knapp environ quelque près presque unos unas "
                  "cerca casi aproximadamente около почти примерно")  # fmt: skip
OVER = word_set("over above exceeding exceeded exceeds plus least mehr plus más более больше "
                 "свыше mindestens über")  # fmt: skip
UNDER = word_set("under below fewer less most maximum weniger höchstens unter moins menos "
                  "менее меньше")  # fmt: skip


def unit_after(words: tuple[Token, ...], at: int) -> tuple[str, int]:
    """The unit written from a place on, and where it ends; an empty one if there is none."""
    if at < len(words) and words[at].text == "-" and at + 1 < len(words):
        unit, end = unit_after(words, at + 1)
        return (unit, end) if unit else ("", at)
    key = words[at].key if at < len(words) else ""
    next_key = words[at + 1].key if at + 1 < len(words) else ""
    if key == "of" and next_key in ("a", "an", "one"):  # "three-quarters of a percentage point"
        unit, end = unit_after(words, at + 2)
        return (unit, end) if unit else ("", at)
    if key in ("per", "por", "pour") and next_key in ("cent", "ciento", "hundred"):
        return ("pp", at + 3) if points(words, at + 2) else ("%", at + 2)
    if key in ("percent", "percentage", "%") and points(words, at + 1):
        return "pp", at + 2
    if key == "basis" and next_key.startswith("point"):
        return "bp", at + 2
    if key in ("square", "cubic", "sq", "nautical", "light") and next_key in UNITS:
        return f"{key[:2]} {UNITS[next_key]}", at + 2
    if key in ("us", "american") and UNITS.get(next_key) == "$":
        return "$", at + 2
    if key == "miles" and next_key == "per":
        return "mph", at + 3
    if key in ("degree", "degrees", "°", "º"):
        return degrees(words, at + 1)
    if key.endswith("ed") and len(next_key) > LEAST_SPELT and next_key in UNITS:
        return UNITS[next_key], at + 2  # "373,000 burned acres"
    return aged(words, at + 1, UNITS[key]) if key in UNITS else ("", at)


def aged(words: tuple[Token, ...], at: int, unit: str) -> tuple[str, int]:
    """Tell an age ("52 years old", "52-year-old") from what took 52 years."""
    keys = tuple(t.key for t in words[at : at + 2])
    if keys[:1] == ("old",):
        return unit + OLD, at + 1
    return (unit + OLD, at + 2) if keys in (("-", "old"), ("of", "age")) else (unit, at)


def points(words: tuple[Token, ...], at: int) -> bool:
    """Whether "point" or "points" stands at a place."""
    return at < len(words) and words[at].key in ("point", "points")


def degrees(words: tuple[Token, ...], at: int) -> tuple[str, int]:
    """Degrees of temperature with their scale where it is named."""
    key = words[at].key if at < len(words) else ""
    if key in ("c", "celsius", "centigrade"):
        return "°C", at + 1
    return ("°F", at + 1) if key in ("f", "fahrenheit") else ("°", at)


def money_before(words: tuple[Token, ...], at: int) -> str:
    """The currency sign right before a number: "$", or "A$" where letters say which dollar."""
    if not at or words[at - 1].text not in SIGNS:
        return ""
    sign = SIGNS[words[at - 1].text]
    glued = at > 1 and words[at - 2].end == words[at - 1].start and words[at - 2].is_word
    letters = words[at - 2].key if glued else ""
    return sign if letters in ("", "us") else letters + sign


BETWEEN = ("a", "the", "$", "€", "£", "of", "to", "-")  # a number and what bounds it: "under-16s"


def bound_before(words: tuple[Token, ...], at: int, end: int) -> str:
    """How a number at `at` is bounded: "", "about", "nearly", "over", "least", "under", "most"."""
    keys = [t.key for t in words[max(0, at - 3) : at]]
    after = [t.key for t in words[end : end + 3]]
    if "no" in keys[-3:-1] and keys[-1:] == ["than"]:
        return "least" if keys[-2:-1] in (["fewer"], ["less"]) else "most"
    last = next((k for k in reversed(keys) if k not in BETWEEN), "")
    if last == "than":
        return bound_of_comparison(keys)
    if keys[-2:] == ["up", "to"] or keys[-3:-1] == ["up", "to"]:
        return "most"
    if after[:2] == ["or", "more"] or after[1:3] == ["or", "more"]:
        return "least"
    if last in ("least", "minimum") or after[:1] == ["plus"] or "+" in after[:1]:
        return "least"
    if last in ("most", "maximum"):
        return "most"
    if last in ("nearly", "almost"):
        return "nearly"
    if last in ABOUT:
        return "about"
    return "over" if last in OVER else "under" if last in UNDER else ""


def bound_of_comparison(keys: list[str]) -> str:
    """What "more than", "fewer than", "rather than" say of the number after them."""
    if any(k in ("more", "greater", "higher", "larger", "longer", "older", "better") for k in keys):
        return "over"
    lower = ("less", "fewer", "lower", "smaller", "shorter", "younger", "under")
    return "under" if any(k in lower for k in keys) else ""


ALLOWED = {  # bound of the claim: the bounds of a source that bear it out
    "": {"", "about", "nearly", "over", "least"},
    "about": {"", "about", "nearly", "over", "least", "under", "most"},
    "nearly": {"nearly", "under"},
    "over": {"over"},
    "least": {"", "over", "least"},
    "under": {"under", "nearly"},
    "most": {"", "under", "most", "nearly"},
}


def bounds_agree(claimed: str, stated: str) -> bool:
    """Whether a number bounded as in the source bears out one bounded as in the claim."""
    return stated in ALLOWED[claimed]


def units_agree(claimed: str, stated: str) -> bool:
    """Whether two units are one, or the one that is missing goes without saying."""
    if claimed == stated or {claimed, stated} in ({"pound", "£"}, {"°", "°C"}, {"°", "°F"}):
        return True
    if stated == "" and claimed == "year" + OLD:  # "Smith, 45, …" is a 45-year-old
        return True
    return claimed == "" and stated not in STRICT


def counted(words: tuple[Token, ...], at: int) -> str:
    """The stem of the noun that may be counted at a place; empty before a sign or a small word."""
    return lemma(words[at].key) if at < len(words) and words[at].is_word else ""
