"""What a reader has said already, found again in the article: it need not stand in the cited words.

Asked "who won the 2022 Stanley Cup?", a model answers "the Avalanche won the 2022 Stanley Cup" from
a sentence that says "the Avalanche won". The year and the cup are the reader's own words; that the
article is about them is shown by the sentence of it that names them, which is returned as context.
What the reader did not say is never looked for here.
"""

import re
from collections.abc import Sequence

from index.documents import Sentence
from index.split import split_sentences

# Names and numbers: what begins with a capital or has a digit.
TELLING = re.compile(r"\w*\d\w*|[^\W\d_a-z]\w+")


def background(claim: str, asked: str, group: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return sentences of the group's article with the question's names that the group lacks.

    Nothing, if there are none, or if the article does not have them all.
    """
    article = group[0].article
    near = words("\n".join((article.title, *(sentence.text for sentence in group))))
    wanted = (telling(claim) & words(asked)) - near
    found: dict[Sentence, None] = {}
    for sentence in split_sentences(article):
        if here := wanted & words(sentence.text):
            found[sentence] = None
            wanted -= here
    return () if wanted else tuple(found)


def telling(text: str) -> set[str]:
    """Return the names and numbers of a text, case folded."""
    return {word.casefold() for word in TELLING.findall(text)}


def words(text: str) -> set[str]:
    """Return the words of a text, case folded."""
    return set(re.findall(r"\w+", text.casefold()))
