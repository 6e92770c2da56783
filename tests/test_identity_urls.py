from dataclasses import replace

import pytest
from hypothesis import given

from index.errors import Unreadable
from index.identity import canonical_url, identify
from tests.raw import RAW, TEXT


def test_one_url_in_two_spellings_is_one_article() -> None:
    other = "https://example.com/a?id=7&fbclid=abc"
    assert identify(replace(RAW, id=None)).id == identify(replace(RAW, id=None, url=other)).id


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://Example.COM", "http://example.com/"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("https://example.com./a#b", "https://example.com/a"),
        (
            "https://example.com/A%2Fb?q=1&UTM_medium=x&&r=%C3%A9",
            "https://example.com/A%2Fb?q=1&r=%C3%A9",
        ),
        ("https://example.com/?utm_source=x", "https://example.com/"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        (" https://bücher.example/a ", "https://bücher.example/a"),
    ],
)
def test_a_url_has_one_spelling(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.com/a",
        "//example.com/a",
        "/a",
        "https:///a",
        "https://user@example.com/",
        "https://example.com:port/",
        "https://exa mple.com/",
        "https://example.com/a\nb",
        "java\tscript:alert(1)",
        "http://[::1/",
        'https://example.com"onload=/',
        "data:text/html,x",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Unreadable):
        canonical_url(url)


@given(TEXT.map(lambda text: f"http://{text}") | TEXT)
def test_any_url_is_refused_or_has_one_spelling(url: str) -> None:
    try:
        canonical = canonical_url(url)
    except Unreadable:
        return
    assert canonical.startswith(("http://", "https://"))
    assert canonical_url(canonical) == canonical
