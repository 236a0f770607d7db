"""New keys: who still opens the study and who does not, and that a crash at any moment leaves one whole study (R12)."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.persistence import key_change
from models.persistence.copying import copy_database
from models.persistence.former_backups import KEYS_CHANGED
from models.persistence.keys.sign_in import unlock
from models.persistence.study_folder import StudyFolder, open_folder
from models.persistence.verify import verify
from models.study import Study
from models.study_types import Head, recover
from tests.models.services.people import new_recovery_key
from tests.study_fixtures import ACCOUNTS, PASSWORD, open_as

STAYING = [account.login for account in ACCOUNTS if account.login != "I. Bianchi"]


@pytest.fixture
def administrator(study: Study, patient: int, clock: FixedClock) -> Iterator[Study]:
    """A study with a patient, whose investigator has left."""
    assert patient
    study.close()
    with open_as(study.path, clock, "A. Verdi") as opened:
        opened.accounts.close("I. Bianchi", "Left the hospital")
        yield opened


def is_whole(path: Path, clock: FixedClock, logins: list[str], rows: int = 0) -> bool:
    """Whether these accounts open the study, its trail is whole, and nothing of the change lies about."""
    for login in logins:
        with open_as(path, clock, login) as study:
            assert study.trail.verify().problems == ()
            assert study.trail.head().rows >= rows
    with open_as(path, clock) as study:
        identity = study.chart(1).identity
        assert identity is not None
        assert str(identity.birth_date) == "1967-05-04"
    return not list(path.glob("*.next*")) and not list(path.glob("*-journal"))


def test_after_new_keys_every_account_left_opens_the_study_with_its_password(
    administrator: Study, clock: FixedClock
) -> None:
    assert administrator.accounts.change_keys(PASSWORD)
    assert is_whole(administrator.path, clock, STAYING)


def test_new_keys_are_in_the_trail(administrator: Study, clock: FixedClock) -> None:
    administrator.accounts.change_keys(PASSWORD)
    with open_as(administrator.path, clock, "A. Verdi") as study:
        assert [line.actor for line in study.trail.lines() if line.act == KEYS_CHANGED] == ["A. Verdi"]


def test_the_database_gets_another_key_and_the_chain_and_identities_keep_theirs(
    administrator: Study, clock: FixedClock
) -> None:
    old = unlock(administrator.path, "A. Verdi", PASSWORD, clock.now()).keys
    administrator.accounts.change_keys(PASSWORD)
    new = unlock(administrator.path, "A. Verdi", PASSWORD, clock.now()).keys
    assert new.data != old.data
    assert (new.identity, new.chain) == (old.identity, old.chain)


def test_a_link_that_was_printed_before_still_holds(administrator: Study, clock: FixedClock) -> None:
    printed = administrator.trail.head()
    administrator.accounts.change_keys(PASSWORD)
    with open_as(administrator.path, clock, "A. Verdi") as study:
        assert study.trail.verify(heads=[Head(printed.rows, printed.link[:16])]).problems == ()


def test_who_kept_a_copy_of_an_old_slot_does_not_open_what_is_there_now(
    study: Study, clock: FixedClock, tmp_path: Path
) -> None:
    shutil.copy(study.path / "keyring.json", tmp_path / "kept.json")
    study.close()
    with open_as(study.path, clock, "A. Verdi") as administrator:
        administrator.accounts.close("I. Bianchi", "Left the hospital")
        administrator.accounts.change_keys(PASSWORD)
    with pytest.raises(TrialError, match="not right"):
        open_as(study.path, clock, "I. Bianchi")
    shutil.copy(tmp_path / "kept.json", study.path / "keyring.json")
    with pytest.raises(TrialError, match="damaged"):
        open_as(study.path, clock, "I. Bianchi")


def test_a_copy_made_before_opens_and_verifies_with_its_own_keyring(
    administrator: Study, clock: FixedClock, tmp_path: Path
) -> None:
    administrator.close()
    copy = shutil.copytree(administrator.path, tmp_path / "copy.albatrack")
    with open_as(administrator.path, clock, "A. Verdi") as again:
        again.accounts.change_keys(PASSWORD)
    assert is_whole(copy, clock, STAYING)


def test_the_recovery_key_of_the_sheet_still_opens_the_study(administrator: Study, clock: FixedClock) -> None:
    key = new_recovery_key(administrator)
    administrator.accounts.change_keys(PASSWORD)
    assert recover(administrator.path, key, "A. Verdi", "nine quiet lighthouses", clock) == "A. Verdi"


def test_new_keys_need_the_password_of_the_administrator(administrator: Study) -> None:
    with pytest.raises(TrialError, match="not right"):
        administrator.accounts.change_keys("another password")


def test_after_new_keys_nobody_goes_on_with_the_old_ones(administrator: Study) -> None:
    administrator.accounts.change_keys(PASSWORD)
    for act in (administrator.accounts.lines, lambda: administrator.save_draft("form", {"name": "value"})):
        with pytest.raises(TrialError, match="Sign in again"):
            act()


# ---- stopped, or failed


def test_stopped_it_leaves_the_study_open_under_its_old_keys(administrator: Study, clock: FixedClock) -> None:
    before = (administrator.path / "keyring.json").read_bytes()
    assert not administrator.accounts.change_keys(PASSWORD, lambda done, total: False)
    administrator.accounts.lift_block("C. Rossi")
    assert (administrator.path / "keyring.json").read_bytes() == before
    administrator.close()
    assert is_whole(administrator.path, clock, STAYING)


def test_nobody_saves_into_the_old_database_meanwhile(administrator: Study) -> None:
    refused = []

    def save(done: int, total: int) -> bool:
        with pytest.raises(TrialError, match="nothing can be saved meanwhile"):
            administrator.save_draft("form", {"name": "value"})
        refused.append(done)
        return True

    administrator.accounts.change_keys(PASSWORD, save)
    assert refused


def test_a_save_that_had_begun_is_not_lost(administrator: Study, clock: FixedClock) -> None:
    folder = open_folder_of(administrator, clock)
    assert folder.write is not None
    with folder.write.connect(), pytest.raises(TrialError, match="Somebody was saving"):
        key_change.change_keys(folder, clock)
    folder.close()
    assert is_whole(folder.path, clock, STAYING)


def open_folder_of(study: Study, clock: FixedClock) -> StudyFolder:
    study.close()
    return open_folder(study.path, "A. Verdi", PASSWORD, clock)


@pytest.mark.parametrize("step", ["copy_database", "write_durably"])
def test_on_a_full_disk_the_study_goes_on_under_its_old_keys(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(key_change, step, full)
        with pytest.raises(TrialError, match=r"no space left on device\. The study keeps the keys it has"):
            administrator.accounts.change_keys(PASSWORD)
    administrator.accounts.lift_block("C. Rossi")
    administrator.close()
    assert is_whole(administrator.path, clock, STAYING)


def test_a_copy_that_is_not_whole_does_not_take_the_place_of_the_study(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(key_change, "row_counts", _counting())
        with pytest.raises(TrialError, match="has not as many rows"):
            administrator.accounts.change_keys(PASSWORD)
    administrator.close()
    assert is_whole(administrator.path, clock, STAYING)


def _counting() -> Callable[[object], dict[str, int]]:
    found = iter((3, 2))

    def count(_connection: object) -> dict[str, int]:
        return {"audit": 1, "mrd": next(found)}

    return count


def test_when_the_keyring_cannot_follow_the_next_opening_lets_it(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(source).name == "keyring.json.next":
            raise OSError(5, "Input/output error")
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(TrialError, match="Open the study again: that finishes it"):
            administrator.accounts.change_keys(PASSWORD)
    with pytest.raises(TrialError, match="Open it once for writing"):
        Study.open(administrator.path, "C. Rossi", PASSWORD, clock=clock, read_only=True)
    assert is_whole(administrator.path, clock, STAYING)


# ---- the program ends at any moment


class Disk:
    """What the disk holds before and after every step of a change of keys."""

    STEPS = ("replace", "fsync", "unlink")

    def __init__(self, folder: Path, images: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder, self._images = folder, images
        self.images: list[Path] = []
        for name in self.STEPS:
            patch.setattr(os, name, self._seen(getattr(os, name)))
        patch.setattr(key_change, "copy_database", self._seen(copy_database))
        patch.setattr(key_change, "verify", self._seen(verify))

    def _seen(self, step: Callable[..., object]) -> Callable[..., object]:
        def seen(*args: object, **more: object) -> object:
            self.keep()
            try:
                return step(*args, **more)
            finally:
                self.keep()

        return seen

    def keep(self) -> None:
        content = {path.name: path.read_bytes() for path in self._folder.iterdir() if path.is_file()}
        image = self._images / f"{len(self.images):03d}.albatrack"
        image.mkdir()
        for name, found in content.items():
            (image / name).write_bytes(found)
        self.images.append(image)


def states(disk: Disk) -> list[Path]:
    """The images that differ in what lies beside the study."""
    kept: dict[str, Path] = {}
    for image in disk.images:
        about = {path.name: hash(path.read_bytes()) for path in image.iterdir() if not path.name.startswith("study.h")}
        kept.setdefault(json.dumps(about, sort_keys=True), image)
    return list(kept.values())


def test_wherever_the_program_ends_one_whole_study_opens(
    administrator: Study, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = administrator.trail.head().rows
    with monkeypatch.context() as patch:
        disk = Disk(administrator.path, tmp_path, patch)
        administrator.accounts.change_keys(PASSWORD)
    found = states(disk)
    assert len(found) >= 6
    for image in found:
        assert is_whole(image, clock, ["M. Neri"], rows)
        with pytest.raises(TrialError, match="not right"):
            open_as(image, clock, "I. Bianchi")


def test_wherever_the_program_ends_while_it_undoes_the_change_one_whole_study_opens(
    administrator: Study, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(source).name == "study.db.next":
            raise OSError(13, "The file is in use")
        replace(source, target)

    rows = administrator.trail.head().rows
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        disk = Disk(administrator.path, tmp_path, patch)
        with pytest.raises(TrialError, match="is in use"):
            administrator.accounts.change_keys(PASSWORD)
    for image in states(disk):
        assert is_whole(image, clock, ["M. Neri"], rows)


def test_a_reason_or_a_draft_typed_before_is_there_after(study: Study, clock: FixedClock) -> None:
    study.save_draft("form", {"name": "half a sentence"})
    study.close()
    with open_as(study.path, clock, "A. Verdi") as administrator:
        administrator.accounts.change_keys(PASSWORD)
    with open_as(study.path, clock) as again:
        assert again.draft("form") == {"name": "half a sentence"}
        again.set_setting("site_name", "North", Context("C. Rossi", "Renamed"))
