"""The service as a process: what it says when it starts, and that it ends in order."""

import logging
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from qa_service.__main__ import OURS, main, start_logging
from qa_service.serve import announcement
from qa_service.settings import Settings

HERE = Path(__file__).parent.parent


def test_help_tells_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(f"QA_{name.upper()}" in told for name in Settings.model_fields)


def test_a_wrong_setting_is_told_in_a_sentence_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_PORT", "http")
    monkeypatch.setenv("QA_API_KEYS", "hunter2")
    assert main([]) == 2
    told = capsys.readouterr().err
    assert "QA_PORT: Input should be a valid integer" in told
    assert "QA_API_KEYS: key 1 of 1 needs at least 16" in told
    assert "hunter2" not in told


def test_at_no_level_a_library_logs_what_is_asked() -> None:
    names = (*OURS, "openai", "httpx2", "httpx")
    before = {name: logging.getLogger(name).level for name in names}
    try:
        start_logging("debug")
        loud = [name for name in names if logging.getLogger(name).isEnabledFor(logging.INFO)]
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
    assert loud == list(OURS)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("::", "http://[::1]:8000"),
    ],
)
def test_the_address_that_is_told_can_be_opened(host: str, url: str) -> None:
    told = announcement(host, 8000)
    assert f"{url}/\n" in told
    assert f"curl {url}/v1/ask " in told


@pytest.mark.model
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_answers_and_ends_in_order(number: int, tmp_path: Path) -> None:
    """Before a language model that is not there, so that only the embedding model is loaded."""
    settings = {
        "QA_DATA_DIR": str(tmp_path),
        "QA_PORT": "0",
        "QA_LLM_BASE_URL": "http://127.0.0.1:9/v1",
        "QA_LLM_MODEL": "nobody",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "qa_service"],
        cwd=HERE,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        url = ""
        while not url:
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            url = (re.findall(r"http://\S+:\d+", line) or [""])[0]
        post = {"id": "a", "text": "Some 280,000 people had joined the army since 1 January."}
        assert httpx2.post(f"{url}/v1/articles", json=post).json()["created"] == 1
        found = httpx2.post(f"{url}/v1/search", json={"query": "army"})
        assert len(found.json()["hits"]) == 1
        asked = httpx2.post(f"{url}/v1/ask", json={"question": "how many people joined the army"})
        assert (asked.status_code, asked.headers["retry-after"]) == (503, "5")
    finally:
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors
