from fractions import Fraction

import pytest

from qa_service.checks.quantities import quantities
from tests.claims import Row, wrong

JOINED = "Some 280,000 people have joined the army since January."
ROWS = [
    Row(JOINED, "Some 280 thousand people have joined the army since January.", True, "magnitude"),
    Row(JOINED, "About 280k people joined the army since January.", True, "k"),
    Row(JOINED, "Two hundred and eighty thousand people have joined the army.", True, "words"),
    Row(JOINED, "280,000 people have joined the army.", True, "'some' may be left out"),
    Row(JOINED, "More than 280,000 people have joined the army.", False, "a bound that was added"),
    Row(JOINED, "Up to 280,000 people have joined the army.", False, "an upper bound added"),
    Row(JOINED, "Some 28,000 people have joined the army.", False, "a figure lost"),
    Row(JOINED, "Some 280 million people have joined the army.", False, "another magnitude"),
    Row(JOINED, "Some 282,000 people have joined the army.", False, "another number"),
    Row(JOINED, "Thousands of people have joined the army.", True, "a vague number within it"),
    Row(JOINED, "Millions of people have joined the army.", False, "a vague number beyond it"),
    Row("Thousands of people joined the march.", "5,000 people joined the march.", False, "exact"),
    Row("More than 300 homes burned.", "Over 300 homes burned.", True, "two words for one bound"),
    Row("More than 300 homes burned.", "At least 300 homes burned.", True, "a weaker bound"),
    Row("More than 300 homes burned.", "300 homes burned.", True, "a lower bound left out"),
    Row("Fewer than 300 homes burned.", "300 homes burned.", False, "an upper bound left out"),
    Row("Fewer than 300 homes burned.", "More than 300 homes burned.", False, "the other bound"),
    Row("Nearly 300 homes burned.", "Almost 300 homes burned.", True, "nearly is almost"),
    Row("300 homes burned.", "Nearly 300 homes burned.", False, "exactly is not nearly"),
    Row("No fewer than 12 people were hurt.", "At least 12 people were hurt.", True, "no fewer"),
    Row("Rates rose by 5 percent.", "Rates rose by 5%.", True, "percent sign"),
    Row("Rates rose by 5 percent.", "Rates rose by five per cent.", True, "per cent"),
    Row("Rates rose by 5 percent.", "Rates rose by 5 percentage points.", False, "points"),
    Row("Rates rose by 5 percentage points.", "Rates rose by 5%.", False, "points for percent"),
    Row("Half of the voters stayed home.", "50% of the voters stayed home.", True, "a share"),
    Row("Two-thirds of voters agreed.", "Two thirds of voters agreed.", True, "a hyphen"),
    Row("Two-thirds of voters agreed.", "Three-quarters of voters agreed.", False, "a fraction"),
    Row("A third of voters agreed.", "A quarter of voters agreed.", False, "another fraction"),
    Row("A dozen ships were held.", "12 ships were held.", True, "a dozen"),
    Row("A dozen ships were held.", "20 ships were held.", False, "not a dozen"),
    Row("It cost $2.3 billion to build.", "It cost US$2.3bn to build.", True, "bn and US$"),
    Row("It cost $2.3 billion to build.", "It cost 2.3 billion dollars to build.", True, "dollars"),
    Row("It cost $2.3 billion to build.", "It cost €2.3 billion to build.", False, "currency"),
    Row("It cost $2.3 billion to build.", "It cost $2.3 million to build.", False, "million"),
    Row("It cost $2.3 billion to build.", "It cost 2.3 billion to build.", False, "unit lost"),
    Row("The wall is 12 miles long.", "The wall is 12 kilometers long.", False, "no conversion"),
    Row("The wall is 12 km long.", "The wall is 12 kilometres long.", True, "km"),
    Row("The strike lasted 10 days.", "The strike lasted 10 weeks.", False, "days for weeks"),
    Row("It was 40 degrees Celsius in Rome.", "It was 40°C in Rome.", True, "degrees"),
    Row("It was 40 degrees Celsius in Rome.", "It was 40°F in Rome.", False, "another scale"),
    Row("Between 10 and 15 million people live there.", "10 to 15 million people live there.",
        True, "a range"),
    Row("Between 10 and 15 million people live there.", "10 to 50 million people live there.",
        False, "another end of the range"),
    Row("Italy beat Spain 3-1 in Rome.", "Italy beat Spain 3-2 in Rome.", False, "a score"),
    Row("Italy beat Spain 3-1 in Rome.", "Italy beat Spain 1-3 in Rome.", False, "score reversed"),
    Row("Italy beat Spain 3-1 in Rome.", "Italy beat Spain by 3 to 1 in Rome.", True, "to"),
    Row("The game starts at 7:30 p.m. local time.", "The game starts at 19:30 local time.", True,
        "one time, two clocks"),
    Row("The game starts at 7:30 p.m. local time.", "The game starts at 7:30 a.m. local time.",
        False, "morning for evening"),
    Row("A 45-year-old man was held.", "A man aged 45 was held.", True, "an age"),
    Row("A 45-year-old man was held.", "A 54-year-old man was held.", False, "another age"),
    Row("A 45-year-old man was held.", "A man was held for 45 years.", False, "no duration"),
    Row("A man was held for 45 years.", "A man 45 years of age was held.", False, "no age"),
    Row("Hale, 45, was held in Ostrel by police.", "Police held Hale, 45 years old, in Ostrel.",
        True, "an age in commas"),
    Row("She finished third in the race.", "She finished 3rd in the race.", True, "ordinals"),
    Row("She finished third in the race.", "She finished fourth in the race.", False, "place"),
    Row("The blast left 12 dead and 40 injured.", "The blast left 40 dead.", False, "other noun"),
    Row("The blast left 12 dead and 40 injured.", "The blast left 12 people dead.", True, "noun"),
    Row("The blast killed 12 people and injured 40.", "40 people were injured in the blast.", True,
        "turned round"),
    Row("The blast killed 12 people and injured 40.", "The blast killed 40 people.", False, "swap"),
    Row("The blast hit 12 people and 40 cars.", "The blast hit 40 people.", False, "counted noun"),
    Row("A man was held.", "One man was held.", True, "a is one"),
    Row("Two men were held.", "One man was held.", False, "one for two"),
    Row("Covid-19 cases fell.", "Covid-18 cases fell.", False, "a number in a name"),
    Row("The fund holds 1,234.50 euros.", "The fund holds 1234.5 euros.", True, "separators"),
    Row("The fire spread to 373,000 burned acres.", "The fire burned 373,000 acres.", True, "unit"),
    Row("Rates rose by three-quarters of a percentage point.",
        "Rates rose by 0.75 percentage points.",
        True, "a part of a unit"),
    Row("The bridge cost £7 million, 1 million more than planned.",
        "The bridge cost £7 million, £1 million more than planned.", True, "one currency for both"),
    Row("The firm spent £7 million and sold 1 million lamps.", "The firm sold £1 million of lamps.",
        False, "lamps are no pounds"),
]  # fmt: skip


