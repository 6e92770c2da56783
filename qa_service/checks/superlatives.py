"""The oldest, the first, the deadliest: what a claim calls so the source must have called so.

Nearly every sentence about a thing bears out all of "X became the oldest person on the cover" but
that word. The headline or the sentence before may say it. Knows no arithmetic: that one of two
numbers is the larger does not make it the largest.
"""

from qa_service.answers import Issue
from qa_service.checks.cited import Cited
from qa_service.checks.words import tokens, word_set

SAME = (  # of which the first says of the claim's word what the others say in the source
    "biggest largest greatest highest most top record leads led leading ||"
    "smallest lowest least fewest minimum ||"
    "oldest eldest || youngest || longest || shortest || fastest quickest ||"
    "slowest || strongest || weakest || worst || deadliest || richest wealthiest || poorest ||"
    "hottest warmest record || coldest || earliest || cheapest lowest || heaviest || tallest "
    "highest || first debut debuts debuted maiden inaugural never historic 1st premiere ||"
    "busiest || hardest || brightest || furthest farthest || closest nearest || rarest"
)
GROUPS = [word_set(group) for group in SAME.split("||")]
LOOSE = word_set(
    "most top record least minimum lowest highest never historic debut debuts "
    "debuted maiden inaugural premiere leads led leading"
)
"""Words that often mean something else: they bear out a claim, and no claim is held to them."""


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the first superlative of the claim that nothing near the cited sentences says."""
    if (cited.language or "en") != "en":
        return []
    there = {t.key for t in tokens(cited.around)}
    words = tokens(claim)
    for at, token in enumerate(words):
        joined = at + 1 < len(words) and words[at + 1].text == "-"  # "the most-nominated show"
        if (token.key in LOOSE and not joined) or token.is_capital:
            continue
        meant = frozenset().union(*(g for g in GROUPS if token.key in g))
        if meant and not meant & there:
            return [Issue("content", f"The source does not say “{token.text}”.")]
    return []
