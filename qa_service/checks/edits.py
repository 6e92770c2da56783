"""What a claim that keeps the words of a sentence has put in, left out or exchanged.

The claim is laid over each cited sentence word by word. Where the two differ between words that
they share, one small difference can turn the sense: "before" for "after", a "not" the more, a
name for a name. Says nothing of claims that are worded otherwise; the other checks are for those.
"""

from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from qa_service.answers import Issue
from qa_service.checks import dates, names
from qa_service.checks.antonyms import contrary_in_place
from qa_service.checks.cited import Cited
from qa_service.checks.common_words import TITLES
from qa_service.checks.hedges import NOT, NOT_WITH_TO, negates
from qa_service.checks.mentions import mentions, small_words
from qa_service.checks.places import CANON, COUNTRIES
from qa_service.checks.quantities import quantities
from qa_service.checks.words import FUNCTION, Token, is_content, tokens, word_set

QUOTES = frozenset("\"“”«»„‘’'")
ENDS = frozenset(".!?…\n")
LEAST_SHARED = 0.5  # of the claim's words: with fewer it is no rewording of this sentence
LEAST_AROUND = 3  # words that both have right before and after a difference, an end counts as two
WIDEST = 8  # words: a longer difference is another sentence, not an exchange
ASPECT = word_set("still already longer anymore yet ever even also just now currently")
QUANTITIES = word_set("everyone everybody everything all some any always both either someone")
SMALL = FUNCTION | ASPECT | QUANTITIES | NOT | {"wo", "ca", "sha"}  # of "won't", cut in two
LIST = word_set("and or & ,")


class Edit(NamedTuple):
    """A stretch of the claim and what the sentence has instead; either may be empty."""

    mine: tuple[int, int]  # tokens of the claim, half-open
    theirs: tuple[int, int]  # tokens of the sentence
    anchored: bool  # the two have the same words on both sides of it


class Laid(NamedTuple):
    """A claim laid over a sentence."""

    claim: tuple[Token, ...]
    sentence: tuple[Token, ...]
    edits: tuple[Edit, ...]


@lru_cache(maxsize=8192)
def laid(claim: str, sentence: str) -> Laid:
    """Lay a claim over a sentence, quotation marks aside; no edits where too little is shared."""
    mine, theirs = (tuple(t for t in tokens(s) if t.text not in QUOTES) for s in (claim, sentence))
    shared = {t.stem for t in theirs}
    if sum(t.stem in shared for t in mine) < LEAST_SHARED * len(mine):
        return Laid(mine, theirs, ())
    blocks = SequenceMatcher(
        None, [t.stem for t in mine], [t.stem for t in theirs], autojunk=False
    ).get_matching_blocks()
    found, left = [], (0, 0, 0)
    for block in blocks:
        i, j = left[0] + left[2], left[1] + left[2]
        if i < block.a or j < block.b:
            before = left[2] or 2 * (i == 0 and j == 0)
            after = block.size or 2 * (ended(mine, block.a) and ended(theirs, block.b))
            around = before > 0 and after > 0 and before + after >= LEAST_AROUND
            found.append(Edit((i, block.a), (j, block.b), around))
        left = (block.a, block.b, block.size)
    return Laid(mine, theirs, tuple(found))


def ended(words: tuple[Token, ...], at: int) -> bool:
    """Whether nothing but signs follows a place."""
    return all(t.text in ENDS for t in words[at:])


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the first small difference that turns the sense of a sentence that is cited."""
    english = (cited.language or "en") == "en"
    for sentence in cited.sentences:
        over = laid(claim, sentence)
        for edit in over.edits:
            mine, theirs = over.claim[slice(*edit.mine)], over.sentence[slice(*edit.theirs)]
            if not edit.anchored or max(len(mine), len(theirs)) > WIDEST or reordered(over, edit):
                continue
            issue = turned(over, edit) or denied(over, edit)
            if issue is None and english:
                issue = renamed(claim, sentence, mine, theirs) or miscalled(over, edit)
                if issue and names.granted(capitals(claim, mine), cited):
                    issue = None
            if issue:
                return [issue]
    return []


def reordered(over: Laid, edit: Edit) -> bool:
    """Whether what was exchanged stands next to an "and", on its other side: "women and men"."""
    mine = {t.stem for t in over.claim[slice(*edit.mine)]}
    other = [e for e in over.edits if e is not edit and joined(over, e, edit)]
    return any(mine & {t.stem for t in over.sentence[slice(*e.theirs)]} for e in other)


def joined(over: Laid, one: Edit, two: Edit) -> bool:
    """Whether only an "and" or a comma lies between two edits."""
    first, second = sorted((one, two))
    between = over.claim[first.mine[1] : second.mine[0]]
    return bool(between) and all(t.key in LIST or t.key == "the" for t in between)


def turned(over: Laid, edit: Edit) -> Issue | None:
    """Refuse a word that stands where the sentence has its opposite."""
    if denials(over.claim, *edit.mine) != denials(over.sentence, *edit.theirs):
        return None  # "did not pass" for "rejected"
    if any(e is not edit and of_another_clause(over, e) for e in over.edits):
        return None  # "37% approve" on "60% disapprove and 37% approve"
    for token in over.claim[slice(*edit.mine)]:
        for other in over.sentence[slice(*edit.theirs)]:
            if contrary_in_place(token, other):
                told = f"The claim says “{token.text}”; the cited sentence says “{other.text}”."
                return Issue("direction", told)
    return None


def of_another_clause(over: Laid, edit: Edit) -> bool:
    """Whether the claim has a number here that the sentence has in another place."""
    numbers = {t.key for t in over.claim[slice(*edit.mine)] if t.text[0].isdecimal()}
    return bool(numbers & {t.key for t in over.sentence} and edit.theirs[0] < edit.theirs[1])


def denied(over: Laid, edit: Edit) -> Issue | None:
    """Refuse a "not" that was put in, taken out or turned into "still", and nothing else."""
    mine, theirs = denials(over.claim, *edit.mine), denials(over.sentence, *edit.theirs)
    if mine == theirs or not (
        empty(over.claim[slice(*edit.mine)]) and empty(over.sentence[slice(*edit.theirs)])
    ):
        return None
    if mine:
        return Issue("negation", "The claim has a “not” that the cited sentence has not.")
    return Issue("negation", "The cited sentence has a “not” that the claim lost.")


def denials(words: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether a stretch of words denies what follows it; two denials deny nothing."""
    count = 0
    for at in range(first, last):
        following = words[at + 1].key if at + 1 < len(words) else ""
        refuses = words[at].stem in NOT_WITH_TO and following in ("to", "that", "from")
        count += refuses or negates(words, at)
    return count % 2 == 1


