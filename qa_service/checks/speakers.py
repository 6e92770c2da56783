"""Who said it: direct and reported speech, "he added" resolved to who spoke before.

Whoever the claim says said it must be the one who said it there; where two people speak in the
source, each keeps his own words. Knows English verbs of saying only: elsewhere a speaker is a name
like any other. Knows nothing of who is meant by "the minister" but that the headline or the
sentence before must have the name.
"""

from functools import lru_cache
from typing import NamedTuple

from qa_service.answers import Issue
from qa_service.checks import names
from qa_service.checks.calendar_words import WEEKDAYS
from qa_service.checks.cited import Cited
from qa_service.checks.places import CANON
from qa_service.checks.words import FUNCTION, Token, is_content, lemmas, tokens

SAYING = lemmas(
    "say tell announce warn claim write tweet add state argue note explain declare insist "
    "acknowledge admit confirm deny report suggest predict reply respond remark comment testify "
    "post reveal estimate stress promise vow recall joke complain conclude continue caution"
)
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
QUOTES = frozenset('"“”«»„')
BETWEEN = frozenset({"has", "have", "had", "also", "later", "then", "is", "was", "who", "did",
                     "reportedly", "previously", "recently", "earlier", "again", "would", "will",
                     "not", "never", "further", "today", "first", "once", "himself"})  # fmt: skip


NEVER_INVERTED = lemmas("tell deny")


class Speech(NamedTuple):
    """One "X said Y": who, and the stems of what."""

    speaker: tuple[str, ...]  # the words of a name; ("he",); or the noun that speaks ("police",)
    written: str  # as it stands in the text
    named: bool
    said: frozenset[str]


class Saying(NamedTuple):
    """Who speaks by one verb of saying."""

    place: int  # of the speaker's first word
    who: tuple[str, ...]
    named: bool
    inverted: bool  # "said X"


@lru_cache(maxsize=8192)
def speeches(text: str, language: str = "en") -> tuple[Speech, ...]:
    """Find who speaks in a text and what each of them says."""
    words = tokens(text)
    mentions = {t.start: m for m in names.mentions(text, language) for t in m}
    found = [
        (at, saying) for at in range(len(words)) if (saying := speaker_at(words, at, mentions))
    ]
    out = []
    for number, (at, saying) in enumerate(found):
        start = found[number - 1][0] + 1 if number else 0
        last = number + 1 == len(found)
        end = len(words) if last else min(found[number + 1][1].place, found[number + 1][0])
        said = words[start:at] if saying.inverted else words[at + 1 : end]
        if saying.inverted and last:
            said = words[start:at] + words[at + 1 :]
        stems = frozenset(t.stem for t in said if is_content(t)) - set(saying.who)
        keys = tuple(CANON.get(k, k) for k in saying.who)
        out.append(Speech(keys, written(text, words, saying.place, mentions), saying.named, stems))
    return tuple(out)


def written(
    text: str, words: tuple[Token, ...], at: int, mentions: dict[int, names.Mention]
) -> str:
    """The speaker in the text's own characters."""
    mention = mentions.get(words[at].start)
    return text[mention[0].start : mention[-1].end] if mention else words[at].text


def speaker_at(
    words: tuple[Token, ...], at: int, mentions: dict[int, names.Mention]
) -> Saying | None:
    """Who speaks by the verb at a place: where, the words, whether a name, whether "said X"."""
    token = words[at]
    if token.key == "according" and at + 2 < len(words) and words[at + 1].key == "to":
        return right_of(words, at + 2, mentions)
    if not token.is_word or token.stem not in SAYING or token.is_capital:
        return None
    if not token.key.endswith(("ed", "s", "id", "ld", "te", "en", "say", "tell", "ing", "claim")):
        return None
    before = at - 1
    while before >= 0 and (words[before].key in BETWEEN or words[before].key.endswith("ly")):
        before -= 1
    left = left_of(words, before, mentions)
    after_quote = before >= 0 and (words[before].text in QUOTES or words[before].text == ",")
    right = right_of(words, at + 1, mentions) if after_quote else None
    if right is None or token.stem in NEVER_INVERTED:
        return left
    return right if left is None or ends_there(words, right, mentions) else left


def ends_there(words: tuple[Token, ...], right: Saying, mentions: dict[int, names.Mention]) -> bool:
    """Whether nothing is said after "said X": a sign or the end follows the name."""
    mention = mentions.get(words[right.place].start)
    after = [t for t in words if mention and t.start >= mention[-1].end]
    return bool(mention) and (not after or not after[0].is_word)


def right_of(
    words: tuple[Token, ...], at: int, mentions: dict[int, names.Mention]
) -> Saying | None:
    """The speaker after "said": over articles and titles to the first name or noun."""
    for place in range(at, min(at + 8, len(words))):
        token = words[place]
        if mention := mentions.get(token.start):
            return Saying(place, tuple(t.key for t in mention), True, True)
        if not token.is_word or token.key in ("that", "on", "in", "to", "it", "there", "at"):
            break
    if at < len(words) and words[at].key in ("he", "she", "they"):
        return Saying(at, (words[at].key,), False, True)
    for place in range(at, min(at + 4, len(words))):
        if words[place].key in WEEKDAYS["en"]:
            break
        if is_content(words[place]) and words[at].key in ("the", "a", "an", words[place].key):
            return Saying(place, (words[place].stem,), False, True)
        if not words[place].is_word:
            break
    return None


