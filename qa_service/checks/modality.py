"""Modality: what is planned, possible or alleged is not done, and the other way round.

"Plans to", "may", "will", "threatened to" count as open, "reportedly" and "accused of" as alleged;
either may stand for another of its kind, neither for a plain statement. "Said" is no hedge.
"""

from qa_service.answers import Issue
from qa_service.checks import granted
from qa_service.checks.cited import Cited
from qa_service.checks.predicates import INFINITIVE, Word, predicates
from qa_service.checks.words import lemmas

# Headlines and captions use these as plain nouns; a hedge on one says nothing of an event.
WEAK = lemmas("people year day week month time country state president government company")


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the first verb that is hedged on one side and plain on the other."""
    claimed, stated = predicates(claim), predicates(cited.text)
    for word in claimed:
        mine = [w for w in claimed if w.meaning == word.meaning]
        theirs = [w for w in stated if w.meaning == word.meaning]
        compound = f"{word.text}-" in claim  # "a live-action film": no verb
        if compound or word.meaning in WEAK or not theirs or granted.word(word, cited):
            continue
        if word.hedge and granted.hedge(word, cited):
            continue
        if differ(mine, theirs):
            told = open_in_claim(word) if word.hedge else open_in_source(word, theirs[0])
            return [Issue("modality", told)]
    return []


def differ(mine: list[Word], theirs: list[Word]) -> bool:
    """Whether a verb is hedged on one side only, and is what the hedge is about."""
    if any(w.hedge == INFINITIVE for w in (*mine, *theirs)):
        return False
    if {bool(w.hedge) for w in mine} & {bool(w.hedge) for w in theirs}:
        return False
    return any(w.hedge_head for w in (*mine, *theirs))


def open_in_claim(word: Word) -> str:
    """Say that the source is surer than the claim."""
    return f"The claim leaves “{word.text}” open; the cited sentence states it."


def open_in_source(word: Word, stated: Word) -> str:
    """Say that the claim is surer than the source."""
    how = "alleged" if stated.hedge == "alleged" else "possible or planned"
    return f"The claim states “{word.text}”; in the cited sentence it is {how}."
