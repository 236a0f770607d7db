"""A backup counts only after it was opened and found whole (R19, R20, R22)."""

import hashlib
import json
import os
import resource
import signal
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.persistence.backup import check_files, look_over, make_backup, thin
from models.persistence.backup_manifest import (
    MANIFEST,
    Backup,
    Why,
    backups_in,
    manifest_bytes,
    newest,
    read_manifest,
    rows_hash,
)
from models.persistence.copying import copy_database, row_counts
from models.persistence.engine import reader
from models.persistence.schema_version import bring_up_to_date
from models.persistence.study_folder import StudyFolder, open_folder
from models.persistence.unit_of_work import writing
from tests.backup_fixtures import (
    COORDINATOR,
    START,
    HandClock,
    database_of,
    dies_at,
    flip_a_bit,
    in_a_process_of_its_own,
    numbers,
    screen_somebody,
    signed_in,
)
from tests.study_fixtures import PASSWORD


@pytest.fixture
def folder(path: Path) -> Iterator[StudyFolder]:
    opened = open_folder(path, COORDINATOR, PASSWORD, HandClock())
    yield opened
    opened.close()


def make(folder: StudyFolder, why: Why = Why.REQUEST, hours: int = 0) -> Backup:
    return make_backup(folder.path, folder.keys, COORDINATOR, why, START + timedelta(hours=hours))


def counted(backup: Backup, folder: StudyFolder) -> dict[str, int]:
    """How many rows each table of a backup has."""
    engine = reader(database_of(backup.path), folder.keys)
    with engine.begin() as connection:
        rows = dict(row_counts(connection))
    engine.dispose()
    return rows


def put_document(folder: StudyFolder, name: str, content: bytes) -> None:
    """A document in the record, with its file."""
    (folder.documents / name).write_bytes(content)
    assert folder.write is not None
    with writing(folder.write, Context(COORDINATOR), HandClock()) as unit:
        screened = PartialDate(2026, 1, 2)
        patient = unit.insert("patient", {"screening_number": f"S-{name}", "screened": screened, "sex": "F"})
        about = {"title": "MRD", "file_name": "mrd.pdf", "media_type": "application/pdf", "size": len(content)}
        unit.insert("document", {**about, "sha256": "0", "stored_as": name, "secret": "0"}, patient)


def test_a_backup_says_when_why_by_whom_and_what_must_be_in_it(folder: StudyFolder) -> None:
    known = make(folder, Why.CLOSING).manifest
    assert (known.created, known.why, known.by) == (START, Why.CLOSING, COORDINATOR)
    assert (
        json.loads((folder.backups / "20261002T080000Z-closing" / MANIFEST).read_text())["head"]["rows"]
        == known.head.rows
    )


def test_a_backup_is_for_its_owner_only(folder: StudyFolder) -> None:
    made = make(folder)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in made.path.iterdir() if file.suffix != ".lock"} == {0o600}


def test_a_backup_is_encrypted(folder: StudyFolder) -> None:
    assert not database_of(make(folder).path).read_bytes().startswith(b"SQLite format 3")


