"""Whether two words say the contrary of each other, by tables and by the prefixes that deny.

Knows words only; where two of them stand is for the checks.
"""

from functools import lru_cache

from qa_service.checks.opposites import FALSE_PREFIXED, IN_PLACE, OPPOSITES
from qa_service.checks.words import Token, fold, lemma

PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "de")
LEAST_ROOT = 4  # letters: "inn" is no contrary of "n"


def sides(table: str) -> dict[str, frozenset[tuple[int, str]]]:
    """Map each word and its stem to the lines and sides on which it stands."""
    found: dict[str, set[tuple[int, str]]] = {}
    for number, line in enumerate(table.strip().splitlines()):
        for side, words in zip("+-", line.split("|"), strict=True):
            for word in words.split():
                for form in (lemma(word), fold(word)):
                    found.setdefault(form, set()).add((number, side))
    return {word: frozenset(places) for word, places in found.items()}


STRONG, WEAK = sides(OPPOSITES), sides(IN_PLACE)


def contrary(one: Token, other: Token) -> bool:
    """Whether two words say the contrary wherever they stand: "rose" and "fell"."""
    return opposed(one, other, STRONG) or prefixed(one.key, other.key)


def contrary_in_place(one: Token, other: Token) -> bool:
    """Whether one word in the other's place says the contrary: "before" for "after"."""
    if one.key == other.key:
        return False
    if contrary(one, other) or suffixed(one.key, other.key):
        return True
    return opposed(one, other, WEAK)


def akin(one: Token, other: Token) -> bool:
    """Whether two words are one, or stand on one side of a line."""
    return one.stem == other.stem or bool(
        STRONG.get(one.stem, frozenset()) & STRONG.get(other.stem, frozenset())
    )


def opposed(one: Token, other: Token, table: dict[str, frozenset[tuple[int, str]]]) -> bool:
    """Whether a table has the two on the two sides of a line and on no one side together."""
    mine = table.get(one.key, frozenset()) | table.get(one.stem, frozenset())
    theirs = table.get(other.key, frozenset()) | table.get(other.stem, frozenset())
    turned = {(number, "-" if side == "+" else "+") for number, side in mine}
    return bool(turned & theirs) and one.stem != other.stem


@lru_cache(maxsize=65536)
def prefixed(one: str, other: str) -> bool:
    """Whether one word is the other with a prefix that denies it: "legal", "illegal"."""
    short, long = sorted((one, other), key=len)
    if len(short) < LEAST_ROOT or lemma(long) in FALSE_PREFIXED:
        return False
    roots = [long[len(p) :] for p in PREFIXES if long.startswith(p)]
    return any(root == short or lemma(root) == lemma(short) for root in roots)


def suffixed(one: str, other: str) -> bool:
    """Whether two words differ in "-ful" and "-less" only: "harmful", "harmless"."""
    return {one[-3:], one[-4:], other[-3:], other[-4:]} >= {"ful", "less"} and (
        one.removesuffix("ful").removesuffix("less")
        == other.removesuffix("ful").removesuffix("less")
    )
