import pytest

from qa_service.access import Access, is_loopback
from qa_service.errors import Forbidden, Unauthorized

KEY, OTHER_KEY = "first-key-0123456789", "other-key-0123456789"
LOCAL = Access((), "127.0.0.1")
OPEN = Access((), "0.0.0.0")
KEYED = Access((KEY, OTHER_KEY), "0.0.0.0")
NEVER = "198.51.100.7"


def call(
    access: Access,
    method: str = "POST",
    path: str = "/v1/articles",
    *headers: tuple[str, str],
    host: str | None = "127.0.0.1:8000",
    peer: str | None = "127.0.0.1",
) -> None:
    named = [*headers, *([("host", host)] if host is not None else [])]
    access.check(
        {
            "type": "http",
            "method": method,
            "path": path,
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in named],
            "client": (peer, 50000) if peer is not None else None,
        }
    )


READING = [
    ("GET", "/v1/articles"),
    ("HEAD", "/v1/articles"),
    ("GET", "/v1/answers/ans_1"),
    ("POST", "/v1/ask"),
    ("POST", "/v1/search"),
    ("POST", "/v1/citations/verify"),
]
WRITING = [
    ("POST", "/v1/articles"),
    ("DELETE", "/v1/articles/a1"),
    ("PUT", "/v1/whatever"),
    ("POST", "/v1/a-route-of-tomorrow"),
]


@pytest.mark.parametrize(("method", "path"), READING + WRITING)
def test_without_keys_this_machine_may_do_everything(method: str, path: str) -> None:
    call(LOCAL, method, path)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "[::1]:8000"])
def test_this_machine_may_be_called_by_any_of_its_own_names(host: str) -> None:
    call(LOCAL, host=host)


@pytest.mark.parametrize(("method", "path"), READING)
def test_without_keys_reading_is_open_on_the_address_it_is_bound_to(method: str, path: str) -> None:
    call(OPEN, method, path, host="news.example", peer=NEVER)


@pytest.mark.parametrize(("method", "path"), WRITING)
@pytest.mark.parametrize("peer", ["192.0.2.1", "10.0.0.1", "::ffff:10.0.0.1", "unix", None])
def test_without_keys_writing_needs_a_loopback_peer(
    method: str, path: str, peer: str | None
) -> None:
    with pytest.raises(Forbidden, match="only this machine itself"):
        call(LOCAL, method, path, peer=peer)


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_every_loopback_address_is_this_machine(peer: str) -> None:
    call(LOCAL, peer=peer)


@pytest.mark.parametrize(
    "host",
    [
        "news.example",
        "localhost.example",
        "127.0.0.1.example:8000",
        "10.0.0.1",
        "127.0.0.1@news.example",
        "news.example@localhost",
        "localhost/",
        "[::1",
        "",
        None,
    ],
)
@pytest.mark.parametrize(("method", "path"), [*READING, *WRITING])
def test_a_name_that_others_pointed_at_this_machine_is_refused(
    method: str, path: str, host: str | None
) -> None:
    with pytest.raises(Forbidden, match="answers only to localhost"):
        call(LOCAL, method, path, host=host)


def test_two_hosts_are_refused() -> None:
    with pytest.raises(Forbidden, match="answers only to localhost"):
        call(LOCAL, "POST", "/v1/articles", ("Host", "localhost"), host="localhost")


@pytest.mark.parametrize(
    "header",
    ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"],
)
def test_without_keys_writing_needs_that_no_proxy_passed_the_call_on(header: str) -> None:
    call(LOCAL, "GET", "/v1/articles", (header, "127.0.0.1"))
    with pytest.raises(Forbidden, match="a proxy passed this call on"):
        call(LOCAL, "POST", "/v1/articles", (header, "127.0.0.1"))


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://127.0.0.1:9000",
        "http://localhost:8000",
        "",
        "file://",
    ],
)
def test_without_keys_writing_needs_that_no_other_site_sent_the_call(origin: str) -> None:
    with pytest.raises(Forbidden, match="page of another site"):
        call(LOCAL, "POST", "/v1/articles", ("Origin", origin))


def test_the_service_own_page_may_write() -> None:
    call(LOCAL, "POST", "/v1/articles", ("Origin", "http://127.0.0.1:8000"))


@pytest.mark.parametrize(("method", "path"), WRITING)
def test_bound_to_every_interface_nobody_writes_without_keys(method: str, path: str) -> None:
    with pytest.raises(Forbidden, match=r"listens on 0\.0\.0\.0 and has no keys"):
        call(OPEN, method, path)


@pytest.mark.parametrize(("method", "path"), READING + WRITING)
@pytest.mark.parametrize(
    "sent",
    [
        "",
        "Bearer",
        "Bearer ",
        f"Basic {KEY}",
        KEY,
        f"Bearer {KEY}x",
        f"Bearer {KEY[:-1]}",
        "Bearer é",
    ],
)
def test_with_keys_every_call_needs_one(method: str, path: str, sent: str) -> None:
    headers = [("Authorization", sent)] if sent else []
    with pytest.raises(Unauthorized):
        call(KEYED, method, path, *headers)


@pytest.mark.parametrize(("method", "path"), READING + WRITING)
@pytest.mark.parametrize("sent", [f"Bearer {KEY}", f"bearer  {OTHER_KEY} "])
def test_with_a_key_a_call_may_come_from_anywhere(method: str, path: str, sent: str) -> None:
    elsewhere = ("Origin", "https://newsroom.example"), ("X-Forwarded-For", NEVER)
    call(KEYED, method, path, ("Authorization", sent), *elsewhere, host="qa.example", peer=NEVER)


@pytest.mark.parametrize("name", ["0.0.0.0", "::", "example", "127.1", "", "localhost.evil"])
def test_what_may_mean_another_machine_is_not_loopback(name: str) -> None:
    assert not is_loopback(name)
