"""A run on disk: what made it, and the replies that are in so far. Knows nothing of metrics.

    eval/runs/<name>-<key>/settings.json    what made it: the key is a hash over this
                           cases.jsonl      what was asked
                           replies.jsonl    one finished case a line, appended as it finishes
                           results.json, summary.md, report.html

A run that was interrupted goes on where it stopped, because the same settings lead to the same
folder; other settings, another model, prompt, code or set of cases lead to another one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.json_lines import append_line, whole_lines
from eval.replies import FORMAT, Reply, reply_from_record, reply_to_record

Settings = Mapping[str, str | int | float | bool | None]


def key_of(settings: Settings) -> str:
    """Hash the settings; equal ones, in whatever order, have equal keys."""
    text = json.dumps(dict(settings), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def code_version(*folders: Path) -> str:
    """Hash the source of the service, prompts included: an edit, committed or not, shows."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            total.update(path.relative_to(folder.parent).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Run:
    """The folder of one run."""

    folder: Path

    @classmethod
    def begin(cls, root: Path, name: str, settings: Settings) -> "Run":
        """Make the folder for these settings, or find it again."""
        settings = {**settings, "format": FORMAT}
        run = cls(root / f"{name}-{key_of(settings)}")
        run.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dict(settings), indent=2, sort_keys=True)
        (run.folder / "settings.json").write_text(text + "\n", encoding="utf-8")
        return run

    @property
    def settings(self) -> dict[str, str | int | float | bool | None]:
        """What made this run."""
        found = json.loads((self.folder / "settings.json").read_text(encoding="utf-8"))
        return dict(found)

    def replies(self) -> dict[str, Reply]:
        """Read the replies that are in, by case id; a line cut off by a crash is none."""
        found = {}
        for record in whole_lines(self._log):
            found[str(record["case"])] = reply_from_record(record["reply"])
        return found

    def append(self, case_id: str, reply: Reply) -> None:
        """Add one reply, on disk when this returns."""
        append_line(self._log, {"case": case_id, "reply": reply_to_record(reply)})

    @property
    def cases(self) -> Path:
        """Where the cases of the run are kept, in our own format."""
        return self.folder / "cases.jsonl"

    @property
    def _log(self) -> Path:
        return self.folder / "replies.jsonl"


def find(root: Path, name: str) -> Run:
    """Find a run by its folder, its name or the beginning of its key."""
    if (Path(name) / "settings.json").exists():
        return Run(Path(name))
    found = [path.parent for path in root.glob("*/settings.json") if name in path.parent.name]
    if len(found) != 1:
        raise ValueError(f"{name!r} should name one run in {root}, but it names {len(found)}")
    return Run(found[0])
