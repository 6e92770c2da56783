"""A learned second opinion on a claim: natural language inference by a cross-encoder.

It may reject what the rules would believe and never rescues what they refuse. Knows nothing of
the library behind the model: what is passed in says how likely each label is.
"""

from collections.abc import Callable, Mapping

Inference = Callable[[str, str], Mapping[str, float]]
"""The cited text and the claim, in; how likely each label is, by its name in small letters."""

# Where the model is surer of a contradiction than of anything else it may be right against every
# rule. Where it merely sees no entailment it is often wrong about names that a headline explains,
# so that only a low value rejects. Both are untested guesses: no such model could be had here.
LEAST_ENTAILED = 0.2
MOST_CONTRADICTED = 0.5


class NliVerifier:
    """The `Verifier` of `qa_service.judging`, by a model that labels pairs of texts."""

    def __init__(self, infer: Inference) -> None:
        self.infer = infer

    def rejects(self, claim: str, cited: str) -> str | None:
        """Say why the cited text does not bear out the claim, or None."""
        likely = self.infer(cited, claim)
        if likely.get("contradiction", 0.0) >= MOST_CONTRADICTED:
            return "The model that checks inference reads the cited sentence as saying otherwise."
        if likely.get("entailment", 1.0) < LEAST_ENTAILED:
            return "To the model that checks inference this does not follow from what is cited."
        return None
