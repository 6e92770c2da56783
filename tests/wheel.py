"""Builds the wheel and compares what is in it with what should be: `python -m tests.wheel`."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHIPPED = ("index", "qa_service")


def expected() -> set[str]:
    """Return the files that git keeps below the packages that we ship, and the one module."""
    listed = subprocess.run(
        ["git", "ls-files", *SHIPPED, "ingest.py"], cwd=ROOT, check=True, capture_output=True
    )
    return set(listed.stdout.decode().split())


def built(folder: Path) -> set[str]:
    """Build the wheel and return its files, its own metadata left out."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


def main() -> None:
    """Exit with a list of what is missing from the wheel or should not be there."""
    with tempfile.TemporaryDirectory() as folder:
        found, wanted = built(Path(folder)), expected()
    if found != wanted:
        sys.exit(f"missing from the wheel: {wanted - found}; not expected: {found - wanted}")


if __name__ == "__main__":
    main()
