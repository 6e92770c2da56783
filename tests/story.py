"""A story, its correction, a model that copies its sentences, and the calls that show them."""

from typing import Any

from starlette.testclient import TestClient

from tests.fakes import ScriptedLLM

TOLL = "Eleven people died in the Sarn Valley flood, the governor said."
HELP = "Helpers came from three provinces."
STORY = {
    "id": "flood",
    "title": "Flood in the Sarn Valley",
    "text": f"{TOLL} {HELP}",
    "source": "The Daily Example",
    "published": "2023-09-04T18:00:00+02:00",
}
CORRECTED_TOLL = "Forty people died in the Sarn Valley flood, the governor said."
NOTE = "Correction: an earlier version of this story gave a lower toll."
CORRECTED = STORY | {
    "text": f"{NOTE}\n{CORRECTED_TOLL} {HELP}",
    "updated": "2023-09-05T09:00:00+02:00",
}
QUESTION = {"question": "How many people died in the Sarn Valley flood and who came to help?"}


class FirstSentences(ScriptedLLM):
    """Copies out the sentences about the toll and about help, with the ids that it was shown."""

    async def complete(self, prompt: Any, *, max_tokens: int) -> Any:
        ids = {sentence.text.strip(): name for name, sentence in prompt.sentences.items()}
        if ids:
            said = (f"{words} [{ids[words]}]" for words in (TOLL, HELP) if words in ids)
            self.enqueue("\n".join(said))
        async for piece in super().complete(prompt, max_tokens=max_tokens):
            yield piece


def post(client: TestClient, record: dict[str, Any]) -> dict[str, Any]:
    told = client.post("/v1/articles", json=record).json()
    (result,) = told["results"]
    assert told[result["outcome"]] == 1
    return dict(result)


def ask(client: TestClient) -> dict[str, Any]:
    answer = dict(client.post("/v1/ask", json=QUESTION).json())
    assert [(c["quote"], c["standing"]) for c in answer["citations"]] == [
        (TOLL, "verified"),
        (HELP, "verified"),
    ]
    return answer


def again(client: TestClient, answer: dict[str, Any]) -> dict[str, Any]:
    return dict(client.get(f"/v1/answers/{answer['id']}").json())


def verified(client: TestClient, citation: dict[str, Any], **changed: Any) -> dict[str, Any]:
    article = citation["article"]
    place = {name: citation[name] for name in ("start", "end", "quote")}
    body = {"article_id": article["id"], "version": article["version"], **place, **changed}
    return dict(client.post("/v1/citations/verify", json=body).json())
