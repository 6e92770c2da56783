import gzip
import io
import tracemalloc
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.formats.recognise import EXTENSIONS
from index.read import Rejected, read

ZEROS = gzip.compress(bytes(64 * 2**20), 9)
BOMB = ZEROS * 160  # 10 MB that unpack to 10 GB
NEEDED = ("defusedxml", "feedparser", "pyarrow", "pypdf")

pytestmark = pytest.mark.skipif(
    any(find_spec(name) is None for name in NEEDED), reason=f"needs {', '.join(NEEDED)}"
)


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_ten_megabytes_that_unpack_to_ten_gigabytes_are_refused_in_constant_memory(
    tmp_path: Path, extension: str
) -> None:
    (tmp_path / f"bomb{extension}.gz").write_bytes(BOMB)
    tracemalloc.start()
    found = list(read([tmp_path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found
    assert all(isinstance(each, Rejected) for each in found)
    assert peak < 250 * 2**20


def test_a_bomb_behind_an_honest_beginning_ends_there(tmp_path: Path) -> None:
    honest = gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n')
    (tmp_path / "a.jsonl.gz").write_bytes(honest + BOMB)
    found = list(read([tmp_path]))
    assert [getattr(each, "text", "") for each in found[:2]] == ["One.", "Two."]
    assert all(isinstance(each, Rejected) for each in found[2:])
    assert "unpacks to over 200 times its size" in str(found[-1])


def test_what_packs_well_but_honestly_is_read(tmp_path: Path) -> None:
    lines = b'{"text": "The council met on Monday and kept all taxes as they are."}\n' * 20_000
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines))
    assert sum(not isinstance(each, Rejected) for each in read([tmp_path])) == 20_000


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 5000,
        b"\xff\xfe\x00\x00" * 50,
        bytes(range(256)) * 20,
        b"<" * 5000,
        b"{" * 5000,
        b"[" * 100_000,
        b"%PDF-1.7\n%%EOF",
        b"PAR1" + b"\x00" * 100 + b"PAR1",
        b"WARC/1.0\r\n" + b"x" * 200_000,
        b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b'<?xml version="1.0" encoding="no-such"?><rss><channel/></rss>',
        b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"' + b" a='b'" * 1000 + b"/>",
        b'"' + b"a,b\n" * 5000,
    ],
    ids=range(13),
)
def test_garbage_is_rejected_or_read_but_nothing_breaks(
    tmp_path: Path, extension: str, data: bytes
) -> None:
    (tmp_path / f"a{extension}").write_bytes(data)
    (tmp_path / "z.txt").write_text("The last one.")
    *_, last = read([tmp_path])
    assert getattr(last, "text", "") == "The last one."


def test_a_csv_field_without_end_is_refused(tmp_path: Path) -> None:
    rows = io.BytesIO(b'title,text\nA,"' + b"never closed\n" * 2_000_000)
    (tmp_path / "a.csv").write_bytes(rows.getvalue())
    (found,) = read([tmp_path])
    assert isinstance(found, Rejected)
    assert "field larger than field limit" in found.reason
