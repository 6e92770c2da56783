from index.split import split_sentences
from qa_service.answers import DraftClaim, Verdict
from qa_service.background import background
from qa_service.verify import verify
from tests.fakes import make_article

ARTICLE = make_article(
    "The Avalanche won the final on Sunday. Fans danced. The Stanley Cup has been played for since "
    "1893. Sidney Crosby watched from the stands.",
    title="Avalanche win",
)
SENTENCES = split_sentences(ARTICLE)
ASKED = "Who won the Stanley Cup final?"


def test_the_questions_names_are_found_elsewhere_in_the_article() -> None:
    claim = "The Avalanche won the Stanley Cup final."
    assert background(claim, ASKED, SENTENCES[:1]) == (SENTENCES[2],)
    assert background(claim, "", SENTENCES[:1]) == ()
    assert background("The Avalanche won.", ASKED, SENTENCES[:1]) == ()


def test_a_name_that_the_article_lacks_gives_no_background() -> None:
    claim = "The Avalanche won the Stanley Cup in Paris."
    assert background(claim, "Who won the Stanley Cup in Paris?", SENTENCES[:1]) == ()


def test_a_claim_may_repeat_the_question_and_the_proof_is_returned_as_context() -> None:
    shown = {"S1": SENTENCES[0]}
    drafted = DraftClaim("The Avalanche won the Stanley Cup final.", ("S1",))
    assert verify(drafted, shown).claim.verdict is Verdict.UNSUPPORTED
    verified = verify(drafted, shown, asked=ASKED)
    assert verified.claim.verdict is Verdict.SUPPORTED
    (citation,) = verified.citations
    assert [ARTICLE.slice(span) for span in citation.context] == [SENTENCES[2].text.strip()]


def test_a_name_that_the_reader_did_not_say_is_not_explained_by_the_article() -> None:
    drafted = DraftClaim("Sidney Crosby won the Stanley Cup final.", ("S1",))
    verified = verify(drafted, {"S1": SENTENCES[0]}, asked=ASKED)
    assert verified.claim.verdict is Verdict.UNSUPPORTED


def test_what_an_answer_adds_to_the_question_must_be_said() -> None:
    asked = "What did fans throw in the stands after the final in Denver on that night in June?"
    article = make_article("Fans threw hats in the stands after the final in Denver that night.")
    shown = {"S1": split_sentences(article)[0]}

    def verdict(thing: str) -> Verdict:
        said = f"Fans threw {thing} in the stands after the final in Denver that night in June."
        return verify(DraftClaim(said, ("S1",)), shown, asked=asked).claim.verdict

    assert verdict("tomatoes") is Verdict.UNSUPPORTED
    assert verify(
        DraftClaim("Fans threw hats in the stands.", ("S1",)), shown, asked=asked
    ).citations