def empty(words: tuple[Token, ...]) -> bool:
    """Whether words carry nothing but denial, tense and time."""
    return all(
        t.key in SMALL or t.key.endswith("n't") or t.stem in NOT_WITH_TO
        or (not is_content(t) and t.is_word)
        for t in words
    )  # fmt: skip


def renamed(
    claim: str, sentence: str, mine: tuple[Token, ...], theirs: tuple[Token, ...]
) -> Issue | None:
    """Refuse a capitalised word that stands in the place of another name."""
    new = capitals(claim, mine)
    if not new or {t.key for t in new} <= initials_of(sentence):
        return None
    there = {t.stem for t in tokens(sentence) if t.is_capital}
    swapped = bare_name(mine) and bare_name(theirs)
    if not swapped and any(t.stem in there for t in new):
        return None  # "Trump was beaten by" for "Biden beat": other checks know who does what
    old = lost_names(claim, sentence, theirs, even_if_kept=swapped)
    keys = tuple(CANON.get(t.key, t.key) for t in new)
    if not old or any(names.same_name(keys, key) for key in old) or surnamed(claim, new, old):
        return None
    here, instead = " ".join(t.text for t in new), " ".join(old[0]).title()
    return Issue("name", f"The claim says “{here}” where the cited sentence says “{instead}”.")


def surnamed(claim: str, new: list[Token], old: list[tuple[str, ...]]) -> bool:
    """Whether only a first name differs; whether that one is known is for the check of names."""
    starts = {t.start for t in new}
    mine = [m for m in mentions(claim, "en") if any(t.start in starts for t in m)]
    return any({t.key for t in m if t.start not in starts} & set(key) for m in mine for key in old)


def miscalled(over: Laid, edit: Edit) -> Issue | None:
    """Refuse a country in the place of its people, or its people in the place of the country."""
    mine, theirs = over.claim[slice(*edit.mine)], over.sentence[slice(*edit.theirs)]
    if len(mine) != 1 or len(theirs) != 1 or mine[0].key == theirs[0].key:
        return None
    one, two = (
        part_of(words, at)
        for words, at in ((over.claim, edit.mine[0]), (over.sentence, edit.theirs[0]))
    )
    if one and two and one != two:
        told = f"The claim says “{mine[0].text}”; the cited sentence says “{theirs[0].text}”."
        return Issue("name", told)
    return None


def part_of(words: tuple[Token, ...], at: int) -> str:
    """Whether a word names a country, its people, or what belongs to it; empty for other words."""
    key = words[at].key
    if key not in CANON:
        return ""
    if words[at].text.endswith(("'s", "’s")):
        return "belonging"
    if key in COUNTRIES:
        return "country"
    following = words[at + 1] if at + 1 < len(words) else None
    described = (
        following is not None
        and following.is_word
        and (is_content(following) or following.text == "-")
    )
    return "belonging" if described and not (key.endswith("s") and key[:-1] in CANON) else "people"


def initials_of(sentence: str) -> set[str]:
    """The acronyms that the names of a sentence would give."""
    return names.initials([t for t in tokens(sentence) if t.is_word])


def bare_name(words: tuple[Token, ...]) -> bool:
    """Whether a stretch is a name with its titles and nothing else."""
    return bool(words) and all(
        t.is_capital
        or t.key in TITLES
        or t.text in ("-", ".")
        or (at and words[at - 1].text == "-")
        for at, t in enumerate(words)
    )  # "Shanghai-based" too


def capitals(text: str, words: tuple[Token, ...]) -> list[Token]:
    """The words of a stretch that are written with a capital and belong to no date or unit."""
    every = tokens(text)
    counted = [(m.first, m.last) for m in dates.mentions(text, None, "en")]
    counted += [(q.first, q.last) for q in quantities(text, "en")]
    taken = {every[i].start for first, last in counted for i in range(first, last)}
    opening = every[0].start if every else 0
    return [
        t for t in words
        if t.is_word and t.is_capital and t.start not in taken
        and not (t.start == opening and t.key in FUNCTION)
    ]  # fmt: skip


def lost_names(
    claim: str, sentence: str, theirs: tuple[Token, ...], *, even_if_kept: bool
) -> list[tuple[str, ...]]:
    """The names in a stretch of the sentence, those left out that the claim has elsewhere."""
    within = {t.start for t in theirs}
    kept = frozenset() if even_if_kept else names.vocabulary(claim)
    out = []
    for mention in mentions(sentence, "en", small_words(sentence)):
        keys = tuple(CANON.get(t.key, t.key) for t in mention)
        if any(t.start in within for t in mention) and not any(k in kept for k in keys):
            out.append(keys)
    return out
