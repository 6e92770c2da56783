"""One claim against the sentences shown: which of them bear it out, and with what context.

Runs the checks of `qa_service.checks` in their order over one sentence or two. Knows nothing of
models and makes no citation; that is for `qa_service.verify`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from index.documents import Sentence
from qa_service import stories, timely
from qa_service.answers import Issue
from qa_service.candidates import NEAR, Candidates, Group, joined
from qa_service.checks import (
    adjacency,
    asides,
    content,
    dates,
    direction,
    edits,
    modality,
    names,
    negation,
    nouns,
    numbers,
    outcomes,
    overlap,
    roles,
    sequence,
    slots,
    speakers,
    superlatives,
)
from qa_service.checks.cited import Cited
from qa_service.checks.identical import is_copy, without_attribution
from qa_service.surroundings import Surroundings

STRICT = (  # what only the cited words can bear out, all of them together
    numbers.check,
    negation.check,
    direction.check,
    modality.check,
    edits.check,
    sequence.check,
    nouns.check,
    roles.check,
    slots.check,
    adjacency.check,
    asides.check,
)
AGAINST = (negation.clash, *STRICT[2:])
"""What a sentence that is near the claim can say against it."""
TURNED = (negation.clash, direction.check, edits.check, sequence.check)
"""What a claim that turns a named sentence's words has against it, wherever else it might rest."""
AGAINST_IN_PAIR = (negation.clash, modality.check)
"""What either sentence of a pair can say against a claim, whatever the other one adds."""
AGAINST_NEAREST = (*AGAINST_IN_PAIR, dates.another_day)
"""And what the one can that has more of the claim: "on Monday" of what it tells of Sunday."""
EXPLAINED = (dates.check, names.check, speakers.check, superlatives.check, outcomes.check,
             content.check)  # fmt: skip
"""What the words around may explain."""


# Of what a claim adds to the question, names aside, the sentence has to say at least this share.
ADDED = 0.5

# Of the question's words, the sentence with what stands before it and its headline. With twice the
# share five of 80 questions in readers' own words lost a right answer. What is beside the question
# is for the second reading: of 14 right claims between the two it kept 13, of 33 others 13.
TO_THE_POINT = 0.2

Check = Callable[[str, Cited], list[Issue]]


