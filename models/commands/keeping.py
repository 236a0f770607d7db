"""The commands that make and keep a study: the demo, verifying, backing up."""

import argparse
from typing import TYPE_CHECKING

from models.commands.output import number_of, progress, quoted, say
from models.domain.errors import TrialError
from models.sign_in import sign_in

if TYPE_CHECKING:
    from models.study_types import Head


_MOST_DIGITS = 18
"""Of a number of rows; the database counts no further."""


def demo(options: argparse.Namespace) -> None:
    """A study of synthetic patients."""
    from models.demo.study import build

    build(
        options.file,
        patients=options.patients,
        seed=options.seed,
        thin=options.thin,
        progress=progress("Patients"),
    )
    say(f"{options.file}: {number_of(options.patients, 'synthetic patients')}.")


def verify(options: argparse.Namespace) -> None:
    """The trail held against itself, the data against the trail, and its end against those kept elsewhere."""
    from models.study_types import refuse_unless_whole

    heads = [_head(text) for text in options.head]
    with sign_in(options) as study:
        verify = study.trail.verify_copy if options.read_only else study.trail.verify  # somebody may be working in it
        found = verify(progress("Rows"), heads)
    for problem in found.problems:
        say(str(problem))
    refuse_unless_whole(found)
    say(f"{found.rows} rows of the audit trail and the data agree. The trail ends at {found.head.short}.")


def backup(options: argparse.Namespace) -> None:
    """A backup that was opened and checked, copied elsewhere if wished."""
    with sign_in(options, identities=True) as study:  # whoever may has the fallback set's password sealed with that key
        made = study.backups.make(progress=progress("Rows"), into=options.into)
    if made.problems:
        raise TrialError(f"The backup {made.backup.name} was made and checked, but: {' '.join(made.problems)}")
    say(f"{made.backup.path}: made and checked, {made.backup.manifest.head.rows} rows of the audit trail.")
    if options.into is not None:
        say(f"A copy is in {options.into}.")


def _head(text: str) -> "Head":
    from models.study_types import Head

    rows, _, digits = text.replace(" ", "").partition("-")
    hexadecimal = bool(digits) and set(digits.lower()) <= set("0123456789abcdef")
    if not (rows.isdecimal() and len(rows) <= _MOST_DIGITS and hexadecimal):
        raise TrialError(
            f"{quoted(text)} is not the end of an audit trail. It is printed as rows, a hyphen and hexadecimal digits."
        )
    return Head(int(rows), digits.lower())