def test_r19_a_backup_opens_as_a_study_and_for_reading_only(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        number = screen_somebody(study)
        made = study.backups.make().backup
    with signed_in(made.path, clock, read_only=True) as opened:
        assert numbers(opened) == [number]
        assert opened.read_only
    with pytest.raises(TrialError, match="is a backup, which nothing may change"):
        signed_in(made.path, clock)


def test_a_wrong_password_at_a_backup_leaves_it_whole(path: Path, folder: StudyFolder) -> None:
    made = make(folder)
    with pytest.raises(TrialError, match="not right"):
        open_folder(made.path, COORDINATOR, "wrong password", HandClock(), read_only=True)
    look_over(made, folder.keys)


def test_what_is_saved_meanwhile_is_in_the_next_backup_and_not_in_this_one(path: Path) -> None:
    with signed_in(path, HandClock()) as study:
        first = study.backups.make().backup
        number = screen_somebody(study)
        second = study.backups.make().backup
    for backup, patients in ((first, []), (second, [number])):
        with signed_in(backup.path, HandClock(), read_only=True) as opened:
            assert numbers(opened) == patients


def test_r22_a_copy_that_was_damaged_on_its_way_is_no_backup(
    folder: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad_copy(*given: Any) -> None:
        copy_database(*given)
        flip_a_bit(given[1])

    monkeypatch.setattr("models.persistence.backup.copy_database", bad_copy)
    with pytest.raises(TrialError):
        make(folder)
    assert backups_in(folder.backups, folder.keys) == ()
    assert not any(folder.backups.glob(".making*"))


@pytest.mark.parametrize("what", ["rows", "head", "keyring"])
def test_a_copy_that_does_not_agree_with_its_manifest_does_not_count(folder: StudyFolder, what: str) -> None:
    made = make(folder)
    other: dict[str, Any] = {
        "rows": rows_hash({**counted(made, folder), "patient": 7}, folder.keys),
        "head": made.manifest.head._replace(link="00" * 32),
        "keyring": "0" * 64,
    }
    with pytest.raises(TrialError, match="does not count"):
        look_over(made._replace(manifest=made.manifest._replace(**{what: other[what]})), folder.keys)


def test_nobody_reads_from_a_manifest_how_many_patients_or_deaths_there_are(folder: StudyFolder) -> None:
    made = make(folder)
    text = (made.path / MANIFEST).read_text()
    assert not any(f'"{table}"' in text for table in counted(made, folder))
    guessed = hashlib.sha256(json.dumps(counted(made, folder), sort_keys=True).encode()).hexdigest()
    assert made.manifest.rows != guessed


def in_the_first_format(made: Backup, folder: StudyFolder, **numbers: int) -> Backup:
    """The backup as earlier versions made it: with the numbers of rows in clear."""
    manifest = made.manifest._replace(rows={**counted(made, folder), **numbers})
    (made.path / MANIFEST).write_bytes(manifest_bytes(manifest, folder.keys))
    return read_manifest(made.path, folder.keys)


def test_a_backup_of_an_earlier_version_with_the_numbers_in_clear_counts(folder: StudyFolder) -> None:
    older = in_the_first_format(make(folder), folder)
    assert json.loads((older.path / MANIFEST).read_text())["format"] == 1
    assert backups_in(folder.backups, folder.keys) == (older,)
    assert older.genuine
    look_over(older, folder.keys)


def test_a_backup_of_an_earlier_version_is_held_against_its_numbers(folder: StudyFolder) -> None:
    older = in_the_first_format(make(folder), folder, patient=7)
    with pytest.raises(TrialError, match="as many rows"):
        look_over(older, folder.keys)


def test_a_value_changed_behind_the_program_makes_no_backup(folder: StudyFolder) -> None:
    assert folder.write is not None
    with folder.write.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_study_fact_update")
        connection.exec_driver_sql("UPDATE study_fact SET value = 'other' WHERE name = 'site_code'")
    with pytest.raises(TrialError, match="audit_study_fact_update is missing"):
        make(folder)


def test_a_backup_that_is_stopped_is_none(folder: StudyFolder) -> None:
    with pytest.raises(TrialError, match="stopped"):
        make_backup(folder.path, folder.keys, COORDINATOR, Why.REQUEST, START, lambda done, total: False)
    assert backups_in(folder.backups, folder.keys) == ()


def test_a_full_disk_is_said_and_leaves_nothing_half_made(path: Path) -> None:
    def work() -> None:
        with signed_in(path, HandClock()) as study:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))  # as if no more than that were free
            with pytest.raises(TrialError, match="Make sure that the disk has space"):
                study.backups.make()
            assert study.backups.all() == ()
            assert not any((path / "backups").glob(".making*"))

    assert in_a_process_of_its_own(work) == 0
    with signed_in(path, HandClock()) as study:
        assert study.backups.make().backup.genuine


@pytest.mark.parametrize("step", range(1, 4))
def test_a_crash_while_backing_up_leaves_the_study_and_no_half_backup(path: Path, step: int) -> None:
    clock = HandClock()

    def work() -> None:
        with signed_in(path, clock) as study:
            study.backups.make()

    assert dies_at(step, work)
    with signed_in(path, clock) as study:
        assert study.backups.all() == ()
        assert study.backups.make().backup.genuine
        assert not any((path / "backups").glob(".making*"))


@pytest.mark.parametrize("damage", ["no manifest", "no database", "cut database", "broken manifest"])
def test_what_is_not_whole_is_not_listed(folder: StudyFolder, damage: str) -> None:
    made = make(folder)
    if damage == "no manifest":
        (made.path / MANIFEST).unlink()
    elif damage == "no database":
        database_of(made.path).unlink()
    elif damage == "cut database":
        os.truncate(database_of(made.path), 8192)
    else:
        (made.path / MANIFEST).write_text("{}")
    assert backups_in(folder.backups, folder.keys) == ()


