"""Opening a study, and the sentence for each way in which it cannot be opened."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.date_notation import write_moment
from models.domain.errors import DamagedError, TrialError
from models.domain.notation import Desk
from models.persistence.backup_manifest import MANIFEST
from models.persistence.engine import writer
from models.persistence.holder import InUseError
from models.persistence.keys.sealing import LEAST_COST
from models.persistence.keys.sign_in import unlock
from models.persistence.layout import DATABASE, STUDY_SUFFIX
from models.persistence.second_folder import place_of
from models.persistence.study_folder import open_folder
from models.protocols.loading import find_protocol
from models.study import DEMO_PASSWORD, Study
from tests.study_fixtures import ACCOUNTS, BY, PASSWORD, open_as


@pytest.fixture
def folder(empty_study_file: Path, tmp_path: Path) -> Path:
    """A closed study of the test's own."""
    return Path(shutil.copytree(empty_study_file, tmp_path / "study.albatrack"))


def refusal(path: Path, clock: FixedClock, login: str = BY.actor, password: str = PASSWORD) -> str:
    with pytest.raises(TrialError) as caught:
        open_folder(path, login, password, clock)
    return str(caught.value)


def test_a_missing_study_is_named(tmp_path: Path, clock: FixedClock) -> None:
    assert "There is no study at" in refusal(tmp_path / "none.albatrack", clock)


def test_a_folder_that_may_not_be_entered_says_so(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat_of = Path.stat

    def refused(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if folder in self.parents:
            raise PermissionError(13, "Permission denied", str(self))
        return stat_of(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refused)
    assert "may not be entered (permission denied)" in refusal(folder, clock)


def test_a_folder_without_a_keyring_is_not_a_study(tmp_path: Path, clock: FixedClock) -> None:
    assert "is not an AlbaTrack study" in refusal(tmp_path, clock)


def place_on(stick: Path, study: str) -> str:
    """A place with a backup, as the second folder has it; returns its name."""
    backup = place_of(stick, Path(f"{study}{STUDY_SUFFIX}"), "0123abcd9999") / "20261002T080000Z-start"
    backup.mkdir(parents=True)
    (backup / MANIFEST).write_text("{}", encoding="utf-8")
    return backup.parent.name


def test_a_stick_with_the_backups_of_one_study_offers_them(tmp_path: Path, clock: FixedClock) -> None:
    name = place_on(tmp_path, "dalba")
    with pytest.raises(DamagedError, match=f"holds backups of a study, in “{name}”, and no study"):
        open_folder(tmp_path, BY.actor, PASSWORD, clock)


def test_a_stick_with_the_backups_of_two_studies_says_which_folders_to_choose_from(
    tmp_path: Path, clock: FixedClock
) -> None:
    first, second = place_on(tmp_path, "dalba"), place_on(tmp_path, "other")
    assert refusal(tmp_path, clock).endswith(f"Choose a folder inside it: “{first}”, “{second}”.")


def test_the_folder_in_which_a_study_lies_says_to_choose_the_study(folder: Path, clock: FixedClock) -> None:
    place_on(folder.parent, "dalba")
    said = refusal(folder.parent, clock)
    assert said.endswith("Choose a folder inside it: “study.albatrack”, “dalba backups 0123abcd”.")


def test_backups_that_lie_deeper_are_not_searched_for(tmp_path: Path, clock: FixedClock) -> None:
    place_on(tmp_path / "deeper", "dalba")
    assert "it has no keyring" in refusal(tmp_path, clock)


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + bytes(200)])
def test_a_file_is_not_a_study_and_is_left_alone(tmp_path: Path, clock: FixedClock, content: bytes) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(content)
    assert "is a file, not an AlbaTrack study" in refusal(path, clock)
    assert path.read_bytes() == content


def test_a_damaged_keyring_is_said_to_be_damaged(folder: Path, clock: FixedClock) -> None:
    (folder / "keyring.json").write_text("{", encoding="utf-8")
    assert "damaged" in refusal(folder, clock)


