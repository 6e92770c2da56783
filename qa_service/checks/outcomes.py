"""Who won, died or is missing, or who drafted the letter: the source says so near the quote.

Asked who won, a model names whoever is near: one of two teams that, says a preview, "take on" each
other for the title. Asked who drafted a letter, it names who quoted from it; asked how many were
missing, it counts the dead. The other words of a question may stand anywhere in the article.
"""

import re
from itertools import pairwise

from qa_service.answers import Issue
from qa_service.checks.cited import Cited
from qa_service.checks.overlap import has
from qa_service.checks.speeches import SAYING
from qa_service.checks.verbs import LIGHT, RAISING
from qa_service.checks.words import FUNCTION, Token, is_content, lemmas, tokens
from qa_service.evidence import ASKING

SAID = {  # what tells of the outcome beside the words themselves
    "win won winner": "victory victor victorious beat beaten defeat champion crown clinch triumph "
    "title trophy prevail award earn claim claimed secure best gold medal medalist honor elected "
    "reelected landslide topple oust edge sweep swept snag receive topped home bag scoop recipient "
    "laureate prize",
    "lose lost loser": "defeat beaten beat fall fell drop forfeit miss shed cost concede win won",
    "die died death": "dead kill killed fatal body bodies deceased passed late mourn funeral toll "
    "obituary drown murder shot assassinate perish victim euthanize",
    "injure injured injury hurt wound wounded": "casualty hospital hospitalize hospitalized treat "
    "treated burn burned fracture maim stab shot critical stretcher concussion",
    "missing": "unaccounted lost disappear disappeared vanish vanished whereabouts trapped search",
    "arrest arrested": "detain custody charge charged apprehend nab held seize capture jail jailed "
    "handcuff round pick indict",
    "runner": "second silver runners trail behind",  # -up
    "resign resigned resignation": "quit step stepped leave left oust exit depart replace down",
}
WON = lemmas("win won winner")
GROUPS = [(lemmas(words), lemmas(f"{words} {others}")) for words, others in SAID.items()]
# "Did Ann Smith spend", "does the Bank of England expect": what the name is asked to have done.
DID = re.compile(r"\b(?:did|does|do) (?:(?:the|of|and|[A-Z][\w.'’-]*,?) )+([a-z]{3,})\b")
# "How many were missing after the flood": the state that is counted.
COUNTED = re.compile(
    r"\bhow many (?:[\w'’-]+ ){0,4}?(?:are|were|got|went|(?:have|had) been) (?:still |\w+ly )?"
    r"([a-z]+)\b(?! of\b)(?=\W*$|[^\w\s]| (\w+))",
    re.IGNORECASE,
)
# "Expected to come", "left without power", "affected": no state by themselves.
NO_STATE = LIGHT | RAISING | lemmas("affect believe consider fear involve know leave")
WHO = re.compile(r"\b(?:who|which|what|whose)\b((?:\W+[\w'’-]+){1,6})", re.IGNORECASE)
SHORTEST = 5  # letters of a word in -ed that tells a deed; "red" does not
# A contest that is still to come does not say who wins it, nor does a round of it.
TO_COME = re.compile(
    r"\b(?:heading (?:to|into|for)|(?:take|takes|taking) on|(?:will|to) (?:face|meet|play)"
    r"|will take place|bids? for)\b",
    re.IGNORECASE,
)
ROUND = re.compile(
    r"\b(?:semi-?finals?|quarter-?finals?|advanc\w+ to|(?:win|victory) (?:against|over))\b",
    re.IGNORECASE,
)
WHOLE = re.compile(
    r"\b(?:cup|championships?|finals?|league|medal|open|series|title|tournament|trophy)\b",
    re.IGNORECASE,
)
DECIDED = re.compile(
    r"\b(?:won|winners?|champions?|crowned|clinched|title|in the final)\b", re.IGNORECASE
)


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the outcome or deed that the claim tells and nothing near the cited sentences does."""
    if (cited.language or "en") != "en":
        return []
    there = {t.stem for t in tokens(cited.told)}
    for token in tokens(claim):
        if any(token.stem in words and not telling & there for words, telling in GROUPS):
            return unsaid(token)
        if token.stem in WON and still_to_come(claim, cited):
            return [Issue("content", "The cited sentence does not say who won in the end.")]
    missing = (t for t in deeds(cited.asked) if has(t.stem, claim) and not has(t.stem, cited.told))
    return next((unsaid(token) for token in missing), [])


def tells_deed(asked: str, text: str) -> bool:
    """Whether a text has what a question asks a name to have done: "whom did Ann Smith appoint"."""
    done = (tokens(match[1])[0] for match in DID.finditer(asked))
    return all(has(t.stem, text) for t in done if t.key not in ASKING)


def counts_state(asked: str, text: str, article: str) -> bool:
    """Whether a text tells the state whose cases a question wants counted, in words known here.

    Any text does, where neither the table nor the article has a word for it.
    """
    there = {t.stem for t in tokens(text)}
    for state in counted(asked):
        known = [telling for words, telling in GROUPS if state.stem in words | telling]
        if known and not any(telling & there for telling in known):
            return False
        if not known and has(state.stem, article) and not has(state.stem, text):
            return False
    return True


def counted(asked: str) -> list[Token]:
    """The states of which a question asks how many there are: "missing", "evacuated"."""
    found = (m for m in COUNTED.finditer(asked) if not m[2] or m[2].lower() in FUNCTION)
    states = [tokens(match[1])[0] for match in found]
    return [t for t in states if is_content(t) and t.key not in ASKING and t.stem not in NO_STATE]


def still_to_come(claim: str, cited: Cited) -> bool:
    """Whether the cited sentences tell of a contest, or of a round of it, and of no winner."""
    told = (TO_COME, ROUND) if WHOLE.search(claim) else (TO_COME,)
    only = any(part.search(cited.text) and not part.search(claim) for part in told)
    return only and not DECIDED.search(cited.text)


def unsaid(token: Token) -> list[Issue]:
    """Say that a word is not there."""
    return [Issue("content", f"The source does not say “{token.text}” there.")]


def deeds(asked: str) -> list[Token]:
    """The first word in -ed behind each "who", "which" or "what" of a question: what was done."""
    found = (
        (t for t, following in pairwise([*words, None]) if t and is_deed(t, following))
        for match in WHO.finditer(asked)
        if (words := tokens(match[1]))
    )
    return [token for every in found if (token := next(every, None))]


def is_deed(token: Token, following: Token | None) -> bool:
    """Whether a word may be a past tense or participle that tells a deed.

    What is said, and what one "managed to" do, is told in many ways.
    """
    in_past = token.text.islower() and token.key.endswith("ed") and len(token.key) >= SHORTEST
    leads_on = following is not None and following.key == "to"
    return in_past and not leads_on and token.key not in ASKING and token.stem not in SAYING
