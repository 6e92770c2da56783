from tests.claims import Row, wrong

LONG = ("The minister, who did not take questions, said that the bridge in Omsk had been closed "
        "because of the flood.")  # fmt: skip
ROWS = [
    Row("He did not attend the talks.", "He attended the talks.", False, "a lost not"),
    Row("He attended the talks.", "He did not attend the talks.", False, "an added not"),
    Row("He attended the talks.", "He never attended the talks.", False, "never"),
    Row("They met at Ostrel Church.", "They were not at Ostrel Church when they met.", False, "at"),
    Row("It is banned to swim there.", "It is not allowed to swim there.", True, "its opposite"),
    Row("He did not attend the talks.", "He didn’t attend the talks.", True, "contracted"),
    Row("He has not signed the bill.", "The bill has been signed by him.", False, "turned round"),
    Row("He has not signed the bill.", "The bill has not been signed.", True, "kept"),
    Row("No one was hurt in the fire.", "People were hurt in the fire.", False, "no one"),
    Row("No one was hurt in the fire.", "Nobody was hurt in the fire.", True, "nobody"),
    Row("The police found no evidence of arson.", "The police found evidence of arson.", False,
        "no evidence"),
    Row("The police found no evidence of arson.", "No evidence of arson was found.", True, "kept"),
    Row("She denied stealing the car.", "She stole the car.", False, "denied"),
    Row("She denied stealing the car.", "She did not deny stealing the car.", False, "double"),
    Row("She did not deny stealing the car.", "She denied stealing the car.", False, "single"),
    Row("The firm refused to pay the fine.", "The firm paid the fine.", False, "refused"),
    Row("The firm refused to pay the fine.", "The firm declined to pay the fine.", True, "too"),
    Row("The firm refused to pay the fine.", "The firm did not pay the fine.", True, "did not"),
    Row("The team failed to score.", "The team scored.", False, "failed to"),
    Row("They left without a deal.", "They left with a deal.", False, "without"),
    Row("He ruled out a return.", "He did not rule out a return.", False, "ruled out"),
    Row("The rule no longer applies to students.", "The rule applies to students.", False,
        "no longer"),
    Row("Neither side won the vote.", "Both sides won the vote.", False, "neither"),
    Row(LONG, "The bridge in Omsk had been closed because of the flood.", True, "another clause"),
    Row(LONG, "The bridge in Omsk had not been closed because of the flood.", False, "added"),
    Row("Not only prices rose, wages rose as well.", "Prices rose.", True, "not only"),
    Row("The shop is not open on Monday.", "The shop is open on Monday.", False, "is not"),
    Row("The shop won't open again.", "The shop will open again.", False, "won't"),
    Row("There is no doubt that the shop will open.", "The shop will open.", True, "no doubt"),
    Row("The firm no longer trades in Oslo.", "The firm still trades in Oslo.", False, "still"),
    Row("The firm still trades in Oslo.", "The firm no longer trades in Oslo.", False, "no longer"),
    Row("The dam has not yet been filled.", "The dam has already been filled.", False, "already"),
    Row("The city has yet to answer.", "The city has answered.", False, "yet to"),
    Row("The city has yet to answer.", "The city has not answered yet.", True, "not yet"),
    Row("They do not sell coal anymore.", "They sell coal.", False, "anymore"),
    Row("A wall may never be built, but a fence may be built.", "A wall may be built, but a fence "
        "may be built.", False, "a never among others"),
    Row("Asked on Monday, he denied on Tuesday that he had resigned.", "He denied that he had "
        "resigned.", True, "a day between verb and that"),
    Row("A judge refused on Monday to ban the march.", "The judge banned the march.", False, "ban"),
    Row("A judge refused on Monday to ban the march.", "The ban was refused by a judge.", True,
        "told in the passive"),
    Row("She denied having an affair with him.", "She denied an affair with him.", True, "a noun"),
]  # fmt: skip


def test_a_not_is_neither_lost_nor_added() -> None:
    assert wrong(ROWS) == []


def test_a_not_is_compared_in_other_languages() -> None:
    rows = [Row("Er hat den Vertrag nicht unterschrieben.", "Er hat den Vertrag unterschrieben.",
                False, "nicht")]  # fmt: skip
    assert wrong(rows, language="de") == []
    rows = [Row("Il n'a pas signé le traité.", "Il a signé le traité.", False, "pas")]
    assert wrong(rows, language="fr") == []
    rows = [Row("No firmó el tratado.", "Firmó el tratado.", False, "no")]
    assert wrong(rows, language="es") == []
    rows = [Row("Он не подписал договор.", "Он подписал договор.", False, "не")]
    assert wrong(rows, language="ru") == []
    rows = [Row("他没有签署条约。", "他签署条约。", False, "没有")]
    assert wrong(rows, language="zh") == []
    rows = [Row("لم يوقع الرئيس الاتفاق.", "يوقع الرئيس الاتفاق.", False, "لم")]
    assert wrong(rows, language="ar") == []
