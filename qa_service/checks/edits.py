"""What a claim that keeps the words of a sentence has put in, left out or exchanged.

Between words that the two share, one small difference can turn the sense: "before" for "after", a
"not" the more, a name for a name. Says nothing of claims that are worded otherwise; the other
checks are for those.
"""

from qa_service.answers import Issue
from qa_service.checks import names
from qa_service.checks.alignment import Edit, Laid, laid, reordered
from qa_service.checks.antonyms import contrary_in_place
from qa_service.checks.cited import Cited
from qa_service.checks.hedges import NOT, NOT_WITH_TO, negates
from qa_service.checks.renames import capitals, miscalled, renamed
from qa_service.checks.words import FUNCTION, Token, is_content, word_set

WIDEST = 8  # words: a longer difference is another sentence, not an exchange
ASPECT = word_set("still already longer anymore yet ever even also just now currently")
QUANTITIES = word_set("everyone everybody everything all some any always both either someone")
SMALL = FUNCTION | ASPECT | QUANTITIES | NOT | {"wo", "ca", "sha"}  # of "won't", cut in two


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
