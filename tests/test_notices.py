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
        "Correction, April 28, 2025: Judge Ann Lee faces two charges.",
        "Corrections & clarifications: It was 1969.",
        "Editor’s note: This story has been updated to include the correct date.",
        "(This story was updated because an earlier version included an inaccuracy.)",
        "This story has been updated to fix a typo.",
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
        "Correction on Wall Street: shares fell.",
        "Correction officers walked out on Monday.",
        "Correction officers: no strike.",
        "Corrections and parole are run by the state.",
        "The law was amended on 6 September.",
        "This article of the treaty was amended in 1998.",
        "This report was written by three judges.",
        "This story was first told in 1923.",
        "Editor's notes fetch high prices.",
        "This report was released on Monday and names errors of the police.",
        "This story has been updated with additional information.",
        "This article was updated to include video.",
        "Editor’s note: Ann Lee is a professor. The views in this piece are her own.",
        "Editor’s note: Follow our live coverage here.",
        "An earlier version of this story first appeared in our newsletter.",
        "1.\n2.\n3.\nCorrection: in the middle.\n5.\n6.\n7.",
        "Correction: " + "x" * 3000,
        "",
        "\n\n",
    ],
)
def test_what_only_speaks_of_corrections_is_none(text: str) -> None:
    assert correction_notice(text) is None


def test_a_line_about_the_author_may_stand_beside_the_notice() -> None:
    notice = "Correction: The toll was forty."
    assert correction_notice(f"One.\n\nTwo.\n\n{notice}\n\nBy Ann Lee\n\n") == notice
    assert correction_notice(f"By Ann Lee\n{notice}\n1.\n2.\n3.\n4.") == notice


def test_a_text_that_is_one_long_line_has_no_notice() -> None:
    for text in ("Correction " * 200_000, "_" * 10**6, "this story " * 10**5, "\n" * 10**6):
        assert correction_notice(text) is None
    assert correction_notice("(" * 1999) is None


def test_a_note_that_came_with_the_article_is_told_before_one_in_its_text() -> None:
    text = "The toll was forty.\nCorrection: it was not eleven."
    assert identify(RawArticle(text, notice="ADDS\nnames")).notice == "ADDS names"
