"""What can be exchanged in a sentence, and for what: the tables behind `attacks`.

English news. Knows nothing of the sentence's source; `attacks` sees to it that the result is false.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from eval.names import names_in

Match = re.Match[str]

_YEAR_ROUND = (
    "January February March April May June July August September October November December"
)
_WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_COUNTED = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty"
_MONTHS, _DAYS, _SPELT = _YEAR_ROUND.split(), _WEEK.split(), _COUNTED.split()
_MONTH = "|".join(_MONTHS)

_DIGITS = re.compile(r"(?<![\w.,:/’'-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w:/-]|[.,]\d)")
_SPELT_OUT = re.compile(rf"\b(?:{'|'.join(_SPELT)})\b(?! (?:of the|and a half|hundred)|-)")
_YEAR = re.compile(r"(?<![\w.,$€£-])(?:19|20)\d\d(?![\w,-]|\.\d)")
_DAY_OF_MONTH = re.compile(
    rf"\b\d{{1,2}}\b(?= (?:{_MONTH})\b)|(?<=[a-z] )\b\d{{1,2}}\b(?=, (?:19|20)\d\d)"
)
_MONTH_NAME = re.compile(
    rf"\b(?:{_MONTH})\b(?=,? \d)|(?<=\d )(?:{_MONTH})\b|(?<=\bin )(?:{_MONTH})\b"
)
_DAY_NAME = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")

_AT_LEAST = re.compile(r"\b(at least|more than|over|above|exceed\w*|as many as)\W+(\S+ )?$", re.I)
_AT_MOST = re.compile(
    r"\b(up to|at most|less than|fewer than|under|below|within|almost|nearly)\W+(\S+ )?$", re.I
)
# "since 2018" holds for 2021 as well, and "until Friday" for Thursday: a date behind one of these
# is only exchanged for one that does not follow, and where that takes a calendar, not at all.
_FOLLOWS_LATER = re.compile(r"\b(since|after|from)\W+$", re.I)
_FOLLOWS_EARLIER = re.compile(r"\b(until|till|through|to)\W+$", re.I)
_OPEN = re.compile(r"\b(since|after|from|until|till|through|to|by|before|between|and|or)\W+$", re.I)

_UNITS = {
    "million": "billion",
    "billion": "million",
    "thousand": "million",
    "percent": "percentage points",
    "percentage points": "percent",
    "kilometres": "miles",
    "kilometers": "miles",
    "miles": "kilometres",
    "metres": "feet",
    "feet": "metres",
    "millimetres": "centimetres",
    "inches": "feet",
    "dollars": "euros",
    "euros": "dollars",
    "pounds": "dollars",
    "crowns": "euros",
    "tonnes": "kilograms",
    "minutes": "hours",
    "hours": "minutes",
    "days": "weeks",
    "weeks": "months",
    "months": "weeks",
    "years": "months",
}
_UNIT = re.compile(
    rf"(?<=[\d)] )(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})\b"
    rf"|(?:(?<=million )|(?<=billion )|(?<=two )|(?<=three )|(?<=four )|(?<=five )|(?<=six ))"
    r"(?:dollars|euros|pounds|crowns|tonnes|hours|days|weeks|months|years|minutes)\b"
)
_SIGNS = {"$": "€", "€": "£", "£": "$", "%": " percentage points"}
# "2 percentage points of the people" says nothing; "rose by 2 percentage points" something else.
_CHANGE = re.compile(r"\b(by|up|down|rose|fell|gained|lost|climbed|dropped|grew)\b[^.]{0,20}$")
_SIGN = re.compile(r"[$€£](?=\d)|(?<=\d)%")

_OPPOSITES = [
    ("rose", "fell"), ("risen", "fallen"), ("rises", "falls"), ("rise in", "fall in"),
    ("increased", "decreased"), ("an increase", "a decrease"), ("gained", "lost"),
    ("raised its", "lowered its"), ("raises", "lowers"), ("won", "lost"), ("wins", "loses"),
    ("approved", "rejected"), ("accepted", "refused"), ("denied", "confirmed"),
    ("denies", "confirms"), ("supported", "opposed"), ("supports", "opposes"),
    ("highest", "lowest"), ("largest", "smallest"), ("biggest", "smallest"), ("best", "worst"),
    ("more than", "less than"), ("at least", "at most"), ("higher than", "lower than"),
    ("before", "after"), ("opened", "closed"), ("upheld", "overturned"), ("arrived", "departed"),
    ("voted for", "voted against"), ("voted to", "voted not to"), ("guilty", "innocent"),
    ("allowed", "banned"), ("alive", "dead"), ("north", "south"), ("east", "west"),
    ("earlier", "later"), ("strengthened", "weakened"), ("succeeded", "failed"),
    ("legal", "illegal"), ("able to", "unable to"),
]  # fmt: skip
_TURNED = {a: b for one, other in _OPPOSITES for a, b in ((one, other), (other, one))}
_DIRECTION = re.compile(rf"\b(?:{'|'.join(sorted(_TURNED, key=len, reverse=True))})\b(?![’'-])")

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|must|did|does)\b(?= [a-z])"
    r"(?! (?:not|no|never|nothing|nobody|only|to|it|he|she|they|there|an?|the|his|her|its|their)\b)"
    r"(?! (?:our|my|your|some|any|time)\b)"
)
_NOT = re.compile(
    r"(?<=is|as|re|ve|ad|ll|ld|an|st|id|es|do) not(?= (?!only|just|yet|until|least)[a-z])"
    r"|(?<=\w)n[’']t(?= [a-z])| never(?= [a-z])|\bno longer(?= [a-z])"
)
_NEGATED = re.compile(r"\b(not|no|never|nobody|nothing|none|cannot)\b|n[’']t\b", re.I)
_UNSURE = re.compile(r"\b(if|whether|unless|neither|nor|either|hardly|without)\b|\?", re.I)

_SAID = r"(?:said|says|told|added|denied|warned|argued|insisted|explained|claimed|wrote|noted)"
_SAYS_BEFORE = re.compile(rf"^(?:,[^,.]{{3,80}},)? {_SAID}\b")
_SAYS_AFTER = re.compile(r"[”\",] (?:said|says|added|warned|argued|explained) (?:[A-Za-z]+ ){0,3}$")

# Verbs whose two sides cannot change places and leave the sentence true.
_ONE_WAY = re.compile(
    r"\b(?:beat|beats|defeated|sued|accused|accuses|praised|criticised|criticized|replaced|replaces"
    r"|succeeded|bought|buys|acquired|arrested|killed|endorsed|thanked|urged|asked|warned|blamed"
    r"|fired|appointed|told|attacked|invaded|sold|won|leads|led|runs|ran|owns|owned|overtook|ordered"
    r"|nominated|rejected|hired|visited|represented|founded|directed|wrote|hosted|received)\b"
)
_SYMMETRIC = re.compile(r"\b(and|or|met|with|both|each other|while|but|between)\b|[.;:“”\"]")
_MOVES = re.compile(
    r"\b(rose|risen|fell|fallen|cut|raised|lowered|reduced|increased|decreased|changed|moved|dropped"
    r"|grew|flew|sailed|travell?ed|way|went|transferred|climbed)\b[^.;]{0,80}$"
)
_FROM_TO = re.compile(
    r"\bfrom (?P<a>[A-Z]\w+|[$€£]?[\d.,]*\d(?: [a-z]+)?)"
    r" to (?:the \w+ of )?(?P<b>[A-Z]\w+|[$€£]?[\d.,]*\d(?: [a-z]+)?)"
)


def quantities(text: str) -> list[Match]:
    """Find numbers that count or measure: no years, dates, ranges, times or parts of names."""
    dates = [match.span() for pattern in (_YEAR, _DAY_OF_MONTH) for match in pattern.finditer(text)]
    found = [*_DIGITS.finditer(text), *_SPELT_OUT.finditer(text)]
    return [
        match
        for match in found
        if match.span() not in dates
        and not re.search(r"\bbetween\b[^.]*$", text[: match.start()], re.I)
        and not re.search(rf"(?:{_MONTH}|\b[A-Z]\w+)\.? $", text[: match.start()])
        and not re.match(r" ?[ap]\.?m\b| and a half|-|(?: to | or )\d", text[match.end() :])
    ]


def other_quantities(found: Match) -> list[str]:
    """Numbers of the same form that do not follow from the one found."""
    before, word = found.string[: found.start()], found.group()
    at_least, at_most = bool(_AT_LEAST.search(before)), bool(_AT_MOST.search(before))
    if word in _SPELT:
        place = _SPELT.index(word)
        return _SPELT[place + 1 :] if at_least else _SPELT[:place] if at_most else _spelt_but(word)
    value = float(word.replace(",", ""))
    others = [f"{digit}{word[1:]}" for digit in "123456789" if digit != word[0]]
    fits = {other: float(other.replace(",", "")) for other in others}
    return [
        other
        for other, new in fits.items()
        if abs(new - value) >= value / 5 and not (at_least and new < value)
        if not (at_most and new > value)
    ]


def _spelt_but(word: str) -> list[str]:
    return [other for other in _SPELT if other != word]


def units(text: str) -> Iterator[tuple[Match, str]]:
    """Find units and signs that follow or precede a number, each with another one."""
    tables = [(_UNIT, _UNITS), (_SIGN, _SIGNS)]
    for found, table in ((f, table) for pattern, table in tables for f in pattern.finditer(text)):
        share = found.group() in {"%", "percent"}
        if not share or _CHANGE.search(text[: found.start()]):
            yield found, table[found.group()]


def dates(text: str) -> Iterator[tuple[Match, list[str]]]:
    """Find years, months, days of a month and weekdays, each with others that do not follow."""
    for found in _YEAR.finditer(text):
        year, before = int(found.group()), text[: found.start()]
        steps = [-3, -2, -1, 1, 2, 3]
        if re.search(r"\b(by|before|between|and|or)\W+$", before):
            continue
        if _FOLLOWS_LATER.search(before):
            steps = [-3, -2, -1]
        elif _FOLLOWS_EARLIER.search(before):
            steps = [1, 2, 3]
        yield found, [str(year + step) for step in steps]
    for found in _DAY_OF_MONTH.finditer(text):
        if not _OPEN.search(text[: found.start()]):
            yield found, [str(day) for day in range(1, 29) if str(day) != found.group()]
    for pattern, words in ((_MONTH_NAME, _MONTHS), (_DAY_NAME, _DAYS)):
        for found in pattern.finditer(text):
            before = re.sub(r"\d+ $", "", text[: found.start()])
            if not _OPEN.search(before):
                yield found, [word for word in words if word != found.group()]


def negations(text: str) -> Iterator[tuple[Match, str]]:
    """Find where a "not" can be put in or taken out so that the sentence turns over."""
    if _UNSURE.search(text):
        return
    for found in _NOT.finditer(text):
        if not re.match(r"[^.]*\bbut\b", text[found.end() :]):
            yield found, "still" if found.group() == "no longer" else ""
    if not _NEGATED.search(text):  # two negations may well cancel out
        for found in _AUXILIARY.finditer(text):
            yield found, f"{found.group()} not"


def directions(text: str) -> Iterator[tuple[Match, str]]:
    """Find a word with an opposite."""
    if not _UNSURE.search(text):
        for found in _DIRECTION.finditer(text):
            yield found, _TURNED[found.group()]


def speakers(text: str) -> list[Match]:
    """Find the names that something is said by."""
    return [
        name
        for name in names_in(text)
        if not re.search(r"\b(in|of|at|from|for|by)(?: the)? $", text[: name.start()])
        if _SAYS_BEFORE.match(text[name.end() :])
        or (_SAYS_AFTER.search(text[: name.start()]) and text[name.end() : name.end() + 1] in ",.")
    ]


def opposed(text: str) -> Iterator[tuple[Match, Match]]:
    """Find pairs of things that a sentence sets in one direction: names, or a from and a to."""
    names = names_in(text)
    for first, second in pairwise(names):
        between = text[first.end() : second.start()]
        if len(between) <= 60 and _ONE_WAY.search(between) and not _SYMMETRIC.search(between):
            yield first, second
    for found in _FROM_TO.finditer(text):
        if _MOVES.search(text[: found.start()]):  # "from 2,200 to 2,700 years old" is a range
            yield _group(found, "a"), _group(found, "b")


def _group(found: Match, name: str) -> Match:
    here = re.compile(re.escape(found[name])).match(found.string, found.start(name))
    assert here is not None
    return here
