"""Killing the program in a backup, a restore, a migration and a change of keys: one whole study is there, always.

Half of the kills come at a random moment, the others at a random step: before a file is opened for writing, moved or
removed.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import Engine

from models.domain.errors import TrialError
from models.persistence.copying import row_counts
from models.persistence.engine import connect, reader
from models.persistence.former_backups import KEYS_CHANGED
from models.persistence.layout import DATABASE
from models.persistence.schema import SCHEMA_VERSION
from models.persistence.schema_version import bring_up_to_date
from models.persistence.verify import verify
from models.protocols.loading import find_protocol
from models.services.rescue import Rescue
from models.study import Study
from tests.study_fixtures import ACCOUNTS, BY, PASSWORD, stored_version
from tests.torture.ground import (
    CLOCK,
    PAIRS,
    child,
    copy_of,
    heard,
    keys_of,
    make_study,
    open_study,
    require_whole,
    save_pair,
    saved_names,
)
from tests.torture.outcome import Outcome, require, tried

ADMINISTRATOR = "A. Verdi"
MONITOR = "M. Neri"
GIVEN = "nine quiet lighthouses"
_OLDEST = Path(__file__).parents[1] / "models" / "persistence" / "schemas" / "0001.sql"
_BESIDE = "beside.albatrack"
_STEPS = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"})
_WRITING = os.O_WRONLY | os.O_RDWR
_LATE = 1.2
"""Kills come until so many times the usual length: some just miss."""


class Act(NamedTuple):
    """What is killed in its middle, in a child; and what looks afterwards whether all is well and says so."""

    make: Callable[[Path], Path]
    do: Callable[[Path, Callable[[], None]], None]
    look: Callable[[Path], str]


class _Rehearsal(NamedTuple):
    seconds: float
    steps: int


def run(act: Act, count: int, seed: int, folder: Path, most_seconds: float) -> Outcome:
    """Kill `count` programs while they do it."""
    template = act.make(folder)
    with copy_of(template) as path, child(work, act.do, path, 0) as (_, hearing):
        heard(hearing)
        rehearsal = heard(hearing)

    def attempt(random: Random) -> str:
        at_step = random.randint(1, rehearsal.steps) if random.random() < 0.5 else 0
        with copy_of(template) as path:
            with child(work, act.do, path, at_step) as (process, hearing):
                heard(hearing)
                process.join(None if at_step else random.uniform(0, rehearsal.seconds * _LATE))
                process.kill()
                process.join()
            return act.look(path)

    return tried(count, seed, attempt, most_seconds=most_seconds)


def work(do: Callable[[Path, Callable[[], None]], None], path: Path, last_step: int, telling: Connection) -> None:
    """In a child: do it, and die before the step of that number (0: never). Says when it begins, and what it took."""
    steps, begun = 0, 0.0

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal steps
        if begun and (event in _STEPS or (event == "open" and (arguments[2] or 0) & _WRITING)):
            steps += 1
            if steps == last_step:
                os.kill(os.getpid(), signal.SIGKILL)

    def begin() -> None:
        nonlocal begun
        telling.send("begun")
        begun = time.perf_counter()

    sys.addaudithook(count)
    do(path, begin)
    telling.send(_Rehearsal(time.perf_counter() - begun, steps))


# ---- backup


def run_backup(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Making a backup."""
    return run(Act(make_study, _back_up, _after_backup), count, seed, folder, most_seconds)


def _back_up(path: Path, begin: Callable[[], None]) -> None:
    with open_study(path) as study:
        begin()
        study.backups.make()


def _after_backup(path: Path) -> str:
    with open_study(path) as study:
        require_whole(study)
        require(len(saved_names(study)) == PAIRS, "the record is another one")
        found = _checked_backups(study)
        study.backups.make()
        require(_checked_backups(study) == found + 1, "the next backup does not count")
    return "backup there" if found else "no backup there"


def _look_beside(path: Path) -> None:
    """What was restored beside the study is whole, and as it was backed up."""
    with open_study(path.with_name(_BESIDE)) as study:
        require_whole(study)
        require(len(saved_names(study)) == PAIRS, "another record was restored beside")


def _checked_backups(study: Study) -> int:
    """How many backups count; each is looked over."""
    for backup in study.backups.all():
        study.backups.check(backup)
    return len(study.backups.all())


# ---- restore


