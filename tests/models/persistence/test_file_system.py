import re
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from models.domain.errors import TrialError
from models.persistence import file_system
from models.persistence.file_system import (
    free_bytes,
    locks_hold,
    nearest_mount,
    require_space,
    shared_as,
    space_problem,
)

LINUX = r"""/dev/sda1 / ext4 rw,relatime 0 0
server:/export /net/ward nfs4 rw 0 0
//files/site /net/my\040share cifs rw 0 0
/dev/sdb1 /net/ward/stick vfat rw 0 0
//files/unit /net/unità\040G cifs rw 0 0
"""
MAC = """/dev/disk3s1 on / (apfs, local, journaled)
//nurse@files/site on /Volumes/site (smbfs, nodev, nosuid, mounted by nurse)
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/study.albatrack", "ext4"),
        ("/net/ward/study.albatrack", "nfs4"),
        ("/net/wardrobe", "ext4"),
        ("/net/my share/study.albatrack", "cifs"),
        ("/net/unità G/study.albatrack", "cifs"),
        ("/net/ward/stick/study.albatrack", "vfat"),
        ("/", "ext4"),
    ],
)
def test_a_place_lies_on_the_mount_nearest_above_it(place: str, kind: str) -> None:
    assert nearest_mount(place, file_system._linux_mounts(LINUX)) == kind  # noqa: SLF001


def test_a_share_of_a_mac_is_told() -> None:
    assert nearest_mount("/Volumes/site/study", file_system._mac_mounts(MAC)) == "smbfs"  # noqa: SLF001


def test_a_disk_of_this_computer_is_no_share(tmp_path: Path) -> None:
    assert shared_as(tmp_path) == ""


def test_a_share_is_named_as_the_system_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_system, "_mount_table", lambda: "server:/x / nfs rw 0 0\n")
    monkeypatch.setattr("sys.platform", "linux")
    assert shared_as(tmp_path) == "nfs"


def test_locks_of_a_disk_hold(tmp_path: Path) -> None:
    assert locks_hold(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_place_whose_locks_let_everybody_in_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileLock, "acquire", lambda self, *given, **named: self)
    assert not locks_hold(tmp_path)


def test_a_place_without_locks_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: FileLock, *given: Any, **named: Any) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    assert not locks_hold(tmp_path)


def test_too_little_space_is_said_in_megabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_system, "free_bytes", lambda folder: 150_000_000)
    assert space_problem(tmp_path).startswith("Only 150 MB are free")
    with pytest.raises(TrialError, match="Only 150 MB are free"):
        require_space(tmp_path)


def test_what_is_too_little_is_less_than_what_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_system, "free_bytes", lambda folder: file_system.LEAST_FREE - 1)
    free, needed = map(int, re.findall(r"\d+", space_problem(tmp_path)))
    assert free < needed


def test_enough_space_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_system, "free_bytes", lambda folder: file_system.LEAST_FREE)
    require_space(tmp_path)


def test_where_the_system_does_not_say_nothing_is_refused(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "nowhere") is None
    require_space(tmp_path / "nowhere")
