"""Other articles that say the same as a claim with another number.

They are told beside the answer, with their date, instead of choosing or averaging: which figure is
right, or which superseded which, is for the reader to see. Only numbers are compared; that two
articles contradict each other in words is not noticed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from index.documents import Sentence
from qa_service.answers import Citation, Claim, DraftClaim
from qa_service.checks import dates, names, numbers, overlap
from qa_service.checks.cited import Cited
from qa_service.checks.kinds import HOW_MANY
from qa_service.checks.quantities import quantities
from qa_service.checks.words import is_content, tokens
from qa_service.verify import verify

# Of the claim's content words, how many a sentence must have to speak of the same thing. Three in
# four: with fewer, "27 people died in the flood" met floods of other years and other valleys.
SAME_MATTER = 0.75
SAME_STORY = 60  # days
FEW = 3  # words, of which any sentence of the story has all


def conflicts(
    claim: Claim, cited: Sequence[Citation], shown: Iterable[Sentence], asked: str = ""
) -> Iterator[tuple[str, Citation]]:
    """Yield, for each article with another number, a sentence about it and its citation.

    `cited` are all citations of the answer so far; the new ones are numbered on from them. Of a
    claim that says more than was `asked`, what was asked is compared.
    """
    made, core = list(cited), asked_of(claim.text, asked)
    used = {citation.article.id for citation in made}
    published = next((c.article.published for c in made if c.number in claim.citations), None)
    for sentence in shown:
        if sentence.article.id not in used and (
            differs(claim.text, sentence)
            or (core and near(sentence, published) and differs(core, sentence, least=1.0))
        ):
            used.add(sentence.article.id)
            for citation in verify(quoted(sentence), {"S1": sentence}, cited=made).citations:
                made.append(citation)
                yield told(citation, published), citation


def quoted(sentence: Sentence) -> DraftClaim:
    """The sentence as its own claim, which always stands: the way to a citation of it."""
    return DraftClaim(" ".join(sentence.text.split()), ("S1",))


def asked_of(claim: str, asked: str) -> str:
    """The words that a claim shares with a "how many", and its first number; or nothing."""
    found = quantities(claim, "en")
    shared = [t for t in tokens(claim) if is_content(t) and overlap.written(t, asked)]
    if not HOW_MANY.search(asked) or not found or len(shared) < FEW:
        return ""
    number = tokens(claim)[found[0].first].text
    return " ".join([number, *(t.text for t in shared if t.text != number)])


def near(sentence: Sentence, published: date | None) -> bool:
    """Whether a sentence is of about the time of the claim: floods come back."""
    day = sentence.article.published
    return day is None or published is None or abs((day - published).days) <= SAME_STORY


def differs(claim: str, sentence: Sentence, least: float = SAME_MATTER) -> bool:
    """Whether a sentence speaks of the same matter and has another number for it."""
    article = sentence.article
    text, language = sentence.text.strip(), article.language or "en"
    cited = Cited((text,), (), article.title, article.published, article.language)
    units = {quantity.unit for quantity in quantities(claim, language)}
    return (
        any(quantity.unit in units for quantity in quantities(text, language))
        and bool(numbers.check(claim, cited))
        and overlap.share(claim, cited.around) >= least
        and not names.check(claim, cited)
        and not dates.check(claim, cited)
    )


def told(citation: Citation, published: date | None) -> str:
    """Say which article has another number, and whether it is older or newer than the claim's."""
    article = citation.article
    name = article.source or article.title
    if not article.published or not published:
        return f"{name} gives another number [{citation.number}]."
    day = f"{article.published.day} {article.published:%B %Y}"
    when = {-1: "Earlier", 0: "On the same day", 1: "Later"}[order(article.published, published)]
    return f"{when}, on {day}, {name} gave another number [{citation.number}]."


def order(one: date, other: date) -> int:
    """Return -1, 0 or 1: an earlier, the same or a later day."""
    days = [date(d.year, d.month, d.day) for d in (one, other)]
    return (days[0] > days[1]) - (days[0] < days[1])
