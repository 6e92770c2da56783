"""A claim that rests on little of its quote is held to what the quote alone answers.

The question's words are granted from anywhere in the article, so "Ada Quill was named director" can
rest on a sentence that has her name and no appointment. Where that much is granted, the model is
asked anew with nothing but the quote before it; if it gives another answer or none, the claim is
refused. It may refuse a claim, never rescue one. Knows no search.
"""

import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace

from index.tongues import language_of
from qa_service.answers import Citation, Issue, Prompt, Usage, Verdict
from qa_service.checks import content, names, overlap, questions
from qa_service.checks.common_words import TITLES
from qa_service.checks.quantities import quantities
from qa_service.checks.words import Token, is_content, tokens
from qa_service.llm import LLM
from qa_service.prompts import NOT_TOLD, render_quotes
from qa_service.unanswered import parts
from qa_service.verify import Verified

# The least that quotes have of the question's words, and of the claim's, without a second reading.
# Of 314 right answers 47 % had less; it refused two of these, 28 of 114 wrong or absent ones, and
# 98 of 133 in which another name of the story had been put in the answer's place.
# Of 208 others it would refuse nine of 154 right ones and 26 of 54 false ones; of those in which a
# number or a name is asked for, none of 33 and eleven of 20, but when the whole was asked anew,
# that changed one of 732 questions, for up to 52 tokens more at the median.
LEAST_ASKED, LEAST_SAID = 0.5, 0.7
WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
MAX_TOKENS = 20  # a name, a number, a phrase
NOTHING = re.compile(
    rf"\b(?:{NOT_TOLD}|not (?:given|mentioned|said|specified|stated)|no answer)\b", re.IGNORECASE
)


def is_possible(asked: str) -> bool:
    """Whether a question can be asked anew: an English one that does not offer its answers."""
    return language_of(asked) == "en" and not questions.offers_answers(asked)


def is_due(claim: str, citations: Sequence[Citation], asked: str) -> bool:
    """Whether the quotes of a claim have too little of the question or of the claim itself."""
    quotes = "\n".join(citation.quote for citation in citations)
    return is_possible(asked) and (
        content.asked_share(part_of(asked, claim), quotes) < LEAST_ASKED
        or overlap.share(claim, quotes) < LEAST_SAID
    )


def part_of(asked: str, claim: str) -> str:
    """Return the one of several questions in one that a claim is nearest to."""
    several = parts(asked)
    if len(several) < 2:
        return asked
    return max(several, key=lambda part: content.asked_share(part, claim))


async def read_again(
    verified: Verified, citations: Sequence[Citation], asked: str, llm: LLM
) -> tuple[Verified, str, Usage]:
    """Ask anew of the quotes of a claim alone; return it, refused if need be.

    Beside it stands the second answer, empty if it is none. Raises LLMUnavailable and LLMBadReply.
    """
    asked = part_of(asked, verified.claim.text)
    said, usage = await answer(render_quotes(asked, citations), llm)
    if issue := objection(verified.claim.text, said, asked):
        refused = replace(
            verified.claim, citations=(), verdict=Verdict.UNSUPPORTED, issues=(issue,)
        )
        verified = Verified(refused)
    return verified, "" if is_none(said, asked) else said, usage


async def answer(prompt: Prompt, llm: LLM) -> tuple[str, Usage]:
    """Return the first line of a short reply, and what it took."""
    said, usage = "", Usage()
    async with aclosing(llm.complete(prompt, max_tokens=MAX_TOKENS)) as reply:
        async for piece in reply:
            if isinstance(piece, Usage):
                usage = piece
            else:
                said += piece
    return said.strip().partition("\n")[0], usage


def objection(claim: str, answer: str, asked: str) -> Issue | None:
    """Say what the quotes answer instead, if the second answer has nothing that the claim has."""
    if is_none(answer, asked):
        return Issue("second_reading", "Read again by itself, the quote does not answer that.")
    new = news(answer, asked)
    telling = [t for t in new if is_name(t, answer)] or [t for t in new if is_figure(t)]
    if not telling and WHO.search(asked) and any(is_name(t, claim) for t in news(claim, asked)):
        return None  # "Amateur astronomer" may well be "Gerrit Anselm"
    if any(has(token, claim) for token in telling or new) or same_number(answer, claim):
        return None
    return Issue("second_reading", f"Read again by itself, the quote answers “{answer}”.")


def is_none(answer: str, asked: str) -> bool:
    """Whether a second answer says nothing, or nothing that was not in the question."""
    return bool(NOTHING.search(answer)) or not news(answer, asked)


def news(answer: str, asked: str) -> list[Token]:
    """The words and numbers of an answer that the question has not, a bare name's among them."""
    return [
        token
        for token in tokens(answer)
        if (token.text[0].isdecimal() or is_content(token)) and not overlap.written(token, asked)
    ]


def is_name(token: Token, text: str) -> bool:
    """Whether a word is of a name: a capital that neither begins a description nor is a title."""
    following = next((t for t in tokens(text) if t.start >= token.end and t.is_word), None)
    describes = token.start == 0 and following and following.text.islower()
    return token.is_capital and token.key not in TITLES and not describes


def is_figure(token: Token) -> bool:
    """Whether a number is written in digits."""
    return token.text[0].isdecimal()


def has(token: Token, claim: str) -> bool:
    """Whether a claim has a word, or a name that it may be called by: "UK"."""
    return overlap.written(token, claim) or names.is_there(token, names.vocabulary(claim), "en")


def same_number(answer: str, claim: str) -> bool:
    """Whether a number of the answer is one of the claim's: "2" and "two"."""
    claimed = {quantity.value for quantity in quantities(claim, "en")}
    return any(quantity.value in claimed for quantity in quantities(answer, "en"))
