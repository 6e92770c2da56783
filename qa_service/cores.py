"""How many cores this process may really use: what is worth giving to a model that computes."""

import os
from pathlib import Path

CPUS = Path("/sys/devices/system/cpu")
QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores(*, cpus: Path = CPUS, quota: Path = QUOTA) -> int:
    """Return the number of physical cores this process may run on, at least 1.

    Two hardware threads of a core count once: they share the unit that multiplies. A container's
    quota counts: threads beyond it only wait for each other.
    """
    cores = {_core_of(cpu, cpus) for cpu in _allowed()}
    allowance = _quota(quota)
    return max(1, len(cores) if allowance is None else min(len(cores), allowance))


def _allowed() -> set[int]:
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))


def _core_of(cpu: int, cpus: Path) -> str:
    try:
        return (cpus / f"cpu{cpu}" / "topology" / "thread_siblings_list").read_text().strip()
    except OSError:  # another system than Linux, or one that does not tell
        return str(cpu)


def _quota(quota: Path) -> int | None:
    try:
        allowed, period = quota.read_text().split()
        return int(allowed) // int(period)
    except (OSError, ValueError):  # no control group, or "max"
        return None
