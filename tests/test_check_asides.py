from tests.claims import Row, wrong

PRIZES = (
    "It won four prizes, best actress (Ada Hale), supporting actress (Ines Koval) and director "
    "(Tom Reeve)."
)
ROWS = [
    Row(PRIZES, "Ines Koval won the prize for supporting actress.", True, "her own bracket"),
    Row(PRIZES, "Ada Hale won the prize for supporting actress.", False, "another's bracket"),
    Row(PRIZES, "Ada Hale won the prize for best actress.", True, "her own bracket"),
    Row(PRIZES, "Tom Reeve won the prize for best actress.", False, "another's bracket"),
    Row(PRIZES, "It won prizes for best actress and director.", True, "no name"),
    Row("The bank (Ostrel) won the prize.", "The bank won the prize.", True, "one bracket"),
]


def test_a_name_in_brackets_belongs_to_the_words_before_it() -> None:
    assert wrong(ROWS) == []
