"""Claims that ask, or repeat the question, where they should answer it."""

import re
from functools import partial
from itertools import pairwise

from qa_service.answers import Issue
from qa_service.checks import direction, kinds, names, negation, overlap, roles, sequence
from qa_service.checks.cited import Cited
from qa_service.checks.mentions import mentions, small_words
from qa_service.checks.predicates import predicates
from qa_service.checks.quantities import quantities
from qa_service.checks.relations import reading
from qa_service.checks.words import fold, last_sentence, lemma, tokens

ASKS = re.compile(r"[?？؟]\W*$")
QUOTED = re.compile(r"[?？؟][\"”»’']\W*$")  # He asked: “Who did that?”
LEFT_OPEN = re.compile(
    r"\b(?:what|who|whom|which|where|when|why|how(?:\s+(?:many|much|often|old|long|far))?)[.!\s]*$"
    r"|[:_…]\s*$|_{3,}",
    re.IGNORECASE,
)
SAID = re.compile(r"\W*(?:[\w.'’-]+ ){1,4}(?:said|says|added)\W*")
SAYS = re.compile(r"\b(?:said|says?|add(?:ed)?|tell|told|announce[ds]?)\b", re.IGNORECASE)
WANTS = re.compile(r"\b(?:who|whom|whose|which|what|where|when|why|how)\b", re.IGNORECASE)
CLOZE = re.compile(r":\s*$")  # "The rise was the highest since:"
YES_NO = re.compile(
    r"\W*(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b", re.IGNORECASE
)
# "Where is Mar-a-Lago located?": what looks like a doer is the one it is done to.
INVERTED = re.compile(r"\b(?:is|are|was|were)\s+(?:the\s+)?[A-Z]")
OFFERS = re.compile(r"\bor\b", re.IGNORECASE)  # "A or B?" is answered in its own words
# "Which team does he play for?" has a "for", which "a game against" in the answer does not turn.
VERBS = partial(direction.check, besides=direction.SMALL | {"against"})
TURNS = (negation.clash, VERBS, sequence.check, roles.check)
AT_LEAST, AT_MOST = {"least", "over"}, {"most", "under", "nearly"}
SIDE = re.compile(r"\b(before|after) how (?:many|long)\b", re.IGNORECASE)
DONE_TO = re.compile(
    r"\bwhom? (?:did|does|do|will|would) (?:[\w.'’-]+ ){1,4}?(\w+)\W*$", re.IGNORECASE
)
MAN = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
WOMAN = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
BEGINS = re.compile(
    r"^\W*(?:which|whose|how\s+(?:many|much|old|long|often|far))\s+\w"
    r"|^\W*(?:who|whom|what|when|where|why|how)\s+"
    r"(?:is|was|are|were|did|does|do|has|have|had|will|would|can|could|should)\b"
    r"|^\W*(?:in|on|at|to|from|for|by|of|with)\s+(?:which|whom|what|whose)\b",
    re.IGNORECASE,
)


def check(claim: str, asked: str = "") -> list[Issue]:
    """Refuse a claim that asks something, or that ends where its answer should stand.

    Refuse, too, one that says nothing that was not in the question.
    """
    asks = bool(ASKS.search(claim)) and not QUOTED.search(claim)
    if asks or LEFT_OPEN.search(claim) or BEGINS.search(claim):
        return [Issue("question", "This asks, or repeats the question; it is no statement.")]
    if SAID.fullmatch(claim) and not SAYS.search(asked):
        return [Issue("question", "This tells who spoke and not what was said.")]
    if not (WANTS.search(asked) or CLOZE.search(asked)) or YES_NO.match(asked):
        return []
    if not OFFERS.search(asked) and not adds(claim, asked):
        return [Issue("question", "This repeats the question and does not answer it.")]
    return turned(claim, asked)


def offers_answers(asked: str) -> bool:
    """Whether a question is answered by yes or no, or by one of two things that it names."""
    return bool(YES_NO.match(asked) or OFFERS.search(asked))


def adds(claim: str, asked: str) -> bool:
    """Whether a claim has a word, a number or a quoted name that the question has not."""
    told = [t for t in overlap.added(claim, asked) if not overlap.written(t, asked)]
    return bool(told or kinds.quoted(claim, asked)) or tells_one(claim, asked)


