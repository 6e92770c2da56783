"""Which words of a text stand under a "not" or a "may". One scan, two questions.

A negator or hedge reaches to the end of its clause. The first word of meaning after it is its
head: "did not *resign* on Sunday", "plans to *visit* Paris", "no longer *pays*". In a condition it
is the verb: "if the gates had been *opened*". Knows no irony, no "few" and no "if only"; a clause
ends where a comma, a conjunction or a relative pronoun says so.
"""

from functools import lru_cache
from typing import NamedTuple

from qa_service.checks.calendar_words import DAYS, MONTHS, WEEKDAYS
from qa_service.checks.common_words import COMMON
from qa_service.checks.senses import sense
from qa_service.checks.words import Token, is_content, lemmas, tokens, word_set

NOT = word_set(
    "not never no cannot without nobody none nothing neither nor nowhere hardly barely scarcely "
    "nicht kein keine keinen keinem keiner nie niemals ohne niemand nichts weder "
    "pas jamais aucun aucune sans ni rien personne "
    "nunca ningun ninguna sin tampoco nadie "
    "не нет никогда без ни никто ничего لا لم لن ليس ليست بدون غير 不 没 無 无 未 非"
)
NOT_WITH_TO = lemmas(  # negate what they are followed by: "refused to sign", "denied taking it"
    "refuse fail decline deny unable reject stop prevent avoid cease forget neglect abstain refrain"
)
NO_NEGATION = {  # what looks like a negation and is none
    "not": word_set("only just merely least until"),
    "no": word_set("doubt fewer less more later sooner matter"),
    "nothing": word_set("but"),
}
TURNED_DOWN = lemmas("refuse deny")  # "the ban was refused"
OPEN = word_set(
    "may might could would will shall should must possibly perhaps maybe potentially "
    "potential possible planned expected proposed likely scheduled upcoming hypothetical intended "
    "prospective whether wird werden würde könnte soll sollte pourrait sera seront devrait podría "
    "podria debería sería может могут мог будет будут"
)
ALLEGED = word_set(
    "alleged allegedly reportedly suspected purported purportedly supposedly apparently rumored "
    "rumoured unconfirmed mutmaßlich angeblich presunto présumé предположительно"
)
CONDITIONS = word_set("if whether unless wenn ob si если ли")
"""What is said under one of these is open, the verb of it and not the noun that comes first."""
VERBAL = word_set("is are was were be been being has have had did do does")
OPEN_WITH_TO = lemmas(
    "plan want hope intend aim seek vow pledge promise threaten ask urge order tell call agree "
    "decide offer propose consider set go about expect schedule prepare try attempt ready due "
    "wish refuse poise need"
)
ALLEGED_WITH = lemmas("accuse suspect charge believe think rumor allege claim")
STOPS = word_set(
    "but because although though while whereas who which whom when after before since and so yet "
    "aber weil und der mais parce et pero porque y но потому и который"
)
SIGNS = frozenset(',.;:!?()—–…\n"“”«»„')
TIMES = word_set("on in at last this next again also repeatedly once") | frozenset(
    day for table in (WEEKDAYS["en"], MONTHS["en"], DAYS["en"]) for day in table
)
"""What may stand between "refused" and its "to": "refused on Monday to ban"."""
HELD_BACK = word_set("the a an it he she they we this that his her their its")
INFINITIVE = "infinitive"  # "was chosen to lead": done or not, the words do not tell
REACH = 4  # words between "asked" and its "to": "asked the prime minister to"
ASIDE = 9  # words between commas: "a claim, shared widely on social media, that"
PERSONS = word_set("he she they it we i you")


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
        open_ended = INFINITIVE if before == "to" or self.infinitive else ""
        head = self.hedge_head or (before in CONDITIONS and token.key.endswith(("ed", "en")))
        return Word(
            sense(token.stem),
            token.text,
            self.negative,
            self.hedge or open_ended,
            self.not_head,
            head,
        )


