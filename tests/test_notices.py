import pytest

from index.identity import RawArticle, identify
from index.notices import correction_notice


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: An earlier version gave the toll as eleven.",
        "CORRECTION — The toll was forty.",
        "Correction (6 September): The toll was forty.",
        "Correction on 6 September 2023: the toll was forty.",
        "*Clarification: Ann Lee is not related to Bo Lee.",
        "Editor’s note: This story has been updated.",
        "This article was amended on 6 September 2023 to give the right toll.",
        "This story has been corrected to say that the toll was forty.",
        "An earlier version of this article misstated the toll.",
        "An earlier version of this report incorrectly said eleven had died.",
    ],
)
def test_a_notice_at_either_end_is_found_and_the_text_stays(notice: str) -> None:
    for text in (f"The toll was forty.\n\n{notice}\n", f"{notice}\n\nThe toll was forty."):
        assert correction_notice(text) == notice
        article = identify(RawArticle(text))
        assert (article.notice, article.text) == (notice, text)


@pytest.mark.parametrize(
    "text",
    [
        "A correction on Wall Street: shares fell.",
        "Correction officers walked out on Monday.",
        "Corrections and parole are run by the state.",
        "The law was amended on 6 September.",
        "This article of the treaty was amended in 1998.",
        "This report was written by three judges.",
        "This story was first told in 1923.",
        "Editor's notes fetch high prices.",
        "One.\nCorrection: in the middle.\nThree.",
        "Correction: " + "x" * 3000,
        "",
        "\n\n",
    ],
)
def test_what_only_speaks_of_corrections_is_none(text: str) -> None:
    assert correction_notice(text) is None


def test_a_note_that_came_with_the_article_is_told_before_one_in_its_text() -> None:
    text = "The toll was forty.\nCorrection: it was not eleven."
    assert identify(RawArticle(text, notice="ADDS\nnames")).notice == "ADDS names"
