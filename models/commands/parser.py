"""How each command is written, and what its help says."""

import argparse
import textwrap
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeAlias

from models.commands import files, keeping, papers, reading
from models.commands.output import quoted
from models.domain.capitals import upper_first

_WIDTH = 100
_MOST_PATIENTS = 1_000_000
"""Of a demo study: their courses are dealt out in memory."""
_MOST_DIGITS = 18
"""Of the number that other patients follow from."""

_SIGNING_IN = (
    "Whoever opens a study signs in: --user names the account, and the password is asked for, or taken from the "
    "environment variable ALBATRACK_PASSWORD. The demo study needs neither."
)
_CSV = (
    "The first line of IN names its columns, in any order; there may be others. Commas between cells, encoding UTF-8."
)

_Columns: TypeAlias = tuple[tuple[str, str], ...]
"""The name of a column, and what stands in it."""

_CLASSIFY_COLUMNS = (
    ("transcript", "p190 or p210"),
    ("specimen", "bone marrow or blood"),
    ("target_copies", "copies of BCR::ABL1; empty where not given"),
    ("control_copies", "copies of the control gene, of the same volume"),
    (
        "lab_category",
        "the laboratory's own word: positive, positive non-quantifiable, not detected, not evaluable; or empty",
    ),
    ("baseline_ratio", "the ratio before treatment: a fraction (0.45) or percent (45%); or empty"),
)
_CLASSIFY_ADDED = (
    ("ratio_percent", "the ratio in percent; empty where there is none"),
    ("sensitivity_percent", "the sensitivity that the sample reached, in percent; or empty"),
    ("log_reduction", "from baseline_ratio; empty where there is none"),
    ("class", "complete, positive non-quantifiable, positive, or not evaluable"),
    ("class_european", "MRD CR, intermediate, failure, or not evaluable"),
    ("rule, reason", "by which rule, and why"),
)
_GRADE_COLUMNS = (
    ("term_or_test", "a test (PLT, neutrophils, ALT) or a CTCAE term (Platelet count decreased)"),
    ("value", "a number, with < or > before it if need be; a point for decimals"),
    ("unit", "the unit of the whole row: of value, lln, uln and baseline alike"),
    ("lln, uln", "the laboratory's lower and upper limit of normal; empty where not known"),
    ("baseline", "the patient's value before treatment; or empty"),
)
_GRADE_ADDED = (
    ("grade", "0 to 4; 0 where the value is not abnormal, empty where it cannot be graded"),
    ("rule, reason", "by which rule, and why: also why there is no grade, and what to do"),
)
_GRADE_UNITS = (
    "A row in which a limit, the baseline or the value cannot be in the row's unit gets no grade (neutrophils of "
    "500 /uL with limits of 1.5 and 7, which are meant in 10^9/L): nobody can tell which of the numbers is wrong."
)
_SURVIVAL_COLUMNS = (
    ("time", "how long the patient was observed, in any unit; not negative"),
    ("event", "1 for an event, 0 for none"),
    ("group", "optional: which of at most 20 groups"),
    ("competing", "optional: 1, or a name, where another event came first; 0 or empty where none did"),
)


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command, as the commands themselves do."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        self.exit(2, f"{self.prog}: {message}. {self.prog} --help shows how it is written.\n")


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 - argparse has no other name for it


