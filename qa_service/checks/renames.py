"""A name in the place of another name, or a country in the place of its people.

Looks at one difference between a claim and a sentence. Whether a name is in the source at all is
for the check of names.
"""

from qa_service.answers import Issue
from qa_service.checks import dates, names
from qa_service.checks.alignment import Edit, Laid
from qa_service.checks.common_words import TITLES
from qa_service.checks.mentions import mentions, small_words
from qa_service.checks.places import CANON, COUNTRIES
from qa_service.checks.quantities import quantities
from qa_service.checks.words import FUNCTION, Token, is_content, tokens


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


def surnamed(claim: str, new: list[Token], old: list[tuple[str, ...]]) -> bool:
    """Whether only a first name differs; whether that one is known is for the check of names."""
    starts = {t.start for t in new}
    mine = [m for m in mentions(claim, "en") if any(t.start in starts for t in m)]
    return any({t.key for t in m if t.start not in starts} & set(key) for m in mine for key in old)


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
