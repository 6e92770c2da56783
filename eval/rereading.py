"""False claims as the whole service takes them: the rules, then the second reading of the quote.

Only a name in the answer's place is tried like this; every other attack is for the rules alone.
"""

from collections.abc import Sequence

from eval.attacks import RIVAL_READ, Attack
from eval.trials import Trial
from qa_service.answers import DraftClaim, Verdict
from qa_service.llm import LLM
from qa_service.second_reading import is_due, read_again
from qa_service.verify import Verified, verify


async def reread(attacks: Sequence[Attack], llm: LLM) -> list[Trial]:
    """Put false claims to the rules, and what these believe to the model with the quote alone."""
    return [
        Trial(
            RIVAL_READ,
            (await _held(attack, llm)).claim,
            true=False,
            exchanged=attack.exchanged,
            cited=attack.pair.shown[attack.pair.cited].text,
        )
        for attack in attacks
    ]


async def _held(attack: Attack, llm: LLM) -> Verified:
    pair = attack.pair
    drafted = DraftClaim(attack.claim, (pair.cited, *pair.also))
    verified = verify(drafted, pair.shown, asked=pair.asked)
    believed = verified.claim.verdict is Verdict.SUPPORTED
    if believed and is_due(verified.claim.text, verified.citations, pair.asked):
        verified, _, _ = await read_again(verified, verified.citations, pair.asked, llm)
    return verified