def parser() -> argparse.ArgumentParser:
    """Reads a command; `run` of what it gives is the function that does it."""
    top = _Parser(
        prog="main.py",
        description="AlbaTrack without a window. With no command, the window opens.",
        epilog=_filled(
            "main.py COMMAND --help tells all of a command. The exit status is 0; it is 1 where something is wrong, "
            "and 2 where the command is not written as it must be, with a sentence that says what."
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_reading(commands)
    _add_papers(commands)
    _add_keeping(commands)
    _add_files(commands)
    return top


def _add_reading(commands: _Commands) -> None:
    patients = _on_study(commands, "patients", "list the patients of a study", reads=True)
    patients.add_argument("--json", action="store_true", help="as JSON, with all that the window's list shows")
    patients.set_defaults(run=reading.patients)

    chart = _on_study(commands, "chart", "everything a patient's overview shows, as data", reads=True)
    _takes_patient(chart)
    chart.add_argument("--json", action="store_true", required=True, help="the form of the data: JSON")
    chart.set_defaults(run=reading.chart)

    words = "the site's patients as one picture: every number with its method"
    cohort = _on_study(commands, "cohort", words, reads=True)
    cohort.add_argument("--json", action="store_true", required=True, help="the form of the data: JSON")
    _takes_cut(cohort)
    cohort.set_defaults(run=reading.cohort)


def _add_papers(commands: _Commands) -> None:
    printing = _command(commands, "report", "print: one visit, the visits of a day, the cohort")
    reports = printing.add_subparsers(required=True, metavar="REPORT")
    visit = _on_study(reports, "visit", "one patient's visit summary", reads=True)
    _takes_patient(visit)
    visit.add_argument("--visit", metavar="CODE", help="code of a visit that took place; without it, the last one")
    visit.add_argument("--out", type=_path, required=True, metavar="PDF", help="the file to write")
    visit.set_defaults(run=papers.visit)

    clinic = _on_study(reports, "clinic", "the visit summaries of everyone expected on a day", reads=True)
    clinic.add_argument("--date", type=_iso_date, metavar="DAY", help="YYYY-MM-DD; without it, today")
    clinic.add_argument("--all", action="store_true", help="every enrolled patient, whoever is expected")
    clinic.add_argument(
        "--out", type=_path, required=True, metavar="FOLDER", help="where to write: one PDF a patient; made if missing"
    )
    clinic.set_defaults(run=papers.clinic)

    words = "everything the cohort counts, in the order of a paper, with its methods"
    cohort = _on_study(reports, "cohort", words, reads=True)
    _takes_cut(cohort)
    cohort.add_argument("--out", type=_path, required=True, metavar="PDF", help="the file to write")
    cohort.set_defaults(run=papers.cohort)


def _add_keeping(commands: _Commands) -> None:
    demo = _command(commands, "demo", "make a study of synthetic patients")
    demo.add_argument("file", type=_path, metavar="FILE", help="the folder to make; there must be nothing of that name")
    demo.add_argument("--patients", type=_patients, default=63, metavar="N", help="how many; without it, 63")
    demo.add_argument("--seed", type=_seed, default=2116, metavar="S", help="another number, other patients")
    demo.add_argument("--thin", action="store_true", help="enrolment and last result only, for very many patients")
    demo.set_defaults(run=keeping.demo)

    words = "hold the audit trail against itself and the data against it"
    verify = _on_study(commands, "verify", words, reads=True)
    verify.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="ROWS-DIGITS",
        help="the end of the trail as a printed page has it; may be given several times",
    )
    verify.set_defaults(run=keeping.verify)

    words = "make a backup, and open and check it before it counts"
    backup = _on_study(commands, "backup", words, reads=False)
    backup.add_argument("--into", type=_path, metavar="FOLDER", help="copy it there too: a USB stick, a share")
    backup.set_defaults(run=keeping.backup)


def _add_files(commands: _Commands) -> None:
    columns = _columns(_CLASSIFY_COLUMNS, _CLASSIFY_ADDED)
    classify = _command(commands, "classify", "classify MRD results of a CSV file", columns)
    _takes_csv(classify, out=True)
    classify.add_argument(
        "--protocol",
        type=_named,
        default="dalba",
        metavar="P",
        help="a protocol file, or the name of one that comes with AlbaTrack; without it, dalba",
    )
    classify.set_defaults(run=files.classify)

    columns = f"{_columns(_GRADE_COLUMNS, _GRADE_ADDED)}\n\n{_filled(_GRADE_UNITS)}"
    grade = _command(commands, "grade", "grade laboratory values of a CSV file by CTCAE", columns)
    _takes_csv(grade, out=True)
    grade.add_argument("--ctcae", required=True, choices=("4.03", "5.0", "6.0"), help="the version of CTCAE")
    grade.set_defaults(run=files.grade)

    columns = _columns(_SURVIVAL_COLUMNS)
    survival = _command(commands, "survival", "survival estimates of a CSV file, as data", columns)
    _takes_csv(survival, out=False)
    survival.add_argument("--json", action="store_true", required=True, help="the form of the data: JSON")
    survival.set_defaults(run=files.survival)


def _command(commands: _Commands, name: str, words: str, epilog: str = "") -> _Parser:
    return commands.add_parser(
        name,
        help=words,
        description=f"{upper_first(words)}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _on_study(commands: _Commands, name: str, words: str, *, reads: bool) -> _Parser:
    """A command on a study: its folder, and who signs in to it. The password is asked for, never an argument."""
    made = _command(commands, name, words, _filled(_SIGNING_IN))
    made.add_argument("file", type=_path, metavar="FILE", help="the study's folder")
    made.add_argument("--user", metavar="NAME", help="user name of the account that signs in")
    if reads:
        made.add_argument(
            "--read-only",
            action="store_true",
            help="open the study for reading only: works while it is open in the window, and on a backup; "
            "that it was read is told to the audit trail when somebody next opens the study for writing",
        )
    else:
        made.set_defaults(read_only=None)
    return made


def _takes_patient(command: _Parser) -> None:
    command.add_argument("--patient", required=True, metavar="ID", help="subject or screening number")


def _takes_cut(command: _Parser) -> None:
    command.add_argument(
        "--cut", metavar="CUT", help="a day (YYYY-MM-DD) after which nothing counts, or the name of a data cut"
    )
    command.add_argument("--by", choices=("ikzf1", "transcript", "age", "sex"), default="", help="divide the patients")


def _takes_csv(command: _Parser, *, out: bool) -> None:
    command.add_argument("--csv", type=_path, required=True, metavar="IN", help="the file to read")
    if out:
        command.add_argument(
            "--out", type=_path, required=True, metavar="OUT", help="the file to write: another one than IN"
        )


def _columns(needed: _Columns, added: _Columns = ()) -> str:
    told = f"columns of IN:\n{_listed(needed)}\n{_filled(_CSV)}"
    return f"{told}\n\nOUT repeats every column of IN and adds:\n{_listed(added)}" if added else told


def _listed(columns: _Columns) -> str:
    return "\n".join(f"  {name:<19} {words}" for name, words in columns)


def _filled(words: str) -> str:
    return textwrap.fill(words, _WIDTH)


def _named(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty")
    return text


def _path(text: str) -> Path:
    return Path(_named(text))


def _patients(text: str) -> int:
    if not (_is_number(text) and 1 <= int(text) <= _MOST_PATIENTS):
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no whole number from 1 to {_MOST_PATIENTS:,}")
    return int(text)


def _seed(text: str) -> int:
    if not _is_number(text.removeprefix("-")):
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no whole number of at most {_MOST_DIGITS} digits")
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


def _iso_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no day. Write it like 2026-10-02") from fault
