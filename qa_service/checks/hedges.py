"""The words that deny what follows them or leave it open, and how far they reach.

"Not", "refused to", "may", "plans to", "accused of", "if". Tables of several languages and the
questions that one place in a text answers; the walk along a text is in `predicates`.
"""

from qa_service.checks.calendar_words import DAYS, MONTHS, WEEKDAYS
from qa_service.checks.common_words import COMMON
from qa_service.checks.words import Token, lemmas, word_set

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
ACCUSED = lemmas("accuse suspect charge")
CLAIMED = lemmas("believe think rumor allege claim speculate")
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
REACH = 4  # words between "asked" and its "to": "asked the prime minister to"
ASIDE = 9  # words between commas: "a claim, shared widely on social media, that"
PERSONS = word_set("he she they it we i you")


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
    if stem in ACCUSED:
        return find(words, at, ("of", "with")), "alleged", False
    if stem in CLAIMED:
        return find(words, at, ("to", "that")), "alleged", False
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
