"""What changed from one version of an article to the next, sentence by sentence.

Knows nothing of where versions are kept or shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.documents import Article, Sentence, Span
from index.split import split_sentences

FACTS = (
    "title", "url", "source", "author", "published", "language", "updated", "published_known_by",
    "notice", "copyright", "usable_from", "edition",
)  # fmt: skip

# Comparing takes up to the product of the lengths, and hostile texts make it take that. Two
# articles of 1,500 sentences each, with nothing in common at either end, are below this.
MAX_COMPARED = 2_500_000


@dataclass(frozen=True, slots=True)
class Changes:
    """Sentences that only one of two versions has, and the facts that differ."""

    added: tuple[Span, ...]  # in the later one
    removed: tuple[Span, ...]  # in the earlier one
    facts: tuple[str, ...]  # names of `Article`'s fields


def changes(earlier: Article, later: Article) -> Changes:
    """Tell which sentences went and which came; one that only moved did both.

    Sentences are the same if their characters are; white space around them is no change.
    """
    old, new = _sentences(earlier), _sentences(later)
    removed, added = _differing([_words(s) for s in old], [_words(s) for s in new])
    return Changes(
        added=tuple(new[n].quotable for n in added),
        removed=tuple(old[n].quotable for n in removed),
        facts=tuple(name for name in FACTS if getattr(earlier, name) != getattr(later, name)),
    )


def _sentences(article: Article) -> list[Sentence]:
    return [s for s in split_sentences(article) if s.text.strip()]


def _words(sentence: Sentence) -> str:
    return sentence.article.slice(sentence.quotable)


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return which places of either sequence have no counterpart in the other."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old_places = list(range(start, len(old) - end))
    new_places = list(range(start, len(new) - end))
    if len(old_places) * len(new_places) > MAX_COMPARED:
        return old_places, new_places
    matcher = SequenceMatcher(
        None, [old[n] for n in old_places], [new[n] for n in new_places], autojunk=False
    )
    for a, b, size in matcher.get_matching_blocks():
        old_places[a : a + size] = [-1] * size
        new_places[b : b + size] = [-1] * size
    return [n for n in old_places if n >= 0], [n for n in new_places if n >= 0]
