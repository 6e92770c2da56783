"""What a claim is held against: the cited sentences and what may explain them. Knows no check."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cited:
    """The words of the cited sentences, and what a reader sees around them.

    Only `sentences` can carry a number, a "not" or a verb; `before` and `headline` can merely say
    who "he" is, what day it was and what the story is about.
    """

    sentences: tuple[str, ...]
    before: tuple[str, ...] = ()  # sentences directly before a cited one, in the article's order
    headline: str = ""
    published: date | None = None
    language: str | None = None  # ISO 639-1
    source: str = ""  # the outlet and the author: names that a claim may always use
    asked: str = ""  # the question, and headline and text of the article: see `granted`
    article: str = ""
    background: tuple[str, ...] = ()  # sentences of the article that name what was asked about

    @property
    def text(self) -> str:
        """The cited sentences, one to a line."""
        return "\n".join(self.sentences)

    @property
    def around(self) -> str:
        """Everything that may name what the cited sentences mean."""
        return "\n".join((self.headline, *self.background, *self.before, *self.sentences))

    @property
    def told(self) -> str:
        """The cited sentences, what stands before them and the headline."""
        return "\n".join((self.headline, *self.before, *self.sentences))
