import asyncio
import re
from dataclasses import replace

import pytest

from eval import exchanges
from eval.attacks import MAKERS, RIVAL, RIVAL_READ, Attack, make_attacks, make_rivals
from eval.names import names_in, shares_a_word
from eval.pairs import Pair, pairs_of_article, pairs_of_reply, paraphrases
from eval.readers.wice import LabelledClaim
from eval.replies import Quoted, Reply
from eval.rereading import reread
from eval.swaps import run_swaps
from eval.trials import detection, rows, total, try_attack, try_labelled, try_pair
from index.split import split_sentences
from qa_service.answers import Claim, Status, Verdict
from tests.fakes import ScriptedLLM, make_article
from tests.test_second_reading import ASKED, FOLLOWS, NAMED, TITLE

TEXT = (
    "Mayor Anna Weir said on Tuesday that 45 ferries were cancelled in 2021. "
    "The port earned 3 million euros, Boris Quell said. "
    "Cole Harbour beat Port Ellen in the final in March 2022. "
    "Fares rose from 4 euros to 6 euros, and nobody protested."
)
ARTICLE = make_article(TEXT)
PAIRS = list(pairs_of_article(ARTICLE, split_sentences(ARTICLE)))


def attacks(kind: str) -> list[Attack]:
    return [attack for attack in make_attacks(PAIRS, per_kind=99) if attack.kind == kind]


def test_every_sentence_is_a_pair_shown_with_its_neighbours() -> None:
    assert [pair.cited for pair in PAIRS] == ["S0", "S1", "S2", "S3"]
    assert list(PAIRS[0].shown) == ["S0", "S1", "S2"]


def test_a_number_is_exchanged_for_one_that_stands_nowhere_in_what_is_shown() -> None:
    for attack in attacks("number"):
        old, new = attack.exchanged.split(" → ")
        assert new not in re.findall(r"\d+", attack.pair.around)
        assert attack.claim == attack.pair.claim.replace(old, new, 1)


def test_years_and_days_are_dates_and_not_numbers() -> None:
    assert [m.group() for m in exchanges.quantities("On 6 May 2021 he paid 45.")] == ["45"]


def test_behind_at_least_a_number_only_goes_up() -> None:
    (found,) = exchanges.quantities("At least 40 died.")
    assert set(exchanges.other_quantities(found)) == {"50", "60", "70", "80", "90"}


def test_behind_up_to_a_number_only_goes_down() -> None:
    (found,) = exchanges.quantities("He can fine up to 40 firms.")
    assert set(exchanges.other_quantities(found)) == {"10", "20", "30"}


def test_since_a_year_goes_back_and_until_a_year_goes_on() -> None:
    assert [options for _, options in exchanges.dates("since 2018")] == [["2015", "2016", "2017"]]
    assert [options for _, options in exchanges.dates("until 2018")] == [["2019", "2020", "2021"]]
    assert list(exchanges.dates("before 2018")) == []


def test_a_unit_becomes_another_unit() -> None:
    exchanged = {attack.exchanged for attack in attacks("unit")}
    assert exchanged <= {"million → billion", "euros → dollars"}
    assert exchanged


def test_a_name_is_exchanged_for_a_stranger_of_another_article() -> None:
    other = make_article("The minister met Clara Voss and Tobias Renn in Lindholt.", id="a2")
    pairs = [*PAIRS, *pairs_of_article(other, split_sentences(other))]
    made = [a for a in make_attacks(pairs, per_kind=99) if a.kind == "name"]
    assert made
    for attack in made:
        new = attack.exchanged.split(" → ")[1]
        assert not shares_a_word(new, attack.pair.article.text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It was found.", "It was not found."),
        ("It was not found.", "It was found."),
        ("He no longer works.", "He still works."),
        ("He didn’t come.", "He did come."),
    ],
)
def test_a_negation_is_put_in_or_taken_out(before: str, after: str) -> None:
    made = [before[: m.start()] + new + before[m.end() :] for m, new in exchanges.negations(before)]
    assert made == [after]


@pytest.mark.parametrize(
    "text", ["If it was found, he left.", "Was it found?", "He did not only come but was late."]
)
def test_where_a_negation_may_change_nothing_none_is_exchanged(text: str) -> None:
    assert list(exchanges.negations(text)) == []


def test_another_speaker_of_the_sentences_shown_takes_the_speakers_place() -> None:
    claims = {attack.claim for attack in attacks("speakers")}
    assert "Mayor Boris Quell said on Tuesday that 45 ferries were cancelled in 2021." in claims
    assert "The port earned 3 million euros, Anna Weir said." in claims


def test_roles_change_places_within_one_sentence() -> None:
    assert {attack.claim for attack in attacks("roles")} == {
        "Port Ellen beat Cole Harbour in the final in March 2022.",
        "Fares rose from 6 euros to 4 euros, and nobody protested.",
    }


def test_a_range_has_no_direction_to_turn() -> None:
    assert list(exchanges.opposed("It is from 2 to 4 years old.")) == []


def test_the_same_seed_makes_the_same_attacks() -> None:
    assert make_attacks(PAIRS, per_kind=3) == make_attacks(PAIRS, per_kind=3)


def test_titles_and_weekdays_are_no_names_and_a_first_word_alone_is_none_either() -> None:
    text = "Officials met Prime Minister Marta Kessling’s team on Monday in Aldermouth."
    assert [match.group() for match in names_in(text)] == ["Marta Kessling", "Aldermouth"]


