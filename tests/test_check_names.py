from tests.claims import Row, wrong

ROWS = [
    Row("Dmitry Medvedev visited Omsk.", "Medvedev visited Omsk.", True, "a surname alone"),
    Row("Dmitry Medvedev visited Omsk.", "Shoigu visited Omsk.", False, "another name"),
    Row("Dmitry Medvedev visited Omsk.", "Sergei Medvedev visited Omsk.", False, "first name"),
    Row("Dmitry Medvedev visited Omsk.", "Dmitry Medvedev visited Tomsk.", False, "a place"),
    Row("Mr Medvedev visited Omsk.", "President Medvedev visited Omsk.", True, "title"),
    Row("Zoë Müller won in Malmö.", "Zoe Muller won in Malmo.", True, "accents are folded"),
    Row("Russia's army left Kherson.", "The Russian army left Kherson.", True, "a people"),
    Row("Russia's army left Kherson.", "The Ukrainian army left Kherson.", False, "the other army"),
    Row("The World Health Organization warned of cholera.", "The WHO warned of cholera.", True,
        "initials"),
    Row("The WHO warned of cholera.", "The World Health Organization warned of cholera.", True,
        "spelt out"),
    Row("The WHO warned of cholera.", "The FDA warned of cholera.", False, "another body"),
    Row("The United States left the pact.", "The U.S. left the pact.", True, "U.S."),
    Row("The United States left the pact.", "The UK left the pact.", False, "UK"),
    Row("Joe Biden met Donald Trump.", "Donald Biden met Trump.", False, "two names mixed"),
    Row("Joe Biden met Hunter Biden.", "Jill Biden met Hunter Biden.", False, "a third Biden"),
    Row("Apple sued the city of Austin.", "Officials say Apple sued the city of Austin.", True,
        "a common first word is no name"),
    Row("The quake struck near Marrakesh.", "Scientists say the quake struck near Marrakesh.", True,
        "nor is a plural of people"),
    Row("Google bought the firm.", "Microsoft bought the firm.", False, "a name at the start"),
    Row("He lives in New York.", "He lives in New Jersey.", False, "half a name"),
    Row("Netflix renewed “Squid Game”.", "Netflix renewed “The Crown”.", False, "a title"),
    Row("Beyoncé's album sold well.", "Beyoncé’s album sold well.", True, "apostrophes"),
    Row("Its leader, Tobias Renn, resigned.",
        "Its leader, Tilda Rowe, resigned.", False, "letters"),
    Row("Troops from France entered the town of Gao.",
        "Troops from French entered the town of Gao.",
        False, "a people for a country"),
    Row("France's navy left the port.",
        "The French navy left the port.", True, "what belongs to it"),
    Row("The US Centers for Disease Control warned of flu.", "The CDC warned of flu.", True,
        "initials of a tail"),
    Row("Snow fell in Coeur d'Alene on Friday.", "Snow fell in Coeur d’Alene.", True, "a particle"),
    Row("They met at the Orion-class pier.", "They met at the Star-class pier.", False, "a hyphen"),
]  # fmt: skip


def test_every_name_of_a_claim_is_in_what_it_cites() -> None:
    assert wrong(ROWS) == []


def test_names_in_other_scripts_with_capitals_are_compared_too() -> None:
    rows = [
        Row("Медведев посетил Омск.", "Медведев посетил Омск в воскресенье.", False, "a date"),
        Row("Медведев посетил Омск.", "Шойгу посетил Омск.", False, "another name"),
        Row("Дмитрий Медведев посетил Омск.", "Медведев посетил Омск.", True, "a surname"),
    ]
    assert wrong(rows, language="ru") == []


def test_where_names_have_no_capitals_every_word_must_be_there() -> None:
    rows = [
        Row("张伟在北京会见了李强。", "张伟会见了李强。", True, "words left out"),
        Row("张伟在北京会见了李强。", "王伟会见了李强。", False, "another name"),
    ]
    assert wrong(rows, language="zh") == []
    rows = [
        Row("زار أحمد القاهرة يوم أمس.", "زار أحمد القاهرة.", True, "words left out"),
        Row("زار أحمد القاهرة يوم أمس.", "زار محمود القاهرة.", False, "another name"),
    ]
    assert wrong(rows, language="ar") == []