def run_restore(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Restoring a backup beside the study, and putting it back."""
    return run(Act(_with_backup, _put_back, _after_restore), count, seed, folder, most_seconds)


def _with_backup(folder: Path) -> Path:
    path = _backed_up(folder)
    with open_study(path) as study:
        save_pair(study, "later")
    return path


def _backed_up(folder: Path) -> Path:
    path = make_study(folder)
    with open_study(path) as study:
        study.backups.make()
    return path


def _put_back(path: Path, begin: Callable[[], None]) -> None:
    with open_study(path, ADMINISTRATOR) as study:
        [backup] = study.backups.all()
        begin()
        study.restoring.beside(backup, path.with_name(_BESIDE))
    Rescue.unlock(path, ADMINISTRATOR, PASSWORD, clock=CLOCK).put_back(backup)


def _after_restore(path: Path) -> str:
    if path.with_name(_BESIDE).exists():
        _look_beside(path)
    for left in path.parent.glob(f"*{_BESIDE}*"):
        shutil.rmtree(left)
    with open_study(path) as study:
        require_whole(study)
        names = saved_names(study)
        restored = "later" not in names
        require(len(names) == PAIRS + (not restored), "the record is another one")
        kept = _checked_backups(study)
        require(kept > 1 or not restored, "what was replaced was not kept")
    return "restored" if restored else "not restored"


# ---- migration


def run_migration(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Bringing an older study to this version's record format."""
    template = older_study(folder)
    rows = _rows(template)

    def look(path: Path) -> str:
        keys = keys_of(path)
        migrated = stored_version(path / DATABASE, keys) == SCHEMA_VERSION
        if not migrated:
            require(_rows(path) == rows, "the study is neither the old nor the new one")
            bring_up_to_date(path / DATABASE, keys, BY.actor, CLOCK)
        now = _rows(path)
        require(all(now[name] == number for name, number in rows.items() if name in now), "rows are missing")
        with _reading(path) as engine:
            require(not verify(engine, keys).problems, "the study is not whole")
        return "migrated" if migrated else "as it was"

    return run(Act(lambda _: template, _migrate, look), count, seed, folder, most_seconds)


def older_study(folder: Path) -> Path:
    """A study in the oldest record format."""
    path = make_study(folder)
    keys = keys_of(path)
    (path / DATABASE).write_bytes(b"")
    connection = connect(path / DATABASE, keys)
    connection.executescript(_OLDEST.read_text(encoding="utf-8"))
    connection.execute("UPDATE protocol SET text = ?", (find_protocol("dalba").source_text,))
    connection.close()
    return path


def _migrate(path: Path, begin: Callable[[], None]) -> None:
    keys = keys_of(path)
    begin()
    bring_up_to_date(path / DATABASE, keys, BY.actor, CLOCK)


@contextmanager
def _reading(path: Path) -> Iterator[Engine]:
    engine = reader(path / DATABASE, keys_of(path))
    try:
        yield engine
    finally:
        engine.dispose()


def _rows(path: Path) -> dict[str, int]:
    with _reading(path) as engine, engine.begin() as connection:
        return {name: number for name, number in row_counts(connection).items() if name != "audit"}


# ---- change of keys


def run_key_change(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Giving an account a new password and then the study new keys."""
    return run(Act(_backed_up, _change_keys, _after_key_change), count, seed, folder, most_seconds)


def _change_keys(path: Path, begin: Callable[[], None]) -> None:
    with open_study(path, ADMINISTRATOR) as study:
        begin()
        study.accounts.reset_password(MONITOR, GIVEN)
        study.accounts.change_keys(PASSWORD)


def _after_key_change(path: Path) -> str:
    for account in ACCOUNTS:
        with _open_with_either(path, account.login) as study:
            require(study.user == account.user, "another account")
            require(not study.problems, f"opening it gave a false alarm: {study.problems}")
    with open_study(path) as study:
        require_whole(study)
        require(len(saved_names(study)) == PAIRS, "the record is another one")
        changed = any(line.act == KEYS_CHANGED for line in study.trail.lines())
    with open_study(path, ADMINISTRATOR) as study:
        former = [backup for backup in study.backups.all() if not backup.genuine]
        require(len(former) == changed, "the backup from before is another one")
        for backup in former:
            study.restoring.former(backup, ADMINISTRATOR, PASSWORD, path.with_name(_BESIDE))
            _look_beside(path)
            shutil.rmtree(path.with_name(_BESIDE))
        made = study.backups.newest() or study.backups.make().backup
        study.backups.check(made)
    return "new keys" if changed else "old keys"


def _open_with_either(path: Path, login: str) -> Study:
    """Sign in with the password that the account has; the monitor has the former one, or the new one."""
    try:
        return open_study(path, login)
    except TrialError:
        require(login == MONITOR, f"{login} does not get in")
        return Study.open(path, login, GIVEN, clock=CLOCK)