@pytest.mark.parametrize("place", [0, 4096, 9000])
def test_a_damaged_database_is_said_to_be_damaged(folder: Path, clock: FixedClock, place: int) -> None:
    database = folder / DATABASE
    content = bytearray(database.read_bytes())
    content[place] ^= 1
    database.write_bytes(content)
    assert "is damaged" in refusal(folder, clock)


@pytest.mark.parametrize("left", [0, 9000])
def test_a_truncated_database_is_never_taken_for_a_new_one(folder: Path, clock: FixedClock, left: int) -> None:
    database = folder / DATABASE
    database.write_bytes(database.read_bytes()[:left])
    assert "backup" in refusal(folder, clock)


def test_a_newer_study_is_refused_unchanged(folder: Path, clock: FixedClock) -> None:
    keys = unlock(folder, BY.actor, PASSWORD, clock.now()).keys
    engine = writer(folder / DATABASE, keys, "later version")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = (folder / DATABASE).read_bytes()
    assert "newer AlbaTrack" in refusal(folder, clock)
    assert (folder / DATABASE).read_bytes() == before


def test_a_wrong_password_and_an_unknown_name_get_the_same_sentence(folder: Path, clock: FixedClock) -> None:
    assert refusal(folder, clock, password="wrong") == refusal(folder, clock, login="Nobody", password="wrong")


def test_failed_sign_ins_are_in_the_trail_after_the_next_success(folder: Path, clock: FixedClock) -> None:
    refusal(folder, clock, password="wrong")
    refusal(folder, clock, login="Nobody")
    with open_as(folder, clock) as study:
        failed = [line for line in study.trail.lines() if line.act == "sign-in failed"]
    assert [line.details["user"] for line in failed] == [None, BY.actor]
    with open_as(folder, clock) as study:
        assert len([line for line in study.trail.lines() if line.act == "sign-in failed"]) == 2


def test_a_study_in_use_says_by_whom_and_since_when_and_is_free_again_after_closing(
    study: Study, clock: FixedClock
) -> None:
    sentence = refusal(study.path, clock)
    assert "in use by C. Rossi" in sentence
    assert f"since {write_moment(clock.now(), Desk.ENGLISH)}" in sentence
    study.close()
    open_as(study.path, clock).close()


def test_a_study_in_use_can_be_read_meanwhile_and_not_written(study: Study, patient: int, clock: FixedClock) -> None:
    with Study.open(study.path, "M. Neri", PASSWORD, clock=clock, read_only=True) as other:
        assert other.chart(patient).label == "042-001"
        assert other.read_only
    with (
        Study.open(study.path, "C. Rossi", PASSWORD, clock=clock, read_only=True) as other,
        pytest.raises(TrialError, match="reading only"),
    ):
        other.void(patient, "patient", patient, Context(BY.actor, "Not ours"))


def test_nothing_in_the_folder_can_be_read_without_the_keys(study: Study, patient: int) -> None:
    database = study.path / DATABASE
    study.close()
    assert patient
    assert not database.read_bytes().startswith(b"SQLite format 3")
    stored = sqlite3.connect(database)
    with pytest.raises(sqlite3.DatabaseError):
        stored.execute("SELECT * FROM sqlite_master").fetchall()
    stored.close()
    everything = b"".join(path.read_bytes() for path in study.path.rglob("*") if path.is_file())
    assert b"S042-001" not in everything
    assert b"042-001" not in everything


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other rights than these")
def test_only_the_person_who_runs_the_program_can_read_a_study(study: Study) -> None:
    assert stat.S_IMODE(study.path.stat().st_mode) == stat.S_IRWXU
    for path in study.path.rglob("*"):
        wanted = stat.S_IRWXU if path.is_dir() else stat.S_IRUSR | stat.S_IWUSR
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path.name


