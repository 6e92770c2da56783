"""One small file per format: a stream in, raw articles (or why there is none) out."""

from collections.abc import Iterator

from index.errors import Unreadable
from index.identity import RawArticle

# Where in the file ("" for the whole of it, ":12", "[3]"), and what was found there.
Findings = Iterator[tuple[str, RawArticle | Unreadable]]
