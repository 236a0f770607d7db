import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from models.domain.errors import TrialError
from models.persistence.keys import keyring_file
from models.persistence.keys.keyring_file import held, read_keyring, write_keyring
from models.persistence.keys.keys import Keys
from models.persistence.keys.sign_in import unlock
from tests.keyring_fixtures import set_password
from tests.models.persistence.keys.conftest import NOW, PASSWORD

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX rights")


def fail(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_missing_keyring_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"There is no keyring in .* newest backup"):
        read_keyring(tmp_path)


@posix
def test_nobody_else_can_read_the_files(keys: Keys, tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        set_password(tmp_path, keys, "rossi", "new")
    finally:
        os.umask(old)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes["keyring.json"] == 0o600
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_failure_before_the_exchange_leaves_the_old_keyring(
    call: str, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, call, fail)
    with pytest.raises(TrialError, match=r"cannot be written: no space left on device\. Nothing was changed"):
        set_password(tmp_path, keys, "rossi", "new")
    monkeypatch.undo()
    assert unlock(tmp_path, "rossi", PASSWORD, NOW).keys == keys


def test_what_a_crash_left_behind_is_no_hindrance(keys: Keys, tmp_path: Path) -> None:
    (tmp_path / "keyring.part").write_bytes(b'{"format": 1, "stu')
    set_password(tmp_path, keys, "rossi", "new")
    assert unlock(tmp_path, "rossi", "new", NOW).keys == keys
    assert not (tmp_path / "keyring.part").exists()


def test_what_is_written_is_on_the_disk_before_it_takes_the_place(
    keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def noted(name: str, call: Callable[..., None]) -> Callable[..., None]:
        def note(*given: object) -> None:
            calls.append(name)
            call(*given)

        return note

    monkeypatch.setattr(os, "fsync", noted("fsync", os.fsync))
    monkeypatch.setattr(os, "replace", noted("replace", os.replace))
    write_keyring(tmp_path, read_keyring(tmp_path))
    assert calls[:2] == ["fsync", "replace"]
    assert calls[2:] == (["fsync"] if os.name == "posix" else [])


def test_a_second_program_waits_and_then_says_so(keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_file, "_LONGEST_WAIT", 0)
    with FileLock(tmp_path / "keyring.json.lock"), pytest.raises(TrialError, match="Another AlbaTrack"), held(tmp_path):
        raise AssertionError("two programs hold one keyring")


def test_in_a_folder_that_cannot_be_written_people_still_sign_in_and_strangers_still_not(
    keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(TrialError, match="user name or the password is not right"):
        unlock(tmp_path, "rossi", "wrong", NOW)
    assert unlock(tmp_path, "rossi", PASSWORD, NOW).keys == keys
    assert [slot.user for slot in read_keyring(tmp_path).slots] == ["rossi"]
