"""Writes docs/requirements.md: every requirement, where the program meets it, and the tests that carry its name.

A test of requirement 9 is named `test_r9_...`, one of the word "legible" `test_alcoa_legible_...`, wherever it lies.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "requirements.md"
_NAME = re.compile(r"test_(?:(?P<code>r\d+)|alcoa_(?P<word>[a-z]+))_(?P<words>\w+)")


class Requirement(NamedTuple):
    """A requirement: its code, its words, where it comes from, and the modules and folders that meet it."""

    code: str
    words: str
    source: str
    modules: tuple[str, ...]


REQUIREMENTS = (
    Requirement(
        "R1",
        "Every entry, change and withdrawal of data writes one row: who, when, what, old, new, why.",
        "21 CFR 11.10(e); ICH E6(R3) 4.2.2",
        ("models/persistence/audit.py", "models/persistence/unit_of_work.py"),
    ),
    Requirement(
        "R2",
        "No old value is lost: records are withdrawn, never deleted, and the trail never changes, by whatever path.",
        "21 CFR 11.10(e)",
        ("models/persistence/audit.py", "models/persistence/schema.py"),
    ),
    Requirement(
        "R3",
        "A first entry needs no reason; a change needs its own, which is not blank.",
        "ICH E6(R3) 4.2.2",
        ("models/persistence/unit_of_work.py", "models/services/settings.py", "models/persistence/acting.py"),
    ),
    Requirement(
        "R4", "A value set to itself writes nothing.", "21 CFR 11.10(e)", ("models/persistence/unit_of_work.py",)
    ),
    Requirement(
        "R5",
        "Signing in and out, failures, roles, exports, prints, signatures, locks, backups, clock jumps are recorded.",
        "ICH E6(R3) 4.2.2(a)",
        (
            *("models/services/trail.py", "models/persistence/study_folder.py", "models/study.py"),
            *("models/persistence/waiting_events.py", "models/persistence/clock_watch.py"),
        ),
    ),
    Requirement(
        "R6",
        "The trail reads by field, patient, person and day, is exported, and is kept as long as the data.",
        "21 CFR 11.10(e)",
        (
            "models/queries/trail.py",
            "models/queries/trail_naming.py",
            "models/exchange/trail_listing.py",
            "gui/pages/audit",
        ),
    ),
    Requirement(
        "R7",
        "Moments carry their offset from UTC; a clock that was set is found and said.",
        "ICH E6(R3) 4.2.2(d)",
        (
            *("models/persistence/acting.py", "models/persistence/start_checks.py"),
            *("models/persistence/clock_watch.py", "models/domain/clock.py"),
        ),
    ),
    Requirement(
        "R8",
        "A personal text leaves the trail only by a redaction that is recorded with its reason.",
        "ICH E6(R3) 4.2.2(b)",
        ("models/persistence/redaction.py", "models/domain/rights.py", "gui/widgets/redact_dialog.py"),
    ),
    Requirement(
        "R9",
        "A changed, missing or moved row, a value changed behind the program, and a tail cut off are found.",
        "21 CFR 11.10(a), (c)",
        ("models/persistence/chain.py", "models/persistence/verify.py", "models/persistence/anchors.py"),
    ),
    Requirement(
        "R10",
        "Complete copies, readable and electronic; a page says who printed it, when, its state, and what was changed.",
        "21 CFR 11.10(b); EU GMP Annex 11, 8.2",
        ("models/reports", "models/exchange/trail_listing.py", "models/exchange/listing.py"),
    ),
    Requirement(
        "R11",
        "What is stored can be read for as long as it is kept: an open format under declared names.",
        "21 CFR 11.10(c)",
        ("models/persistence/schema.py", "models/persistence/column_types.py", "models/records"),
    ),
    Requirement(
        "R12",
        "Personal accounts; roles with the least rights; the services themselves refuse.",
        "21 CFR 11.10(d), (g)",
        ("models/domain/rights.py", "models/services/desk.py", "models/services/accounts.py", "models/sign_in.py"),
    ),
    Requirement(
        "R13",
        "Rules for passwords, a wait after failures, a lock when idle, a first password to change, nothing in clear.",
        "21 CFR 11.300; NIST SP 800-63B",
        (
            "models/domain/passwords.py",
            "models/persistence/keys",
            "gui/idle.py",
            "gui/locking.py",
            "models/domain/memory_image.py",
        ),
    ),
    Requirement(
        "R14",
        "A signature shows printed name, moment and meaning, and cannot be moved to another record.",
        "21 CFR 11.50, 11.70",
        ("models/services/signing.py", "models/queries/signatures.py"),
    ),
    Requirement(
        "R15",
        "The first signature of a sitting takes user name and password, later ones the password; a change voids it.",
        "21 CFR 11.200",
        ("models/services/signing.py", "models/queries/signatures.py"),
    ),
    Requirement(
        "R16",
        "One person, one identity to sign with; it is never given to anybody else.",
        "21 CFR 11.100",
        ("models/services/signing.py", "models/services/accounts.py"),
    ),
    Requirement(
        "R17",
        "Values, their order in time, and who writes are checked before anything is stored.",
        "21 CFR 11.10(f), (h)",
        ("models/checks", "models/persistence/holder.py"),
    ),
    Requirement(
        "R18",
        "A correction says who, when and why; a late entry is seen.",
        "ICH E6(R3) 4.2.4",
        ("models/services/records.py", "models/queries/history.py", "models/chart/entry.py"),
    ),
    Requirement(
        "R19",
        "The site keeps control of the data: every copy opens by itself, wherever it lies.",
        "EMA guideline on computerised systems (2023)",
        ("models/persistence/backup.py", "models/persistence/restore.py"),
    ),
    Requirement(
        "R20",
        "What is copied or read in is compared on both sides; a difference stops it.",
        "ICH E6(R3) 4.2.5",
        ("models/persistence/durable_copy.py", "models/persistence/second_folder.py", "models/exchange/csv_file.py"),
    ),
    Requirement(
        "R21",
        "The program is tested before use, and every release says what was tested against which requirement.",
        "ICH E6(R3) 4.3.4; 21 CFR 11.10(a)",
        ("packaging/requirements_table.py", "tests/torture"),
    ),
    Requirement(
        "R22",
        "Backups are made, kept apart, and restored as a drill; a set on paper serves while the computer is dead.",
        "ICH E6(R3) 4.3.3; EU GMP Annex 11, 7.2 and 16",
        (
            *("models/persistence/backup.py", "models/services/backups.py", "models/services/restoring.py"),
            *("models/services/fallback_set.py", "models/reports/fallback_set.py"),
        ),
    ),
    Requirement(
        "R23",
        "Documents carry their version; the training of each person is on record.",
        "21 CFR 11.10(i), (k)",
        ("models/services/accounts.py", "models/services/settings.py"),
    ),
    Requirement(
        "R24",
        "Locking and unlocking give a reason; unlocking voids signatures.",
        "ICH E6(R3) 4.2.2",
        ("models/services/locking.py", "models/queries/signatures.py"),
    ),
    Requirement("Attributable", "No row is without its person.", "ALCOA+", ("models/persistence/unit_of_work.py",)),
    Requirement("Legible", "The text of a page can be read out.", "ALCOA+", ("models/reports/text.py",)),
    Requirement(
        "Contemporaneous",
        "When it was entered stands beside when it happened.",
        "ALCOA+",
        ("models/chart/entry.py", "gui/widgets/entry_line.py", "models/queries/trail.py"),
    ),
    Requirement("Original", "What was typed is kept.", "ALCOA+", ("models/domain/quantities.py",)),
    Requirement("Accurate", "A value is taken in a unit of its field only.", "ALCOA+", ("models/checks/fields.py",)),
    Requirement("Complete", "What is missing says why.", "ALCOA+", ("models/checks/visits.py",)),
    Requirement(
        "Consistent",
        "The same count on screen, in the export and on paper.",
        "ALCOA+",
        ("models/cohort", "models/chart"),
    ),
    Requirement(
        "Enduring",
        "The oldest format is brought on; a newer one is left alone.",
        "ALCOA+",
        ("models/persistence/schema_version.py", "models/persistence/migrations"),
    ),
    Requirement(
        "Available",
        "A patient is found in less than a second, and in the newest backup where the study itself is gone.",
        "ALCOA+",
        ("models/queries/charts.py", "models/persistence/backup.py", "benchmarks"),
    ),
    Requirement("Traceable", "A derived value shows what it came from.", "ALCOA+", ("models/domain/derived.py",)),
)


class Tested(NamedTuple):
    """A test that carries the name of a requirement: its file from the project's folder, and its name."""

    code: str
    file: str
    name: str

    @property
    def words(self) -> str:
        """The name as a sentence."""
        found = _NAME.fullmatch(self.name)
        assert found is not None
        return found["words"].replace("_", " ")


