"""The OpenAPI document, and whether the service keeps to it whatever it is sent."""

from collections.abc import AsyncGenerator, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from qa_service import openapi
from qa_service.answers import Prompt, Usage
from tests.fakes import make_article
from tests.served import HERE, Served, serving

ARTICLE = make_article("Taxes will not rise. Rates may.", id=openapi.ARTICLE["id"])
CALLS = [
    ("POST", "/v1/ask"),
    ("GET", "/v1/answers/{answer_id}"),
    ("POST", "/v1/search"),
    ("POST", "/v1/citations/verify"),
    ("GET", "/v1/articles"),
    ("POST", "/v1/articles"),
    ("GET", "/v1/articles/{article_id}"),
    ("DELETE", "/v1/articles/{article_id}"),
    ("GET", "/v1/articles/{article_id}/versions"),
    ("GET", "/v1/sources"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
]


class SameLLM:
    """Says the same to everyone."""

    name = "same"

    async def complete(self, prompt: Prompt, *, max_tokens: int) -> AsyncGenerator[str | Usage]:
        yield "Taxes will not rise. [S1]"
        yield Usage(1, 1)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("data")
    with serving(folder, llm=SameLLM(), articles=[ARTICLE]) as opened:
        yield opened


def document(served: Served) -> Any:
    return served.client.get("/openapi.json").json()


def test_every_call_is_in_the_document(served: Served) -> None:
    paths = document(served)["paths"]
    told = {(method.upper(), path) for path, calls in paths.items() for method in calls}
    assert told == set(CALLS)


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_every_call_has_an_example_and_lists_its_problems(
    method: str, path: str, served: Served
) -> None:
    call = document(served)["paths"][path][method.lower()]
    content = call["responses"].get("200", {}).get("content", {})
    if "application/json" in content and path != "/healthz":
        assert content["application/json"]["example"]
    if path.startswith("/v1/"):
        assert {"401", "403"} <= call["responses"].keys()
        assert call["security"] == [{}, {"key": []}]
    for status, response in call["responses"].items():
        if status >= "400" and path.startswith("/v1/"):
            (media,) = response["content"]
            assert media == "application/problem+json"


def test_the_examples_of_requests_are_taken(served: Served) -> None:
    schemas = document(served)["components"]["schemas"]
    for path, name in (
        ("/v1/ask", "AskRequest"),
        ("/v1/search", "SearchRequest"),
        ("/v1/citations/verify", "VerifyRequest"),
    ):
        assert served.client.post(path, json=schemas[name]["example"]).status_code == 200


# What no schema can say of two fields together.
TOGETHER = ("end must be greater than start", "published_to must be later than published_from")


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_the_service_keeps_to_its_document(
    method: str, path: str, mode: GenerationMode, served: Served
) -> None:
    operation = schemathesis.openapi.from_dict(document(served))[path][method]
    if mode is GenerationMode.NEGATIVE and not (operation.body or any(operation.iter_parameters())):
        return  # nothing about the request could be wrong
    # Articles are rejected one by one, in a reply whose status is 200.
    by_article = [negative_data_rejection] if (method, path) == ("POST", "/v1/articles") else []

    @settings(
        max_examples=10,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def keeps(case: schemathesis.Case[Any]) -> None:
        excluded: list[Any] = [*by_article]
        request = case.as_transport_kwargs(base_url=HERE)
        assert not request.pop("cookies", None)
        content = request.pop("data", None)
        response = served.client.request(**request, content=content)
        gone = response.status_code == 410  # the article of the example, once it is deleted
        if gone or any(sentence in response.text for sentence in TOGETHER):
            excluded.append(positive_data_acceptance)
        case.validate_response(response, excluded_checks=excluded)

    keeps()
