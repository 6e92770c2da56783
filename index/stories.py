"""One report in several articles: which of them speaks, and where else it stands.

That two articles are copies is known since they were stored (`index.copies`); here it is only
applied to what a search found.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from index.columns import Columns, Mask
from index.instants import instant, parse_iso
from index.queries import Copy
from index.rank import Scored, in_order
from index.words import words_of

CREDIT_CHARS = 300  # of a text, in which it may say whose it is: "OSTMERE (Northern Wire) -"
HELD = 0.5  # of a passage's runs of three words: the rest is what an editor does to a copy

MEMBERS = """
SELECT r.article, a.id, v.version, v.title, v.url, v.source, v.published, v.author,
       substr(v.text, 1, ?)
FROM revisions r JOIN articles a ON a.n = r.article JOIN versions v ON v.n = r.version
WHERE r.number IN ({}) AND v.text IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Member:
    """One article of a story."""

    article: int  # row number
    copy: Copy
    says: str  # byline and opening, folded: where a copy names the agency


@dataclass(frozen=True, slots=True)
class Story:
    """The articles that tell one report: who speaks among those admitted, and all of them."""

    speaker: int | None  # row number of the article; None if none is admitted
    members: Sequence[Member]

    def also_in(self, article: int) -> tuple[Copy, ...]:
        """Return the other articles."""
        return tuple(member.copy for member in self.members if member.article != article)


def stories_of(
    scored: Sequence[Scored], columns: Columns, masks: tuple[Mask, Mask], db: sqlite3.Connection
) -> dict[int, Story]:
    """Return, by article, the stories among the candidates that several articles tell.

    `masks` say which revisions are shown and which of them the query's filters admit.
    """
    shown, admitted = masks
    if not scored:
        return {}
    passages = np.array([candidate.number for candidate, _ in scored], dtype=np.int64)
    told = columns.story[columns.rows_of(passages)]
    told = np.intersect1d(told, columns.told_again)
    if not len(told):
        return {}
    rows = np.flatnonzero(np.isin(columns.story, told) & shown)
    by_story: dict[int, list[int]] = {}
    for row in rows:
        by_story.setdefault(int(columns.story[row]), []).append(int(row))
    several = [rows for rows in by_story.values() if len(rows) > 1]
    members = _members([int(columns.revision[row]) for rows in several for row in rows], db)
    found: dict[int, Story] = {}
    for rows_of_one in several:
        articles = [int(columns.article[row]) for row in rows_of_one]
        mine = [members[article] for article in articles if article in members]
        free = {int(columns.article[row]) for row in rows_of_one if admitted[row]}
        story = Story(_speaker([m for m in mine if m.article in free]), mine)
        found |= dict.fromkeys(articles, story)
    return found


def told_once(scored: Sequence[Scored], stories: Mapping[int, Story]) -> list[Scored]:
    """Leave out the passages of copies that say what a passage of the speaker says.

    That one takes the better score of both. What a copy has added is kept.
    """
    kept: list[Scored] = []
    raised: dict[int, float] = {}
    for candidate, score in scored:
        story = stories.get(candidate.article)
        spoken = [c for c, _ in scored if story and c.article == story.speaker]
        if not spoken or candidate in spoken:
            kept.append((candidate, score))
            continue
        share, best = max((_held(candidate.text, c.text), c.number) for c in spoken)
        if share < HELD:
            kept.append((candidate, score))
        else:
            raised[best] = max(score, raised.get(best, score))
    return in_order((c, max(score, raised.get(c.number, score))) for c, score in kept)


def _members(revisions: Sequence[int], connection: sqlite3.Connection) -> dict[int, Member]:
    marks = ", ".join("?" * len(revisions))
    rows = connection.execute(MEMBERS.format(marks), (CREDIT_CHARS, *revisions))
    return {
        n: Member(
            n,
            Copy(identity, version, title, url, source, parse_iso(day) if day else None),
            f"{author or ''} {opening}".casefold(),
        )
        for n, identity, version, title, url, source, day, author, opening in rows
    }


def _speaker(members: Sequence[Member]) -> int | None:
    """Return the earliest; of one day's, one that names none of the others as its source."""
    if not members:
        return None
    sources = {m.copy.source.casefold() for m in members if m.copy.source}

    def order(member: Member) -> tuple[date, bool, int, int]:
        others = sources - {(member.copy.source or "").casefold()}
        names_one = any(source in member.says for source in others)
        published = member.copy.published
        if published is None:
            return date.max, names_one, 0, member.article
        day = published.date() if isinstance(published, datetime) else published
        return day, names_one, instant(published), member.article

    return min(members, key=order).article


def _held(text: str, other: str) -> float:
    """Return the share of a text's runs of three words that the other has, too."""
    mine, theirs = _runs(text), _runs(other)
    return len(mine & theirs) / len(mine) if mine else 0.0


def _runs(text: str) -> set[tuple[str, str, str]]:
    words = words_of(text)
    return set(zip(words, words[1:], words[2:], strict=False))
