from datetime import date

import pytest

from index.documents import Article, Passage, Span
from index.queries import Hit
from qa_service.premise import fitting, missing, share
from qa_service.presumed import presumed
from qa_service.timely import timely
from tests.fakes import make_article

ARTICLE = make_article(
    "The Avalanche beat the Tampa Bay Lightning 2-1 to win the National Hockey League's cup. "
    "Japan and Britain watched. Prices rose 1.3 percent, to $280,000 in 2024. Rules on "
    "Covid were lifted in the United States.",
    title="Avalanche win in Denver",
    published=date(2022, 6, 27),
)
TODAY = date(2022, 6, 30)


def holds(question: str, article: Article, today: date) -> bool:
    """Whether the article, found alone, fits the question."""
    hit = Hit(Passage(article, Span(0, len(article.text))), 1.0)
    return fitting(question, [hit], today) == [hit]


@pytest.mark.parametrize(
    "question",
    [
        "Who won in Denver?",
        "Which team beat the Lightning?",
        "Which NHL team won?",  # the letters begin National Hockey League
        "Did Japanese viewers watch?",
        "How did the British react?",
        "Did prices rise 1.3 percent in 2024?",
        "Who won the 2022 cup?",  # the year it was published
        "Who won on 26 June?",  # days are told in other words
        "Who won on the 2nd day?",
        "Who won the NHL's cup?",
        "Who won the NHL’s cup?",  # a typographic apostrophe
        "Did people in the U.S.A. not watch, but in the U.K.?",
        "Who won the 15th cup?",  # a rank
        "WHO BEAT THE BOSTON BRUINS?",  # capitals tell nothing where there are no others
        "Did prices rise more than 1.2 percent?",
        "Did Sam Avalanche win?",  # no first name stands before it in the article
        "Who won two to one?",
        "Did Covid-19 stop the Lightning in 2022?",
        "The Avalanche won the cup. True or False?",
        "who beat tampa bay",
        "Yesterday, who won?",
        "Who won this week?",
        "Which team won on TV, in Eastern time?",
    ],
)
def test_an_article_with_all_that_is_taken_for_granted_holds(question: str) -> None:
    assert missing(question, ARTICLE) == []
    assert holds(question, ARTICLE, TODAY)


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("Who is the mayor of Paris?", ["Paris"]),
        ("Which NBA team won?", ["NBA"]),
        ("Did prices rise 13 percent?", ["13"]),
        ("Was it $1.4 or $280,000?", ["1.4"]),
        ("Who won the 2021 cup?", ["2021"]),
        ("What did Medvedev say to the Lightning?", ["Medvedev"]),
        ("Did prices rise more than 4 percent?", ["4"]),
        ("What did the World Hockey Federation say?", ["World", "Federation"]),
    ],
)
def test_what_an_article_lacks_is_named(question: str, lacks: list[str]) -> None:
    assert missing(question, ARTICLE) == lacks
    assert not holds(question, ARTICLE, TODAY)


@pytest.mark.parametrize(
    ("question", "today", "timely"),
    [
        ("Who won this week?", date(2022, 7, 10), True),
        ("Who won this week?", date(2022, 9, 10), False),
        ("Who won last month?", date(2022, 8, 10), True),
        ("Who won this year?", date(2022, 12, 31), True),
        ("Who won this year?", date(2025, 12, 31), False),
        ("Who won?", date(2025, 12, 31), True),
        ("Who won on Sunday?", date(2025, 12, 31), True),  # the story's own Sunday
        ("Who won in June?", date(2022, 7, 10), True),
        ("Who won in June?", date(2025, 12, 31), True),  # no year: the story's own June
        ("Who won in June 2025?", date(2025, 12, 31), False),
        ("Who won in March 2022?", date(2022, 7, 10), False),
        ("Who won on 26 June?", date(2022, 7, 10), True),
        ("Who won on 26 June?", date(9999, 12, 31), True),
        ("Who won on 12 June?", date(2022, 7, 10), False),
        ("Who won on 12 June 2022?", date(2022, 7, 10), False),
    ],
)
def test_an_article_of_another_time_does_not_answer(
    question: str, today: date, timely: bool
) -> None:
    assert holds(question, ARTICLE, today) is timely


def test_the_last_day_of_the_calendar_is_a_day_like_others() -> None:
    last = make_article("They won.", published=date.max)
    assert holds("Who won in December?", last, date.max)
    assert holds("Who won on 31 December?", last, date.max)


def test_an_article_without_a_date_is_not_refused_for_its_time() -> None:
    assert holds("Who won this week?", make_article("They won.", published=None), TODAY)


