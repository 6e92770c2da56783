"""Articles into sentences and passages, without losing a character. Knows no vectors and no files.

`sentencex` finds the sentences. Around it: it joins a headline to the line below, so lines come
first; it takes time quadratic in open quotation marks (200,000 of them 20 s), so a long line is
shown to it through a window; and what it leaves in one piece is cut.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import sentencex

from index.documents import Article, Passage, Sentence, Span

# Part of the embedder's fingerprint: raise it whenever the same article would be cut elsewhere.
SPLITTER = "2"

ABBREVIATION = 12  # characters at the end of a piece in which one that ends nothing is looked for
MAX_SENTENCE = 1_000  # characters, outer white space left out
WINDOW = 4 * MAX_SENTENCE

# The default embedding model reads 256 tokens. Two are its own, and a few are left for words that
# take more tokens beside each other than apart.
PASSAGE_TOKENS = 250
HEADING_CHARS = 160  # some 40 tokens of a title; the rest of the passage's room is for its text

ENUMERATOR = re.compile(r"\(?([0-9]{1,3}|[A-Za-z])[.)]\s*")
# What `sentencex` takes for an end: "at 7 p.m. ET", "at 12:01 a.m. Thursday", "Schumer, D-N. Y."
AFTER_TIME = (
    r"(?:[ACEGMPH][DSM]?T|UTC|Eastern|Central|Mountain|Pacific|local|(?:Mon|Tues|Wednes|Thurs|Fri"
    r"|Satur|Sun)day|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? \d)\b"
)
UNENDED = re.compile(
    rf"\b[ap]\.m\.\s+(?={AFTER_TIME})|\b[DR]-[A-Z]\.\s*(?=[A-Z]\.)|\bvs\.\s+(?=\S)"
)
OPENING = re.compile(r"(?<=\s)[\"“]\s*$")  # a quotation mark that belongs to what follows
SOLID = re.compile(r"\S")
# Languages without spaces between words or with abbreviations of their own, told by their script.
SCRIPTS = {"CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "CYRILLIC": "ru", "ARABIC": "ar"}


def heading(article: Article) -> str:
    """Return as much of the title as is embedded with each passage."""
    title = article.title
    if len(title) <= HEADING_CHARS:
        return title
    return title[: _cut_before(title, 0, HEADING_CHARS)].rstrip()


def split_sentences(article: Article) -> list[Sentence]:
    """Cut the text at its sentence ends; the sentences joined give it back exactly.

    White space belongs to the sentence before it, at the very start to the first one.
    """
    starts = [0, *list(_starts(article))[1:]]
    ends = [*starts[1:], len(article.text)]
    return [Sentence(article, Span(a, b)) for a, b in zip(starts, ends, strict=True) if a < b]


def split(article: Article, *, count_tokens: Callable[[Sequence[str]], list[int]]) -> list[Passage]:
    """Gather whole sentences into passages that the embedding model can read whole.

    A passage and the heading take at most `PASSAGE_TOKENS`, unless one sentence alone takes more.
    A full passage goes back to the last paragraph end in its second half, if there is one.
    """
    sentences = split_sentences(article)
    heading_tokens, *tokens = count_tokens([heading(article), *(s.text for s in sentences)])
    room = max(PASSAGE_TOKENS - heading_tokens, PASSAGE_TOKENS // 2)
    ends = _paragraph_ends(article.text, sentences)
    cuts = list(_cuts(tokens, ends, room))
    return [
        Passage(article, Span(sentences[a].span.start, sentences[b - 1].span.end))
        for a, b in pairwise(cuts)
    ]


def _cuts(tokens: Sequence[int], ends: Sequence[bool], room: int) -> Iterator[int]:
    """Yield the sentence number at which each passage starts, and the number of sentences."""
    start = filled = 0
    paragraph, filled_there = 0, 0  # the last good place to stop, and how full it is there
    yield 0
    for number, count in enumerate(tokens):
        while number > start and filled + count > room:
            start, left = (paragraph, filled_there) if paragraph > start else (number, filled)
            yield start
            filled -= left
            paragraph = start
        filled += count
        if ends[number] and filled >= room / 2:
            paragraph, filled_there = number + 1, filled
    if tokens:
        yield len(tokens)


def _paragraph_ends(text: str, sentences: Sequence[Sentence]) -> list[bool]:
    """Say of each sentence whether a blank line follows it; any line end, where none is blank."""
    needed = 2 if re.search(r"\n[^\S\n]*\n", text) else 1
    spans = [sentence.span for sentence in sentences]  # of whose line ends all are at their end
    return [text.count("\n", span.start, span.end) >= needed for span in spans]


def _starts(article: Article) -> Iterator[int]:
    """Yield where each sentence starts, which is never on white space; at least one number."""
    text, language = article.text, _language(article)
    line_start, found = 0, False
    while line_start < len(text):
        line_end = text.find("\n", line_start)
        line_end = len(text) if line_end < 0 else line_end
        for start in _line_starts(text, line_start, line_end, language):
            found = True
            yield start
        line_start = line_end + 1
    if not found:
        yield 0


def _line_starts(text: str, start: int, end: int, language: str) -> Iterator[int]:
    """Yield where the sentences of one line start, looking at one window of it after another."""
    while solid := SOLID.search(text, start, end):
        start = solid.start()
        window_end = min(end, start + WINDOW)
        starts = list(_window_starts(text, start, window_end, language))
        if window_end == end:
            yield from starts
            return
        # The last one was cut off by the window, so it is looked at again from its own start.
        yield from starts[:-1]
        start = starts[-1]


def _window_starts(text: str, start: int, end: int, language: str) -> Iterator[int]:
    """Yield where sentences of at most `MAX_SENTENCE` characters start in a stretch of text."""
    for piece in _pieces(text[start:end], language):
        piece_end = start + len(piece)
        while solid := SOLID.search(text, start, piece_end):
            yield (start := solid.start())
            if len(text[start:piece_end].rstrip()) <= MAX_SENTENCE:
                break
            start = _cut_before(text, start, start + MAX_SENTENCE)
        start = piece_end


def _pieces(window: str, language: str) -> Iterator[str]:
    """Yield the sentences of a window; the number of a list item stays with what it numbers.

    So does an opening quotation mark with what it opens, and what follows on an abbreviation.
    """
    held = ""
    for piece in sentencex.segment(language, window):  # type: ignore[attr-defined]
        if held and not goes_on(held, piece):
            opening = OPENING.search(held)
            cut = opening.start() if opening else len(held)
            yield held[:cut]
            held = held[cut:]
        held += piece
    if held:
        yield held


def goes_on(held: str, piece: str) -> bool:
    """Whether a sentence that seems to have ended has not."""
    if ENUMERATOR.fullmatch(held):
        return True
    last = UNENDED.search(held + piece, max(0, len(held) - ABBREVIATION))
    return last is not None and last.end() == len(held)


def _cut_before(text: str, start: int, limit: int) -> int:
    """Return the best place in `start + 1 .. limit` to cut: at a space, else between letters."""
    for place in range(limit, start, -1):
        if text[place].isspace():
            return place
    for place in range(limit, start, -1):
        if not _joins(text[place]) and text[place - 1] != "\u200d":
            return place
    return limit


def _joins(char: str) -> bool:
    """Whether the character belongs to the one before it: an accent, a joiner, a variation."""
    return char == "\u200d" or unicodedata.category(char).startswith("M")


def _language(article: Article) -> str:
    """Return the article's language, or what the script of its first letter says."""
    if article.language:
        return article.language
    letter = next((char for char in article.text[:200] if char.isalpha()), "")
    return SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "en") if letter else "en"
