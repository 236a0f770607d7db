"""What the place of a study can do: free space, whether it is shared over a network, whether its locks hold."""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from models.domain.errors import TrialError
from models.persistence.file_lock import Timeout, lock_at

_MEGABYTE = 1_000_000
LEAST_FREE = 200 * _MEGABYTE
"""Bytes that must be free for new work: room for the rollback journal, a migration's copy and a backup."""

_SHARED = frozenset(
    (
        *("afpfs", "afs", "ceph", "cifs", "davfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs", "webdav"),
        *("fuse.davfs", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.sshfs"),
    )
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
"""How Linux writes a blank in the name of a place: \\040. Every other letter stands as it is."""
_REMOTE_DRIVE = 4
"""What Windows' GetDriveType answers for a network drive."""


def free_bytes(folder: Path) -> int | None:
    """How many bytes are free for the person who runs the program; None where the system does not say."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def space_problem(folder: Path) -> str:
    """The sentence to say where there is too little room for new work, else nothing."""
    free = free_bytes(folder)
    if free is None or free >= LEAST_FREE:
        return ""
    return (
        f"Only {free // _MEGABYTE} MB are free on the disk of the study; new work needs {LEAST_FREE // _MEGABYTE}. "
        "Reading goes on, and what is being typed is kept. Make room, then go on working."
    )


def require_space(folder: Path) -> None:
    """Raise TrialError where there is too little room for new work: better now than in the middle of it."""
    if problem := space_problem(folder):
        raise TrialError(problem)


def shared_as(folder: Path) -> str:
    """The kind of network share that a folder lies on, as the system names it; empty for a disk of this computer."""
    if sys.platform == "win32":
        return _windows_share(folder)
    mounted = _mac_mounts(_answer("/sbin/mount")) if sys.platform == "darwin" else _linux_mounts(_mount_table())
    kind = nearest_mount(os.path.realpath(folder), mounted)
    return kind if kind in _SHARED else ""


def locks_hold(folder: Path) -> bool:
    """Whether a lock taken in this folder keeps out a second one: tried, not guessed."""
    probe = folder / ".lock-probe"
    try:
        with lock_at(probe):
            try:
                with lock_at(probe):
                    return False
            except Timeout:
                return True
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)


def nearest_mount(place: str, mounted: Iterable[tuple[str, str]]) -> str:
    """The kind of the file system that a place lies on; `mounted` gives (mount point, kind)."""
    above = [(point, kind) for point, kind in mounted if place == point or place.startswith(point.rstrip("/") + "/")]
    return max(above, key=lambda one: len(one[0]), default=("", ""))[1]


def _linux_mounts(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        _, point, kind, *_ = line.split(" ")
        yield _ESCAPED.sub(_character, point), kind


def _character(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 8))


def _mac_mounts(listing: str) -> Iterator[tuple[str, str]]:
    for found in re.finditer(r" on (?P<point>/.*) \((?P<kind>\w+)", listing):
        yield found["point"], found["kind"]


def _mount_table() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _answer(command: str) -> str:
    import subprocess

    try:
        return subprocess.run([command], capture_output=True, text=True, check=False, timeout=5).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _windows_share(folder: Path) -> str:
    import ctypes

    place = os.path.realpath(folder)
    if place.startswith("\\\\"):
        return "smb"
    drive_type = ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(place)[0] + "\\")  # type: ignore[attr-defined, unused-ignore]
    return "smb" if drive_type == _REMOTE_DRIVE else ""
