from qa_service.answers import DraftClaim, Verdict
from qa_service.verify import verify
from tests.claims import Row, shown, wrong
from tests.fakes import make_article

TWO = "“We will win the war,” said Zelensky, while Putin said the offensive had failed."
ROWS = [
    Row("Biden said Trump would lose.", "Biden said that Trump would lose.", True, "the same"),
    Row("Biden said Trump would lose.", "Trump said Biden would lose.", False, "exchanged"),
    Row("Biden said Trump would lose.", "Trump would lose, Biden said.", True, "turned round"),
    Row("Biden said Trump would lose.", "According to Biden, Trump would lose.", True, "according"),
    Row("According to Biden, Trump would lose.", "Trump would lose, according to Trump.", False,
        "another source"),
    Row(TWO, "Zelensky said they will win the war.", True, "the first speaker"),
    Row(TWO, "Putin said they will win the war.", False, "the other's words"),
    Row(TWO, "Putin said the offensive had failed.", True, "the second speaker"),
    Row(TWO, "Zelensky said the offensive had failed.", False, "the other's words"),
    Row("Medvedev, deputy head of the Council, said 280,000 joined.",
        "Medvedev said 280,000 joined.", True, "an apposition"),
    Row("Police in Omsk arrested Ivanov.", "Ivanov said police in Omsk arrested him.", False,
        "nobody spoke"),
    Row("Smith told Jones that the shop was closed.", "Jones told Smith that the shop was closed.",
        False, "who told whom"),
    Row("The port's head, Ada Holt, told reporters that 9 ships had sailed.",
        "Ada Holt told reporters that 9 ships had sailed.", True, "a name between commas"),
    Row("Ada Holt was reported missing from her Oslo home.", "Ada Holt was reported missing.", True,
        "nobody speaks who is reported"),
    Row("OSLO - The Bank of Norland kept its rate and said that it was too early to cut.",
        "The Bank of Norland said that it was too early to cut.", True, "a name of several words"),
    Row("The whale was alone, according to the non-profit group Oceana.",
        "According to Oceana, the whale was alone.", True, "a description ahead of the name"),
    Row("“We lost,” said Ada Holt, who coaches Omsk.", "“We lost,” said Bo Lind, who coaches Omsk.",
        False, "another name"),
]  # fmt: skip


def test_whoever_the_claim_says_said_it_did() -> None:
    assert wrong(ROWS) == []


STORY = "Dmitry Medvedev visited a base in Omsk. He said that 280,000 people had joined."


def test_he_is_resolved_to_who_was_named_before_and_the_sentence_is_returned() -> None:
    sentences = shown(make_article(STORY))
    verified = verify(DraftClaim("Medvedev said 280,000 people had joined.", ("S2",)), sentences)
    (citation,) = verified.citations
    assert citation.quote == "He said that 280,000 people had joined."
    assert [citation.article.slice(s) for s in citation.context] == [
        "Dmitry Medvedev visited a base in Omsk."
    ]
    assert citation.speaker == "Dmitry Medvedev"


def test_he_is_nobody_else() -> None:
    text = STORY.replace("visited a base", "met Sergei Shoigu")
    verified = verify(
        DraftClaim("Shoigu said 280,000 people had joined.", ("S2",)), shown(make_article(text))
    )
    assert verified.claim.verdict is Verdict.UNSUPPORTED
