"""Checks the house rules in all files of the project, or those named; ends with 1 if one is broken."""

import subprocess
import sys
from pathlib import Path

from checks import python_rules, text_rules
from checks.problem import Problem

PROJECT = Path(__file__).resolve().parent.parent


def project_files() -> list[Path]:
    """The files that git holds or would take, from the project's folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(name) for name in listed.stdout.split("\0") if name]


def problems_of(file: Path) -> list[Problem]:
    """What is wrong with one file; nothing for a picture, a link to a folder or a file just removed."""
    try:
        text = (PROJECT / file).read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return []
    found = list(text_rules.problems(file, text))
    if file.suffix == ".py":
        found += python_rules.problems(file, text)
    return found


def main(arguments: list[str]) -> int:
    """Check the files named, or all; 1 when one breaks a rule."""
    files = [Path(name) for name in arguments] or project_files()
    found = [problem for file in files for problem in problems_of(file)]
    for problem in found:
        print(problem)
    print(f"{len(files)} files checked, {len(found)} against the house rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
