"""Whether something stands where the source has something else.

If the frame that a name, number, date or unit has in the claim is in the source that of another,
and its own place there is another one, the two were exchanged. Holds in every language with spaces.
"""

from qa_service.answers import Issue
from qa_service.checks import dates, granted, names, numbers
from qa_service.checks.anchors import Anchor, Relation, owns, quantity_at
from qa_service.checks.cited import Cited
from qa_service.checks.common_words import occupation
from qa_service.checks.frames import Framed, fits, framed
from qa_service.checks.mentions import small_words
from qa_service.checks.places import CANON, COUNTRIES
from qa_service.checks.relations import reading
from qa_service.checks.roles import GENERIC, Agreement
from qa_service.checks.words import is_content, tokens
from qa_service.datelines import PRINTED

DESCRIPTION = 6  # tokens between two names, the first of which describes the second
KIN = {"name": "name", "loose": "name", "number": "figure", "date": "figure", "unit": "unit"}
LIST = frozenset({"and", "or", ",", "&", "the", "und", "et", "y", "и", "-", "–", "to"})


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the first thing that stands in another's place."""
    language = cited.language or "en"
    known = small_words(cited.text)
    own_words = [(s, small_words(s)) for s in cited.sentences]
    theirs = [
        (s, f)
        for s, k in own_words
        for f in framed(s, language, k)
        if f.anchor.kind != "loose" and not (f.anchor.first == 0 and PRINTED.match(s))
    ]
    agree = Agreement(claim, cited, [(s, reading(s, language, k)) for s, k in own_words])
    bonds = reading(claim, language, known).relations
    for mine in framed(claim, language, known):
        rivals = [(s, f) for s, f in theirs if alike(claim, mine.anchor, s, f.anchor)]
        own = [same(claim, mine.anchor, s, f.anchor, cited) for s, f in rivals]
        depth = "far" if mistakable(mine, rivals, own) else "near"
        if any(o and fits(mine, f, depth) for o, (_, f) in zip(own, rivals, strict=True)):
            continue
        if mine.anchor.kind == "name" and names.acronym_of(mine.anchor.key, cited.text):
            continue
        if mine.anchor.kind == "number" and agree.elided(mine.anchor.key[0]):
            continue
        if depth == "near" and any(agree.confirmed(b) for b in bonds if tells(b, mine.anchor)):
            continue  # "was beaten by Biden": another place, the same part
        if is_asked(claim, mine.anchor, cited):
            continue
        for is_own, (sentence, other) in zip(own, rivals, strict=True):
            if (
                not is_own
                and fits(mine, other, depth)
                and not (any(own) and belongs(other.anchor))
                and not listed(mine, sentence, claim, rivals, own, other)
                and not describes(sentence, other.anchor, rivals, own)
            ):
                here, there = shown(claim, mine.anchor), shown(sentence, other.anchor)
                told = f"The claim says {here} where the cited sentence says {there}."
                return [Issue("role", told)]
    return []


def is_asked(claim: str, anchor: Anchor, cited: Cited) -> bool:
    """Whether a name or date is the question's own, and the headline or the article has it."""
    if anchor.kind == "name":
        return granted.titled(anchor.key, claim, cited)
    return anchor.kind == "date" and dates.granted(date_at(claim, anchor, cited), cited)


def alike(claim: str, mine: Anchor, sentence: str, other: Anchor) -> bool:
    """Whether two anchors are of one kind; a year may be read as a number on either side."""
    if mine.kind == other.kind or KIN[mine.kind] != "figure":
        return KIN[mine.kind] == KIN[other.kind]
    written = shown(claim, mine) if mine.kind == "date" else shown(sentence, other)
    return KIN[other.kind] == "figure" and written.strip("“”").isdecimal()


def tells(bond: Relation, anchor: Anchor) -> bool:
    """Whether a bond is an anchor's own and says more than that it counts people."""
    return (bond.kind, bond.anchor) == (anchor.kind, anchor.key) and bond.word not in GENERIC


def belongs(anchor: Anchor) -> bool:
    """Whether a name says whose something is: "a British children's show" rivals no other name."""
    return anchor.kind == "name" and all(k in CANON and k not in COUNTRIES for k in anchor.key)


def mistakable(mine: Framed, rivals: list[tuple[str, Framed]], own: list[bool]) -> bool:
    """Whether the near frame of an anchor is that of its own place and of another's too."""
    fit = [fits(mine, f, "near") for _, f in rivals]
    both = any(f and o for f, o in zip(fit, own, strict=True)) and any(
        f and not o for f, o in zip(fit, own, strict=True)
    )
    return both and any(fits(mine, f, "far") for _, f in rivals)


def listed(
    mine: Framed, sentence: str, claim: str, rivals: list[tuple[str, Framed]], own: list[bool],
    other: Framed,
) -> bool:  # fmt: skip
    """Whether the two merely changed places in one list: "Xi and Biden" for "Biden and Xi"."""
    words = tokens(sentence)
    for is_own, (where, framed_own) in zip(own, rivals, strict=True):
        if is_own and where == sentence:
            one, two = sorted((framed_own.anchor, other.anchor), key=lambda a: a.first)
            between = {t.key for t in words[one.last : two.first]}
            if between <= LIST and between & {"and", "or", "&", "und", "et", "y", "и"}:
                return mine.anchor.kind == "name"
    return False


def describes(
    sentence: str, other: Anchor, rivals: list[tuple[str, Framed]], own: list[bool]
) -> bool:
    """Whether the other one only describes the claim's own: "NBA superstar Kevin Durant"."""
    words = tokens(sentence)
    for is_own, (where, framed_own) in zip(own, rivals, strict=True):
        between = words[other.last : framed_own.anchor.first]
        if not is_own or where != sentence or len(between) > DESCRIPTION:
            continue
        owned = owns(words, other) and not any(t.is_word and not is_content(t) for t in between)
        if between and (owned or all(occupation(t.key) for t in between)):
            return True
    return False


def same(claim: str, mine: Anchor, sentence: str, other: Anchor, cited: Cited) -> bool:
    """Whether an anchor of the claim and one of the source are the same thing."""
    language = cited.language or "en"
    if (
        KIN[mine.kind] == "figure" and mine.kind != other.kind
    ):  # a year that one side reads as a number
        return shown(claim, mine) == shown(sentence, other)
    if mine.kind in ("name", "loose"):
        return names.same_name(mine.key, other.key)
    if mine.kind == "unit":
        return mine.key == other.key
    if mine.kind == "number":
        one, two = (quantity_at(claim, language, mine.key[0]),
                    quantity_at(sentence, language, other.key[0]))  # fmt: skip
        return numbers.values_agree(one, two)
    return dates.fits(date_at(claim, mine, cited), date_at(sentence, other, cited))


def date_at(text: str, anchor: Anchor, cited: Cited) -> dates.Mention:
    """The date that an anchor of kind "date" stands for."""
    every = dates.mentions(text, cited.published, cited.language or "en")
    return next(m for m in every if m.first == anchor.first)


def shown(text: str, anchor: Anchor) -> str:
    """An anchor in the text's own characters."""
    words = tokens(text)
    return f"“{text[words[anchor.first].start : words[anchor.last - 1].end]}”"
