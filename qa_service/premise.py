"""Whether an article is about what a question takes for granted: its names, numbers and time.

"Who is the mayor of Paris?" has no answer in an article without Paris, however near it is. An
article that lacks any of them is neither shown to the model nor cited, unless others that were
found tell of the same and have it. Knows nothing of claims.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from index.documents import Article
from index.queries import Hit
from qa_service.checks.common_words import TITLES
from qa_service.checks.number_words import ENGLISH, ORDINALS
from qa_service.checks.places import CANON, SHORT_FOR
from qa_service.checks.words import ENGLISH_FUNCTION, fold
from qa_service.checks.written_dates import day_of
from qa_service.presumed import CAPITAL, FIGURES, WORD, plain, presumed, shortened
from qa_service.timely import AROUND, YEAR, timely

STEM = 5  # letters that two forms of one name share, such as those of Velland and Vellander
RANK = re.compile(r"(\d+)(?:st|nd|rd|th)", re.IGNORECASE)
# "More than 13 %" is said of 13.1 %, "about 13" of 12.8: from what share of the number to what.
ROUGHLY = (
    (re.compile(r"\b(?:more than|over|at least)\W+$", re.I), 1.0, 1.1),
    (re.compile(r"\b(?:nearly|almost|up to)\W+$", re.I), 0.9, 1.0),
    (re.compile(r"\b(?:about|around|some|roughly|approximately)\W+$", re.I), 0.9, 1.1),
)
SPELLED = {**ENGLISH, **ORDINALS}
TOGETHER = timedelta(days=14)  # between two articles that tell of the same


@dataclass(frozen=True, slots=True)
class There:
    """The words of an article, its headline, source and author, as names and numbers are told."""

    text: str
    words: frozenset[str]  # folded, a people into its country
    stems: frozenset[str]
    acronyms: frozenset[str]  # folded; those that stand there in capitals
    numbers: frozenset[float]


def fitting(question: str, hits: Sequence[Hit], today: date) -> list[Hit]:
    """Return the timely hits whose articles have the question's names and numbers.

    What an article lacks may stand in others found that tell of the same, within a fortnight.
    """
    found = timely(question, hits, today)
    lacking = {h.passage.article: set(missing(question, h.passage.article)) for h in found}
    names = {name[0] for name in presumed(question)}
    return [h for h in found if lacking[h.passage.article] <= helped(h, names, lacking)]


def helped(hit: Hit, names: set[str], lacking: dict[Article, set[str]]) -> set[str]:
    """Return which names other articles have that have at least half of this one's names, too."""
    article = hit.passage.article
    own = names - lacking[article]
    if len(own) < len(names) / 2:
        return set()
    others = [
        names - gone
        for other, gone in lacking.items()
        if other.id != article.id and are_near(article, other)
    ]
    return set().union(*(theirs for theirs in others if len(own & theirs) >= len(own) / 2))


def are_near(one: Article, other: Article) -> bool:
    """Whether two articles were published in the same days."""
    if not (one.published and other.published):
        return False
    return abs(day_of(one.published) - day_of(other.published)) <= TOGETHER


def share(question: str, hits: Sequence[Hit]) -> float:
    """Return the largest share of the question's names and numbers that one article has."""
    if not (names := presumed(question)):
        return 1.0
    articles = dict.fromkeys(hit.passage.article for hit in hits)
    return max((1 - len(missing(question, a)) / len(names) for a in articles), default=0.0)


def missing(question: str, article: Article) -> list[str]:
    """Return the names and numbers of the question that the article lacks, as they stand there."""
    there = words_there(article)
    lacking = [name for name in presumed(question) if not has(name, article)]
    if not lacking:
        return []
    known: set[int] = set()
    for short, places in shortened(question).items():
        if short in there.acronyms or any(
            short == long and name in there.words for name, long in SHORT_FOR.items()
        ):
            known |= places
    return [n[0] for n in lacking if n.start() not in known and not is_first_name(n, there)]


def has(name: re.Match[str], article: Article) -> bool:
    """Whether the article has a name or number of a question, in any form known here."""
    there = words_there(article)
    folded = folded_name(name[0])
    if folded in there.words:
        return True
    if name[0][0].isdigit():
        return has_number(name, there) or is_of_year(name[0], article)
    return (
        folded.removesuffix("s")[:STEM] in there.stems
        or (name[0].isupper() and spelled_out(name[0].replace(".", ""), there.text))
        or (folded in SHORT_FOR and SHORT_FOR[folded] in there.text.casefold())
    )


def has_number(name: re.Match[str], there: There) -> bool:
    """Whether a number stands there in figures or words, or one that the question calls it."""
    if (number := value(name[0])) is None:
        return False
    if number in there.numbers:
        return True
    before = name.string[: name.start()]
    return any(
        share_from * number <= other <= share_to * number
        for pattern, share_from, share_to in ROUGHLY
        if pattern.search(before)
        for other in there.numbers
    )


def is_of_year(name: str, article: Article) -> bool:
    """Whether the article was published in that year, or shortly before or after it."""
    if not article.published or not YEAR.fullmatch(name):
        return False
    day, year = day_of(article.published), int(name)
    return date(year, 1, 1) - AROUND <= day <= date(year, 12, 31) + AROUND


def is_first_name(name: re.Match[str], there: There) -> bool:
    """Whether the next word is a surname that the article has, with no other first name."""
    surname = re.match(rf"\s+({CAPITAL})", name.string[name.end() :])
    if not surname or not name[0].isalpha() or name[0].isupper():
        return False
    written = re.escape(surname[1].removesuffix("'s"))
    before = {fold(word) for word in re.findall(rf"({CAPITAL})\s+{written}\b", there.text)}
    return bool(re.search(rf"\b{written}\b", there.text)) and before <= TITLES | ENGLISH_FUNCTION


@lru_cache(maxsize=64)
def words_there(article: Article) -> There:
    """Take an article apart; those of the last questions are kept."""
    text = plain(f"{article.title} {article.text} {article.source or ''} {article.author or ''}")
    words = WORD.findall(text)
    folded = {folded_name(word) for word in words}
    figures = [value(RANK.sub(r"\1", word)) for word in words if word[0].isdigit()]
    spelled = [float(SPELLED[word]) for word in folded & SPELLED.keys()]
    return There(
        text,
        frozenset(folded),
        frozenset(word.removesuffix("s")[:STEM] for word in folded),
        frozenset(word.replace(".", "").casefold() for word in words if word.isupper()),
        frozenset(n for n in (*figures, *spelled) if n is not None),
    )


def value(word: str) -> float | None:
    """Return the value of figures; None for what is no number, such as 1.2.3."""
    bare = word.replace(",", "")
    return float(bare) if FIGURES.fullmatch(word) and bare.count(".") < 2 else None


def folded_name(word: str) -> str:
    """Fold case and accents, and a people into its country: "British" is "Britain"."""
    return CANON.get(fold(word), fold(word))


def spelled_out(acronym: str, text: str) -> bool:
    """Whether an acronym's letters begin successive capitalised words of a text."""
    initials = re.sub(r"\b(?:of|the|and|for|in|on)\b", "", text)
    pattern = r"\b" + r"\W+".join(rf"{letter}\w+" for letter in acronym)
    return bool(re.search(pattern, initials))
