"""Numbers: every one of the claim must stand in the cited sentences, as the same quantity.

"280k" is "some 280 thousand", 5 % is not 5 points. Knows no arithmetic: no sums, no rounding, no
conversion.
"""

from collections import Counter

from qa_service.answers import Issue
from qa_service.checks.cited import Cited
from qa_service.checks.quantities import Quantity, quantities
from qa_service.checks.units import MONEY, bounds_agree, money_before, units_agree
from qa_service.checks.words import is_content, tokens


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name every number of the claim that the cited sentences do not state."""
    language = cited.language or "en"
    stated = [q for s in cited.sentences for q in quantities(s, language)]
    claimed_all = quantities(claim, language)
    issues = []
    for claimed in claimed_all:
        same = [q for q in stated if values_agree(claimed, q)]
        borne_out = any(bears_out(claimed, q) for q in same) or in_same_money(claimed, cited)
        borne_out = borne_out or granted(claimed, cited)
        if not borne_out and not goes_without(claim, claimed, cited):
            issues.append(Issue("number", missing(claim, claimed, cited, same or stated)))
    return issues or repeated(claim, claimed_all, stated)


def granted(claimed: Quantity, cited: Cited) -> bool:
    """Whether the question and the article both have the quantity."""
    return all(
        any(
            values_agree(claimed, q) and bears_out(claimed, q)
            for q in quantities(text, cited.language or "en")
        )
        for text in (cited.asked, cited.article)
    )


def repeated(claim: str, claimed: tuple[Quantity, ...], stated: list[Quantity]) -> list[Issue]:
    """Refuse a number said more often than in the source, which has another one instead."""
    mine, theirs = (Counter(q.value for q in each) for each in (claimed, stated))
    again = [q for q in claimed if mine[q.value] > max(1, theirs[q.value])]
    if again and theirs.keys() - mine.keys():
        says = written_out(claim, again[0])
        return [Issue("number", f"The claim says {says} more often than the cited sentence.")]
    return []


def values_agree(claimed: Quantity, stated: Quantity) -> bool:
    """Whether two quantities have one value, a half being 50 %."""
    if claimed.unit == "vague" != stated.unit:
        return 2 * claimed.value <= stated.value < 1000 * claimed.value
    if {claimed.unit, stated.unit} == {"", "%"}:
        share, percent = (claimed, stated) if stated.unit else (stated, claimed)
        return share.value < 1 and share.value * 100 == percent.value
    return claimed.value == stated.value


def bears_out(claimed: Quantity, stated: Quantity) -> bool:
    """Whether a quantity of the source, equal in value, has the unit and bound of the claim's."""
    if {claimed.unit, stated.unit} == {"", "%"}:
        return True  # only a share and its percentage are equal in value
    if "ordinal" in (claimed.unit, stated.unit) or "clock" in (claimed.unit, stated.unit):
        return claimed.unit == stated.unit
    vague = claimed.unit == "vague"
    units = vague or (stated.unit != "vague" and units_agree(claimed.unit, stated.unit))
    return units and bounds_agree("about" if vague else claimed.bound, stated.bound)


def in_same_money(claimed: Quantity, cited: Cited) -> bool:
    """Whether the source names the currency with another number only: "£7m, 1m more than"."""
    if claimed.unit not in MONEY:
        return False
    for sentence in cited.sentences:
        words, there = tokens(sentence), quantities(sentence, cited.language or "en")
        known = any(units_agree(claimed.unit, q.unit) for q in there if q.unit)
        for q in there:
            follows = words[q.last] if q.last < len(words) else None
            counts_none = follows is None or not is_content(follows)
            bare = claimed.value == q.value and not q.unit and counts_none
            if known and bare and bounds_agree(claimed.bound, q.bound):
                return True
    return False


def goes_without(claim: str, claimed: Quantity, cited: Cited) -> bool:
    """Whether a "one" counts nothing: "one of the", "no one", or "a man" in the source."""
    words = tokens(claim)
    if claimed.value != 1 or words[claimed.first].key != "one":
        return False
    after = words[claimed.last].key if claimed.last < len(words) else ""
    if after in ("of", "another", "-", ",", ".", "day") or claimed.last >= len(words):
        return True
    noun = words[claimed.last].stem
    for sentence in cited.sentences:
        source = tokens(sentence)
        for at, token in enumerate(source[:-1]):
            near = {t.stem for t in source[at + 1 : at + 4]}
            if token.key in ("a", "an", "single", "another") and noun in near:
                return True
    return False


def missing(claim: str, claimed: Quantity, cited: Cited, near: list[Quantity]) -> str:
    """Say what the claim says and what the source says instead."""
    says = written_out(claim, claimed)
    values = []
    for sentence in cited.sentences:
        for q in quantities(sentence, cited.language or "en"):
            if q in near:
                values.append(written_out(sentence, q))
    if not values:
        return f"The claim says {says}; the cited sentence gives no number."
    return f"The claim says {says}; the cited sentence says {', '.join(values[:4])}."


def written_out(text: str, quantity: Quantity) -> str:
    """A quantity in the text's own characters, with the words that bound it."""
    words = tokens(text)
    start, end = words[quantity.first].start, words[quantity.last - 1].end
    lead = {"over": "more than ", "under": "less than ", "most": "up to ", "least": "at least ",
            "about": "about ", "nearly": "nearly "}.get(quantity.bound, "")  # fmt: skip
    sign = (
        words[quantity.first - 1].text
        if quantity.first and money_before(words, quantity.first)
        else ""
    )
    return lead + sign + text[start:end]
