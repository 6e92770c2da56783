from tests.claims import Row, wrong

ROWS = [
    Row("Prices rose 5% in May.", "Prices fell 5% in May.", False, "rose, fell"),
    Row("Prices rose 5% in May.", "Prices increased by 5% in May.", True, "one sense"),
    Row("Prices rose 5% but sales fell 3%.", "Sales fell 3%.", True, "the right clause"),
    Row("Prices rose 5% but sales fell 3%.", "Sales rose 3%.", False, "the other clause"),
    Row("The Senate approved the bill.", "The Senate rejected the bill.", False, "approved"),
    Row("The Senate approved the bill.", "The Senate passed the bill.", True, "passed"),
    Row("She voted against the bill.", "She voted for the bill.", False, "for and against"),
    Row("Spain won the final.", "Spain lost the final.", False, "won, lost"),
    Row("The shop opened on Main Street.", "The shop closed on Main Street.", False, "opened"),
    Row("The firm bought the bank.", "The firm sold the bank.", False, "bought, sold"),
    Row("Police arrested the man.", "Police released the man.", False, "arrested"),
    Row("He was found guilty of fraud.", "He was found innocent of fraud.", False, "guilty"),
    Row("It is the largest ship in the fleet.", "It is the smallest ship in the fleet.", False,
        "largest"),
    Row("The firm hired 40 people.", "The firm fired 40 people.", False, "hired"),
    Row("Rates are above 4%.", "Rates are below 4%.", False, "above"),
    Row("He resigned before the vote.", "He resigned after the vote.", False, "before"),
    Row("The bill did not pass.", "The bill was rejected.", True, "not passed is rejected"),
    Row("More people left than came.", "Fewer people left than came.", False, "more, fewer"),
    Row("It was the first win in years.", "It was the last win in years.", False, "first"),
    Row("The storm weakened over Cuba.", "The storm strengthened over Cuba.", False, "weakened"),
]  # fmt: skip


def test_a_word_is_not_taken_for_its_opposite() -> None:
    assert wrong(ROWS) == []
