from pathlib import Path

import pytest
from pydantic import ValidationError

from qa_service.settings import Settings, describe, unknown_names


def test_every_setting_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QA_{name.upper()}", raising=False)
    settings = Settings()
    assert settings.model_dump() == {
        "data_dir": Path("data"),
        "host": "127.0.0.1",
        "port": 8000,
        "llm_base_url": "",
        "llm_model": "",
        "embedder": "",
        "reranker": "",
        "verifier": "",
        "api_keys": (),
        "retention_days": 30,
        "log_level": "info",
    }


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_DATA_DIR", "/srv/news")
    monkeypatch.setenv("QA_PORT", "9000")
    monkeypatch.setenv("QA_LOG_LEVEL", "WARNING")
    monkeypatch.setenv("QA_API_KEYS", " first-key-0123456789, second-key-012345678 ,")
    settings = Settings()
    assert settings.data_dir == Path("/srv/news")
    assert settings.port == 9000
    assert settings.log_level == "warning"
    assert settings.api_keys == ("first-key-0123456789", "second-key-012345678")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QA_PORT", "70000"),
        ("QA_PORT", "http"),
        ("QA_RETENTION_DAYS", "-1"),
        ("QA_LOG_LEVEL", "loud"),
        ("QA_LLM_BASE_URL", "localhost:8080"),
        ("QA_LLM_MODEL", "a-model-without-a-server"),
    ],
)
def test_a_value_that_means_nothing_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize("key", ["short", "with a space in it 0123", "schlüssel-0123456789"])
def test_a_weak_key_is_refused_by_its_place(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_API_KEYS", f"a-good-key-0123456789,{key}")
    with pytest.raises(ValidationError, match="key 2 of 2 needs at least 16 visible ASCII"):
        Settings()


def test_a_name_that_is_no_setting_is_told() -> None:
    given = {"QA_DATADIR": "x", "QA_PORT": "1", "OPENAI_API_KEY": "k", "HOME": "/"}
    assert unknown_names(given) == ["QA_DATADIR"]


def test_every_setting_is_described_on_a_line_of_its_own() -> None:
    lines = describe().splitlines()
    assert len(lines) == len(Settings.model_fields)
    assert "  QA_PORT            Port to listen on; 0 takes a free one. [8000]" in lines
