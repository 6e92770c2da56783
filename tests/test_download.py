import gzip
import ipaddress
import time
import tracemalloc
import zlib
from importlib.util import find_spec
from typing import Any

import pytest

from index.addresses import is_public
from index.download import Downloader, Limits
from index.errors import Unreadable
from tests.web import Page, downloader, loopback, web

pytestmark = pytest.mark.skipif(find_spec("protego") is None, reason="protego is not installed")


def test_a_page_is_fetched_politely() -> None:
    with web(**{"a?b=1": Page(b"One.", headers={"Content-Type": "text/html"})}) as site:
        found = downloader().fetch(f"{site.url}/a?b=1#part", headers={"If-None-Match": '"x"'})
        assert (found.url, found.status, found.body) == (f"{site.url}/a?b=1", 200, b"One.")
        assert found.headers["content-type"] == "text/html"
        assert site.asked == ["/robots.txt", "/a?b=1"]
        assert site.headers[1]["user-agent"].startswith("NewsQA/")
        assert site.headers[1]["if-none-match"] == '"x"'


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "224.0.0.1"),
        *("255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0::1"),
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])
def test_nothing_is_asked_of_this_machine_however_it_is_spelt(host: str) -> None:
    with web(a=Page(b"Secret.")) as site:
        port = site.url.rpartition(":")[2]
        with pytest.raises(Unreadable, match="not a public address"):
            Downloader(sleep=lambda s: None).fetch(f"http://{host}:{port}/a")
        assert site.asked == []


def test_a_redirect_to_an_address_that_is_not_public_is_refused() -> None:
    with web(a=Page(status=302, headers={"Location": "http://169.254.169.254/latest"})) as site:
        with pytest.raises(Unreadable, match=r"169\.254\.169\.254, which is not a public address"):
            downloader().fetch(f"{site.url}/a")
        assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", r"http\(s\) only"),
        ("ftp://sarn.example/a", r"http\(s\) only"),
        ("http://user@sarn.example/", "no user name"),
        ("gopher://127.0.0.1:70/", r"http\(s\) only"),
    ],
)
def test_only_http_is_fetched(url: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        downloader().fetch(url)
    with (
        web(a=Page(status=301, headers={"Location": url})) as site,
        pytest.raises(Unreadable, match=reason),
    ):
        downloader().fetch(f"{site.url}/a")


def test_redirects_are_followed_up_to_a_limit() -> None:
    steps = {f"s{n}": Page(status=301, headers={"Location": f"s{n + 1}"}) for n in range(7)}
    with web(**{**steps, "s5": Page(b"There.")}) as site:
        assert downloader().fetch(f"{site.url}/s0").body == b"There."
    with web(**steps) as site, pytest.raises(Unreadable, match="at most 5 redirects"):
        downloader().fetch(f"{site.url}/s0")


def test_what_is_too_long_is_refused_packed_or_not() -> None:
    long = b"x" * 5000
    pages = {
        "plain": Page(long),
        "packed": Page(gzip.compress(long), headers={"Content-Encoding": "gzip"}),
        "deflated": Page(zlib.compress(long), headers={"Content-Encoding": "deflate"}),
    }
    with web(**pages) as site:
        for name in pages:
            assert downloader().fetch(f"{site.url}/{name}").body == long
            with pytest.raises(Unreadable, match="at most 4,999 bytes"):
                downloader(size=4999).fetch(f"{site.url}/{name}")


def test_a_gzip_bomb_is_refused_in_constant_memory() -> None:
    bomb = gzip.compress(bytes(300 * 2**20), 9)
    with web(bomb=Page(bomb, headers={"Content-Encoding": "gzip"})) as site:
        tracemalloc.start()
        with pytest.raises(Unreadable, match="at most 1,048,576 bytes"):
            downloader(size=2**20).fetch(f"{site.url}/bomb")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 8 * 2**20


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with (
        web(a=Page(b"...", headers={"Content-Encoding": encoding})) as site,
        pytest.raises(Unreadable, match="as its encoding"),
    ):
        downloader().fetch(f"{site.url}/a")


def drip(file: Any) -> None:
    for _ in range(100):
        file.write(b"x")
        file.flush()
        time.sleep(0.05)


def test_a_page_that_comes_too_slowly_is_given_up() -> None:
    refused = pytest.raises(Unreadable, match=r"no whole answer in 0\.3 s")
    with web(slow=Page(send=drip)) as site, refused:
        downloader(seconds=0.3).fetch(f"{site.url}/slow")


def test_robots_txt_is_asked_once_and_obeyed() -> None:
    rules = b"User-agent: *\nDisallow: /private*.html\n\nUser-agent: NewsQA\nDisallow: /no\n"
    pages = {"robots.txt": Page(rules), "no": Page(b"No."), "yes": Page(b"Yes.")}
    with web(**pages) as site:
        ours = downloader()
        with pytest.raises(Unreadable, match=r"robots\.txt does not allow"):
            ours.fetch(f"{site.url}/no")
        assert ours.fetch(f"{site.url}/yes").body == b"Yes."
        assert site.asked == ["/robots.txt", "/yes"]


def test_a_robots_txt_that_fails_closes_the_site() -> None:
    with (
        web(a=Page(b"One."), **{"robots.txt": Page(status=503)}) as site,
        pytest.raises(Unreadable, match=r"robots\.txt does not allow"),
    ):
        downloader().fetch(f"{site.url}/a")


def test_the_same_host_is_left_alone_for_a_while() -> None:
    waited: list[float] = []
    with web(a=Page(b"One.")) as site:
        ours = Downloader(guard=loopback, limits=Limits(pause=7.0), sleep=waited.append)
        ours.fetch(f"{site.url}/a")
        ours.fetch(f"{site.url}/a")
    assert waited[0] == 0.0
    assert all(6.0 < seconds <= 7.0 for seconds in waited[1:])
    with web(a=Page(b"One."), **{"robots.txt": Page(b"User-agent: *\nCrawl-delay: 20")}) as site:
        ours.fetch(f"{site.url}/a")
        ours.fetch(f"{site.url}/a")
    assert 19.0 < waited[-1] <= 20.0


@pytest.mark.parametrize("status", [404, 403, 500, 204])
def test_any_other_answer_is_no_page(status: int) -> None:
    with (
        web(a=Page(status=status)) as site,
        pytest.raises(Unreadable, match=f"expected status 200, got {status}"),
    ):
        downloader().fetch(f"{site.url}/a")


def test_what_is_not_there_is_said_in_a_sentence() -> None:
    with web() as site:
        gone = site.url
    with pytest.raises(Unreadable, match="refused"):
        downloader().fetch(gone)
