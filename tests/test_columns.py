from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.archive import Archive
from index.catch_up import caught_up
from index.columns import no_columns
from index.errors import ArticleWithdrawn, NoSuchArticle
from tests.fakes import HashedEmbedder, make_article

START = datetime(2023, 9, 4, tzinfo=UTC)
# An hour, an article, and what becomes of it: a version, perhaps embargoed until an hour; or None.
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 4), st.none() | st.integers(0, 30)), max_size=12
)


@given(steps=STEPS)
def test_what_was_current_when_is_the_same_change_by_change_and_at_once(
    steps: list[tuple[int, int, int | None]],
) -> None:
    now = START
    with TemporaryDirectory() as folder:
        archive = Archive.open(Path(folder), HashedEmbedder(), clock=lambda: now)
        for n, (hours, article, until) in enumerate(steps):
            now += timedelta(hours=hours, minutes=1)
            if until is None:
                with suppress(NoSuchArticle, ArticleWithdrawn):
                    archive.remove(f"a{article}")
            else:
                embargo = START + timedelta(hours=until)
                article_now = make_article(f"V{n}.", id=f"a{article}", usable_from=embargo)
                list(archive.add([article_now]))
            with archive._database.read() as connection:
                step_by_step = archive._latest.seen_by(connection).columns
                at_once = caught_up(no_columns(), connection, archive._own, now=archive._now())
            for name in ("revision", "current_from", "current_until"):
                one, other = getattr(step_by_step, name), getattr(at_once, name)
                np.testing.assert_array_equal(one, other, err_msg=name)
        archive.close()
