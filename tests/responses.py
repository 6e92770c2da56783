"""What the service sends back, read and checked as a client would."""

import json
from typing import Any

SECURITY = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def problem(response: Any, status: int) -> str:
    """The sentence of a problem, after everything else about it was checked."""
    body = response.json()
    assert response.status_code == body["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "detail", "errors", "retry_after", "instance"}
    assert SECURITY.items() <= dict(response.headers).items()
    detail: str = body["detail"]
    assert detail.endswith(".")
    return detail


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream, comments left out."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line[0] != ":")
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found
