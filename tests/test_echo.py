import pytest

from qa_service.echo import without_echo


@pytest.mark.parametrize(
    ("claim", "asked", "left"),
    [
        ("A bought B this week.", "What was bought this week?", "A bought B."),
        ("On Sunday it rained.", "What happened on Sunday?", "On Sunday it rained."),
        (
            "It rained on Sunday, on Monday it froze.",
            "And on Sunday?",
            "It rained, on Monday it froze.",
        ),
        ("He left, yesterday, for Rome.", "Where did he go yesterday?", "He left, for Rome."),
        ("It fell this past weekend.", "What fell this past weekend?", "It fell."),
        ("It fell this week.", "How much did it fall?", "It fell this week."),
        ("This week it fell.", "What fell this week?", "This week it fell."),
        ("It rose over the past year.", "What rose over the past year?", "It rose."),
    ],
)
def test_only_the_questions_own_times_are_left_out(claim: str, asked: str, left: str) -> None:
    assert without_echo(claim, asked) == left
