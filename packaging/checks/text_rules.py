"""Rules over every file: no address of a package index, no path of one machine, no file too long to read."""

import re
from collections.abc import Iterator
from pathlib import Path

from checks.problem import Problem

LONGEST = 400
COUNTED = {".py", ".md"}
GENERATED = "versions"  # migrations: written by Alembic, and never changed once released

ADDRESS = re.compile(
    r"--(?:index-url|extra-index-url|find-links|trusted-host)\b|^\s*index-url\s*=|\bfile://|/simple/?(?=[\s\"']|$)"
    r"|\bpythonhosted\.org|\bdevpi\b",
    re.MULTILINE,
)
MACHINE_PATH = re.compile(r"(?<![\w.})*])(?:/(?:home|Users|root|work|tmp|mnt|private)/\w|[A-Z]:\\Users\\)")


def problems(file: Path, text: str) -> Iterator[Problem]:
    """What breaks these rules in the text of a file."""
    lines = text.splitlines()
    if file.suffix in COUNTED and len(lines) > LONGEST and GENERATED not in file.parts:
        yield Problem(file, len(lines), f"{len(lines)} lines; split it into ideas of at most {LONGEST}")
    for number, line in enumerate(lines, start=1):
        if ADDRESS.search(line):
            yield Problem(
                file, number, "an address of a package index; pip's own settings say where packages come from"
            )
        if MACHINE_PATH.search(line):
            yield Problem(file, number, "a path that exists on one machine only")
