import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from eval.cases import Case, Gold
from eval.readers import own, read_cases, wice
from eval.readers.summhay import read_covered
from eval.sampling import sample
from qa_service.answers import Filters

SHARED = Path(__file__).parents[2] / "shared" / "data"
EXAMPLES = Path(__file__).parents[1] / "examples" / "questions.jsonl"


def lines(path: Path, *records: object) -> Path:
    text = "".join(json.dumps(record) + "\n" for record in records)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text)
    return path


def test_our_own_format_comes_back_as_it_was_written(tmp_path: Path) -> None:
    cases = [
        Case(
            "q1",
            "How many?",
            ("14",),
            as_of=date(2024, 2, 6),
            filters=Filters(published_from=date(2024, 1, 1), exclude_articles=("a1",)),
            gold=(Gold(article_id="a2", quote="Fourteen."), Gold(url="https://x.org/b", grade=2)),
            choices=("12", "14"),
        ),
        Case("q2", "Who?", answerable=False),
    ]
    own.write(cases, tmp_path / "cases.jsonl")
    assert read_cases(tmp_path / "cases.jsonl") == cases


def test_a_field_that_the_format_does_not_have_is_refused(tmp_path: Path) -> None:
    path = lines(tmp_path / "cases.jsonl", {"question": "Who?", "anwsers": ["Anna"]})
    with pytest.raises(ValueError, match="anwsers"):
        read_cases(path)


def test_two_cases_of_one_id_are_refused(tmp_path: Path) -> None:
    path = lines(tmp_path / "c.jsonl", {"id": "q", "question": "A?"}, {"id": "q", "question": "B?"})
    with pytest.raises(ValueError, match="differ"):
        read_cases(path)


def test_the_example_questions_can_be_read() -> None:
    cases = read_cases(EXAMPLES)
    assert sum(not case.answerable for case in cases) >= 15
    assert all(gold.quote for case in cases for gold in case.gold)


def test_realtimeqa_takes_the_labelled_questions_as_of_their_date(tmp_path: Path) -> None:
    record = {
        "id": "r1",
        "question": "Which city?",
        "date": "2024-01-05",
        "choices": ["A", "B"],
        "answers": ["B"],
        "answer_pool": True,
        "abstain_pool": False,
        "gold_article_ids": [],
        "support_article_ids": ["s1"],
    }
    absent = {**record, "id": "r2", "answer_pool": False, "abstain_pool": True}
    unlabelled = {**record, "id": "r3", "answer_pool": False}
    lines(tmp_path / "questions.jsonl", record, absent, unlabelled)
    day, choices = date(2024, 1, 5), ("A", "B")
    gold = (Gold(article_id="s1"),)
    assert read_cases(tmp_path) == [
        Case("r1", "Which city?", ("B",), as_of=day, gold=gold, choices=choices),
        Case("r2", "Which city?", (), answerable=False, as_of=day, choices=choices),
    ]


def test_squad_takes_the_sentence_of_the_answer_as_gold(tmp_path: Path) -> None:
    context = "It rained. Fourteen ferries were cancelled! Nobody was hurt."
    answer = {"text": "Fourteen", "answer_start": context.index("Fourteen")}
    qas = [
        {"id": "q1", "question": "How many?", "answers": [answer], "is_impossible": False},
        {"id": "q2", "question": "Who?", "answers": [], "is_impossible": True},
    ]
    data = {"data": [{"title": "t", "paragraphs": [{"context": context, "qas": qas}]}]}
    (tmp_path / "dev.json").write_text(json.dumps(data))
    gold = (Gold(quote="Fourteen ferries were cancelled!"),)
    assert read_cases(tmp_path / "dev.json") == [
        Case("q1", "How many?", ("Fourteen",), gold=gold),
        Case("q2", "Who?", answerable=False),
    ]


def test_beir_takes_the_queries_that_have_a_relevant_document(tmp_path: Path) -> None:
    lines(tmp_path / "queries.jsonl", {"_id": "1", "text": "ferry"}, {"_id": "2", "text": "boat"})
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("q\tc\ts\n1\td7\t2\n1\td8\t0\n2\td8\t0\n")
    assert read_cases(tmp_path) == [Case("1", "ferry", gold=(Gold(article_id="d7", grade=2),))]


def test_wice_takes_the_smallest_set_of_gold_sentences(tmp_path: Path) -> None:
    record = {
        "id": "w1",
        "claim": "It opened in 1904.",
        "label": "partially_supported",
        "evidence_title": "About",
        "evidence_sentences": ["a", "b", "c"],
        "supporting_sets": [[], [0, 1], [2]],
    }
    read = list(wice.read(lines(tmp_path / "w.jsonl.gz", record)))
    assert [(one.sentences, one.supported) for one in read] == [(("c",), False)]


def test_summhay_pairs_the_covering_bullet_with_the_insights_documents(tmp_path: Path) -> None:
    lines(tmp_path / "articles.jsonl.gz", {"id": "d1", "number": 7})
    insight = {"id": "i1", "text": "…", "gold_doc_ids": ["d1"]}
    lines(tmp_path / "queries.jsonl.gz", {"id": "q1", "insights": [insight]})
    judged = {"insight_id": "i1", "coverage": "FULL_COVERAGE", "bullet_id": 2}
    missed = {"insight_id": "i1", "coverage": "NO_COVERAGE", "bullet_id": "NA"}
    output = {"query_id": "q1", "system": "s", "bullets": ["Here:", "* It [7]."]}
    lines(tmp_path / "system_outputs.jsonl.gz", {**output, "eval": [judged, missed]})
    covered = list(read_covered(tmp_path))
    assert [(c.bullet, c.gold) for c in covered] == [("* It [7].", frozenset({7}))]


def test_a_sample_is_the_same_every_time_and_keeps_the_order() -> None:
    cases = [Case(f"q{n}", "?", answerable=n % 2 == 0) for n in range(40)]
    drawn = sample(cases, 5, None)
    assert drawn == sample(cases, 5, None)
    assert [case.answerable for case in drawn].count(True) == 5
    assert drawn == sorted(drawn, key=lambda case: int(case.id[1:]))
    with pytest.raises(ValueError, match="there are 20"):
        sample(cases, 21, 0)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not there")
def test_the_real_data_sets_can_be_read() -> None:
    real = read_cases(SHARED / "realtimeqa")
    assert (sum(c.answerable for c in real), sum(not c.answerable for c in real)) == (453, 234)
    assert len(read_cases(SHARED / "summhay")) == 18
