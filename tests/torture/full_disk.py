"""Writes that fail after some bytes, and a disk that is full: a plain sentence, nothing lost, and work goes on after.

Half of the attempts limit how large a file may grow (RLIMIT_FSIZE: the write beyond it fails, also in the middle of a
commit); the others fill a real, small file system, where the system lets us have one.
"""

import os
import shutil
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from models.domain.errors import TrialError
from models.persistence import file_system
from tests.torture import small_disk
from tests.torture.ground import child, copy_of, heard, make_study, open_study, require_whole, save_pair
from tests.torture.ground import saved_names as names
from tests.torture.outcome import Outcome, require, tried

MOST_SAVES = 200
"""More than fit into any room that is left."""
_ROOM = 60_000
_DISK = 4 * 1024 * 1024
_FULL, _LIMITED = "disk full", "write failed"


def run(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Let writes fail in `count` programs."""
    template = make_study(folder)
    size = (template / "study.db").stat().st_size
    mounted = folder / "mounted"
    mounted.mkdir()

    def attempt(random: Random) -> str:
        full = random.random() < 0.5
        work = fill_the_disk if full else limit_the_files
        room = random.randrange(_ROOM if full else size + _ROOM)
        with copy_of(template) as path, child(work, path, mounted, room) as (_, hearing):
            return str(heard(hearing))

    return tried(count, seed, attempt, most_seconds=most_seconds)


def limit_the_files(path: Path, _mounted: Path, most_bytes: int, telling: Connection) -> None:
    """In a child: no file may grow beyond so many bytes."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)

    overwrites = most_bytes >= (path / "study.db").stat().st_size

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most))

    def lift() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    telling.send(f"{_LIMITED} {_worked(path, limit, lift, overwrites=overwrites)}")


def fill_the_disk(path: Path, mounted: Path, room: int, telling: Connection) -> None:
    """In a child: a disk with so many bytes left."""
    try:
        small_disk.mount(mounted, _DISK)
    except OSError:
        limit_the_files(path, mounted, path.joinpath("study.db").stat().st_size + room, telling)
        return
    there, filler = Path(shutil.copytree(path, mounted / path.name)), mounted / "filler"

    def fill() -> None:
        free = os.statvfs(mounted)
        filler.write_bytes(bytes(max(free.f_bavail * free.f_frsize - room, 0)))

    telling.send(f"{_FULL} {_worked(there, fill, filler.unlink, overwrites=True)}")


def _worked(path: Path, fill: Callable[[], object], make_room: Callable[[], object], *, overwrites: bool) -> str:
    """Save until it fails, look whether all is well, make room, and save again; says when it failed.

    The program refuses new work long before a disk is full. Here that is taken away: others may fill it meanwhile.
    Where what exists can still be overwritten, a broken transaction is undone and reading goes on at once.
    """
    file_system.LEAST_FREE = 0
    with open_study(path) as study:
        expected = names(study)
        fill()
        sentence = ""
        try:
            for number in range(MOST_SAVES):
                save_pair(study, str(number))
                expected.append(str(number))
        except TrialError as refusal:
            sentence = str(refusal)
        require("disk" in sentence and sentence.endswith("."), f"not a plain sentence: {sentence!r}")
        reads = True
        try:
            require(names(study) == expected, "after the failure another state is read than was acknowledged")
        except TrialError:
            require(not overwrites, "reading was refused on a disk that is merely full")
            reads = False
        make_room()
        save_pair(study, "after")
        expected.append("after")
        require(names(study) == expected, "after room was made another state is read than was acknowledged")
    with open_study(path) as study:
        require(names(study) == expected, "after opening again another state is read than was acknowledged")
        require_whole(study)
    return f"{'after some saves' if '0' in expected else 'at the first save'}{'' if reads else ', not even undone'}"
