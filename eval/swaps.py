"""The whole trial by swap attacks: pairs in, a table out. Knows the order of things, no kind."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.attacks import RIVALS, make_attacks, make_rivals
from eval.pairs import Pair
from eval.summary import number
from eval.trials import Row, Trial, rows, total, try_attack, try_pair


@dataclass(frozen=True, slots=True)
class SwapTrial:
    """Every claim that was tried, false ones and true ones."""

    trials: tuple[Trial, ...]

    @property
    def accepted(self) -> float:
        """Share of the attacks that the verifier believed."""
        return total(self.trials, true=False).rate.value

    @property
    def refused(self) -> float:
        """Share of the true claims that the verifier refused."""
        return total(self.trials, true=True).rate.value

    def markdown(self) -> str:
        """Write the table: false claims believed by kind, then true claims refused by origin."""
        trues = {trial.kind for trial in self.trials if trial.true}
        found = rows(self.trials)
        rivals = [row for row in found if row.kind in RIVALS]
        attacks = [row for row in found if row.kind not in trues and row not in rivals]
        controls = [row for row in found if row.kind in trues]
        lines = ["| claims | wrongly decided | of | rate (95 %) |", "|---|---|---|---|"]
        every = total(self.trials, true=False)
        lines += [_line(row, "accepted") for row in [*attacks, every, *rivals]]
        lines += [_line(row, "refused") for row in [*controls, total(self.trials, true=True)]]
        return "\n".join(lines)

    def write(self, path: Path) -> None:
        """Write every claim that was decided wrongly, one a line, to be read by a person."""
        with path.open("w", encoding="utf-8") as file:
            for trial in self.trials:
                if trial.believed != trial.true:
                    file.write(json.dumps(_record(trial), ensure_ascii=False) + "\n")


def run_swaps(pairs: Sequence[Pair], *, per_kind: int, controls: int) -> SwapTrial:
    """Attack the pairs, and try the first of them and all paraphrases as they stand."""
    made = [*make_attacks(pairs, per_kind=per_kind), *make_rivals(pairs, at_most=per_kind)]
    attacks = [try_attack(attack) for attack in made]
    written = [pair for pair in pairs if pair.origin != "sentence"]
    plain = [pair for pair in pairs if pair.origin == "sentence"][:controls]
    return SwapTrial((*attacks, *(try_pair(pair) for pair in [*written, *plain])))


def _line(row: Row, what: str) -> str:
    interval = f"{number(row.rate.value)} [{number(row.rate.low)}, {number(row.rate.high)}]"
    return f"| {row.kind} | {row.wrong} {what} | {row.rate.n} | {interval} |"


def _record(trial: Trial) -> dict[str, object]:
    return {
        "kind": trial.kind,
        "true": trial.true,
        "claim": trial.claim.text,
        "exchanged": trial.exchanged,
        "cited": trial.cited,
        "issues": [f"{issue.kind}: {issue.detail}" for issue in trial.claim.issues],
    }
