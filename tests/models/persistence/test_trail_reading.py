"""What is read of an audit trail into which somebody who holds the key wrote nonsense, behind the program."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from models.domain.clock import FixedClock
from models.domain.date_notation import NO_MOMENT, write_moment
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.trail_words import detail_words, event_words
from models.domain.value_words import in_words
from models.exchange.trail_listing import write_trail
from models.persistence.trail_reading import content_of, moment_of
from models.records import KINDS
from models.study import Correction, Edit, Study
from tests.backup_fixtures import ADMINISTRATOR, COORDINATOR, MONITOR
from tests.forging import forge
from tests.printing import printing_on
from tests.signing_fixtures import DAY, WHY, enter, haemoglobin, sign
from tests.study_fixtures import enrol_a_patient, open_as

NONSENSE = {
    "a text": "'forged'",
    "bytes": "x'ff00'",
    "no UTF-8": "CAST(x'fffe' AS TEXT)",
    "JSON of another shape": "'[[1]]'",
    "JSON without an end": "'" + 100_000 * "[" + "'",
    "a moment without an offset": "'2026-10-02T09:00:00'",
    "a row of other values": """'{"name": ["frozen"], "value": {"a": 1}, "code": 5, "date": 20260403, "visit": ["x"],
        "parent_id": [1], "act": {}, "role": ["x"], "login": 7, "voided": 5, "backup": [], "test": [1],
        "collected": [2], "target_copies": "17", "birth_date": "sealed:xx", "screened": "1"}'""",
}
_SAID = ("at", "actor", "old", "new", "reason")
_DISAGREES = "The audit trail does not agree"


class Rich(NamedTuple):
    """A study, closed, whose trail is read for everything that a page shows."""

    path: Path
    patient: int


