"""An article as a reader hands it on, the hour at which it does, and any text there is."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from index.identity import RawArticle

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))

RAW = RawArticle(
    text="One.\r\nTwo.",
    title="  Taxes\nstay ",
    id="news:1",
    url="HTTPS://Example.com:443/a?utm_source=x&id=7#top",
    source="The Daily Example",
    author="Ann Lee",
    published="2023-09-04",
    language="en-GB",
)
