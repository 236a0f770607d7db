"""Who has a study open: one program at a time writes, and the next one is told who and since when."""

import errno
import json
import platform
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from models.domain.date_notation import write_moment
from models.domain.errors import TrialError, plain
from models.domain.notation import Desk
from models.persistence.file_lock import FileLock, Timeout, lock_at

_LOCK = "study.lock"
_HOLDER = "study.holder"
_MOST = 4096
"""Characters: anybody who may write in the folder may have put something else there."""


class ReadOnlyError(TrialError):
    """The study cannot be written now; it can be read."""


class InUseError(ReadOnlyError):
    """Another program has the study open; it can be read meanwhile."""


def take(folder: Path) -> FileLock:
    """Take the study for this program. Raises InUseError with who holds it and since when."""
    lock = lock_at(folder / _LOCK)
    try:
        lock.acquire()
    except Timeout:
        raise InUseError(
            f"{folder} is in use{_by_whom(folder)}. Close it there first, or open it here for reading only."
        ) from None
    except OSError as fault:
        if fault.errno == errno.ENOSYS:
            raise ReadOnlyError(
                f"{folder} lies on a file system that knows no locks, so nothing there keeps two programs from writing "
                "at once and destroying the study. Open it for reading only, or move it to a disk of this computer."
            ) from fault
        raise ReadOnlyError(
            f"The study's folder {folder} cannot be written: {plain(fault)}. Open it for reading only, or ask for the "
            "right to write there."
        ) from fault
    return lock


def sign(folder: Path, name: str, now: datetime) -> None:
    """Say for others who has it. Raises ReadOnlyError where nothing can be written there."""
    content = {"name": name, "computer": platform.node(), "since": now.isoformat(timespec="minutes")}
    path = folder / _HOLDER
    try:
        path.touch(mode=0o600)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    except OSError as fault:
        raise unwritable(folder, plain(fault)) from fault


def unwritable(folder: Path, why: str) -> ReadOnlyError:
    """What to say where the study can be read and nothing can be written: on a full disk, or a failing one."""
    return ReadOnlyError(
        f"The study's folder {folder} cannot be written: {why.lower()}. Make room on its disk and open it again, or "
        "open it for reading only."
    )


def let_go(folder: Path, lock: FileLock) -> None:
    """Let it go, also where the disk is gone: who is named there then holds nothing any more."""
    with suppress(OSError):
        (folder / _HOLDER).unlink(missing_ok=True)
    lock.release()


def _by_whom(folder: Path) -> str:
    try:
        with (folder / _HOLDER).open(encoding="utf-8") as file:
            known = json.loads(file.read(_MOST))
        since = datetime.fromisoformat(known["since"])
        return f" by {known['name']} at {known['computer']} since {write_moment(since, Desk.ENGLISH)}"
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return " by another AlbaTrack"
