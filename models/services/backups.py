"""The backups of an open study: when one is due, making, checking and restoring them, the second folder, the papers."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sqlalchemy import bindparam, select, text

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.progress import Progress, unwatched
from models.domain.rights import Right
from models.persistence.anchors import keep_head
from models.persistence.backup import BACKED_UP, BACKUP_FAILED, check_files, look_over, made_details, make_backup, thin
from models.persistence.backup_manifest import Backup, Why, backups_in, newest, read_manifest
from models.persistence.durable import write_durably
from models.persistence.fallback_sets import bring_to_each, set_of, sets_in, thin_sets
from models.persistence.former_backups import with_former
from models.persistence.keys import sign_in
from models.persistence.restore import Loss, loss, put_back, restore_beside
from models.persistence.schema import audit
from models.persistence.second_folder import begin_in, copy_to_each
from models.persistence.study_folder import StudyFolder
from models.persistence.trail_reading import TRAIL, content_of, moment_of, rows_of
from models.persistence.unit_of_work import writing
from models.queries.record_words import printed_names
from models.services import settings
from models.services.desk import Desk
from models.services.fallback_password import former_sets, known_password, renew
from models.services.kept_heads import SECOND_FOLDER, place_in, second_folder, second_place

_RESTORED = "backup restored beside"
_PASSING = (BACKED_UP, BACKUP_FAILED, "backup checked", "sign-in", "sign-in failed", "sign-out")
"""Events that alone are no reason for a backup: else each one would ask for the next."""
_EVERY = timedelta(minutes=30)
_DAY = timedelta(days=1)

MakePapers = Callable[[str, Progress], bytes | None]
"""Makes the fallback set as a PDF that opens with the password given; None where the progress said to stop."""


class Restore(NamedTuple):
    """When a backup was last restored beside the study, which shows that backups can be: by whom, and which one."""

    at: datetime
    by: str
    backup: str


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

        Raises TrialError where the backup failed, which the audit trail then says too, or `progress` said to stop.
        """
        if why is Why.REQUEST:
            self._desk.user.require(Right.BACK_UP)
        if into is not None:
            self._refuse_place(into)
        with self._making:  # what the clock asks for and what a person asks for may meet
            return self._make(why, progress, into)

    def _make(self, why: Why, progress: Progress, into: Path | None) -> Made:
        password = self._password()
        folder, now = self._folder, self._desk.clock.now()
        try:
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
        problems += [*copy_to_each(made, places, folder.keys), *self._make_papers(password, made, progress)]
        if paper := self.fallback_set():
            thin_sets(folder.backups, paper)
            problems += bring_to_each(paper, places)
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
        return [*places, place], []

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
        if self._desk.write is not None:
            self._note("backup checked", {"backup": backup.name})

    def _note(self, act: str, details: dict[str, object]) -> None:
        with writing(self._desk.writer, Context(self._desk.user.login), self._desk.clock) as unit:
            unit.note(act, details)

    # ---- the second folder

    @property
    def second_folder(self) -> Path | None:
        """Where copies go besides, None if nowhere."""
        return second_folder(self._folder)

    def set_second_folder(self, place: Path | None) -> None:
        """Choose it, or with None do without."""
        self._desk.user.require(Right.BACK_UP)
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

    # ---- the fallback set

    def fallback_password(self) -> str:
        """What opens the fallback set; made at the first use. Empty in a study that is read only and has none.

        Only for those who may open the set: it shows what is known of every patient.
        """
        self._desk.user.require(Right.READ_IDENTITY)
        return self._password() or ""

    def new_fallback_password(self) -> str:
        """Make another one, because somebody may know it who must not; the next backup brings a set that it opens.

        The sets made until now open with the former one, which nothing shows any more.
        """
        self._desk.user.require(Right.READ_IDENTITY)
        with self._desk.writing(Right.BACK_UP, "New password asked for") as unit:
            return renew(unit, sets_in(self._folder.backups))

    def _password(self) -> str | None:
        """The same for whatever account is signed in; None where that cannot unlock it."""
        known = known_password(self._folder.read)
        if known != "" or self._desk.write is None:
            return known
        with writing(self._desk.writer, Context(self._desk.user.login), self._desk.clock) as unit:
            return renew(unit, sets_in(self._folder.backups))

    def fallback_set(self) -> Path | None:
        """The newest fallback set that the password opens, else the newest one; None if none was made yet."""
        kept = sets_in(self._folder.backups)
        return next((paper for paper in kept if not self.is_former(paper)), next(iter(kept), None))

    def is_former(self, paper: Path) -> bool:
        """Whether a fallback set opens with a password from before the present one."""
        return paper.name in former_sets(self._folder.read)

    def _make_papers(self, password: str | None, made: Backup, progress: Progress) -> list[str]:
        """Where a monitor makes the first backup of a day, the papers come with the next: the password is sealed."""
        paper = set_of(self._folder.backups, made.manifest.created.date(), former_sets(self._folder.read))
        if paper.exists() or not password:
            return []
        try:
            content = self._papers(password, progress)
            if content is None:
                return ["The fallback set was not made: it was stopped. It comes with the next backup."]
            if known_password(self._folder.read) != password:
                return ["The fallback set was not kept: it has a new password. It comes with the next backup."]
            write_durably(paper, content)
        except (TrialError, OSError) as fault:
            return [f"The fallback set could not be written: {fault}"]
        return []

    # ---- restoring

    def last_restore(self) -> Restore | None:
        """The last time that somebody restored a backup beside the study, None if nobody ever did."""
        told = select(TRAIL["at"], TRAIL["actor"], TRAIL["new"]).where(audit.c.act == _RESTORED)
        with self._folder.read.begin() as connection:
            for at, actor, new in rows_of(connection, told.order_by(audit.c.seq.desc()).limit(1)):
                by = printed_names(connection).get(actor, actor)
                return Restore(moment_of(at), by, str(content_of(new).get("backup", "")))
        return None

    def loss(self, backup: Backup) -> Loss:
        """What the study has now and the backup has not."""
        return loss(backup, self._folder.read, None)

    def restore_beside(self, backup: Backup, into: Path | None = None, progress: Progress = unwatched) -> Path:
        """Make a study of its own from a backup, beside this one; returns where it is."""
        self._desk.user.require(Right.RESTORE)
        now, folder = self._desk.clock.now(), self._folder
        target = self._target(into, now)
        restore_beside(backup, target, folder.path, folder.keys, folder.user.login, now, progress)
        if self._desk.write is not None:
            self._note(_RESTORED, {"backup": backup.name, "into": target.name})
        return target

    def restore_former(
        self,
        backup: Backup,
        login: str,
        password: str,
        into: Path | None = None,
        progress: Progress = unwatched,
    ) -> Path:
        """Make a study of its own from a backup from before a change of keys, with an account and password of its time.

        Raises TrialError where these are wrong, or the backup is none that the study's audit trail names.
        """
        self._desk.user.require(Right.RESTORE)
        now, folder = self._desk.clock.now(), self._folder
        with folder.read.begin() as connection:
            [known] = with_former((backup,), connection)
        if known.keys_until is None:
            raise TrialError(f"The backup {backup.name} is not known to this study. Choose another backup.")
        keys = sign_in.unlock(backup.path, login, password, now).keys
        target = self._target(into, now)
        opened = read_manifest(backup.path, keys)
        restore_beside(opened, target, backup.path, keys, folder.user.login, now, progress)
        if self._desk.write is not None:
            self._note(_RESTORED, {"backup": backup.name, "into": target.name})
        return target

    def _target(self, into: Path | None, now: datetime) -> Path:
        """Where a restored study goes: beside the live one, never into its folder, which is its own."""
        if into is not None and self._folder.path.resolve() in into.resolve().parents:
            raise TrialError(f"{into} lies inside this study. Choose a place beside it.")
        return into or restored_name(self._folder.path, now)

    def put_back(self, backup: Backup, progress: Progress = unwatched) -> None:
        """Put a backup in the place of what the study holds now, which is backed up first. The study is then closed.

        Raises TrialError where that cannot be done; the study is then open and as it was.
        """
        self._desk.user.require(Right.RESTORE)
        folder = self._folder
        if self._desk.write is None:
            raise TrialError("The study is open for reading only. Open it for writing to put a backup back.")
        place = second_place(folder)
        elsewhere = (place,) if place else ()
        folder.let_go_of_database()
        put_back(backup, folder.path, folder.keys, folder.user.login, self._desk.clock.now(), elsewhere, progress)
        folder.close()


def restored_name(study: Path, now: datetime) -> Path:
    """A free place beside a study for its restored copy."""
    first = study.with_name(f"{study.stem} restored {now:%Y-%m-%d}{study.suffix}")
    path, number = first, 2
    while path.exists():
        path, number = first.with_name(f"{first.stem} {number}{first.suffix}"), number + 1
    return path
