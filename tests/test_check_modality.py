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
]  # fmt: skip


def test_planned_possible_and_alleged_are_not_done() -> None:
    assert wrong(ROWS) == []
