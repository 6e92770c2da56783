from tests.claims import Row, wrong

ROWS = [
    Row("He plans to visit Paris.", "He visited Paris.", False, "planned is not done"),
    Row("He plans to visit Paris.", "He will visit Paris.", True, "both lie ahead"),
    Row("He visited Paris.", "He plans to visit Paris.", False, "done is not planned"),
    Row("The firm may cut 500 jobs.", "The firm cut 500 jobs.", False, "may"),
    Row("The firm could cut 500 jobs.", "The firm may cut 500 jobs.", True, "could, may"),
    Row("He was accused of stealing a car.", "He stole a car.", False, "accused"),
    Row("He allegedly stole a car.", "He stole a car.", False, "allegedly"),
    Row("He allegedly stole a car.", "He is alleged to have stolen a car.", True, "alleged"),
    Row("He threatened to close the border.", "He closed the border.", False, "threatened"),
    Row("She is expected to win the race.", "She won the race.", False, "expected"),
    Row("She won the race.", "She is expected to win the race.", False, "won"),
    Row("The bill would ban phones.", "The bill bans phones.", False, "would"),
    Row("The union voted to strike.", "The union voted to strike on pay.", True, "no hedge"),
    Row("Judges ordered the firm to pay $5 million.", "It paid $5 million.", False, "ordered"),
    Row("If elected, he will raise taxes.", "He raised taxes.", False, "if"),
    Row("He said that he would not pay.",
        "He said he wouldn't pay.", True, "wouldn't is would not"),
    Row("Had the gates been opened, the town would be dry.",
        "The town would be dry if the gates had been opened.", True, "an if without the word"),
    Row("The council will meet if the gates have been opened.",
        "The gates have been opened.", False,
        "if"),
    Row("The Greens will have 92 of the 200 seats.", "Of the 200 seats, the Greens will have 92.",
        True, "a hedge is about its verb"),
    Row("The poll of 19 May was won by the Greens.", "The Greens won the poll in May.", True,
        "a month that is spelt like a hedge"),
    Row("He plans to offer the flat to students.",
        "He offered the flat to students.", False, "offer"),
    Row("She denied a claim, shared online, that the well was dry.",
        "She denied a claim that the well was dry.", True, "an aside between commas"),
    Row("Doctors will decide whether measles is a threat to the town.",
        "Doctors are to decide whether measles cases threaten the town.", True, "whether"),
    Row("The firm is cutting 40 jobs.", "The firm will cut 40 jobs.", True, "under way, or ahead"),
    Row("Half claim they have made contact with the dead.",
        "Half say they have made contact with the dead.", True, "what is claimed is no with"),
]  # fmt: skip


def test_planned_possible_and_alleged_are_not_done() -> None:
    assert wrong(ROWS) == []
