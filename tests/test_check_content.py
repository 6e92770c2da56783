from tests.claims import Row, wrong

ROWS = [
    Row("The council voted to close the swimming pool.", "The town's pool will be shut.", True,
        "two words of three, one of them another word for it"),
    Row("The council voted to close the swimming pool.", "The town's rink will be shut.", False,
        "one word of three"),
    Row("The council closed the swimming pool.", "The council shut the swimming pool.", True,
        "a synonym among shared words"),
    Row("The council closed the swimming pool.", "Bananas are cheaper in Spain.", False, "another"),
    Row("The council closed the swimming pool.", "The dog of a neighbour bit a postman.", False,
        "nothing shared"),
    Row("Flooding has closed three schools in Leeds.", "Three schools in Leeds are closed because "
        "of flooding.", True, "turned round"),
    Row("The actor's funeral was held in the small Welsh town where he grew up.",
        "The actor's funeral took place in the Welsh town in which he grew up.", True, "reworded"),
    Row("The museum said a thief had broken in overnight and taken four paintings.",
        "Four paintings were taken overnight by a thief who broke into the museum.", True, "order"),
    Row("Researchers found that the drug slowed memory loss by a quarter.",
        "The drug slowed memory loss by 25%, researchers found.", True, "order and figure"),
    Row("He said.", "...", False, "no words"),
    Row("He said.", "It is.", False, "small words only"),
    Row("The bank sued the council over the fire.", "The school sued the council over the fire.",
        False, "another noun in its place"),
    Row("The firm sued the council over the fire.", "The company sued the council over the fire.",
        True, "another word for it"),
]  # fmt: skip


def test_a_claim_stands_on_words_of_its_source() -> None:
    assert wrong(ROWS) == []