def passive(words: tuple[Token, ...], at: int) -> bool:
    """Whether a verb is done to what stands before it: "was refused", "has been denied"."""
    return any(
        t.key in ("is", "are", "was", "were", "been", "being") for t in words[max(0, at - 2) : at]
    )


def inverted(words: tuple[Token, ...], at: int) -> bool:
    """Whether a condition begins without "if": "Had the gates been opened"."""
    if words[at].key not in ("had", "were", "should") or at + 1 >= len(words):
        return False
    if words[at].is_capital and (not at or not words[at - 1].is_word):
        return words[at + 1].is_word
    return at > 0 and words[at - 1].text == "," and words[at + 1].key in HELD_BACK


def ends_clause(words: tuple[Token, ...], at: int) -> bool:
    """Whether what went before reaches no further than here."""
    if words[at].key == "yet":  # "not yet ordered", "has yet to order"; ", yet" ends a clause
        return at == 0 or not words[at - 1].is_word
    return words[at].text in SIGNS or words[at].key in STOPS


def negates(words: tuple[Token, ...], at: int) -> bool:
    """Whether the word at a place turns what follows into its contrary."""
    key = words[at].key
    if key.endswith("n't") or key == "cannot":
        return True
    following = words[at + 1] if at + 1 < len(words) else None
    if key == "yet":
        return following is not None and following.key == "to" and words[at - 1].key in VERBAL
    if key not in NOT:
        return False
    if following is None or following.key in NO_NEGATION.get(key, ()):
        return False
    if [t.key for t in words[at : at + 3]] == ["not", "to", "mention"]:
        return False
    return not (key == "no" and (following.text[0].isdecimal() or following.text == "."))


def leads(words: tuple[Token, ...], at: int) -> tuple[int, str, bool]:
    """Where a verb such as "plans", "refused" or "accused" begins to govern; 0 if it does not."""
    stem = words[at].stem
    if stem in NOT_WITH_TO and at + 1 < len(words):
        following = words[at + 1].key
        governed = following in ("he", "she", "they", "it", "any") or following.endswith("ing")
        return (at + 1 if governed else link_in_time(words, at)), "", True
    if stem in OPEN_WITH_TO:
        return find(words, at, ("to",)), "open", False
    if stem in ALLEGED_WITH:
        return find(words, at, ("of", "with", "to", "that")), "alleged", False
    return 0, "", False


def link_in_time(words: tuple[Token, ...], at: int) -> int:
    """The place of the "to", "that" or "from" after a verb, a time between them aside; or 0."""
    place = at + 1
    while place < len(words) and (
        words[place].key in TIMES or words[place].text.isdecimal() or is_adverb(words[place])
    ):
        place += 1
    return place if place < len(words) and words[place].key in ("to", "that", "from") else 0


def find(words: tuple[Token, ...], at: int, links: tuple[str, ...]) -> int:
    """The place of the next link word within reach and within the clause, or 0."""
    for place in range(at + 1, min(at + 2 + REACH, len(words))):
        if words[place].key in links:
            return place
        if words[place].text == "," and (beyond := over_aside(words, place, links)):
            return beyond
        if ends_clause(words, place):
            return 0
    return 0


def over_aside(words: tuple[Token, ...], at: int, links: tuple[str, ...]) -> int:
    """The place of a link word right after what a pair of commas sets apart, or 0."""
    for place in range(at + 1, min(at + ASIDE, len(words) - 1)):
        if words[place].text in SIGNS:
            follows = words[place].text == "," and words[place + 1].key in links
            return place + 1 if follows else 0
    return 0


def is_name(words: tuple[Token, ...], at: int) -> bool:
    """Whether a word is written as a name; names are neither denied nor planned."""
    if not words[at].is_capital:
        return False
    begins = at == 0 or words[at - 1].text in '.!?\n“"'
    followed = at + 1 < len(words) and words[at + 1].is_capital
    return not begins or (followed and words[at].key not in COMMON)


def is_adverb(token: Token) -> bool:
    """Whether a word merely colours the verb after it."""
    return (len(token.key) > 4 and token.key.endswith("ly")) or token.key in (
        "yet",
        "ever",
        "fully",
    )
