"""An archive of any size, made from a small real one: for measuring speed, never quality.

Vectors are real ones with noise, which makes neighbours easier to find than real ones are; texts
are real sentences put together at random, which makes rare words commoner than they are. Copies
are not looked for.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.opening import every_article
from index.archive import Archive
from index.database import Database
from index.documents import Article, Passage, Span
from index.instants import instant
from index.reembed import register
from index.split import split_sentences
from index.store import Embedded, store

NOISE = 0.5  # as long as half a vector: two made from one real passage have a cosine of .8
PASSAGES = 6  # of an article, as in RealTimeQA's
SOURCES = 100
FIRST_DAY, DAYS = date(2016, 1, 1), 3650
AT_ONCE = 200  # articles in a transaction


@dataclass(frozen=True, slots=True)
class Material:
    """What archives are made of."""

    vectors: NDArray[np.float32]
    titles: list[str]
    sentences: list[str]
    length: int  # of a passage, in characters


def material(archive: Archive, database: Path) -> Material:
    """Read the vectors and sentences of a real archive."""
    articles = list(every_article(archive))
    sentences = [s.text.strip() for a in articles for s in split_sentences(a)]
    with Database(database).read() as connection:
        blobs = [blob for (blob,) in connection.execute("SELECT vector FROM passages")]
    vectors = np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)
    length = sum(len(article.text) for article in articles) // len(blobs)
    titles = [article.title for article in articles]
    return Material(vectors.astype(np.float32), titles, [s for s in sentences if s], length)


def fill(folder: Path, of: Material, passages: int, *, fingerprint: str) -> None:
    """Write an archive of so many passages, as if the embedder had embedded them."""
    database = Database(folder)
    with database.write() as connection:
        embedder = register(connection, fingerprint, of.vectors.shape[1])
    made = _articles(of, passages)
    now = instant(datetime.now(UTC))
    while batch := [item for item, _ in zip(made, range(AT_ONCE), strict=False)]:
        with database.write() as connection:
            for item in batch:
                store(connection, embedder, item, now=now)
    database.close()


def _articles(of: Material, passages: int) -> Iterator[Embedded]:
    chance, noise = random.Random(1), np.random.default_rng(1)
    for number in range(passages // PASSAGES):
        text, spans = "", []
        for _ in range(PASSAGES):
            start = len(text)
            while len(text) - start < of.length:
                text += chance.choice(of.sentences) + " "
            spans.append(Span(start, len(text)))
        article = Article(
            f"made-{number}",
            f"{number:064x}",
            chance.choice(of.titles),
            text,
            source=f"Source {chance.randrange(SOURCES)}",
            published=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
            language="en",
        )
        real = of.vectors[noise.integers(0, len(of.vectors), PASSAGES)]
        vectors = real + noise.normal(0, NOISE / np.sqrt(real.shape[1]), real.shape)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        yield Embedded(article, [Passage(article, span) for span in spans], vectors.astype("<f2"))
