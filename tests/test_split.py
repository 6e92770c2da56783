from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Article
from index.split import MAX_SENTENCE, PASSAGE_TOKENS, heading, split, split_sentences
from index.text import normalise
from tests.fakes import make_article

HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Mr. Smith went. ",
                "“No,” he said. ",
                "\n",
                "\n\n",
                "\r\n",
                "  ",
                "\t",
                "e\u0301",
                "😀",
            ]
        ),
        st.sampled_from(
            ["中文句子。", "مرحبا. ", "“", "(", "\u200d", "\u200c", "\u2060", "x" * 1_500]
        ),
        st.sampled_from(["word " * 300, "!? ", "...", "1.5 ", "U.S. ", " \u00a0 ", "\x1c", "\x1f"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    ),
    max_size=40,
).map(lambda parts: normalise("".join(parts)))


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def letters(texts: Sequence[str]) -> list[int]:
    return [len(text) // 3 + 1 for text in texts]


@given(HOSTILE)
def test_sentences_joined_give_back_the_text(text: str) -> None:
    sentences = split_sentences(make_article(text))
    assert "".join(sentence.text for sentence in sentences) == text


@given(HOSTILE)
def test_white_space_belongs_to_the_sentence_before_it(text: str) -> None:
    sentences = split_sentences(make_article(text))
    assert not any(sentence.text[0].isspace() for sentence in sentences[1:])
    assert not text.strip() or all(sentence.text.strip() for sentence in sentences)


@given(HOSTILE)
def test_no_sentence_spans_a_line_or_is_over_long(text: str) -> None:
    for sentence in split_sentences(make_article(text)):
        quote = sentence.article.slice(sentence.quotable)
        assert "\n" not in quote
        assert len(quote) <= MAX_SENTENCE


@given(HOSTILE, st.sampled_from([words, letters]))
def test_passages_are_runs_of_whole_sentences_that_tile_the_text(text: str, count) -> None:  # type: ignore[no-untyped-def]
    article = make_article(text)
    passages = split(article, count_tokens=count)
    assert "".join(passage.text for passage in passages) == text
    starts = {sentence.span.start for sentence in split_sentences(article)}
    assert {passage.span.start for passage in passages} <= starts


@given(HOSTILE, st.sampled_from([words, letters]))
def test_a_passage_fits_the_model_unless_one_sentence_does_not(text: str, count) -> None:  # type: ignore[no-untyped-def]
    article = make_article(text, title="Seven words stand in this short headline")
    starts = [sentence.span.start for sentence in split_sentences(article)]
    (title,) = count([heading(article)])
    for passage in split(article, count_tokens=count):
        inside = [s for s in starts if passage.span.start <= s < passage.span.end]
        ends = [*inside[1:], passage.span.end]
        total = sum(count([text[a:b] for a, b in zip(inside, ends, strict=True)]))
        assert len(inside) == 1 or title + total <= PASSAGE_TOKENS


def sentences_of(text: str, **fields: object) -> list[str]:
    return [sentence.text for sentence in split_sentences(make_article(text, **fields))]


def test_a_headline_is_not_joined_to_the_line_below() -> None:
    assert sentences_of("Taxes stay\nMr. Smith said so. He left.") == [
        "Taxes stay\n",
        "Mr. Smith said so. ",
        "He left.",
    ]


def test_blank_lines_and_indents_belong_to_the_sentence_before() -> None:
    assert sentences_of("\n  One.\n\n   Two.\n ") == ["\n  One.\n\n   ", "Two.\n "]


def test_the_number_of_a_list_item_stays_with_it() -> None:
    assert sentences_of("1. Mix well. Stir.\n2. Bake.") == ["1. Mix well. ", "Stir.\n", "2. Bake."]


def test_white_space_alone_is_one_sentence_and_nothing_is_none() -> None:
    assert sentences_of(" \n\n ") == [" \n\n "]
    assert sentences_of("") == []


def test_a_sentence_over_the_limit_is_cut_at_its_last_space() -> None:
    text = "word " * 250
    assert [len(sentence) for sentence in sentences_of(text)] == [1_000, 250]
    assert sentences_of("a" * 2_500) == ["a" * 1_000, "a" * 1_000, "a" * 500]


def test_a_hard_cut_does_not_part_a_letter_from_its_accent() -> None:
    first, second = sentences_of("x" * 999 + "q\u0323\u0307" + "y" * 500)
    assert first == "x" * 999
    assert second.startswith("q\u0323\u0307")


def test_a_long_line_is_split_as_its_parts_are() -> None:
    sentence = "The council of the town met on Monday and agreed on nothing at all, he said. "
    assert sentences_of(sentence * 500) == [sentence] * 500


def test_the_script_tells_the_language_where_none_is_given() -> None:
    assert sentences_of("第一句。第二句！", language=None) == ["第一句。", "第二句！"]
    russian = "В 2022 г. завод закрыли. Он стоял пустым."
    assert len(sentences_of(russian, language=None)) == 2


def paragraphs(*lengths: int) -> Article:
    """Paragraphs of so many ten-word sentences each, and a title of one word."""
    sentence = "One two three four five six seven eight nine ten. "
    return make_article("\n\n".join((sentence * n).strip() for n in lengths), title="Title")


def test_a_full_passage_goes_back_to_a_paragraph_end_in_its_second_half() -> None:
    passages = split(paragraphs(15, 15), count_tokens=words)
    assert [len(passage.text.split()) for passage in passages] == [150, 150]


def test_a_full_passage_ignores_a_paragraph_end_in_its_first_half() -> None:
    passages = split(paragraphs(5, 25), count_tokens=words)
    assert [len(passage.text.split()) for passage in passages] == [240, 60]


def test_single_line_ends_are_paragraph_ends_where_no_line_is_blank() -> None:
    article = paragraphs(15, 15)
    one_to_a_line = make_article(article.text.replace("\n\n", "\n"), title="Title")
    passages = split(one_to_a_line, count_tokens=words)
    assert [len(passage.text.split()) for passage in passages] == [150, 150]


def test_tokens_are_counted_in_one_call_an_article() -> None:
    calls = []

    def count(texts: Sequence[str]) -> list[int]:
        calls.append(texts)
        return words(texts)

    split(paragraphs(9, 9, 9), count_tokens=count)
    assert len(calls) == 1


def test_a_long_title_is_embedded_only_in_part() -> None:
    assert heading(make_article("x", title="word " * 100)) == ("word " * 32).strip()


@pytest.mark.parametrize(
    ("piece", "characters"),
    [
        ("Word after word. ", 5_000_000),
        ("word ", 5_000_000),
        ("x", 5_000_000),
        (" ", 5_000_000),
        ("“", 200_000),  # all at once they would take minutes
        ("中文。", 500_000),
        ("\u0301", 500_000),
    ],
)
def test_a_long_line_loses_nothing(piece: str, characters: int) -> None:
    text = piece * (characters // len(piece))
    passages = split(make_article(text), count_tokens=lambda texts: [1] * len(texts))
    assert "".join(passage.text for passage in passages) == text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It landed at 5:57 p.m. EDT off the coast. NASA said so.", 2),
        ("The show began at 7 p.m. Thousands came.", 2),
        ("Doors open at 7 p.m. ET / 4 p.m. PT. Seats are free.", 2),
        ("He left at 12:01 a.m. Thursday. Then he slept.", 2),
        ("Ann Lee, D-N.Y., spoke first. Others followed.", 2),
        ("No. 3 Kansas State vs. No. 7 Michigan State is on now.", 1),
    ],
)
def test_an_abbreviation_ends_no_sentence_that_goes_on(text: str, sentences: int) -> None:
    """A quote that began with "EDT off the coast" would be half a sentence."""
    assert len(split_sentences(make_article(text))) == sentences


def test_a_quotation_mark_stays_with_what_it_opens() -> None:
    """`she said. "` and `Since then …"` would both be quoted with the wrong mark."""
    said = '"We came," she said. "Since then nothing happened." They left.'
    assert [s.text.strip() for s in split_sentences(make_article(said))] == [
        '"We came," she said.', '"Since then nothing happened."', "They left.",
    ]  # fmt: skip