def test_there_are_at_least_120_frozen_paraphrases_and_each_differs_from_its_source() -> None:
    pairs = list(paraphrases())
    assert len(pairs) >= 120
    for pair in pairs:
        assert pair.claim != pair.shown[pair.cited].text
        assert pair.shown[pair.cited].article.published


def test_attacks_of_every_kind_can_be_made_from_the_paraphrases_and_sentences() -> None:
    made = make_attacks([*paraphrases(), *PAIRS], per_kind=2)
    assert {attack.kind for attack in made} == set(MAKERS)


def test_another_name_takes_the_answers_place_and_counts_in_no_total() -> None:
    """The question is the ground that its words are granted from: the hardest attack there is."""
    asked = replace(
        PAIRS[0], claim="Anna Weir cancelled 45 ferries.", asked="who cancelled ferries"
    )
    (attack,) = make_rivals([asked, PAIRS[1]], at_most=9)
    assert (attack.kind, attack.pair.cited) == (RIVAL, "S1")
    assert attack.claim == "Boris Quell cancelled 45 ferries."
    trial = run_swaps([asked], per_kind=9, controls=1)
    (row,) = [row for row in rows(trial.trials) if row.kind == RIVAL]
    others = [t for t in trial.trials if not t.true and t.kind != RIVAL]
    assert row.rate.n == 1
    assert total(trial.trials, true=False).rate.n == len(others) > 0
    assert RIVAL in trial.markdown()


@pytest.mark.parametrize(("second", "believed"), [("Ada Quill", False), ("Ben Roe", True)])
def test_such_a_name_is_held_to_what_the_model_reads_in_the_quote(
    second: str, believed: bool
) -> None:
    article = make_article(f"{NAMED} {FOLLOWS}", title=TITLE)
    shown = dict(zip(("S1", "S2"), split_sentences(article), strict=True))
    pair = Pair("q1-0", "Ada Quill was named director.", shown, "S2", "answer", asked=ASKED)
    claim = "Ben Roe was named director of the Harbour Museum."
    attack = Attack(RIVAL, claim, pair, "Ada Quill → Ben Roe")
    assert try_attack(attack).believed
    (tried,) = asyncio.run(reread([attack], ScriptedLLM(second, rereads=True)))
    assert (tried.kind, tried.believed, tried.true) == (RIVAL_READ, believed, False)


def test_supported_claims_of_an_answer_become_pairs_with_their_quotes() -> None:
    quote = Quoted(1, TEXT[:71], "a1", ARTICLE.version, 0, 71, stored=TEXT[:71])
    said = Claim("45 ferries were cancelled.", (1,), Verdict.SUPPORTED)
    rejected = Claim("46 ferries were cancelled.", (1,), Verdict.UNSUPPORTED)
    reply = Reply(status=Status.ANSWERED, claims=(said, rejected), quotes=(quote,))
    (pair,) = pairs_of_reply("q1", reply, lambda article_id, version: ARTICLE)
    assert (pair.claim, pair.cited, list(pair.shown)) == (said.text, "S1", ["S1", "S2", "S3"])
    assert pair.shown["S1"].text.strip() == TEXT[:71]


def test_what_the_check_of_a_claim_relied_on_is_shown_with_it() -> None:
    start, end = ARTICLE.text.index("Fares"), len(TEXT)
    quote = Quoted(
        1, TEXT[start:], "a1", ARTICLE.version, start, end, TEXT[start:], context=((0, 71),)
    )
    said = Claim("Fares rose.", (1,), Verdict.SUPPORTED)
    reply = Reply(status=Status.ANSWERED, claims=(said,), quotes=(quote,))
    (pair,) = pairs_of_reply("q1", reply, lambda article_id, version: ARTICLE)
    assert list(pair.shown.values()) == split_sentences(ARTICLE)
    assert pair.cited == "S4"


def test_the_verifier_believes_an_untouched_sentence_and_not_one_with_another_number() -> None:
    trials = [try_pair(PAIRS[0])]
    trials += [try_attack(attack) for attack in attacks("number")]
    assert [(row.kind, row.wrong) for row in rows(trials)] == [("number", 0), ("sentence", 0)]
    assert total(trials, true=False).rate.value == 0.0


def test_detection_scores_supported_against_the_rest() -> None:
    def labelled(label: str) -> LabelledClaim:
        return LabelledClaim("w", "c", label, "t", ())

    yes, no = Claim("c", (), Verdict.SUPPORTED), Claim("c", (), Verdict.UNSUPPORTED)
    found = detection(
        [
            (labelled("supported"), yes),
            (labelled("supported"), no),
            (labelled("partially_supported"), yes),
            (labelled("not_supported"), no),
        ]
    )
    # 1 of 2 called is right, 1 of 2 gold is called: P = R = F1 = .5; 2 of 4 decided rightly
    assert (found.precision, found.recall, found.f1, found.accuracy) == (0.5, 0.5, 0.5, 0.5)


def test_a_claim_of_wice_is_judged_by_its_gold_sentences_alone() -> None:
    sentence = "The library opened in 1904."
    own = LabelledClaim("w1", sentence, "supported", "About", (sentence, "It has a café."))
    bare = LabelledClaim("w2", sentence, "not_supported", "About", ())
    verdicts = [claim.verdict for _, claim in try_labelled([own, bare])]
    assert verdicts == [Verdict.SUPPORTED, Verdict.UNSUPPORTED]
