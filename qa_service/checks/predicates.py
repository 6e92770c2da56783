"""Which words of a text stand under a "not" or a "may". One scan, two questions.

A negator or hedge reaches to the end of its clause. The first word of meaning after it is its
head: "did not *resign* on Sunday", "plans to *visit* Paris", "no longer *pays*". In a condition it
is the verb: "if the gates had been *opened*". Knows no irony, no "few" and no "if only"; a clause
ends where a comma, a conjunction or a relative pronoun says so.
"""

from functools import lru_cache
from typing import NamedTuple

from qa_service.checks.hedges import (
    ALLEGED,
    CONDITIONS,
    OPEN,
    PERSONS,
    TURNED_DOWN,
    VERBAL,
    ends_clause,
    inverted,
    is_adverb,
    is_name,
    leads,
    negates,
    passive,
)
from qa_service.checks.senses import sense
from qa_service.checks.words import Token, is_content, tokens

INFINITIVE = "infinitive"  # "chosen to lead", "is cutting": done or not, the words do not tell


class Word(NamedTuple):
    """A word of meaning and what it stands under."""

    meaning: str  # its sense, or its stem
    text: str
    negative: bool
    hedge: str  # "", "open", "alleged", or INFINITIVE: it says neither
    not_head: bool  # the first word under the negation
    hedge_head: bool


@lru_cache(maxsize=8192)
def predicates(text: str) -> tuple[Word, ...]:
    """Scan a text for its words of meaning."""
    return tuple(scanned(text).found)


@lru_cache(maxsize=8192)
def polarity(text: str) -> tuple[bool, ...]:
    """For each token of a text, whether it stands under a negation."""
    return tuple(scanned(text).denied)


def scanned(text: str) -> "Scan":
    """Walk along a text once."""
    scan = Scan(tokens(text))
    for at in range(len(scan.words)):
        scan.step(at)
        scan.denied.append(scan.negative)
    return scan


class Scan:
    """One walk along the tokens of a text; what it holds is what reaches the next word."""

    def __init__(self, words: tuple[Token, ...]) -> None:
        self.words = words
        self.found: list[Word] = []
        self.denied: list[bool] = []
        self.begin_clause()
        self.start_at, self.pending = -1, ("", False)  # the "to" of "plans", and what it brings

    def begin_clause(self) -> None:
        """Forget what reached no further than the clause that ends here."""
        self.clause_from = len(self.found)
        self.negative = self.not_head = self.hedge_head = False
        self.waiting = False  # in a condition whose verb has not come yet
        self.infinitive = False  # behind "to be"
        self.either = False  # behind "denied an affair"
        self.hedge = ""

    def step(self, at: int) -> None:
        """Take one token in, and keep it if it is a word of meaning."""
        if ends_clause(self.words, at):
            self.begin_clause()
        elif self.negates(at):
            self.negative, self.not_head = not self.negative, True
        elif at == self.start_at:
            self.govern()
        elif not self.hedges(at):
            self.word(at)

    def negates(self, at: int) -> bool:
        """Whether a token turns what follows into its contrary; "wouldn't" hedges as well."""
        key = self.words[at].key
        if key in ("or", "nor", "oder", "ou", "или"):
            self.not_head = self.negative
        if key.endswith("n't") and {"wo": "will"}.get(key[:-3], key[:-3]) in OPEN:
            self.hedge, self.hedge_head = "open", True
        return negates(self.words, at)

    def govern(self) -> None:
        """Let a verb such as "plans" or "refused" bear on what follows its "to"."""
        kind, flips = self.pending
        self.negative, self.not_head = self.negative ^ flips, self.not_head or flips
        self.hedge, self.hedge_head = kind or self.hedge, self.hedge_head or bool(kind)

    def hedges(self, at: int) -> bool:
        """Whether a token merely says how sure what follows is."""
        token = self.words[at]
        if token.key in CONDITIONS or inverted(self.words, at):
            self.hedge, self.waiting = "open", True
            return True
        if self.waiting and (token.key in VERBAL or token.key in PERSONS):
            self.hedge_head, self.waiting = True, False
        if token.key in VERBAL and at and self.words[at - 1].key == "to":
            self.infinitive = True
        if token.key == "of":
            self.hedge_head = False  # "will have 92 of the 200 seats"
        if token.key in ALLEGED or (
            token.key in OPEN and not (token.key == "may" and is_name(self.words, at))
        ):
            self.hedge, self.hedge_head = "alleged" if token.key in ALLEGED else "open", True
            return True
        return token.key == "longer" and at > 0 and self.words[at - 1].key in ("no", "any")

    def word(self, at: int) -> None:
        """Keep the word of meaning at a place, and see what it brings over those around it."""
        words, token = self.words, self.words[at]
        opens_at, kind, flips = leads(words, at)
        if opens_at:
            self.start_at, self.pending = opens_at, (kind, flips)
        if not is_content(token) or is_adverb(token):
            return
        if is_name(words, at):
            self.hedge_head, self.waiting = self.hedge_head or self.waiting, False
            return
        self.found.append(self.under(at))
        if self.either:
            self.found.append(self.found[-1]._replace(negative=not self.negative))
        if not opens_at and token.stem in TURNED_DOWN:
            self.turn_down(subject=passive(words, at))
        self.not_head = False
        self.hedge_head, self.waiting = self.waiting, False
        self.infinitive = False
        if opens_at == at + 1 and flips and words[opens_at].key not in ("to", "that", "from"):
            self.negative, self.not_head, self.start_at = not self.negative, True, -1

    def turn_down(self, *, subject: bool) -> None:
        """Read what "was refused" or "denied" is said of both ways: a ban is not, a request is."""
        if subject:
            self.found += [
                w._replace(negative=not w.negative) for w in self.found[self.clause_from : -1]
            ]
        else:
            self.either = True

    def under(self, at: int) -> Word:
        """A token with what it stands under."""
        token, before = self.words[at], self.words[at - 1].key if at else ""
        ongoing = before in ("is", "are") and token.key.endswith("ing")  # done, or about to be
        open_ended = INFINITIVE if before == "to" or self.infinitive or ongoing else ""
        head = self.hedge_head or (before in CONDITIONS and token.key.endswith(("ed", "en")))
        return Word(
            sense(token.stem),
            token.text,
            self.negative,
            self.hedge or open_ended,
            self.not_head,
            head,
        )
