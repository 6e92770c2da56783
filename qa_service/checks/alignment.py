"""A claim laid over a sentence word by word: where the two differ between words that they share.

Knows no meaning: whether a difference turns the sense is for the checks.
"""

from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from qa_service.checks.words import Token, tokens, word_set

QUOTES = frozenset("\"“”«»„‘’'")
ENDS = frozenset(".!?…\n")
LEAST_SHARED = 0.5  # of the claim's words: with fewer it is no rewording of this sentence
LEAST_AROUND = 3  # words that both have right before and after a difference, an end counts as two
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
