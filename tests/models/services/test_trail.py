"""The audit trail as window and command line use it: reading, marking changes, exporting, verifying a study in use."""

import csv
import stat
from pathlib import Path

import pytest

from benchmarks.counting import counted
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.exchange.trail_listing import write_trail
from models.persistence.copying import copy_database
from models.persistence.engine import tell_driver
from models.study import Edit, Study
from models.study_types import TrailFilter
from tests.printing import printing_on
from tests.study_fixtures import BY, open_as

WHY = Context("C. Rossi", "Typing error")


def visit(study: Study, patient: int, day: int, **more: object) -> int:
    values = {"code": "D22", "status": "DONE", "date": PartialDate(2026, 1, day), **more}
    [(_, id_)] = study.save(patient, [Edit("visit", values)], WHY).records[:1]
    return id_


# ---- what was changed


def test_a_value_that_was_corrected_is_known_as_changed(study: Study, patient: int) -> None:
    id_ = visit(study, patient, 30)
    before = study.trail.changed(patient)
    study.save(patient, [Edit("visit", {"date": PartialDate(2026, 1, 31)}, id_)], WHY)
    assert study.trail.changed(patient) - before == {("visit", id_, "date")}


def test_a_value_set_back_to_what_it_was_stays_known_as_changed(study: Study, patient: int) -> None:
    id_ = visit(study, patient, 30)
    for day in (31, 30):
        study.save(patient, [Edit("visit", {"date": PartialDate(2026, 1, day)}, id_)], WHY)
    assert ("visit", id_, "date") in study.trail.changed(patient)


def test_a_value_added_later_to_an_empty_field_is_a_first_entry(study: Study, patient: int) -> None:
    id_ = visit(study, patient, 30)
    study.save(patient, [Edit("visit", {"comment": "Seen by Dr Bianchi"}, id_)], WHY)
    assert ("visit", id_, "comment") not in study.trail.changed(patient)


def test_a_value_that_was_taken_away_is_known_as_changed(study: Study, patient: int) -> None:
    id_ = visit(study, patient, 30, comment="Wrong patient")
    study.save(patient, [Edit("visit", {"comment": None}, id_)], WHY)
    assert ("visit", id_, "comment") in study.trail.changed(patient)


def test_another_patients_changes_are_not_this_ones(study: Study, patient: int) -> None:
    id_ = visit(study, patient, 30)
    study.save(patient, [Edit("visit", {"date": PartialDate(2026, 1, 31)}, id_)], WHY)
    assert study.trail.changed(patient + 1) == frozenset()


def test_what_was_changed_of_everybody_holds_what_was_changed_of_one(study: Study, patient: int) -> None:
    id_ = visit(study, patient, 30)
    study.save(patient, [Edit("visit", {"date": PartialDate(2026, 1, 31)}, id_)], WHY)
    assert study.trail.changed() >= study.trail.changed(patient) >= {("visit", id_, "date")}


def test_what_was_changed_of_everybody_is_found_without_reading_every_first_entry(study: Study, patient: int) -> None:
    with counted() as asked:
        study.trail.changed()
    with study._folder.read.begin() as connection:  # noqa: SLF001 - how the database answers is what the test is about
        plans = [step for each in asked for step in tell_driver(connection, f"EXPLAIN QUERY PLAN {each}").fetchall()]
    read = [words for *_, words in plans if " audit" in words]
    assert len(read) == 2
    assert all(" INDEX " in words for words in read)


# ---- reading


def test_lines_tell_the_printed_name_beside_the_login(study: Study, patient: int) -> None:
    [newest] = study.trail.lines(TrailFilter(patient=patient), limit=1)
    assert (newest.actor, newest.name) == ("C. Rossi", study.user.name)
    assert study.trail.people()["C. Rossi"] == study.trail.names()["C. Rossi"] == study.user.name


def test_several_kinds_can_be_asked_for_at_once(study: Study, patient: int) -> None:
    visit(study, patient, 30)
    lines = study.trail.lines(TrailFilter(kinds=("visit", "consent")))
    assert {line.kind for line in lines} == {"visit", "consent"}


def test_no_more_of_a_large_trail_is_read_than_is_shown(study: Study, patient: int) -> None:
    visit(study, patient, 30)
    with counted() as asked:
        [newest] = study.trail.lines(TrailFilter(kinds=("visit", "patient")), limit=1)
    assert newest.kind == "visit"
    assert any("LIMIT 1" in statement for statement in asked if "audit.new" in statement)


