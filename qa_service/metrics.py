"""What the service counts, in Prometheus' words. No question, no article and no key is a label."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from index.fetch import Counts
from qa_service.answers import Answer, Claim

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# An answer on two cores takes seconds; a remote model less than one.
SECONDS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120)


class Metrics:
    """Counters of one service; each service has a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "qa_requests", "Requests", ["route", "method", "status"], registry=self.registry
        )
        self.asks = Counter("qa_asks", "Questions by outcome", ["outcome"], registry=self.registry)
        self.ask_seconds = self._seconds("qa_ask_seconds", "Time to a whole answer")
        self.first_claim_seconds = self._seconds("qa_first_claim_seconds", "Time to a first claim")
        self.tokens = Counter("qa_tokens", "Tokens of the model", ["kind"], registry=self.registry)
        self.claims = Counter("qa_claims", "Claims by verdict", ["verdict"], registry=self.registry)
        self.moves = Counter(
            "qa_claims_moved", "Claims moved to another sentence", registry=self.registry
        )
        self.articles = Gauge("qa_articles", "Articles stored", registry=self.registry)
        self.passages = Gauge("qa_passages", "Passages stored", registry=self.registry)
        self.queue = Gauge(
            "qa_llm_queue_depth", "Questions waiting for the model", registry=self.registry
        )

    def count_request(self, route: str, method: str, status: int) -> None:
        """Count a request by its route's template."""
        self.requests.labels(route, method, status).inc()

    def count_claim(self, claim: Claim, *, moved: bool) -> None:
        """Count a claim by its verdict, and whether the verifier moved it."""
        self.claims.labels(claim.verdict).inc()
        self.moves.inc(int(moved))

    def count_answer(self, answer: Answer) -> None:
        """Count an answer's tokens and its time."""
        self.tokens.labels("prompt").inc(answer.usage.prompt_tokens)
        self.tokens.labels("completion").inc(answer.usage.completion_tokens)
        self.ask_seconds.observe(answer.timings.total / 1000)
        if answer.timings.first_claim is not None:
            self.first_claim_seconds.observe(answer.timings.first_claim / 1000)

    def tell(self, counts: Counts, *, queue_depth: int) -> bytes:
        """Write everything as Prometheus reads it."""
        self.articles.set(counts.articles)
        self.passages.set(counts.passages)
        self.queue.set(queue_depth)
        return generate_latest(self.registry)

    def _seconds(self, name: str, what: str) -> Histogram:
        return Histogram(name, what, buckets=SECONDS, registry=self.registry)
