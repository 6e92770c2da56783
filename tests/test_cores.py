import os
from pathlib import Path

from qa_service.cores import usable_cores


def test_siblings_count_as_one_core_and_a_quota_counts(tmp_path: Path) -> None:
    allowed = os.sched_getaffinity(0)
    for cpu in allowed:
        folder = tmp_path / f"cpu{cpu}" / "topology"
        folder.mkdir(parents=True)
        (folder / "thread_siblings_list").write_text("0-99\n")
    quota = tmp_path / "cpu.max"
    assert usable_cores(cpus=tmp_path, quota=quota) == 1
    nowhere = tmp_path / "nowhere"
    assert usable_cores(cpus=nowhere, quota=quota) == len(allowed)
    for text, cores in (("max 100000", len(allowed)), ("100000 100000", 1), ("50000 100000", 1)):
        quota.write_text(text)
        assert usable_cores(cpus=nowhere, quota=quota) == cores
