import asyncio
from collections.abc import AsyncGenerator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answers import DraftClaim, Usage
from qa_service.draft import parse


def drafts(reply: str, *, size: int = 1) -> list[DraftClaim]:
    async def pieces() -> AsyncGenerator[str | Usage]:
        for start in range(0, len(reply), size):
            yield reply[start : start + size]

    async def collect() -> list[DraftClaim]:
        return [d async for d in parse(pieces()) if isinstance(d, DraftClaim)]

    return asyncio.run(collect())


@pytest.mark.parametrize(
    ("reply", "claims"),
    [
        ("Taxes stay. [S1]", [("Taxes stay.", "S1")]),
        ("Taxes stay [S1].", [("Taxes stay.", "S1")]),
        ("Yes. [S1] Rents rise. [S2][S4]", [("Yes.", "S1"), ("Rents rise.", "S2 S4")]),
        ("Taxes stay. [S1, S3]", [("Taxes stay.", "S1 S3")]),
        ("Taxes [S1] stay as they are [S2].", [("Taxes stay as they are.", "S1 S2")]),
        ("[S1] Taxes stay. [S2] Rents rise.", [("Taxes stay.", "S1"), ("Rents rise.", "S2")]),
        ("Taxes stay. Rents rise. [S2]", [("Taxes stay.", "S2"), ("Rents rise.", "S2")]),
        ("Taxes stay.\n[S1]\nRents rise.\n[S2]", [("Taxes stay.", "S1"), ("Rents rise.", "S2")]),
        ("- Taxes stay. [S1]\n- Rents rise. [S2]", [("Taxes stay.", "S1"), ("Rents rise.", "S2")]),
        ("**Taxes** stay [S1]", [("Taxes stay", "S1")]),
        ("Answer: Taxes stay. [S1]", [("Taxes stay.", "S1")]),
        ("It is [2024] again, see [1]. [S3]", [("It is [2024] again, see [1].", "S3")]),
        ("Taxes stay.", [("Taxes stay.", "")]),
        ("[S1] [S2]", []),
        ("  \n ", []),
        ("税金は同じ。[S1]家賃は上がる。[S2]", [("税金は同じ。", "S1"), ("家賃は上がる。", "S2")]),
    ],
)  # fmt: skip
def test_claims_and_ids_are_told_apart(reply: str, claims: list[tuple[str, str]]) -> None:
    expected = [DraftClaim(text, tuple(ids.split())) for text, ids in claims]
    assert drafts(reply, size=max(1, len(reply))) == expected


PARTS = ["Taxes stay.", "Rents rise", "[S1]", "[S2, S3]", "\n", " ", ".", "[1]", "[S", "12]"]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join), st.integers(1, 9))
def test_it_does_not_matter_how_a_reply_is_cut_into_pieces(reply: str, size: int) -> None:
    assert drafts(reply, size=size) == drafts(reply, size=max(1, len(reply)))


def test_a_claim_is_given_as_soon_as_the_next_one_begins() -> None:
    async def first() -> DraftClaim | Usage:
        async def reply() -> AsyncGenerator[str | Usage]:
            yield "Taxes stay. [S1] R"
            raise AssertionError("the claim was not given before more was read")

        return await anext(parse(reply()))

    assert asyncio.run(first()) == DraftClaim("Taxes stay.", ("S1",))


def test_initials_that_a_model_sets_apart_belong_together() -> None:
    """Small models write "U. S."; no article does, so such a name would be in none."""
    (claim,) = drafts("The U. S. embassy was closed. [S1]")
    assert claim.text == "The U.S. embassy was closed."
