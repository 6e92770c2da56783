"""Claims that are true, beside the sentence that makes them so. The ground that attacks start from.

A pair is a sentence of an article taken as a claim about itself, a paraphrase of one, or a claim
that a finished run showed as supported. Knows nothing of how a claim is falsified or checked.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.readers.records import read_records
from eval.replies import Quoted, Reply
from index.documents import Article, Sentence, Span
from index.identity import RawArticle, identify
from index.split import split_sentences
from qa_service.answers import Verdict

PARAPHRASES = Path(__file__).parent / "data" / "paraphrases.jsonl"
WINDOW = 2  # sentences on either side that are shown too: what a prompt shows around a source
# Begins with a capital or a quotation mark, has no label in front ("Read more: …"), and ends.
_SENTENCE = re.compile(r"[A-Z“\"][^:]{25}.*[.”\"]$")
SHORTEST, LONGEST = 40, 300  # a claim is a sentence of news, not a byline and not a list


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the sentences shown, and which of them is the one that supports it."""

    id: str
    claim: str
    shown: Mapping[str, Sentence]
    cited: str
    origin: str  # "sentence", "paraphrase" or "answer"
    also: tuple[str, ...] = ()  # further sentences that the claim cites
    asked: str = ""  # the question that it answers: the verifier is told it, as in the service

    @property
    def article(self) -> Article:
        """The article of the sentence that supports the claim."""
        return self.shown[self.cited].article

    @property
    def around(self) -> str:
        """All the words that could make a changed claim true after all."""
        texts = [sentence.text for sentence in self.shown.values()]
        return " ".join([self.article.title, *texts, str(self.article.published or "")])


def pairs_of_article(article: Article, sentences: Sequence[Sentence]) -> Iterator[Pair]:
    """Take every sentence of usual length as a claim about itself."""
    for place, sentence in enumerate(sentences):
        claim = " ".join(article.slice(sentence.quotable).split())
        if SHORTEST <= len(claim) <= LONGEST and _SENTENCE.match(claim):
            first = max(0, place - WINDOW)
            shown = {
                f"S{first + n}": s for n, s in enumerate(sentences[first : place + WINDOW + 1])
            }
            yield Pair(f"{article.id}-{place}", claim, shown, f"S{place}", "sentence")


def paraphrases(path: Path = PARAPHRASES) -> Iterator[Pair]:
    """Read the frozen paraphrases, each written by hand from the sentence beside it.

    {"id": "p1", "change": "passive", "published": "2024-03-05", "title": "Bridge opens",
     "before": "The bridge cost 3 million.", "source": "Mayor Colm opened it on Monday.",
     "paraphrase": "It was opened by Mayor Colm on 4 March 2024."}
    """
    for record in read_records(path):
        before = f"{record['before']} " if record.get("before") else ""
        raw = RawArticle(
            title=record["title"],
            text=before + record["source"],
            id=record["id"],
            published=date.fromisoformat(record["published"]),
            language="en",
        )
        article = identify(raw)
        cut = len(before)
        shown = {"S2": Sentence(article, Span(cut, len(article.text)))}
        if before:
            shown = {"S1": Sentence(article, Span(0, cut)), **shown}
        yield Pair(record["id"], record["paraphrase"], shown, "S2", "paraphrase")


def pairs_of_reply(
    case_id: str, reply: Reply, stored: Callable[[str, str], Article], *, asked: str = ""
) -> Iterator[Pair]:
    """Take the claims that an answer showed as supported, with the quotes that they rest on."""
    for place, claim in enumerate(reply.claims):
        quotes = reply.cited_by(claim)
        if claim.verdict is not Verdict.SUPPORTED or not quotes:
            continue
        shown: dict[str, Sentence] = {}
        cited: list[str] = []
        for quote in quotes:
            for sentence in _shown_around(quote, stored(quote.article_id, quote.version)):
                name = f"S{len(shown) + 1}"
                shown[name] = sentence
                if sentence.quotable == Span(quote.start, quote.end):
                    cited.append(name)
        if cited:
            pair_id = f"{case_id}-{place}"
            yield Pair(pair_id, claim.text, shown, cited[0], "answer", tuple(cited[1:]), asked)


def _shown_around(quote: Quoted, article: Article) -> list[Sentence]:
    """The quoted sentence, its neighbours, and what the check of the claim relied on besides."""
    sentences = split_sentences(article)
    spans = [Span(quote.start, quote.end), *(Span(*place) for place in quote.context)]
    (at,) = [n for n, s in enumerate(sentences) if s.span.start <= quote.start < s.span.end]
    return [
        sentence
        for n, sentence in enumerate(sentences)
        if abs(n - at) <= WINDOW or any(span.within(sentence.span) for span in spans)
    ]
