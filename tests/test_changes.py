from hypothesis import given, settings
from hypothesis import strategies as st

from index.changes import Changes, changes
from index.documents import Article, Span
from tests.fakes import make_article


def told(old: str | Article, new: str | Article) -> tuple[list[str], list[str]]:
    """The words of what was added and removed."""
    earlier = make_article(old) if isinstance(old, str) else old
    later = make_article(new) if isinstance(new, str) else new
    found = changes(earlier, later)
    return [later.slice(s) for s in found.added], [earlier.slice(s) for s in found.removed]


def test_a_changed_sentence_goes_and_comes() -> None:
    old, new = "Storm.\nThe toll was eleven. It rained.", "Storm.\nThe toll was forty. It rained."
    assert told(old, new) == (["The toll was forty."], ["The toll was eleven."])


def test_added_and_dropped_sentences_are_told_where_they_stand() -> None:
    earlier, later = make_article("One. Two. Three."), make_article("Zero. One. Three.")
    assert changes(earlier, later) == Changes((Span(0, 5),), (Span(5, 9),), ())


def test_white_space_is_no_change() -> None:
    assert told("One.  Two.\n\n\nThree.", "One. Two.\nThree.\n") == ([], [])


def test_the_facts_that_differ_are_named() -> None:
    earlier = make_article("One.", title="Eleven dead")
    later = make_article("One.", title="Forty dead", notice="Corrects the toll.")
    assert changes(earlier, later).facts == ("title", "notice")


def test_long_articles_with_nothing_in_common_are_compared() -> None:
    old = make_article("\n".join(f"Line {n % 7} of the first." for n in range(20_000)))
    new = make_article("\n".join(f"Line {n % 7} of the other." for n in range(20_000)))
    found = changes(old, new)
    assert (len(found.added), len(found.removed)) == (20_000, 20_000)


SENTENCES = st.lists(st.sampled_from(["One.", "Two.", "Three.", "“Four?”", "5.5 %"]), max_size=8)


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_with_what_went_taken_out_and_what_came_put_in_one_becomes_the_other(
    old: list[str], new: list[str]
) -> None:
    earlier, later = make_article("\n".join(old)), make_article("\n".join(new))
    found = changes(earlier, later)

    def without(article: Article, spans: tuple[Span, ...]) -> list[str]:
        gone = {place for span in spans for place in range(span.start, span.end)}
        kept = [c if n not in gone else "" for n, c in enumerate(article.text)]
        return "".join(kept).split()

    assert without(earlier, found.removed) == without(later, found.added)