def test_an_administrator_gets_a_full_page_of_what_is_about_no_patient(
    study: Study, patient: int, clock: FixedClock
) -> None:
    for day in range(1, 6):
        visit(study, patient, day)
    study.close()
    with open_as(study.path, clock, "A. Verdi") as administered:
        lines = administered.trail.lines(limit=3)
        assert len(lines) == 3
        assert not any(line.patient_id for line in lines)


# ---- exporting


def test_identities_do_not_leave_with_the_export(study: Study, patient: int, tmp_path: Path) -> None:
    study.save(patient, [Edit("identity", {"family_name": "Zanardi-Test"}, 1)], WHY)
    out = tmp_path / "trail.csv"
    write_trail(study.trail, out, printing_on(study))
    assert "Zanardi-Test" not in out.read_text(encoding="utf-8")
    with out.open(newline="", encoding="utf-8") as file:
        [row] = [row for row in csv.DictReader(file) if row["field"] == "Family name"]
    assert (row["old"], row["new"], row["reason"]) == ("", "[identity]", "Typing error")


def test_the_export_names_the_record_of_a_line(study: Study, patient: int, tmp_path: Path) -> None:
    visit(study, patient, 30)
    write_trail(study.trail, tmp_path / "trail.csv", printing_on(study), TrailFilter(kinds=("visit",)))
    with (tmp_path / "trail.csv").open(newline="", encoding="utf-8") as file:
        assert {(row["record"], row["which"]) for row in csv.DictReader(file)} == {("Visit 1", "Day 22, 30 Jan 2026")}


# ---- verifying a study in use


def test_a_copy_is_verified_while_somebody_writes(study: Study, patient: int) -> None:
    told: list[int] = []

    def progress(done: int, _total: int) -> bool:
        told.append(done)
        visit(study, patient, 1 + len(told))  # would wait for ever, were the study itself being read
        return True

    rows = study.trail.head().rows
    found = study.trail.verify_copy(progress)
    assert (found.rows, found.problems) == (rows, ())
    assert told
    assert study.trail.head().rows > rows


def test_the_copy_is_its_owners_alone_and_nothing_of_it_stays(
    study: Study, patient: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(study.path.iterdir())
    seen: list[Path] = []

    def spied(source: object, target: Path, keys: object) -> None:
        copy_database(source, target, keys)  # type: ignore[arg-type]
        seen.append(target)
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700
        assert study.path in target.parents

    monkeypatch.setattr("models.services.trail.copy_database", spied)
    study.trail.verify_copy()
    assert len(seen) == 1
    assert sorted(study.path.iterdir()) == before


def test_a_copy_that_a_crash_left_behind_is_gone_after_the_next_opening(study: Study, clock: FixedClock) -> None:
    path = study.path
    study.close()
    left = path / ".verifying-crashed"
    left.mkdir()
    (left / "copy.db").write_bytes(b"encrypted")
    with open_as(path, clock, "C. Rossi"):
        assert not left.exists()


def test_a_value_changed_behind_the_program_is_found_in_the_copy(study: Study, patient: int, clock: FixedClock) -> None:
    from sqlalchemy import text

    from models.persistence.audit import unwatch, watch

    write = study._desk.writer  # noqa: SLF001 - past the program is what the test is about
    with write.begin() as connection:
        unwatch(connection)
        connection.execute(text("UPDATE patient SET age = 99"))
        watch(connection)
    found = study.trail.verify_copy()
    assert [(problem.kind, problem.words) for problem in found.problems] == [
        ("patient", "holds something else than the audit trail says")
    ]


def test_a_stopped_verification_leaves_nothing_behind(study: Study, patient: int) -> None:
    before = sorted(study.path.iterdir())
    study.trail.verify_copy(lambda _done, _total: False)
    assert sorted(study.path.iterdir()) == before


def test_a_folder_that_cannot_take_the_copy_is_said(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryDirectory", full)
    with pytest.raises(TrialError, match=r"could not be copied to be verified: no space left on device\. Make sure"):
        study.trail.verify_copy()


def test_nothing_is_noted_in_a_study_open_for_reading_only(study: Study, clock: FixedClock) -> None:
    from tests.study_fixtures import PASSWORD

    study.close()
    with Study.open(study.path, BY.actor, PASSWORD, clock=clock, read_only=True) as reading:
        rows = reading.trail.head().rows
        reading.trail.note("visit summary printed", {"pages": 1})
        assert reading.trail.head().rows == rows
