"""Canned replies in the JSON of the API: articles, their histories, and answers about them."""

from typing import Any

HOSTILE = "<img src=x onerror=\"window.ran='img'\"><script>window.ran='script'</script>"

# Three astral characters, combining marks, a flag and a right-to-left word stand before the quote.
QUOTE = "Some 280,000 people 🪖 have joined the army since 1 January, Medvedev said."
BEFORE = "𝔖akhalin 🏝️ — Re\u0301sume\u0301 of the day 🇷🇺\nשלום from the island.\n"
TEXT = f"{BEFORE}On Sunday he spoke to officers. {QUOTE} He named no source.\n" + (
    "The region has a hundred and forty villages, most of them on the coast.\n" * 40
)


def article(article_id: str, text: str, **changed: Any) -> dict[str, Any]:
    """An article as `GET /v1/articles/{id}` tells it."""
    return {
        "id": article_id,
        "version": f"{article_id}-v1",
        "title": "Medvedev counts recruits on Sakhalin",
        "source": "The Daily Example",
        "author": None,
        "url": "https://news.example/medvedev",
        "published": "2023-09-04",
        "language": "en",
        "published_known_by": "given",
        "updated": None,
        "notice": None,
        **changed,
        "text": text,
    }


def revision(number: int, version: str | None, **changed: Any) -> dict[str, Any]:
    """A step of a history as `GET /v1/articles/{id}/versions` tells it."""
    told = {"revision": number, "version": version, "arrived": f"2023-09-0{number}T09:00:00+00:00"}
    nothing = {"withdrawn": version is None, "status": "usable", "changes": None}
    return {**told, **nothing, **changed}


REVISED = "Rain fell. Forty people died in the flood."
CHANGES: dict[str, Any] = {
    "added": [{"start": 11, "end": 42, "quote": "Forty people died in the flood."}],
    "removed": [{"start": 0, "end": 32, "quote": "Eleven people died in the flood."}],
    "facts": ["title", "notice"],
}
HISTORIES = {
    "a3": [revision(4, "a3-v1"), revision(6, "a3-v2", changes=CHANGES)],
    "gone": [revision(4, "gone-v1"), revision(6, None, status="canceled")],
}
ARTICLES = {
    "a1": article("a1", TEXT),
    "a2": article(
        "a2",
        f"{HOSTILE} is all it says, more or less. It ends here.",
        title=f"Breaking {HOSTILE}",
        source="<b>The Lantern</b>",
        url="javascript:window.ran='url'",
    ),
    "a3": article(
        "a3",
        "Eleven people died in the flood. Rain fell.",
        title="Flood",
        published_known_by="guess",
        updated="2023-09-05",
    ),
}


def place(article_id: str, words: str) -> dict[str, Any]:
    """Words of an article, where they stand in code points, and the article without its text."""
    full = ARTICLES[article_id]
    start = full["text"].index(words)
    head = {name: value for name, value in full.items() if name != "text"}
    return {"start": start, "end": start + len(words), "article": head}


def citation(number: int, article_id: str, words: str, **changed: Any) -> dict[str, Any]:
    """A citation as an answer tells it."""
    nothing: dict[str, Any] = {
        "context": [],
        "speaker": None,
        "page": None,
        "notice": None,
        "also_in": [],
    }
    told = {"number": number, "quote": words, "standing": "verified", **nothing}
    return {**told, **place(article_id, words), **changed}


def claim(text: str, *numbers: int, verdict: str = "supported", **changed: Any) -> dict[str, Any]:
    """A claim as an answer tells it."""
    said = {"text": text, "start": 0, "end": len(text), "citations": list(numbers)}
    return {**said, "verdict": verdict, "issues": [], **changed}


def hit(article_id: str, words: str) -> dict[str, Any]:
    """A passage as a search tells it."""
    return {"score": 0.5, "text": words, **place(article_id, words)}


def answer(question: str, **changed: Any) -> dict[str, Any]:
    """An answer as it is told; what the page shows is decided by `changed`."""
    cited = [citation(1, "a1", QUOTE, speaker="Dmitry Medvedev")]
    return {
        "id": "ans_1",
        "question": question,
        "question_used": None,
        "as_of": "2023-09-08",
        "filters": {},
        "status": "answered",
        "confidence": 0.93,
        "missing": None,
        "conflicts": [],
        "text": "He said 280,000 had joined [1]. He named no source [2].",
        "claims": [claim("He said 280,000 had joined.", 1), claim("He named no source.", 2)],
        "citations": [*cited, citation(2, "a1", "He named no source.")],
        "related": [],
        "related_withdrawn": 0,
        "model": "qwen2.5-1.5b",
        "usage": {"prompt_tokens": 380, "completion_tokens": 24},
        "timings_ms": {"search": 30, "first_claim": 7200, "total": 7300},
        "created": "2023-09-08T09:00:00+00:00",
        **changed,
    }


def doubtful(question: str) -> dict[str, Any]:
    """An answer with everything that can be shown beside one."""
    changed = {"standing": "changed", "now": {"start": 0, "end": 9, "quote": "Some 290,000."}}
    also = [ARTICLES["a2"] | {"source": "The Courier", "text": None}]
    rich = {"page": 3, "notice": "Corrected on 6 September.", "also_in": also, **changed}
    doubted = {"issues": [{"kind": "number", "detail": "The source says 280,000, not 28,000."}]}
    return answer(
        question,
        id="ans_2",
        question_used="How many recruits did Medvedev count in 2023?",
        missing="Not answered: “how many of them were volunteers”.",
        conflicts=["280,000 (The Daily Example, 4 September 2023)", "270,000 (The Courier)"],
        claims=[
            claim("He said 280,000 had joined.", 1),
            claim("28,000 had joined.", verdict="unsupported", **doubted),
            claim("", verdict="withdrawn") | {"text": None},
        ],
        citations=[
            citation(1, "a1", QUOTE, context=[{"quote": "On Sunday he spoke.", **SPAN}], **rich)
        ],
    )


SPAN = {"start": 0, "end": 19}
NOT_FOUND = {"id": "ans_0", "status": "not_found", "text": "", "claims": [], "citations": []}


def problem(status: int, detail: str) -> dict[str, Any]:
    """A problem document."""
    title = "The language model is not available"
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}
