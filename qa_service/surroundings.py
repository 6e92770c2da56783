"""What may explain the sentences that a claim rests on: those before them, the headline, a name.

Bundles them for the checks, the least first. Knows no check.
"""

from collections.abc import Iterator
from itertools import pairwise

from index.documents import Sentence
from index.split import split_sentences
from qa_service.background import background
from qa_service.candidates import SENTENCES_BEFORE, Candidates, Group
from qa_service.checks.cited import Cited


class Surroundings:
    """The surroundings of any group of the sentences shown."""

    def __init__(self, groups: Candidates) -> None:
        self.text, self.asked = groups.text, groups.asked
        articles = dict.fromkeys(sentence.article for sentence in groups.shown)
        self.previous = {b: a for x in articles for a, b in pairwise(split_sentences(x))}

    def contexts(
        self, group: Group
    ) -> Iterator[tuple[tuple[Sentence, ...], bool, tuple[Sentence, ...]]]:
        """What may explain a group, the least first.

        Sentences before it, the headline, and where the article names what was asked about.
        """
        yield (), False, ()
        yield (), True, ()
        behind = self.before(group)
        for depth in range(1, len(behind) + 1):
            yield behind[-depth:], False, ()
            yield behind[-depth:], True, ()
        if self.asked and (found := background(self.text, self.asked, group)):
            yield (), True, found
            yield behind, True, found

    def before(self, group: Group) -> tuple[Sentence, ...]:
        """The sentences that directly precede those of a group."""
        chain: list[Sentence] = []
        for sentence in group:
            at: Sentence | None = sentence
            while len(chain) < SENTENCES_BEFORE and at and (at := self.previous.get(at)):
                if at not in group and at not in chain:
                    chain.insert(0, at)
        return tuple(chain)

    def cited(
        self,
        group: Group,
        before: tuple[Sentence, ...],
        *,
        headline: bool,
        background: tuple[Sentence, ...] = (),
    ) -> Cited:
        """Bundle what the checks look at; the background says what the story is about, no more."""
        article = group[0].article
        about = [s.article.title for s in group] if headline else []
        return Cited(
            sentences=tuple(s.text.strip() for s in group),
            before=tuple(s.text.strip() for s in before),
            headline="\n".join(dict.fromkeys(about)),
            background=tuple(s.text.strip() for s in background),
            published=article.published,
            language=article.language,
            source=" ".join(filter(None, (article.source, article.author))),
            asked=self.asked,
            article=f"{article.title}\n{article.text}",
        )
