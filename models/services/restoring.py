"""Restoring the backups of an open study beside it, those from before a change of keys too."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from models.domain.errors import TrialError
from models.domain.progress import Progress, unwatched
from models.domain.rights import Right
from models.persistence.backup_manifest import Backup, read_manifest
from models.persistence.former_backups import with_former
from models.persistence.keys import sign_in
from models.persistence.keys.keys import Keys
from models.persistence.restore import Loss, loss, restore_beside
from models.persistence.schema import audit
from models.persistence.study_folder import StudyFolder
from models.persistence.trail_reading import TRAIL, content_of, moment_of, rows_of
from models.queries.record_words import printed_names
from models.services.desk import Desk

_RESTORED = "backup restored beside"


class Restore(NamedTuple):
    """When a backup was last restored beside the study, which shows that backups can be: by whom, and which one."""

    at: datetime
    by: str
    backup: str


class Restoring:
    """Restores, and tells when that was last done. A damaged study is for `models.services.rescue`."""

    def __init__(self, desk: Desk, folder: StudyFolder) -> None:
        """Made by the study."""
        self._desk = desk
        self._folder = folder

    def last(self) -> Restore | None:
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

    def beside(self, backup: Backup, into: Path | None = None, progress: Progress = unwatched) -> Path:
        """Make a study of its own from a backup, beside this one; returns where it is."""
        self._desk.user.require(Right.RESTORE)
        return self._restore(backup, self._folder.path, self._folder.keys, into, progress)

    def former(
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
        with self._folder.read.begin() as connection:
            [known] = with_former((backup,), connection)
        if known.keys_until is None:
            raise TrialError(f"The backup {backup.name} is not known to this study. Choose another backup.")
        keys = sign_in.unlock(backup.path, login, password, self._desk.clock.now()).keys
        return self._restore(read_manifest(backup.path, keys), backup.path, keys, into, progress)

    def _restore(self, backup: Backup, keyring: Path, keys: Keys, into: Path | None, progress: Progress) -> Path:
        """Restore beside the live study, never into its folder, which is its own; `keyring` is where the keys lie."""
        now, folder = self._desk.clock.now(), self._folder
        if into is not None and folder.path.resolve() in into.resolve().parents:
            raise TrialError(f"{into} lies inside this study. Choose a place beside it.")
        target = into or restored_name(folder.path, now)
        restore_beside(backup, target, keyring, keys, folder.user.login, now, progress)
        folder.tell_trail(self._desk.clock, _RESTORED, {"backup": backup.name, "into": target.name})
        return target


def restored_name(study: Path, now: datetime) -> Path:
    """A free place beside a study for its restored copy."""
    first = study.with_name(f"{study.stem} restored {now:%Y-%m-%d}{study.suffix}")
    path, number = first, 2
    while path.exists():
        path, number = first.with_name(f"{first.stem} {number}{first.suffix}"), number + 1
    return path
