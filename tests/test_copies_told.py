"""A report that several outlets carry is cited once, with the others named beside it."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.fakes import ScriptedLLM, make_article
from tests.served import serving

REPORT = (
    "The ferry Princess Oda ran aground off Kestrel Bay on Monday with 212 passengers on board. "
    "Nobody was hurt. A tug pulled the ship free at high tide in the evening, the coastguard said. "
    "The company that runs the ferry blamed a fault in the steering gear and offered refunds. "
    "Divers are to look at the hull before the ship may sail again, which may take a week."
)
QUESTION = "How many passengers were on board the ferry Princess Oda?"
SAID = "The ferry Princess Oda ran aground with 212 passengers on board. [S1]"


def told(answer: dict[str, Any]) -> list[list[tuple[str, str | None]]]:
    return [[(a["id"], a["source"]) for a in c["also_in"]] for c in answer["citations"]]


def test_copies_are_named_with_the_citation_until_they_are_withdrawn(tmp_path: Path) -> None:
    first = make_article(REPORT, id="wire", source="Northern Wire", title="Ferry aground")
    copy = make_article(
        REPORT, id="ledger", source="City Ledger", title="Ferry aground", published=date(2023, 9, 5)
    )
    with serving(tmp_path, llm=ScriptedLLM(SAID), articles=[first, copy]) as served:
        answer = served.client.post("/v1/ask", json={"question": QUESTION}).json()
        assert answer["status"] == "answered"
        assert answer["citations"][0]["article"]["id"] == "wire"
        assert told(answer) == [[("ledger", "City Ledger")]]
        again = served.client.get(f"/v1/answers/{answer['id']}").json()
        assert told(again) == told(answer)
        served.archive.remove("ledger")
        assert told(served.client.get(f"/v1/answers/{answer['id']}").json()) == [[]]