def left_of(words: tuple[Token, ...], at: int, mentions: dict[int, names.Mention]) -> Saying | None:
    """The speaker before "said": the name or noun right there, or before what commas set off."""
    if at < 0:
        return None
    if words[at].text in (",", ")"):
        if at and words[at - 1].text == ")":  # "Microsoft (MSFT), says"
            at = next((i for i in range(at, 0, -1) if words[i].text == "("), at)
        back = at - 1 - (at > 0 and words[at - 1].text == ".")  # "R-Ky., said"
        while (
            back > 0
            and words[back].text not in (",", "(", ".", "\n")
            and words[back].text not in QUOTES
        ):
            back -= 1
        if words[back].text in (",", "(") and back > 0 and words[back - 1].start in mentions:
            at = back - 1
        else:
            return None
    if mention := mentions.get(words[at].start):
        return Saying(at, tuple(t.key for t in mention), True, False)
    if words[at].key in PRONOUNS:
        return Saying(at, (words[at].key,), False, False)
    if words[at].is_word and words[at].key not in FUNCTION:
        return Saying(at, (words[at].stem,), False, False)
    return None


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the first speaker of the claim who is not the one who speaks in the source."""
    language = cited.language or "en"
    if language != "en":
        return []
    stated = resolved(cited)
    for speech in speeches(claim, language):
        if not speech.named:
            continue
        issue = wrong_speaker(speech, stated, cited) or wrong_words(speech, stated)
        if issue:
            return [issue]
    return []


def resolved(cited: Cited) -> list[Speech]:
    """Who speaks in the cited sentences, "he" replaced by the one he stands for."""
    out = []
    for sentence in cited.sentences:
        found = speeches(sentence)
        if not found and only_quoted(sentence) and (who := last_named(cited.before)):
            found = (Speech(who.speaker, who.written, True, stems_of(sentence)),)
        out += [named(s, sentence, cited) for s in found]
    return out


def stems_of(text: str) -> frozenset[str]:
    """The stems of a text's words of meaning."""
    return frozenset(t.stem for t in tokens(text) if is_content(t))


def only_quoted(sentence: str) -> bool:
    """Whether a sentence is part of a quotation that tells no speaker."""
    return sentence.lstrip()[:1] in QUOTES or sentence.rstrip(".!? ")[-1:] in QUOTES


def named(speech: Speech, sentence: str, cited: Cited) -> Speech:
    """Resolve "he" to the first name of his sentence, or to who spoke or acted before."""
    if speech.named or speech.speaker[0] not in ("he", "she", "they"):
        return speech
    own = [m for m in names.mentions(sentence) if tokens(sentence)[0].start <= m[0].start]
    pronoun = next((t.start for t in tokens(sentence) if t.key == speech.speaker[0]), 0)
    earlier = [m for m in own if m[-1].end <= pronoun]
    if earlier:
        keys = tuple(CANON.get(t.key, t.key) for t in earlier[0])
        return Speech(keys, " ".join(t.text for t in earlier[0]), True, speech.said)
    who = last_named(cited.before)
    return speech._replace(speaker=who.speaker, written=who.written, named=True) if who else speech


def last_named(before: tuple[str, ...]) -> Speech | None:
    """The last named speaker of the sentences before, else the first name of the nearest one."""
    for sentence in reversed(before):
        for speech in reversed(speeches(sentence)):
            if speech.named:
                return speech
        for mention in names.mentions(sentence):
            keys = tuple(CANON.get(t.key, t.key) for t in mention)
            return Speech(keys, " ".join(t.text for t in mention), True, frozenset())
    return None


def wrong_speaker(speech: Speech, stated: list[Speech], cited: Cited) -> Issue | None:
    """Refuse a speaker where somebody else speaks, or nobody does."""
    if any(s.named and names.same_name(speech.speaker, s.speaker) for s in stated):
        return None
    unnamed = [s for s in stated if not s.named]
    around = names.vocabulary("\n".join((cited.headline, *cited.before, *cited.sentences)))
    known = speech.speaker[-1] in around or speech.speaker[0] in around
    if unnamed and known and not any(s.named for s in stated):
        return None  # "the minister said", and his name stands in the headline
    others = [s.written for s in stated if s.named]
    if others:
        return Issue("speaker", f"The claim says that {speech.written} said it; {others[0]} did.")
    subject = next(iter(names.mentions(cited.text)), None)
    if not stated and subject and names.same_name(
        speech.speaker, tuple(CANON.get(t.key, t.key) for t in subject)
    ):  # fmt: skip
        return None  # "X urged", "X's letter": the verb is not in our list, X acts all the same
    return Issue("speaker", f"The cited sentence does not say that {speech.written} said it.")


def wrong_words(speech: Speech, stated: list[Speech]) -> Issue | None:
    """Refuse words that another speaker of the source said."""
    mine = [s for s in stated if s.named and names.same_name(speech.speaker, s.speaker)]
    others = [s for s in stated if s not in mine]
    own = max((len(speech.said & s.said) for s in mine), default=0)
    for other in others:
        if len(speech.said & other.said) > own:
            return Issue(
                "speaker", f"The claim says that {speech.written} said it; {other.written} did."
            )
    return None


def speaker_of(cited: Cited) -> str | None:
    """Who says what the cited sentences say, if one person does."""
    if (cited.language or "en") != "en":
        return None
    people = {s.written: s for s in resolved(cited) if s.named}
    return next(iter(people)) if len(people) == 1 else None