def test_a_manifest_that_somebody_edited_is_not_genuine(folder: StudyFolder) -> None:
    made = make(folder)
    content = json.loads((made.path / MANIFEST).read_text())
    content["head"]["rows"] += 1
    (made.path / MANIFEST).write_text(json.dumps(content))
    (found,) = backups_in(folder.backups, folder.keys)
    assert not found.genuine
    assert newest((found,)) is None


def test_a_manifest_with_a_number_beyond_all_numbers_is_no_backup(folder: StudyFolder) -> None:
    made = make(folder)
    written = (made.path / MANIFEST).read_text()
    (made.path / MANIFEST).write_text(written.replace('"restores": 0', '"restores": 1e999'))
    assert backups_in(folder.backups, folder.keys) == ()


def test_a_manifest_under_a_seal_of_no_letters_is_no_backup(folder: StudyFolder) -> None:
    made = make(folder)
    content = json.loads((made.path / MANIFEST).read_text())
    (made.path / MANIFEST).write_text(json.dumps({**content, "mac": "\ud800"}))
    assert backups_in(folder.backups, folder.keys) == ()


def test_the_newest_is_the_one_that_knows_most_whatever_the_clocks_said(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        study.backups.make()
        screen_somebody(study)
        clock.go(days=-400)
        later = study.backups.make().backup
        assert study.backups.newest() == later


def test_r20_documents_are_copied_once_and_compared(folder: StudyFolder) -> None:
    put_document(folder, "a1", b"one")
    first = make(folder)
    kept = folder.backups / "documents" / "a1"
    before = kept.stat().st_mtime_ns
    put_document(folder, "b2", b"two")
    second = make(folder)
    assert set(first.manifest.documents) == {"a1"}
    assert set(second.manifest.documents) == {"a1", "b2"}
    assert kept.stat().st_mtime_ns == before
    check_files(second)
    kept.write_bytes(b"0ne")
    with pytest.raises(TrialError, match=r"a1 .* damaged or changed\. Remove .*a1, if it is there, and make a backup"):
        check_files(second)
    kept.unlink()
    check_files(make(folder))


def test_a_document_without_its_file_is_named_and_does_not_prevent_backups(folder: StudyFolder) -> None:
    put_document(folder, "a1", b"one")
    (folder.documents / "a1").unlink()
    assert make(folder).manifest.missing == ("a1",)


def test_thinning_removes_what_is_no_longer_kept(folder: StudyFolder) -> None:
    made = [make(folder, hours=hour) for hour in range(14)]
    assert set(thin(folder.backups, folder.keys)) == {backup.name for backup in made[:2]}
    assert [backup.path.exists() for backup in made] == [False] * 2 + [True] * 12


def test_thinning_never_removes_the_newest_whatever_its_date_says(path: Path, folder: StudyFolder) -> None:
    for hour in range(13):
        make(folder, hours=hour)
    put_document(folder, "a1", b"one")
    knows_most = make(folder, hours=-1)
    thin(folder.backups, folder.keys)
    assert newest(backups_in(folder.backups, folder.keys)) == knows_most


def test_a_migration_is_preceded_by_a_backup_and_the_trail_says_so(path: Path, folder: StudyFolder) -> None:
    keys = folder.keys
    folder.close()
    bring_up_to_date(database_of(path), keys, COORDINATOR, HandClock())
    with signed_in(path, HandClock()) as study:
        (made,) = study.backups.all()
        assert made.manifest.why is Why.MIGRATION
        acts = [line.act for line in study.trail.lines()]
        assert acts.index("migration") < acts.index("backup made")  # newest first


def test_a_migration_without_a_backup_does_not_take_place(
    path: Path, folder: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = folder.keys
    folder.close()
    before = database_of(path).read_bytes()
    monkeypatch.setattr("models.persistence.backup._unused", _refuse)
    with pytest.raises(TrialError, match="No backup could be made"):
        bring_up_to_date(database_of(path), keys, COORDINATOR, HandClock())
    assert database_of(path).read_bytes() == before


def _refuse(*given: object) -> Path:
    raise OSError(28, "No space left on device")


def test_a_backup_in_an_older_format_is_held_against_its_manifest_and_the_cipher(
    folder: StudyFolder,
) -> None:
    made = make(folder)
    older = made._replace(manifest=made.manifest._replace(schema="0001"))
    look_over(older, folder.keys)
    flip_a_bit(database_of(made.path))
    with pytest.raises(TrialError):
        look_over(older, folder.keys)
