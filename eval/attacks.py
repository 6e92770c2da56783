"""Swap attacks: a true claim made false by one exchange. What a checker of claims has to catch.

One function a kind, each taking a pair and giving the false claims it can make of it. What makes
them false: the new number, date, unit or name stands nowhere in what is shown; a number is moved by
at least a fifth, and behind "at least", "up to" and their like only to the side that does not
follow ("at least 11" still holds for 8); nothing is negated in a sentence with "if" or a question;
speakers and roles change places only where nothing symmetric ("met", "and") joins them.

One kind stands apart, in no total and under no gate: where a claim answers a question, a name from
beside the quote in the answer's place ("who hosts this year"). It is nearly always false, seldom an
alias, and it is what the rules are known not to withstand. The service reads such claims again.

Written for this: it shares no pattern and no table with the service's own checks, and must not.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from eval import exchanges
from eval.names import name_pool, names_in, shares_a_word
from eval.pairs import Pair

SEED = 20230904
RIVAL = "another name in the answer's place"
RIVAL_READ = f"{RIVAL}, after the second reading"
RIVALS = (RIVAL, RIVAL_READ)


@dataclass(frozen=True, slots=True)
class Attack:
    """A claim that its pair's sentences do not support, and what was exchanged."""

    kind: str
    claim: str
    pair: Pair
    exchanged: str  # "11 → 31"


@dataclass(frozen=True, slots=True)
class _Stock:
    names: Sequence[str]  # of all pairs together
    choose: random.Random


# What an agent says, the agency may be said to say: only people take another speaker's place.
_OFFICE = re.compile(
    r"\b(Agency|Association|Center|Centre|Committee|Company|Council|Court|Department|House|Inc|Ministry"
    r"|Office|Police|Service|Union|University|Times|Post|News|Network|Republicans|Democrats)\b"
)

_Maker = Callable[[Pair, _Stock], Iterator[tuple[str, str]]]  # false claim, what was exchanged


def make_attacks(pairs: Sequence[Pair], *, per_kind: int, seed: int = SEED) -> list[Attack]:
    """Make up to `per_kind` attacks of every kind, from pairs in an order fixed by the seed."""
    choose = random.Random(seed)
    shuffled = choose.sample(list(pairs), len(pairs))
    stock = _Stock(name_pool(pair.claim for pair in shuffled), choose)
    return [
        attack
        for kind, maker in MAKERS.items()
        for attack in _of_kind(kind, maker, shuffled, stock)[:per_kind]
    ]


def make_rivals(pairs: Sequence[Pair], *, at_most: int, seed: int = SEED) -> list[Attack]:
    """Make up to so many attacks with another name in the answer's place, citing its sentence."""
    choose = random.Random(seed)
    options = [found for pair in pairs if (found := list(_rivals(pair)))]
    return [choose.choice(found) for found in choose.sample(options, len(options))][:at_most]


def _rivals(pair: Pair) -> Iterator[Attack]:
    answers = [name for name in names_in(pair.claim) if not shares_a_word(name.group(), pair.asked)]
    if not pair.asked or len(answers) != 1:
        return
    known = f"{pair.asked} {pair.claim} {pair.shown[pair.cited].text}"
    for id_, sentence in pair.shown.items():
        for name in names_in(sentence.text.strip()):
            if not shares_a_word(name.group(), known):
                claim, exchanged = _swap(answers[0], name.group())
                yield Attack(RIVAL, claim, replace(pair, cited=id_, also=()), exchanged)


def _of_kind(kind: str, maker: _Maker, pairs: Sequence[Pair], stock: _Stock) -> list[Attack]:
    made = []
    for pair in pairs:
        options = [o for o in maker(pair, stock) if o[0].casefold() != pair.claim.casefold()]
        if options:  # one a pair and kind, so that no article fills the table
            claim, exchanged = stock.choose.choice(options)
            made.append(Attack(kind, claim, pair, exchanged))
    return made


def _numbers(pair: Pair, stock: _Stock) -> Iterator[tuple[str, str]]:
    for found in exchanges.quantities(pair.claim):
        others = exchanges.other_quantities(found)
        fresh = [other for other in others if not _stands(other, pair.around)]
        if fresh:
            yield _swap(found, stock.choose.choice(fresh))


def _units(pair: Pair, stock: _Stock) -> Iterator[tuple[str, str]]:
    for found, other in exchanges.units(pair.claim):
        if not _stands(other, pair.around):
            yield _swap(found, other)


def _dates(pair: Pair, stock: _Stock) -> Iterator[tuple[str, str]]:
    for found, others in exchanges.dates(pair.claim):
        fresh = [other for other in others if not _stands(other, pair.around)]
        if fresh:
            yield _swap(found, stock.choose.choice(fresh))


def _names(pair: Pair, stock: _Stock) -> Iterator[tuple[str, str]]:
    for found in names_in(pair.claim):
        size = len(found.group().split())
        alike = [name for name in stock.names if len(name.split()) == size]
        for _ in range(5):  # enough: nearly every name of another article is a stranger here
            other = stock.choose.choice(alike)
            if not shares_a_word(other, pair.around + pair.article.text):
                yield _swap(found, other)
                break


def _negations(pair: Pair, stock: _Stock) -> Iterator[tuple[str, str]]:
    for found, other in exchanges.negations(pair.claim):
        yield _swap(found, other)


def _directions(pair: Pair, stock: _Stock) -> Iterator[tuple[str, str]]:
    for found, other in exchanges.directions(pair.claim):
        yield _swap(found, other)


def _speakers(pair: Pair, stock: _Stock) -> Iterator[tuple[str, str]]:
    """Put another speaker, who is quoted among the sentences shown, in this one's place."""
    here = exchanges.speakers(pair.claim)
    if len(here) != 1:
        return
    for sentence in pair.shown.values():
        for other in exchanges.speakers(sentence.text):
            known = pair.claim + pair.shown[pair.cited].text
            if not shares_a_word(other.group(), known) and not _OFFICE.search(other.group()):
                yield _swap(here[0], other.group())


def _roles(pair: Pair, stock: _Stock) -> Iterator[tuple[str, str]]:
    """Let the two sides of one sentence change places: who beat whom, from where to where."""
    for first, second in exchanges.opposed(pair.claim):
        a, b = first.group(), second.group()
        if a == b or (a[0].isupper() and shares_a_word(a, b)):
            continue  # the same thing twice turns nothing over
        text = pair.claim
        between = text[first.end() : second.start()]
        claim = text[: first.start()] + b + between + a + text[second.end() :]
        yield claim, f"{a} ↔ {b}"


MAKERS: dict[str, _Maker] = {
    "number": _numbers,
    "unit": _units,
    "date": _dates,
    "name": _names,
    "negation": _negations,
    "direction": _directions,
    "speakers": _speakers,
    "roles": _roles,
}


def _swap(found: re.Match[str], other: str) -> tuple[str, str]:
    text = found.string
    return text[: found.start()] + other + text[found.end() :], f"{found.group()} → {other}"


def _stands(words: str, text: str) -> bool:
    pattern = rf"(?<![\w.,]){re.escape(words)}(?![\w]|[.,]\d)"
    return re.search(pattern, text, re.IGNORECASE) is not None