def test_numbers_are_compared_with_magnitude_unit_bound_and_what_they_count() -> None:
    assert wrong(ROWS) == []


FOREIGN = {
    "de": [
        Row("Rund 280.000 Menschen demonstrierten.", "Rund 280 Tausend Menschen demonstrierten.",
            True, "Punkt und Wort"),
        Row("Rund 280.000 Menschen demonstrierten.", "Rund 280 Menschen demonstrierten.", False,
            "Tausend verloren"),
        Row("Die Preise stiegen um 2,5 Prozent.", "Die Preise stiegen um 2,5 %.", True, "Komma"),
        Row("Die Preise stiegen um 2,5 Prozent.", "Die Preise stiegen um 25 Prozent.", False,
            "Komma verloren"),
        Row("Fünfundzwanzig Panzer fuhren vorbei.", "25 Panzer fuhren vorbei.", True, "Zahlwort"),
    ],
    "fr": [
        Row("Quelque 280 000 personnes ont défilé.", "Deux cent quatre-vingt mille personnes ont "
            "défilé.", True, "en lettres"),
        Row("Quelque 280 000 personnes ont défilé.", "Quelque 280 personnes ont défilé.", False,
            "mille perdu"),
    ],
    "es": [
        Row("Unas 280.000 personnes marcharon.", "Doscientos ochenta mil personnes marcharon.",
            True, "en letras"),
        Row("Marcharon 35 personas.", "Marcharon treinta y cinco personas.", True, "treinta y"),
        Row("Marcharon 35 personas.", "Marcharon 53 personas.", False, "otro"),
    ],
    "ru": [
        Row("В армию пришли 280 тысяч человек.", "В армию пришли 280 000 человек.", True, "тысяч"),
        Row("В армию пришли 280 тысяч человек.", "В армию пришли 280 человек.", False, "без тысяч"),
    ],
    "zh": [
        Row("约28万人参军。", "约280000人参军。", True, "万"),
        Row("约28万人参军。", "约28人参军。", False, "没有万"),
    ],
    "ar": [Row("انضم ٢٨٠ ألف شخص إلى الجيش.", "انضم 280 ألف شخص إلى الجيش.", True, "figures"),
           Row("انضم ٢٨٠ ألف شخص إلى الجيش.", "انضم 290 ألف شخص إلى الجيش.", False, "figures")],
}  # fmt: skip


@pytest.mark.parametrize("language", FOREIGN)
def test_numbers_are_read_as_their_language_writes_them(language: str) -> None:
    assert wrong(FOREIGN[language], language=language) == []


def test_one_number_has_many_spellings() -> None:
    text = "280,000 · 280k · 280 thousand · two hundred and eighty thousand · 0.28 million"
    assert {q.value for q in quantities(text, "en")} == {Fraction(280_000)}


def test_a_year_is_a_date_and_no_number() -> None:
    assert quantities("He was elected in 2019.", "en") == ()
