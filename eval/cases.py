"""What is asked and what would be right. Knows nothing of who answers or how it is scored."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from qa_service.answers import Filters


@dataclass(frozen=True, slots=True)
class Gold:
    """Where the answer stands: an article, by id or URL, and the words of it that say so."""

    article_id: str | None = None
    url: str | None = None
    quote: str | None = None
    file: str | None = None  # where examples/ has it; for people
    grade: int = 1  # how relevant, where a data set says so

    def names(self, article_id: str, url: str | None) -> bool:
        """Whether this is the article with that id or that URL."""
        if self.article_id is not None and self.article_id == article_id:
            return True
        return bool(self.url and url) and canonical(self.url or "") == canonical(url or "")


@dataclass(frozen=True, slots=True)
class Case:
    """One question, the answers that would be right, and the places that say so.

    Several answers are alternatives, and so are several gold places. An unanswerable case has
    neither. `choices` makes it a multiple choice as well.
    """

    id: str
    question: str
    answers: tuple[str, ...] = ()
    answerable: bool = True
    as_of: date | None = None
    filters: Filters = field(default_factory=Filters)
    gold: tuple[Gold, ...] = ()
    choices: tuple[str, ...] = ()


def canonical(url: str) -> str:
    """Reduce a URL to what identifies the page: no scheme, `www.`, query or closing slash."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    host = re.sub(r"^www\.", "", (parts.hostname or "").casefold())
    path = re.sub(r"/(index\.html?)?$", "", parts.path)
    return f"{host}{path}"


def digest(cases: tuple[Case, ...] | list[Case]) -> str:
    """Fingerprint a set of cases: another question, answer or gold gives another digest."""
    text = json.dumps([repr(case) for case in cases])
    return hashlib.sha256(text.encode()).hexdigest()[:12]
