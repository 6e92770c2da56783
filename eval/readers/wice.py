"""WiCE: claims of Wikipedia against the pages they cite (Kamoi et al. 2023).

{"id": "wice-dev1", "claim": "It opened in 1904.", "label": "partially_supported",
 "evidence_title": "About us", "evidence_sentences": ["…", "…"], "supporting_sets": [[5, 15]]}

Every set of `supporting_sets` alone holds all of the evidence there is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.readers.records import read_records


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim, whether its page supports it fully, and the sentences that people pointed at."""

    id: str
    claim: str
    label: str  # supported, partially_supported or not_supported
    title: str
    sentences: tuple[str, ...]  # the smallest set of gold sentences; empty if there are none

    @property
    def supported(self) -> bool:
        """Whether everything that the claim says is supported."""
        return self.label == "supported"


def read(path: Path) -> Iterator[LabelledClaim]:
    """Read claims with the smallest of their gold sets."""
    for record in read_records(path):
        sets: list[list[int]] = [held for held in record["supporting_sets"] if held]
        smallest = min(sets, key=len, default=[])
        yield LabelledClaim(
            record["id"],
            record["claim"],
            record["label"],
            record["evidence_title"],
            tuple(record["evidence_sentences"][at] for at in smallest),
        )
