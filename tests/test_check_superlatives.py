from tests.claims import Row, wrong

ROWS = [
    Row("It is the oldest bridge in town.", "It is the oldest bridge in town now.", True, "same"),
    Row("It is an old bridge in town.", "It is the oldest old bridge in town.", False, "added"),
    Row("It is the biggest fire there.", "It is the largest fire there.", True, "a synonym"),
    Row("Hale flew to Mars in May.", "Hale was the first to fly to Mars in May.", False, "first"),
    Row("Hale made her debut in May.", "Hale made her first debut in May.", True, "debut is first"),
    Row("The show leads with nine bids.", "It is the most-nominated show.", True, "leads"),
    Row("The show has nine bids.", "It is the most-nominated show.", False, "a superlative"),
    Row("It was the highest toll on record.", "It was the highest record toll.", True, "record"),
]


def test_what_the_claim_calls_the_largest_the_source_calls_so() -> None:
    assert wrong(ROWS) == []


def test_the_headline_may_say_it() -> None:
    row = Row("The bridge in town fell.", "The oldest bridge in town fell.", True, "headline")
    assert wrong([row], title="Oldest bridge falls") == []
    assert len(wrong([row], title="Bridge falls")) == 1