class Verifier(Protocol):
    """A learned second opinion, such as an NLI cross-encoder."""

    def rejects(self, claim: str, cited: str) -> str | None:
        """Say in a sentence why the cited text does not bear out the claim, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Support:
    """Sentences that bear out a claim, and what else it took to see that they do."""

    sentences: tuple[Sentence, ...]
    before: tuple[Sentence, ...] = ()
    by_headline: bool = False
    speaker: str | None = None
    background: tuple[Sentence, ...] = ()


class Judge:
    """One claim against the sentences shown; answers for any group of them, and says why not."""

    def __init__(self, groups: Candidates, verifier: Verifier | None) -> None:
        self.text, self.asked, self.groups = groups.text, groups.asked, groups
        self.verifier = verifier
        self.around = Surroundings(groups)
        self.said_against: dict[Sentence, list[Issue]] = {}

    def support(self, group: Group) -> Support | list[Issue]:
        """Find the least context with which every check passes, or what is wrong with most."""
        if issues := self.beside_the_point(group):
            return issues
        source = group[0].article.source
        if len(group) == 1 and is_copy(self.text, group[0].text, source):
            return Support(group)
        text = without_attribution(self.text, source)
        bare = self.around.cited(group, (), headline=False)
        if len(group) > 1 and self.groups.overlap(group) <= max(
            self.groups.overlap((s,)) for s in group
        ):
            return [Issue("content", "One of the two sentences adds nothing to the other.")]
        if issues := self.against(group, text) or failures(STRICT, text, bare):
            return issues
        for before, headline, about in self.around.contexts(group):
            cited = self.around.cited(group, before, headline=headline, background=about)
            issues = self.unsaid(group, headline=headline) or failures(EXPLAINED, text, cited)
            if not issues:
                speaker = speakers.speaker_of(
                    self.around.cited(group, self.around.before(group), headline=False)
                )
                found = Support(group, before, headline, speaker, about)
                return self.second_opinion(cited, found)
        return issues

    def beside_the_point(self, group: Group) -> list[Issue]:
        """Refuse what is true and no answer: the sentence has next to none of the question's words.

        Its headline and the sentence before it count. Words of two languages are not compared.
        """
        article = group[0].article
        told = "\n".join((article.title, joined(self.around.before(group)[-1:]), joined(group)))
        asked = content.asked_about(self.asked)
        if (article.language or "en") != "en":
            return []
        if issues := self.of_another(group, told):
            return issues
        if len(asked) < content.FEW:
            return []
        to_the_point = round(TO_THE_POINT * len(asked)) / len(asked)
        # Where the model pointed elsewhere, next to nothing but the name would be enough otherwise.
        is_deed_told = self.groups.are_named(group) or outcomes.tells_deed(self.asked, told)
        if is_deed_told and content.asked_share(self.asked, told) >= to_the_point:
            return []
        return [Issue("content", "The cited sentence does not tell what was asked.")]

    def of_another(self, group: Group, told: str) -> list[Issue]:
        """Refuse what tells of another state, year or story than was asked about."""
        article = group[0].article
        if not outcomes.counts_state(self.asked, told, article.text):
            return [Issue("content", "The cited sentence counts something else.")]
        if timely.tells_another_year(self.asked, joined(group), article):
            return [Issue("date", "The cited sentence tells of another year.")]
        if stories.is_another(self.asked, group):
            return [Issue("content", "The story that it stands in is another one.")]
        return []

    def unsaid(self, group: Group, *, headline: bool) -> list[Issue]:
        """Refuse an answer whose words are not there, whatever it shares with the question.

        Asked what food was thrown, "10,000kg of tomatoes were thrown" has most of its words in any
        sentence about the throwing; the one that counts is "tomatoes". Names are checked apart.
        """
        text = f"{group[0].article.title}\n{joined(group)}" if headline else joined(group)
        if not self.asked or overlap.told_share(self.text, text, besides=self.asked) >= ADDED:
            return []
        names = [t for t in overlap.added(self.text, self.asked) if t.start and t.is_capital]
        words = [t for t in overlap.added(self.text, self.asked) if t.text.islower()]
        if len(words) == 1 and any(overlap.written(t, text) for t in names):
            return []  # "the Park Fire is raging": asked for the name of the fire
        return [Issue("content", "What the claim adds to the question is not in that sentence.")]

    def against(self, group: Group, text: str) -> list[Issue]:
        """What either sentence of a pair says to the contrary, or one that is nearer to the claim.

        The model's own choice stands, whatever another article says: that is told as a conflict.
        """
        if len(group) > 1:
            nearest = max(group, key=lambda s: self.groups.overlap((s,)))
            for sentence in group:
                alone = self.around.cited((sentence,), (), headline=False)
                checks = AGAINST_NEAREST if sentence == nearest else AGAINST_IN_PAIR
                if issues := failures(checks, text, alone):
                    return issues
        if self.groups.are_named(group):
            return []
        mine = self.groups.overlap(group)
        nearer = (self.contrary(s) for s in self.groups.near if self.groups.overlap((s,)) > mine)
        return next(filter(None, nearer), []) or self.turned_by_named(group, text)

    def turned_by_named(self, group: Group, text: str) -> list[Issue]:
        """What a named sentence as near as the group says, if the claim turns its very words.

        Two sentences that say it together are never nearer than one of which a word was changed.
        """
        least = self.groups.overlap(group) if len(group) == 1 else NEAR
        as_near = [
            s
            for s in self.groups.near
            if s in self.groups.named and self.groups.overlap((s,)) >= least
        ]
        alone = (self.around.cited((s,), (), headline=False) for s in as_near)
        return next(filter(None, (failures(TURNED, text, cited) for cited in alone)), [])

    def contrary(self, sentence: Sentence) -> list[Issue]:
        """What one sentence says to the contrary; asked once."""
        if sentence not in self.said_against:
            text = without_attribution(self.text, sentence.article.source)
            alone = self.around.cited((sentence,), (), headline=False)
            self.said_against[sentence] = failures(AGAINST, text, alone)
        return self.said_against[sentence]

    def second_opinion(self, cited: Cited, support: Support) -> Support | list[Issue]:
        """Let the learned verifier reject what the rules would believe."""
        read = "\n".join((*cited.before, *cited.sentences))
        reason = self.verifier.rejects(self.text, read) if self.verifier else None
        return [Issue("verifier", reason)] if reason else support

    def blame(self) -> list[Issue]:
        """What is wrong with the best sentence named, or with having named none."""
        if not self.groups.named:
            return [Issue("no_source", "No sentence that was shown says this.")]
        best = max(self.groups.named, key=lambda s: self.groups.overlap((s,)))
        found = self.support((best,))
        if isinstance(found, Support):
            return [Issue("content", "The cited sentence does not have the answer in it.")]
        return found


def failures(checks: Iterable[Check], claim: str, cited: Cited) -> list[Issue]:
    """What the first check that refuses a claim has against it; one reason is enough."""
    return next((issues for check in checks if (issues := check(claim, cited))), [])
