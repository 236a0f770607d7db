"""The backups of an open study: when one is due, making and checking them, and the second folder that copies go to."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sqlalchemy import bindparam, text

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.progress import Progress, unwatched
from models.domain.rights import Right
from models.persistence.anchors import keep_head
from models.persistence.backup import BACKED_UP, BACKUP_FAILED, check_files, look_over, made_details, make_backup, thin
from models.persistence.backup_manifest import Backup, Why, backups_in, newest
from models.persistence.former_backups import with_former
from models.persistence.second_folder import SECOND_FOLDER, begin_in, copy_to_each
from models.persistence.study_folder import StudyFolder
from models.services import settings
from models.services.desk import Desk
from models.services.fallback_set import MakePapers, bring_set, password_for
from models.services.kept_heads import place_in, second_folder, second_place

_PASSING = (BACKED_UP, BACKUP_FAILED, "backup checked", "sign-in", "sign-in failed", "sign-out")
"""Events that alone are no reason for a backup: else each one would ask for the next."""
_EVERY = timedelta(minutes=30)
_DAY = timedelta(days=1)


class Made(NamedTuple):
    """A backup that counts, and sentences about what could not be done besides: the second folder, the fallback set."""

    backup: Backup
    problems: tuple[str, ...] = ()


class Backups:
    """The backups of an open study."""

    def __init__(self, desk: Desk, folder: StudyFolder, papers: MakePapers) -> None:
        """Made by the study. `papers` makes the fallback set."""
        self._desk = desk
        self._folder = folder
        self._papers = papers
        self._failed_at: datetime | None = None
        self._making = Lock()

    # ---- what there is

    def all(self) -> tuple[Backup, ...]:
        """Every backup in the study's folder, the newest first; also those from before a change of keys."""
        found = backups_in(self._folder.backups, self._folder.keys)
        with self._folder.read.begin() as connection:
            return with_former(found, connection)

    def newest(self) -> Backup | None:
        """The newest one."""
        return newest(backups_in(self._folder.backups, self._folder.keys))

    def changed(self) -> bool:
        """Whether anything was written since the newest backup, its own note and signing in apart."""
        last = self.newest()
        later = text("SELECT 1 FROM audit WHERE seq > :rows AND act NOT IN :passing LIMIT 1").bindparams(
            bindparam("passing", expanding=True)
        )
        with self._folder.read.begin() as connection:
            found = connection.execute(later, {"rows": last.manifest.head.rows if last else 0, "passing": _PASSING})
            return found.first() is not None

    def due(self, now: datetime) -> Why | None:
        """What a backup is due for now, None if none is.

        One is due after a day, and half an hour after the last one if anything changed; after a failure half an hour
        later. A backup that seems to be of the future (the clock was set back) counts as old.
        """
        if self._desk.write is None or (self._failed_at is not None and abs(now - self._failed_at) < _EVERY):
            return None
        last = self.newest()
        if last is None or abs(now - last.manifest.created) >= _DAY:
            return Why.START
        if abs(now - last.manifest.created) >= _EVERY and self.changed():
            return Why.SCHEDULE
        return None

    # ---- making

    def make(self, why: Why = Why.REQUEST, progress: Progress = unwatched, *, into: Path | None = None) -> Made:
        """Make a backup and, with the first one of a day, the fallback set; long work, for a worker thread.

        A copy goes to the second folder, if there is one, and another one `into` a folder named for this time. Each of
        these gets the newest fallback set too, also one that was made before the folder was there.

        What the program does by itself it does whoever is signed in; what a person asks for needs the right to it.

        Raises TrialError where the backup failed, which the audit trail then says too, or `progress` said to stop; and
        in a study that is open for reading only, whose folder another program may be writing in.
        """
        if why is Why.REQUEST:
            self._desk.user.require(Right.BACK_UP)
        _ = self._desk.writer
        if into is not None:
            self._refuse_place(into)
        with self._making:  # what the clock asks for and what a person asks for may meet
            return self._make(why, progress, into)

    def _make(self, why: Why, progress: Progress, into: Path | None) -> Made:
        folder, now, before = self._folder, self._desk.clock.now(), self.newest()
        try:
            password = password_for(self._desk, folder)
            made = make_backup(folder.path, folder.keys, folder.user.login, why, now, progress)
        except TrialError as fault:
            self._failed_at = now
            with suppress(TrialError):
                self._note(BACKUP_FAILED, {"why": why.value, "reason": str(fault)})
            raise
        self._failed_at = None
        thin(folder.backups, folder.keys)
        keep_head(folder.path, folder.keys, folder.read)
        places, problems = self._places(into)
        problems += _lost_since(before, made)
        problems += copy_to_each(made, places, folder.keys)
        problems += bring_set(folder, self._papers, password, made, places, progress)
        self._note(BACKED_UP, made_details(made, problems))
        return Made(made, tuple(problems))

    def _places(self, into: Path | None) -> tuple[list[Path | None], list[str]]:
        """Where copies go; and the sentence why none goes `into` the folder named for this time."""
        places = [second_place(self._folder)]
        if into is None:
            return places, []
        place = place_in(into.resolve(), self._folder)
        try:
            begin_in(place)
        except TrialError as fault:
            return places, [str(fault)]
        return ([*places, place] if place not in places else places), []

    def on_closing(self, progress: Progress = unwatched) -> Made | None:
        """Make a backup if anything changed since the last one."""
        if self._desk.write is None or not self.changed():
            return None
        return self.make(Why.CLOSING, progress)

    def check(self, backup: Backup, progress: Progress = unwatched) -> None:
        """Look a backup over again, as when it was made, and its files too; TrialError with what is wrong."""
        self._desk.user.require(Right.BACK_UP)
        look_over(backup, self._folder.keys, progress)
        check_files(backup)
        self._note("backup checked", {"backup": backup.name})

    def _note(self, act: str, details: dict[str, object]) -> None:
        self._folder.tell_trail(self._desk.clock, act, details)

    # ---- the second folder

    @property
    def second_folder(self) -> Path | None:
        """Where copies go besides, None if nowhere."""
        return second_folder(self._folder)

    def set_second_folder(self, place: Path | None) -> None:
        """Choose it, or with None do without."""
        self._desk.user.require(Right.BACK_UP)
        _ = self._desk.writer  # before anything is made in the folder
        if place is not None:
            self._refuse_place(place)
            begin_in(place_in(place.resolve(), self._folder))
        chosen = str(place.resolve()) if place else ""
        why = "Second folder chosen" if place else "No second folder any more"
        settings.write(self._desk, SECOND_FOLDER, chosen, Context(self._desk.user.login, why), Right.BACK_UP)

    def _refuse_place(self, place: Path) -> None:
        """Raise TrialError where no copies can go."""
        if not place.is_dir():
            raise TrialError(f"There is no folder {place}. Choose one on another disk, a USB stick or a share.")
        if place.resolve().is_relative_to(self._folder.path.resolve()):
            raise TrialError("The second folder must lie outside the study, best on another disk. Choose another one.")


def _lost_since(before: Backup | None, made: Backup) -> Iterator[str]:
    """The sentence for papers whose files are gone since the backup before. It is said once, not every half hour."""
    known = before.manifest.missing if before else ()
    if lost := len(set(made.manifest.missing) - set(known)):
        papers, them = ("1 paper has", "it") if lost == 1 else (f"{lost} papers have", "them")
        yield (
            f"{papers} no file in the study's folder any more, nor among its backups. Look for {them} in another copy "
            f"of the study, or add {them} again."
        )
