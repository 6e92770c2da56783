"""Whether a sentence stands in the story that is asked about: one article may hold a day's news.

Asked about one crash, a model finds the captain of another in the same article. What a question
names need not stand beside its answer; but if it stands together elsewhere, the answer should, too.
Knows no claims.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from index.documents import Article, Sentence
from index.split import split_sentences
from qa_service.premise import missing
from qa_service.presumed import presumed, together

BEHIND, AHEAD = 2, 1  # sentences about one that are of the same story
# Names and numbers of the question that stand together in one place, and how many of them more
# than around the quote, in the headline and in the first sentence. Of 471 right claims one was so,
# of 298 wrong or absent ones 11; if it was enough that two of the names, two in five, were not
# near, none of 423 and 13 of 242, but then three of 47 in long articles that tell one story.
LEAST, MORE = 3, 2

Told = frozenset[int]  # which of the question's names


def is_another(asked: str, sentences: Sequence[Sentence]) -> bool:
    """Whether another place in their article has far more of what the question names."""
    article = sentences[0].article
    told, headline = names_told(asked, article)
    if not told:
        return False
    cited = {sentence.span for sentence in sentences}
    places = [n for n, s in enumerate(split_sentences(article)) if s.span in cited]
    here = headline.union(told[0], *(around(told, place) for place in places))
    most = max(len(around(told, place)) for place in range(len(told)))
    return most >= max(LEAST, len(here) + MORE)


def around(told: Sequence[Told], place: int) -> Told:
    """What is named in a sentence and those next to it."""
    return frozenset().union(*told[max(0, place - BEHIND) : place + AHEAD + 1])


@lru_cache(maxsize=32)
def names_told(asked: str, article: Article) -> tuple[tuple[Told, ...], Told]:
    """Return which names each sentence has, and the headline; none if the question has few."""
    names = together(presumed(asked))
    if len(names) < LEAST:
        return (), frozenset()

    def told(text: str) -> Told:
        lacking = set(missing(asked, replace(article, title="", text=text)))
        return frozenset(
            n for n, parts in enumerate(names) if any(part[0] not in lacking for part in parts)
        )

    return tuple(told(s.text) for s in split_sentences(article)), told(article.title)
