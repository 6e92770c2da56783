from dataclasses import replace
from datetime import date

import pytest

from index.rank import Asked, Candidate, Recipe, ranked, spread
from index.when import Period

NOTHING = Recipe(cosine=0, words=0, title=0, time=0)


def candidate(number: int, **fields: object) -> Candidate:
    defaults: dict[str, object] = {
        "article": number, "title": "", "text": "", "published": None, "cosine": 0.0, "bm25": 0.0,
    }  # fmt: skip
    return Candidate(number, **{**defaults, **fields})  # type: ignore[arg-type]


def first(recipe: Recipe, question: Asked, *candidates: Candidate) -> int:
    return ranked(candidates, question, recipe)[0][0].number


WEIGHTS = {"gas": 1.0, "pric": 1.0, "record": 5.0, "fell": 1.0}  # by stem


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        ("cosine", {"cosine": 0.5}),
        ("words", {"bm25": 7.0}),
        ("title", {"title": "A Record!"}),
        ("time", {"published": date(2023, 9, 3)}),
    ],
)
def test_each_step_lifts_what_it_is_for_and_nothing_without_it(
    step: str, fields: dict[str, object]
) -> None:
    week = Period(date(2023, 9, 1), date(2023, 9, 7))
    question = Asked(WEIGHTS, week)
    plain = candidate(9, title="prices", bm25=2.0, published=date(2023, 1, 1))
    lifted = candidate(1, **{"published": date(2023, 1, 1), "title": "prices", **fields})
    only = replace(NOTHING, **{step: 1.0})  # type: ignore[arg-type]
    assert first(only, question, plain, lifted) == 1
    assert first(NOTHING, question, plain, lifted) == 9  # the later one, where all is equal


def test_a_headline_counts_by_how_rare_its_words_are_and_in_any_form() -> None:
    question = Asked({"record": 5.0, "fell": 1.0}, None)
    only = Recipe(cosine=0, words=0, title=1, time=0)
    both = candidate(1, title="Record"), candidate(2, title="What fell")
    assert first(only, question, *both) == 1


def test_further_passages_of_one_article_wait_behind_the_others() -> None:
    scored = [(candidate(n, article=n > 5), 1 - n / 10) for n in range(1, 8)]
    order = spread(scored, 2)
    assert [c.number for c, _ in order] == [1, 2, 6, 7, 3, 4, 5]
    assert [score for _, score in order] == sorted((score for _, score in order), reverse=True)
