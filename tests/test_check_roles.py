from tests.claims import Row, wrong

ROWS = [
    Row("Biden beat Trump in Georgia.", "Trump beat Biden in Georgia.", False, "roles exchanged"),
    Row("Biden beat Trump in Georgia.", "Trump was beaten by Biden in Georgia.", True, "passive"),
    Row("Biden beat Trump in Georgia.", "Biden was beaten by Trump in Georgia.", False, "both"),
    Row("Trump was beaten by Biden.", "Biden beat Trump.", True, "active"),
    Row("Biden, who met Trump in Paris last week, resigned.", "Biden resigned.", True, "he"),
    Row("Biden, who met Trump in Paris last week, resigned.", "Trump resigned.", False, "him"),
    Row("Biden met Trump and resigned.", "Trump resigned.", False, "second verb"),
    Row("Biden met Trump and resigned.", "Biden resigned.", True, "second verb"),
    Row("Google sued Microsoft over patents.", "Microsoft sued Google.", False, "sued"),
    Row("Google accused Microsoft of theft.", "Microsoft accused Google.", False, "accused"),
    Row("France sold jets to India.", "India sold jets to France.", False, "sold to"),
    Row("In Paris, Macron met Scholz.", "Macron met Scholz in Paris.", True, "a place moved"),
    Row("In Paris, Macron met Scholz.", "Scholz met Macron in Paris.", False, "people moved"),
    Row("Biden and Trump met in Rome.", "Trump and Biden met in Rome.", True, "a list reordered"),
    Row("Apple CEO Tim Cook flew to Beijing.", "Tim Cook, CEO of Apple, flew to Beijing.", True,
        "an apposition"),
    Row("Zendaya stars in a film directed by Villeneuve.",
        "Villeneuve stars in a film directed by Zendaya.", False, "exchanged"),
    Row("Joe Biden praised Hunter Biden.", "Hunter Biden praised Joe Biden.", False, "one surname"),
    Row("The train from Rome to Milan was late.", "The train from Milan to Rome was late.", False,
        "from and to"),
    Row("Ohio has 5 seats and Iowa has 9.", "Ohio has 9 seats and Iowa has 5.", False, "numbers"),
    Row("Chelsea signed Palmer from City for £40m.", "City signed Palmer from Chelsea for £40m.",
        False, "clubs exchanged"),
]  # fmt: skip


def test_who_did_what_to_whom_is_kept() -> None:
    assert wrong(ROWS) == []