def test_an_existing_study_is_never_written_over(folder: Path) -> None:
    with pytest.raises(TrialError, match="exists already"):
        Study.create(folder, find_protocol("dalba"), "1", "Here", ACCOUNTS, cost=LEAST_COST)


def test_a_study_cannot_be_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="does not exist"):
        Study.create(
            tmp_path / "no" / "study.albatrack", find_protocol("dalba"), "1", "Here", ACCOUNTS, cost=LEAST_COST
        )


@pytest.mark.parametrize("password", ["too short", DEMO_PASSWORD, "Haematology D-ALBA"])
def test_a_study_is_not_made_with_a_password_that_may_not_be_used(tmp_path: Path, password: str) -> None:
    accounts = (*ACCOUNTS[:1], ACCOUNTS[1]._replace(password=password))
    with pytest.raises(TrialError, match=r"The account C\. Rossi: The password"):
        Study.create(tmp_path / "s", find_protocol("dalba"), "1", "Haematology", accounts, cost=LEAST_COST)
    assert list(tmp_path.iterdir()) == []


def test_a_study_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(TrialError, match="no space left"):
        Study.create(tmp_path / "study.albatrack", find_protocol("dalba"), "1", "Here", ACCOUNTS, cost=LEAST_COST)
    assert list(tmp_path.iterdir()) == []


def test_the_study_keeps_the_protocol_it_was_made_with(study: Study) -> None:
    assert study.protocol.id == find_protocol("dalba").id
    assert study.protocol.source_text == find_protocol("dalba").source_text


def test_a_study_whose_disk_lets_nothing_be_removed_any_more_is_closed_and_free_again(
    path: Path, clock: FixedClock
) -> None:
    opened = open_as(path, clock)
    holder = path / "study.holder"
    holder.unlink()
    holder.mkdir()  # which cannot be removed as a file
    opened.close()
    holder.rmdir()
    open_as(path, clock).close()


def test_a_closed_account_cannot_sign_in(study: Study, clock: FixedClock) -> None:
    keys = study._folder.keys  # noqa: SLF001
    path = study.path
    study.close()
    engine = writer(path / DATABASE, keys, "A. Verdi")
    with engine.begin() as connection:
        connection.execute(text("UPDATE account SET closed = 1 WHERE login = :login"), {"login": BY.actor})
    engine.dispose()
    assert "was closed" in refusal(path, clock)


OPEN_BESIDE = """
import sys
from pathlib import Path
from models.domain.errors import TrialError
from models.persistence.holder import InUseError
from models.study import Study
try:
    Study.open(Path(sys.argv[1]), "C. Rossi", sys.argv[2])
except TrialError as problem:
    print(problem)
"""


def test_a_second_program_is_refused_while_the_first_one_works(study: Study) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPEN_BESIDE, str(study.path), PASSWORD],
        capture_output=True,
        text=True,
        timeout=50,
        cwd=Path(__file__).parents[3],
        check=True,
    )
    assert "in use by C. Rossi" in done.stdout


@pytest.mark.parametrize(
    "said", ["[" * 10_000, '{"name": "' + "x" * 10_000, '{"name": 1, "computer": 2, "since": 1e999}']
)
def test_nonsense_about_who_has_a_study_open_is_not_believed(folder: Path, clock: FixedClock, said: str) -> None:
    with open_as(folder, clock):
        (folder / "study.holder").write_text(said)
        with pytest.raises(InUseError, match="is in use by another AlbaTrack"):
            open_as(folder, clock)


def test_a_lock_whose_holder_died_keeps_nobody_out(folder: Path, clock: FixedClock) -> None:
    (folder / "study.holder").write_text(json.dumps({"name": "X", "computer": "y", "since": "2026-01-01T10:00+01:00"}))
    (folder / "study.lock").touch()
    open_as(folder, clock).close()


def test_an_account_to_be_made_shows_no_password_in_a_message() -> None:
    assert PASSWORD not in repr(ACCOUNTS)
