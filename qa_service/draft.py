"""The model's reply into drafted claims, as it is written. Believes nothing.

Ids are `[S12]`, which cannot occur in prose as `[12]` or `[2024]` can. The usual order is "Taxes
stay. [S1] Rents rise. [S2][S4]"; a reply that begins with an id is read the other way round.
"""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Iterator

from index.documents import Article
from index.split import split_sentences
from index.tongues import language_of
from qa_service.answers import DraftClaim, Usage

ID = re.compile(r"S\d+")
IDS = r"\[\s*S\d+(?:\s*(?:[,;–-]|and)?\s*S\d+)*\s*\]"
# Ids end a claim unless the sentence goes on after them in lower case; so does the end of a line,
# unless the next one begins with ids.
END_BEFORE_IDS = re.compile(r"(?<=[^\s\[])\s*(?=\[\s*S\d)|\n\s*(?=[^\s\[])")
END_AFTER_IDS = re.compile(rf"(?:{IDS}\s*)+[.;,]?(?=\s*[^\s\[.;,a-z])|\n\s*(?=[^\s\[])")
BEGINS_WITH_ID = re.compile(r"\s*\[\s*S\d")
INITIALS = re.compile(r"(?<=\b[A-Z]\.)\s(?=[A-Z]\.)")  # "U. S.", as small models write "U.S."
ORNAMENT = re.compile(r"^(?:[-*•]\s+|\d+[.)]\s+|answer:\s*)+|\*\*", re.IGNORECASE)


async def parse(reply: AsyncIterator[str | Usage]) -> AsyncGenerator[DraftClaim | Usage]:
    """Yield each claim as soon as it is complete, and the usage when it comes."""
    written, read = "", 0  # characters of the reply that have come, and that have been yielded
    async for piece in reply:
        if isinstance(piece, Usage):
            yield piece
            continue
        written += piece
        while end := _end_of_claim(written, read):
            for claim in read_claims(written[read:end]):
                yield claim
            read = end
    for claim in read_claims(written[read:]):
        yield claim


def read_claims(text: str) -> Iterator[DraftClaim]:
    """Read one stretch of a reply: its sentences share the ids that stand in it.

    Ids without a sentence claim nothing, and a sentence without ids is a claim all the same.
    """
    ids = tuple(dict.fromkeys(i for group in re.findall(IDS, text) for i in ID.findall(group)))
    prose = ORNAMENT.sub("", re.sub(rf"\s*{IDS}", "", text).strip()).strip()
    prose = INITIALS.sub("", prose)
    article = Article(id="draft", version="", title="", text=prose, language=language_of(prose))
    for sentence in split_sentences(article):  # "ab dem 11. September" is one sentence in German
        if re.search(r"\w", sentence.text):
            yield DraftClaim(" ".join(sentence.text.split()), ids)


def _end_of_claim(written: str, read: int) -> int | None:
    """Return where the first complete claim after `read` ends, if the next one has begun."""
    pattern = END_BEFORE_IDS if BEGINS_WITH_ID.match(written) else END_AFTER_IDS
    found = pattern.search(written, read)
    return found.end() if found and found.end() > read else None