def tells_one(claim: str, asked: str) -> bool:
    """Whether a claim has one of what is to be counted: "one" is a small word otherwise."""
    wanted = {t.stem for m in kinds.HOW_MANY.finditer(asked) for t in tokens(m[1])[:2]}
    known = "one" in {t.key for t in tokens(asked)}
    pairs = pairwise(tokens(claim))
    return not known and any(one.key == "one" and noun.stem in wanted for one, noun in pairs)


def turned(claim: str, asked: str) -> list[Issue]:
    """Refuse an answer that turns what was asked: "was not pulled", asked which one was.

    A question that a yes or no answers is turned rightly, and is not compared.
    """
    question = Cited((asked,))
    for one, other in ((MAN, WOMAN), (WOMAN, MAN)):
        person = one.search(asked) and not other.search(asked) and other.search(claim)
        if person and not one.search(claim):
            told = f"The question asks about another person than “{person[0]}”."
            return [Issue("question", told)]
    issues = next((found for check in TURNS if (found := check(claim, question))), [])
    return issues or denied(claim, asked) or bounded(claim, asked) or swapped(claim, asked)


def denied(claim: str, asked: str) -> list[Issue]:
    """Refuse the denial of a word that the question takes to be so, wherever the "not" stands."""
    claimed = predicates(claim)
    said = {w.meaning for w in predicates(asked) if not w.negative}
    said -= {w.meaning for w in claimed if not w.negative}
    return [
        Issue("negation", f"The claim denies “{w.text}”, which the question takes to be so.")
        for w in claimed if w.negative and w.meaning in said
    ][:1]  # fmt: skip


def bounded(claim: str, asked: str) -> list[Issue]:
    """Refuse "at most two years", asked who does it after "at least two years"; "before" too."""
    side, said = SIDE.search(asked), {t.key for t in tokens(claim)} & {"before", "after"}
    if side and said and side[1].casefold() not in said:
        return [Issue("direction", f"The question asks what came “{side[1]}” that.")]
    for mine in quantities(claim, "en"):
        for theirs in quantities(asked, "en"):
            both = {mine.bound, theirs.bound}
            if mine.value == theirs.value and both & AT_LEAST and both & AT_MOST:
                return [Issue("number", "The question bounds the number on the other side.")]
    return []


def swapped(claim: str, asked: str) -> list[Issue]:
    """Refuse a name that does what the question says was done to it: "the prize won Lynch"."""
    unsure = {"does"} if INVERTED.search(asked) else set()
    said = [
        r for r in reading(asked, "en", small_words(asked)).relations
        if r.kind == "name" and r.role not in unsure
    ]  # fmt: skip
    for bond in reading(claim, "en", small_words(asked)).relations:
        same = [
            r for r in said
            if (r.word, r.kind) == (bond.word, bond.kind) and names.same_name(r.anchor, bond.anchor)
        ]  # fmt: skip
        other = {"does": {"done"}, "done": {"does"}}.get(bond.role)
        if same and {r.role for r in same} == other:
            name = " ".join(bond.anchor).title()
            return [Issue("role", f"The question has {name} on the other side of it.")]
    return begins_with_object(claim, asked)


def begins_with_object(claim: str, asked: str) -> list[Issue]:
    """Refuse what does the question's verb and stands behind it there: "who won the 2023 Prize".

    Refuse, too, a new name that does what the question says was done to it: "who did she beat".
    """
    named = mentions(claim, "en", small_words(asked))
    if not named or not names.leads(named[0], claim) or OFFERS.search(asked):
        return []
    last = last_sentence(asked)
    keys, theirs = [t.key for t in named[0]], [t.key for t in tokens(last)]
    verb = next((t for t in tokens(claim) if t.start >= named[0][-1].end), None)
    if verb is None or kinds.AUXILIARY.fullmatch(verb.key):
        return []  # "Who is Biden meeting?"
    done, is_new = DONE_TO.search(last), not set(keys) <= {t.key for t in tokens(asked)}
    if done and is_new and verb.stem == lemma(fold(done[1])):
        return [Issue("role", "The question asks whom it was done to.")]
    if theirs[:1] not in (["who"], ["which"]) or verb.key not in theirs[1:]:
        return []
    if set(keys) <= set(theirs[theirs.index(verb.key, 1) + 1 :]):
        written = " ".join(t.text for t in named[0])
        return [Issue("role", f"The question has {written} on the other side of it.")]
    return []