@pytest.fixture(scope="module")
def template(empty_study_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Rich:
    path = Path(shutil.copytree(empty_study_file, tmp_path_factory.mktemp("forged") / "study.albatrack"))
    clock = FixedClock.at(2026, 10, 2)
    with open_as(path, clock, COORDINATOR) as study:
        patient = enrol_a_patient(study)
        code = study.protocol.visits[3].code
        [visit, *_] = enter(study, patient, Edit("visit", {"code": code, "status": "DONE", "date": DAY}), why="Late")
        corrected, withdrawn = (enter(study, patient, haemoglobin(value), why="Late")[0] for value in ("8", "9"))
        study.save(patient, [Edit("lab", {"value": haemoglobin("7").values["value"]}, corrected)], WHY)
        study.save(patient, [Edit("identity", {"birth_date": PartialDate(1967, 5, 5)}, 1)], WHY)
        study.void(patient, "lab", withdrawn, WHY)
        study.backups.make()
    with open_as(path, clock, MONITOR) as study:
        study.review.verify(patient, "lab", corrected)
    with open_as(path, clock, ADMINISTRATOR) as study:
        study.restoring.beside(study.backups.all()[0])
        study.accounts.change_role(MONITOR, "coordinator", "Stands in")
    with open_as(path, clock, "I. Bianchi") as study:
        sign(study, patient, visit)
        study.locking.lock(patient, visit, "Done")
        study.locking.freeze("The end")
    return Rich(path, patient)


@pytest.fixture
def rich(template: Rich, tmp_path: Path) -> Rich:
    """A copy of that study."""
    return template._replace(path=Path(shutil.copytree(template.path, tmp_path / "study.albatrack")))


def in_all_words(kind: str, changes: tuple[Correction, ...]) -> None:
    """Say values as pages and papers do."""
    for change in changes:
        write_moment(change.at, Desk.ENGLISH)
        if change.field in KINDS[kind].fields:
            for value in (change.old, change.new):
                in_words(KINDS[kind].fields[change.field], value, Desk.ENGLISH)


def readings(study: Study, patient: int, folder: Path) -> tuple[Callable[[], object], ...]:
    """The ways in which pages read the trail."""
    return (
        study.accounts.lines,
        study.accounts.tenures,
        study.restoring.last,
        lambda: study.locking.frozen,
        lambda: study.signing.signatures(patient),
        lambda: study.signing.covers(patient, None),
        lambda: study.review.verification(patient),
        study.review.shares,
        lambda: study.trail.changed(patient),
        study.trail.people,
        lambda: study.withdrawn(patient, "lab"),
        lambda: write_trail(study.trail, folder / "trail.csv", printing_on(study)),
        lambda: study.restoring.loss(study.backups.all()[0]).words(Desk.ENGLISH),
    )


def read_all(study: Study, patient: int, folder: Path) -> None:
    """Read the trail as every page does."""
    for reading in readings(study, patient, folder):
        reading()
    for kind, record in (("lab", 1), ("lab", 2), ("identity", 1), ("visit", 1)):
        in_all_words(kind, study.corrections(kind, record))
    for line in study.trail.lines(limit=1_000):
        assert all(isinstance(word, str) for word in (line.actor, line.name, line.act, line.title, line.reason))
        write_moment(line.at, Desk.ENGLISH), event_words(line.act), detail_words(line.details)
        if line.kind in KINDS:
            in_all_words(line.kind, line.changes)


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_a_study_whose_trail_says_nonsense_opens_says_so_and_every_page_can_read_it(
    rich: Rich, nonsense: str, tmp_path: Path
) -> None:
    forge(rich.path, ", ".join(f"{column} = {nonsense}" for column in _SAID))
    with open_as(rich.path, FixedClock.at(2026, 10, 3), COORDINATOR) as study:
        assert study.problems[0].startswith(_DISAGREES)
        read_all(study, rich.patient, tmp_path)


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_rows_that_are_about_nothing_known_are_shown_and_do_no_harm(rich: Rich, nonsense: str, tmp_path: Path) -> None:
    forge(rich.path, f"record_id = {nonsense}, patient_id = {nonsense}", f"kind = {nonsense} WHERE seq % 2 = 1")
    with open_as(rich.path, FixedClock.at(2026, 10, 3), COORDINATOR) as study:
        assert study.problems[0].startswith(_DISAGREES)
        read_all(study, rich.patient, tmp_path)


@pytest.mark.parametrize("link", ["'forged'", "17", "x'ff00'"])
def test_a_study_whose_last_link_is_none_opens_and_goes_on(rich: Rich, link: str) -> None:
    forge(rich.path, f"mac = {link} WHERE seq = (SELECT max(seq) FROM audit)")
    with open_as(rich.path, FixedClock.at(2026, 10, 3), COORDINATOR) as study:
        assert study.problems[0].startswith(_DISAGREES)
        assert study.trail.lines(limit=1)[0].act == "sign-in"


def test_what_cannot_be_read_is_said_to_be_so(rich: Rich) -> None:
    forge(rich.path, "at = 'forged', new = 'forged' WHERE act = 'backup restored beside' OR kind = 'study_fact'")
    with open_as(rich.path, FixedClock.at(2026, 10, 3), COORDINATOR) as study:
        restored, frozen = study.restoring.last(), study.locking.frozen
    assert restored == (NO_MOMENT, ADMINISTRATOR, "")
    assert frozen is not None
    assert frozen.by == "somebody whom the audit trail does not name"


def test_a_signature_does_not_hold_over_a_row_that_cannot_be_read(rich: Rich) -> None:
    forge(rich.path, "new = 'forged' WHERE kind = 'record_lock'")
    with open_as(rich.path, FixedClock.at(2026, 10, 3), COORDINATOR) as study:
        assert [signature.valid for signature in study.signing.signatures(rich.patient)] == [False]


@pytest.mark.parametrize("text", ["", "forged", "2026-10-02", "2026-10-02T09:00:00", b"\xff", None])
def test_what_is_no_moment_reads_as_none(text: str | bytes | None) -> None:
    assert moment_of(text) == NO_MOMENT


@pytest.mark.parametrize("text", ["", "forged", "[]", "17", "null", 100_000 * "[", None])
def test_what_is_no_content_reads_as_an_empty_one(text: str | None) -> None:
    assert content_of(text) == {}
