import gzip
import os
import socket
from pathlib import Path

import pytest

from index.documents import Article
from index.read import Rejected, read


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def texts(*paths: Path) -> list[str]:
    return [found.text for found in read(paths) if isinstance(found, Article)]


def rejected(*paths: Path) -> list[Rejected]:
    return [found for found in read(paths) if isinstance(found, Rejected)]


def test_every_format_is_read_in_the_order_of_names_packed_or_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "e.jsonl.gz": gzip.compress(b'{"text": "Five."}\n{"text": "Six."}'),
            "d.json": b'{"text": "Four."}',
            "c/z.HTML": b"<p>Three.</p>",
            "b.md": b"# Title\n\nTwo.",
            "a.txt": b"title: A\n\nOne.",
            "a.txt.gz": gzip.compress(b"One, packed."),
            ".hidden.txt": b"Hidden.",
            ".git/b.txt": b"Hidden.",
        },
    )
    expected = ["One.", "One, packed.", "Two.", "Three.", "Four.", "Five.", "Six."]
    assert texts(tmp_path) == expected
    assert list(read([tmp_path])) == list(read([tmp_path]))
    assert rejected(tmp_path) == []


def test_a_bad_file_is_rejected_by_name_and_the_others_go_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a/bad.json": b"{",
            "b.jsonl": b'{"text": "One."}\n{"text": 5}\n{"text": "Two."}\n',
            "c.txt": b"",
            "d.doc": b"\xd0\xcf",
            "e.txt": b"title: A\n\n",
            "f.txt": b"Three.",
        },
    )
    assert texts(tmp_path) == ["One.", "Two.", "Three."]
    assert [(found.where, found.reason.split(",")[0]) for found in rejected(tmp_path)] == [
        ("a/bad.json", "expected JSON"),
        ("b.jsonl:2", "expected a string as 'text'"),
        ("c.txt", "expected a document"),
        ("d.doc", "expected one of .txt"),
        ("e.txt", "expected the text of an article"),
    ]


def test_a_file_named_itself_is_the_article_it_is_in_its_folder(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"One."})
    assert list(read([tmp_path])) == list(read([tmp_path / "a.txt"]))


def test_an_edited_file_is_the_same_article_in_another_version(tmp_path: Path) -> None:
    (before,) = read([write(tmp_path, {"a/b.txt": b"One."})])
    (after,) = read([write(tmp_path, {"a/b.txt": b"Two."})])
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert before.id == after.id
    assert before.version != after.version


def test_a_record_without_id_and_url_is_known_by_its_text(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": b'{"text": "One."}\n{"text": "Two."}'})
    first = {found.id for found in read([tmp_path]) if isinstance(found, Article)}
    write(tmp_path, {"a.jsonl": b'{"text": "Two."}\n{"text": "One."}'})
    assert first == {found.id for found in read([tmp_path]) if isinstance(found, Article)}


def test_two_files_of_one_name_in_two_folders_are_not_taken_for_one(tmp_path: Path) -> None:
    write(tmp_path, {"a/1.txt": b"One.", "b/1.txt": b"Two."})
    assert texts(tmp_path / "a", tmp_path / "b") == ["One."]
    (refused,) = rejected(tmp_path / "a", tmp_path / "b")
    assert "has the same name" in refused.reason
    assert texts(tmp_path) == ["One.", "Two."]
    assert texts(tmp_path / "a", tmp_path / "a" / "1.txt") == ["One.", "One."]


def test_links_that_lead_nowhere_or_back_are_rejected(tmp_path: Path) -> None:
    write(tmp_path, {"a/1.txt": b"One."})
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "a" / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "a" / "none.txt").symlink_to("nowhere.txt")
    (tmp_path / "b").symlink_to("a")
    assert texts(tmp_path) == ["One.", "One."]
    assert [found.where for found in rejected(tmp_path)] == [
        *("a/back", "a/loop.txt", "a/none.txt"),
        *("b/back", "b/loop.txt", "b/none.txt"),
    ]


def test_a_folder_may_be_named_like_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"x.txt/1.txt": b"One."})
    assert texts(tmp_path) == ["One."]


def test_what_is_neither_file_nor_folder_is_rejected_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.txt"))
        assert [found.where for found in rejected(tmp_path)] == ["pipe.txt", "s.txt"]
    assert [found.where for found in rejected(tmp_path / "missing.txt")] == ["missing.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_rejected(tmp_path: Path) -> None:
    write(tmp_path, {"a/1.txt": b"One.", "b.txt": b"Two."})
    (tmp_path / "a").chmod(0)
    (tmp_path / "b.txt").chmod(0)
    found = rejected(tmp_path)
    (tmp_path / "a").chmod(0o700)
    assert found == [Rejected("a", "permission denied"), Rejected("b.txt", "permission denied")]


def test_damaged_gzip_is_rejected_after_what_could_be_read(tmp_path: Path) -> None:
    lines = b"".join(
        b'{"text": "%d %s"}\n' % (n, os.urandom(400).hex().encode()) for n in range(99)
    )
    packed = gzip.compress(lines)
    write(tmp_path, {"a.jsonl.gz": packed[:-2_000], "b.txt.gz": GARBLED, "c.txt": b"Last."})
    assert len(texts(tmp_path)) > 50
    assert texts(tmp_path)[-1] == "Last."
    first, second = rejected(tmp_path)
    assert first.where.startswith("a.jsonl.gz (after :")
    assert second.where == "b.txt.gz"


GARBLED = gzip.compress(b"One.")[:12] + b"\xff\xff\xff\xff"


def test_a_name_that_is_not_utf_8_can_be_read_and_printed(tmp_path: Path) -> None:
    good, bad = (os.fsdecode(b"caf\xe9" + end) for end in (b".txt", b".pdf"))
    write(tmp_path, {good: b"One.", bad: b""})
    assert texts(tmp_path) == ["One."]
    assert [found.where for found in rejected(tmp_path)] == ["caf\ufffd.pdf"]


def test_progress_adds_up_to_the_bytes_on_disk(tmp_path: Path) -> None:
    files = {
        "a.jsonl.gz": gzip.compress(b'{"text": "One."}\n' * 500),
        "b.txt": b"One.",
        "c.json": b"{",
    }
    seen: list[int] = []
    list(read([write(tmp_path, files)], progress=seen.append))
    assert sum(seen) == sum(map(len, files.values()))


ARTICLES = Path("../shared/data/realtimeqa/articles.jsonl.gz")


@pytest.mark.skipif(not ARTICLES.exists(), reason="the articles for development are not here")
def test_thousands_of_real_articles_are_read_without_one_rejected() -> None:
    found = list(read([ARTICLES]))
    assert len(found) == 3_733
    assert all(isinstance(article, Article) and article.published for article in found)


def test_gzip_within_gzip_is_refused_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(gzip.compress(b'{"text": "One."}\n')))
    (found,) = read([tmp_path])
    assert found == Rejected("a.jsonl.gz", "expected what is packed once, got gzip within gzip")
