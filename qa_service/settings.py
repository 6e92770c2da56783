"""What two deployments may need to set differently, read once at start from `QA_…` variables.

The provider's key is not here: it stays in `OPENAI_API_KEY`, where the client looks for it.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "QA_"
# A shorter key can be guessed over the network; `openssl rand -hex 16` gives 32 characters.
MIN_KEY_CHARS = 16


class Settings(BaseSettings):
    """All settings; every one has a default that answers on this machine alone."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Field(
        default=Path("./data"), description="Folder of the articles and answers."
    )
    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="Address to listen on; 0.0.0.0 for every interface.",
    )
    port: int = Field(
        default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one."
    )
    llm_base_url: str = Field(
        default="",
        description="An OpenAI-compatible server, such as https://host/v1; empty: embedded.",
    )
    llm_model: str = Field(
        default="", description="The model to ask for there; empty: the only one it has."
    )
    embedder: str = Field(
        default="", description="Name or path of an embedding model; empty: built in."
    )
    reranker: str = Field(
        default="", description="Name or path of a cross-encoder that ranks the best anew."
    )
    verifier: str = Field(
        default="", description="Name or path of an NLI cross-encoder that may reject claims."
    )
    api_keys: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Keys of callers, separated by commas; with any set, every call needs one.",
    )
    retention_days: int = Field(
        default=30, ge=0, le=36500, description="Days that answers are stored; 0 stores none."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error."
    )

    @field_validator("api_keys", mode="before")
    @classmethod
    def _split_keys(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(key.strip() for key in given.split(",") if key.strip())

    @field_validator("api_keys")
    @classmethod
    def _check_keys(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        for place, key in enumerate(keys, start=1):  # by place: a key never gets into a log
            if len(key) < MIN_KEY_CHARS or not re.fullmatch(r"[!-~]+", key):
                raise ValueError(
                    f"key {place} of {len(keys)} needs at least {MIN_KEY_CHARS} visible ASCII "
                    "characters without spaces; `openssl rand -hex 16` makes one"
                )
        return keys

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, given: object) -> object:
        return given.lower() if isinstance(given, str) else given

    @field_validator("llm_base_url")
    @classmethod
    def _check_url(cls, url: str) -> str:
        if url and not re.match(r"https?://[^/\s]+", url):
            raise ValueError("expected an address such as https://host/v1")
        return url

    @model_validator(mode="after")
    def _check_model(self) -> "Settings":
        if self.llm_model and not self.llm_base_url:
            raise ValueError(
                "QA_LLM_MODEL names a model of the server at QA_LLM_BASE_URL: set that too, or "
                "neither of them to use the embedded model"
            )
        return self


def unknown_names(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Name the `QA_…` variables that are no setting, which are probably typing mistakes."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    return sorted(name for name in environment if name.startswith(PREFIX) and name not in known)


def describe() -> str:
    """Every setting with its meaning and its default, a line each, as `--help` tells them."""
    lines = []
    for name, field in Settings.model_fields.items():
        default = "" if field.default in ("", ()) else f" [{field.default}]"
        lines.append(f"  {PREFIX + name.upper():18} {field.description}{default}")
    return "\n".join(lines)