@cache
def named_tests() -> tuple[Tested, ...]:
    """Every test that is named after a requirement, file by file."""
    return tuple(_named_tests())


def _named_tests() -> Iterator[Tested]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (found := _NAME.fullmatch(node.name)):
                code = found["code"].upper() if found["code"] else found["word"].capitalize()
                yield Tested(code, path.relative_to(ROOT).as_posix(), node.name)


def page() -> str:
    """The table."""
    found = sorted(named_tests(), key=lambda test: (test.file, test.name))
    rows = ["| Requirement | What | From | Code | Tests |", "| --- | --- | --- | --- | --- |"]
    for code, words, source, modules in REQUIREMENTS:
        own = [test for test in found if test.code == code]
        tested = "<br>".join(f"{test.words} (`{test.file}`)" for test in own)
        rows.append(f"| {code} | {words} | {source} | {'<br>'.join(f'`{module}`' for module in modules)} | {tested} |")
    return (
        "# Requirements, code and tests\n\n"
        "What a record of a clinical trial has to fulfil, where AlbaTrack does so, and the tests that show it. Each "
        "test carries the code of its requirement in its name, and `python packaging/requirements_table.py` writes "
        "this table from those names; a test fails where the two differ or a requirement has no test. What happens "
        "under force (kills, full disks, forgery, malformed input) is in [reliability.md](reliability.md).\n\n"
        + "\n".join(rows)
        + "\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
