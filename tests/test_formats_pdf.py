from importlib.util import find_spec
from pathlib import Path

import pytest

from index.documents import Article, Span
from index.read import Rejected, read

pytestmark = pytest.mark.skipif(find_spec("pypdf") is None, reason="pypdf is not installed")


def pdf(*pages: str, title: str = "") -> bytes:
    """Return a PDF with these lines of text on its pages, as the format itself spells it."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        lines = "".join(f"({line}) Tj T*\n" for line in page.split("\n"))
        content = f"BT /F1 12 Tf 14 TL 50 750 Td\n{lines}ET"
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Contents {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    objects.append(f"<< /Title ({title}) /CreationDate (D:20230904100000Z) >>")
    data, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + end.encode()


def read_one(path: Path, data: bytes) -> Article | Rejected:
    path.write_bytes(data)
    (found,) = read([path])
    return found


def test_pages_are_known_and_lines_are_joined_to_paragraphs(tmp_path: Path) -> None:
    found = read_one(
        tmp_path / "a.pdf",
        pdf(
            "Gazette 1\nThe council met on Monday evening and de-\n"
            "cided to keep all the taxes as they are now.\n"
            "Nobody asked.\nThe mayor went home early, as she does on most Mondays,",
            "Gazette 2\nand slept well after that long and rather quiet meeting.",
            "Gazette 3\nA third page is here. It was decided long ago.",
            title="Taxes stay",
        ),
    )
    assert isinstance(found, Article)
    assert found.text == (
        "The council met on Monday evening and decided to keep all the taxes as they are now. "
        "Nobody asked.\n\n"
        "The mayor went home early, as she does on most Mondays, "
        "and slept well after that long and rather quiet meeting.\n\n"
        "A third page is here. It was decided long ago."
    )
    assert (found.title, found.published_known_by) == ("Taxes stay", "guess")
    for word, number in (("Nobody", 1), ("slept", 2), ("third", 3)):
        start = found.text.index(word)
        assert found.page(Span(start, start + 1)) == number


def test_a_hyphen_stays_where_the_word_has_one_elsewhere(tmp_path: Path) -> None:
    found = read_one(tmp_path / "a.pdf", pdf("A long-term plan is a long-\nterm plan."))
    assert isinstance(found, Article)
    assert found.text == "A long-term plan is a long-term plan."


def test_a_pdf_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    assert isinstance(read_one(tmp_path / "a.dat", pdf("One.")), Article)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(pdf(""), "pictures of pages"), (b"%PDF-1.4 nothing", "expected PDF")],
)
def test_a_pdf_without_text_is_rejected(tmp_path: Path, data: bytes, reason: str) -> None:
    found = read_one(tmp_path / "a.pdf", data)
    assert isinstance(found, Rejected)
    assert reason in found.reason


def test_the_same_file_is_the_same_article(tmp_path: Path) -> None:
    first, again = (read_one(tmp_path / "a.pdf", pdf("One.", "Two.")) for _ in range(2))
    assert first == again


def test_pages_without_text_are_counted_all_the_same() -> None:
    from index.formats.pdf import raw_from_pages

    found = raw_from_pages(["", "1", "One.", "Two and", "three."])
    assert found.text == "One.\n\nTwo and three."
    assert [found.text[start:][:3] for start in found.page_starts] == [
        "One",
        "One",
        "One",
        "Two",
        "thr",
    ]