CUP = make_article(
    "The Avalanche beat the Lightning in Denver.", id="cup", published=date(2022, 6, 27)
)
LEAGUE = make_article(
    "The NHL will open in Denver after the Avalanche won.", id="nhl", published=date(2022, 6, 30)
)
BASKETBALL = make_article("The NBA opens in Boston.", id="nba", published=date(2022, 6, 28))


def hits(*articles: Article) -> list[Hit]:
    return [Hit(Passage(a, Span(0, len(a.text))), 1.0, 0.5) for a in articles]


def fitting_ids(question: str, *articles: Article) -> list[str]:
    return [h.passage.article.id for h in fitting(question, hits(*articles), TODAY)]


def test_a_name_may_stand_in_another_article_that_tells_of_the_same() -> None:
    question = "Which NHL team won in Denver, the Avalanche or the Lightning?"
    assert fitting_ids(question, CUP, LEAGUE) == ["cup", "nhl"]
    assert fitting_ids(question, CUP) == []


def test_an_article_on_another_matter_helps_nobody() -> None:
    assert fitting_ids("Which NBA team beat the Lightning in Denver?", CUP, BASKETBALL) == []
    assert fitting_ids("Who is the mayor of Paris?", CUP, LEAGUE, BASKETBALL) == []


def test_an_article_of_another_month_helps_nobody() -> None:
    later = make_article(LEAGUE.text, id="nhl", published=date(2022, 9, 1))
    undated = make_article(LEAGUE.text, id="nhl", published=None)
    question = "Which NHL team won in Denver, the Avalanche or the Lightning?"
    assert fitting_ids(question, CUP, later) == []
    assert fitting_ids(question, CUP, undated) == []


def test_the_share_is_that_of_the_article_with_most_names() -> None:
    question = "Which NBA team beat the Lightning in Denver?"
    assert share(question, hits(CUP, BASKETBALL)) == pytest.approx(2 / 3)
    assert share("who won", hits(CUP)) == 1.0
    assert share(question, []) == 0.0


def test_articles_of_another_time_are_left_out() -> None:
    assert timely("Who won this week?", hits(CUP), TODAY)
    assert not timely("Who won this week?", hits(CUP), date(2023, 6, 30))


@pytest.mark.parametrize(
    ("published", "fits"),
    [
        (date(2025, 7, 15), True),
        (date(2024, 12, 10), True),  # the year's prizes are news before it begins
        (date(2026, 1, 20), True),
        (date(2024, 9, 15), False),
        (date(2026, 7, 14), False),
        (None, False),
    ],
)
def test_a_year_may_be_that_of_publication(published: date | None, fits: bool) -> None:
    article = make_article("The 77th Emmy Awards have nominees.", published=published)
    assert holds("Who is nominated for the 2025 Emmys?", article, date(2026, 8, 1)) is fits


@pytest.mark.parametrize(
    ("question", "published", "text", "fits"),
    [
        ("What was signed in June 2024?", date(2024, 6, 12), "It was signed.", True),
        ("What was signed in June 2024?", date(2024, 7, 9), "It was signed.", True),
        ("What was signed in June 2024?", date(2024, 9, 9), "It was signed.", False),
        ("What was signed in June 2024?", date(2024, 9, 9), "In June it was signed.", True),
        ("What was signed in June 2024?", date(2024, 3, 9), "It was signed.", False),
        ("What was signed on 4 March?", date(2024, 9, 9), "Marching on, they signed.", False),
        ("What was signed on 4 March?", date(2024, 9, 9), "On Mar. 4 they signed.", True),
        ("What was signed on 4 March?", None, "It was signed.", True),
    ],
)
def test_an_article_of_another_month_must_tell_of_the_one_asked_about(
    question: str, published: date | None, text: str, fits: bool
) -> None:
    article = make_article(f"{text} So in 2024.", published=published)
    assert holds(question, article, date(2024, 12, 1)) is fits


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Wer gewann am 3. September in der NATO-Stadt mit 40 Toren?", ["NATO", "40"]),
        ("Qui a gagné à Lyon le 1er août ?", ["Lyon"]),
        ("Сколько людей было в Москве 6 сентября 2022 года?", ["Москве", "2022"]),
        ("¿Quién ganó en Lima el 12 de mayo?", ["Lima"]),
        ("谁在9月2日赢了3比1？", ["3", "1"]),
        ("What did The Sun say on Sunday 3 March?", ["Sun"]),
    ],
)
def test_names_and_numbers_are_told_in_other_languages(question: str, names: list[str]) -> None:
    assert [name[0] for name in presumed(question)] == names
