"""Gzip as a stream that stops at a bomb. Knows nothing of what is packed."""

import gzip
import io
import zlib
from typing import BinaryIO, cast

from index.errors import Unreadable

GZIP = b"\x1f\x8b"

# Text packs to a tenth, the most repetitive log that we packed to a ninetieth; zeros pack to a
# thousandth. Beyond this much, a file may unpack to so many times its size and no further.
FREE = 256 * 2**20
MOST = 200


def unpacked(file: BinaryIO) -> BinaryIO:
    """Return the file, or what is packed in it; gzip is told by its first bytes."""
    packed = file.read(2) == GZIP
    file.seek(0)
    return cast(BinaryIO, io.BufferedReader(_Gunzip(file), 2**18)) if packed else file


class _Gunzip(io.RawIOBase):
    """Reads what is packed; `Unreadable` where it is damaged or grows beyond all measure."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.gzip = gzip.GzipFile(fileobj=file)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if offset or whence:  # it would unpack everything up to there, unguarded
            raise Unreadable("expected a file that can be read from its start on, got it packed")
        return self.gzip.seek(0)

    def tell(self) -> int:
        return self.gzip.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self.gzip.read1(len(buffer))  # what there is: damage may follow
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Unreadable(f"damaged gzip: {error}") from None
        out = self.gzip.tell()
        if out > FREE and out > MOST * self.file.tell():
            raise Unreadable(
                f"expected gzip of news, got one that unpacks to over {MOST} times its size"
            )
        buffer[: len(data)] = data
        return len(data)
