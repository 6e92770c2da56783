"""Who said it: whoever the claim says said it must be the one who said it there.

"He added" is resolved to who spoke before; where two people speak in the source, each keeps his
own words. Elsewhere than in English a speaker is a name like any other. Knows nothing of who is
meant by "the minister" but that the headline or the sentence before must have the name.
"""

from qa_service.answers import Issue
from qa_service.checks import names
from qa_service.checks.cited import Cited
from qa_service.checks.mentions import full, mentions
from qa_service.checks.places import CANON
from qa_service.checks.speeches import QUOTES, Speech, speeches
from qa_service.checks.words import is_content, tokens


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
    own = [m for m in mentions(sentence) if tokens(sentence)[0].start <= m[0].start]
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
        for mention in mentions(sentence):
            keys = tuple(CANON.get(t.key, t.key) for t in mention)
            return Speech(keys, " ".join(t.text for t in mention), True, frozenset())
    return None


def wrong_speaker(speech: Speech, stated: list[Speech], cited: Cited) -> Issue | None:
    """Refuse a speaker where somebody else speaks, or nobody does."""
    if any(s.named and names.same_name(speech.speaker, s.speaker) for s in stated):
        return None
    unnamed = [s for s in stated if not s.named]
    around = names.vocabulary(cited.told)
    known = speech.speaker[-1] in around or speech.speaker[0] in around
    if unnamed and known and not any(s.named for s in stated):
        return None  # "the minister said", and his name stands in the headline
    others = [s.written for s in stated if s.named]
    if others:
        return Issue("speaker", f"The claim says that {speech.written} said it; {others[0]} did.")
    if not stated and names.same_name(speech.speaker, subject(cited)):
        return None  # "X urged", "X's letter": the verb is not in our list, X acts all the same
    if assumed(speech, cited):
        return None
    return Issue("speaker", f"The cited sentence does not say that {speech.written} said it.")


def assumed(speech: Speech, cited: Cited) -> bool:
    """Whether the question says who said it, and most of what he said; the article knows him."""
    asked = stems_of(cited.asked)
    same = any(names.same_name(speech.speaker, s.speaker) for s in speeches(cited.asked))
    known = speech.speaker[-1] in names.vocabulary(cited.article)
    return same and known and 2 * len(speech.said & asked) >= len(speech.said) > 1


def subject(cited: Cited) -> tuple[str, ...]:
    """The first name of the first cited sentence, the place and the dash of a dateline aside."""
    text = cited.sentences[0]
    dash = next((t.end for t in tokens(text) if t.text in ("-", "–", "—")), 0)
    for mention in full(text):
        if not (mention[0].text.isupper() and mention[-1].end < dash):
            return tuple(CANON.get(t.key, t.key) for t in mention)
    return ()


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
