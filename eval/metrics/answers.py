"""Whether the answer is the right one, by its words. Numbers are compared as numbers.

Asked only of answerable cases; a refusal scores 0 here, and the not-found rates say why.
"""

import re
from collections import Counter

from eval.cases import Case
from eval.metrics.markers import without_markers
from eval.replies import Reply
from eval.scores import Score
from eval.wording import contains, form, words

MOST_WORDS = 60  # a longer text holds the gold answer by copying, not by answering

# Not behind "U.S.", "Mr." and "No. 1": two small letters or figures, and a capital after it.
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)%][a-z0-9)%])\.\s+(?=[A-Z“\"])")
_FUNCTION_WORDS = """a about all also an and are as at be been but by did do does for from had has
have he her his how i in is it its more of on or say said says she so some than that the their
there they this to was were what when where which who whom whose why will with would"""


def exact_match(case: Case, reply: Reply) -> Score | None:
    """1 if the text equals one of the answers, word for word (SQuAD, Rajpurkar et al. 2016)."""
    if not _asked(case):
        return None
    said = words(_said(reply))
    same = [answer for answer in case.answers if words(answer) == said]
    return Score(float(bool(same)), f"equals {same[0]!r}" if same else f"is not {_gold(case)}")


def token_f1(case: Case, reply: Reply) -> Score | None:
    """2PR / (P + R) over the words shared with the nearest answer (SQuAD)."""
    return _best_f1(case, _said(reply)) if _asked(case) else None


def phrase_match(case: Case, reply: Reply) -> Score | None:
    """`exact_match` of the answering phrase alone; see `answering_phrase`."""
    if not _asked(case):
        return None
    phrase = answering_phrase(case.question, _said(reply))
    hit = words(phrase) in [words(answer) for answer in case.answers]
    return Score(float(hit), f"{phrase!r} against {_gold(case)}")


def phrase_f1(case: Case, reply: Reply) -> Score | None:
    """`token_f1` of the answering phrase alone; see `answering_phrase`."""
    if not _asked(case):
        return None
    return _best_f1(case, answering_phrase(case.question, _said(reply)))


def contains_gold(case: Case, reply: Reply) -> Score | None:
    """1 if the text holds one of the answers whole: "25" does not hold "5"."""
    if not _asked(case):
        return None
    said = words(_said(reply))
    held = [answer for answer in case.answers if contains(said, words(answer))]
    return Score(float(bool(held)), f"holds {held[0]!r}" if held else f"lacks {_gold(case)}")


def right(case: Case, reply: Reply) -> Score | None:
    """1 if the text holds one of the answers and has at most `MOST_WORDS` words."""
    held = contains_gold(case, reply)
    if held is None or held.value == 0:
        return held
    count = len(_said(reply).split())
    return Score(float(count <= MOST_WORDS), f"{held.reason}, in {count} words")


def right_in_other_words(case: Case, reply: Reply) -> Score | None:
    """1 if the text has each word of one of the answers, in any order and form, in 60 words.

    "UCLA and USC" for "USC and UCLA", "monarch butterflies" for "monarch butterfly".
    """
    if not _asked(case):
        return None
    said, count = {form(word) for word in words(_said(reply))}, len(_said(reply).split())
    held = [a for a in case.answers if words(a) and {form(word) for word in words(a)} <= said]
    reason = f"has the words of {held[0]!r}" if held else f"lacks words of {_gold(case)}"
    return Score(float(bool(held) and count <= MOST_WORDS), f"{reason}, in {count} words")


def quote_holds_answer(case: Case, reply: Reply) -> Score | None:
    """Of the right answers: 1 if a cited quote itself holds one of the answers."""
    score = right(case, reply)
    if score is None or score.value == 0:
        return None
    for quote in reply.quotes:
        if any(contains(words(quote.quote), words(answer)) for answer in case.answers):
            return Score(1.0, f"quote [{quote.number}] holds the answer")
    return Score(0.0, f"none of the {len(reply.quotes)} quotes holds {_gold(case)}")


def multiple_choice(case: Case, reply: Reply) -> Score | None:
    """1 if of all the choices the text holds the right one and no other (the longest counts)."""
    if not _asked(case) or not case.choices:
        return None
    said = words(_said(reply))
    held = [choice for choice in case.choices if contains(said, words(choice))]
    chosen = [
        choice
        for choice in held
        if not any(choice != other and contains(words(other), words(choice)) for other in held)
    ]
    right_ones = [words(answer) for answer in case.answers]
    good = len(chosen) == 1 and words(chosen[0]) in right_ones
    return Score(float(good), f"names {chosen or 'none of the choices'}")


def answering_phrase(question: str, text: str) -> str:
    """The longest run of the text's first sentence that the question did not already say.

    Function words are trimmed from its ends. A rule without the gold answer, so it cannot flatter.
    """
    known = {word.casefold().strip("?.,!“”\"'") for word in question.split()}
    runs: list[list[str]] = [[]]
    for word in _SENTENCE_END.split(text)[0].split():
        if word.casefold().strip("?.,!“”\"'") in known:
            runs.append([])
        else:
            runs[-1].append(word)
    longest: list[str] = max((_trimmed(run) for run in runs), key=len)
    return " ".join(longest).strip(".,;:")


def _trimmed(run: list[str]) -> list[str]:
    while run and run[0].casefold() in _FUNCTION_WORDS.split():
        run = run[1:]
    while run and run[-1].casefold() in _FUNCTION_WORDS.split():
        run = run[:-1]
    return run


def _asked(case: Case) -> bool:
    return case.answerable and bool(case.answers)


def _said(reply: Reply) -> str:
    """The text of an answer; a refusal says nothing, in however many words."""
    return without_markers(reply.text) if reply.answered else ""


def _gold(case: Case) -> str:
    return " or ".join(repr(answer) for answer in case.answers)


def _best_f1(case: Case, text: str) -> Score:
    scored = [(_f1(words(text), words(answer)), answer) for answer in case.answers]
    value, answer = max(scored)
    return Score(
        value, f"shares words with {answer!r}" if value else f"shares none with {answer!r}"
    )


def _f1(said: list[str], gold: list[str]) -> float:
    shared = sum((Counter(said) & Counter(gold)).values())
    return 2 * shared / (len(said) + len(gold)) if shared else 0.0
