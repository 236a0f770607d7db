"""The audit trail as the window and the command line use it: reading, exporting, verifying, noting what happened."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from models.domain.characters import told
from models.domain.errors import TrialError, plain
from models.domain.notation import Desk as Notation
from models.domain.progress import Progress, unwatched
from models.domain.rights import Right
from models.persistence import keyring_watch
from models.persistence.backup_manifest import is_backup
from models.persistence.copying import copy_database
from models.persistence.engine import reader
from models.persistence.layout import VERIFYING
from models.persistence.redaction import is_text, redact_reason, redact_text
from models.persistence.study_folder import StudyFolder
from models.persistence.unit_of_work import UnitOfWork
from models.persistence.verify import Head, Verification, head_of, verify
from models.queries import history, trail
from models.queries.record_words import printed_names
from models.queries.trail import EVERYTHING, TrailFilter, TrailLine
from models.services import drafts
from models.services.desk import Desk
from models.services.kept_heads import heads_kept


class Trail:
    """The audit trail of an open study."""

    def __init__(self, desk: Desk, folder: StudyFolder) -> None:
        """Made by the study."""
        self._desk = desk
        self._folder = folder

    def lines(
        self, wanted: TrailFilter = EVERYTHING, limit: int = trail.PAGE, notation: Notation = Notation.ENGLISH
    ) -> tuple[TrailLine, ...]:
        """The newest lines that fit. Whoever may not read patients' records sees those about none."""
        return self._read(self._folder.read, wanted, limit, notation)

    def people(self) -> Mapping[str, str]:
        """Everybody the trail knows: login -> printed name."""
        return trail.people(self._folder.read)

    def names(self) -> Mapping[str, str]:
        """The printed name of every account that ever was: login -> name."""
        with self._folder.read.begin() as connection:
            return printed_names(connection)

    def changed(self, patient: int | None = None) -> frozenset[tuple[str, int, str]]:
        """The fields of a patient's records that once held another value: kind, id of the record, name of the field.

        Without a patient, of everybody's.
        """
        return history.changed_fields(self._folder.records, patient)

    def head(self) -> Head:
        """Where the trail ends now: what every printed page and every backup carries."""
        return head_of(self._folder.read)

    def note(self, act: str, details: Mapping[str, Any] | None = None, patient: int = 0) -> None:
        """Add something that happened: a print, an export. While reading only, it waits for the next one who writes."""
        self._desk.user.require(Right.PRINT)
        self._folder.tell_trail(self._desk.clock, act, details, patient)

    def export(self, wanted: TrailFilter = EVERYTHING) -> tuple[TrailLine, ...]:
        """Every line that fits, newest first, for those who may export. Who the patients are stays sealed."""
        self._desk.user.require(Right.PRINT)
        with self._folder.without_identities() as engine:
            return self._read(engine, wanted, max(self.head().rows, 1), Notation.ENGLISH)

    def _read(self, engine: Engine, wanted: TrailFilter, limit: int, notation: Notation) -> tuple[TrailLine, ...]:
        if not self._desk.user.may(Right.READ_RECORD):
            wanted = wanted._replace(nobody=True)
        return trail.lines(engine, self._desk.protocol, notation, wanted, limit)

    def is_text(self, kind: str, field: str) -> bool:
        """Whether a field holds what somebody typed as text, which can be removed from the trail."""
        return is_text(kind, field)

    def redact(self, kind: str, record: int, field: str, reason: str) -> int:
        """Remove the former texts of a field, which must not be kept, from the trail; the reason stays in it.

        Returns from how many rows. What a query, an open question or a lock says goes from the record too, since nobody
        can correct it there. TrialError where the field holds no text that somebody typed, or has no former one.
        """
        with self._removing(reason) as unit:
            removed = redact_text(unit, kind, record, field)
            drafts.black_out(unit.connection, removed.texts)
        return removed.rows

    def redact_reason(self, row: int, reason: str) -> int:
        """The same of the reason that was given for a change: `row` is a row of the trail that has it."""
        with self._removing(reason) as unit:
            removed = redact_reason(unit, row)
            drafts.black_out(unit.connection, removed.texts)
        return removed.rows

    def _removing(self, reason: str) -> AbstractContextManager[UnitOfWork]:
        self._desk.user.require(Right.REDACT)
        if not told(reason):
            raise TrialError("Removing a text from the audit trail needs a reason: say why it must not stay there.")
        return self._desk.writing(Right.REDACT, reason)

    def verify(self, progress: Progress = unwatched, heads: Iterable[Head] = ()) -> Verification:
        """Hold the trail against itself, against the data and against its ends that were kept elsewhere.

        Those that the study's folder, its backups and the second folder keep, where that is connected, and `heads`
        besides: ends that were printed. For a study in which nobody works meanwhile: a long reading would keep others
        from saving.
        """
        kept = (*heads_kept(self._folder), *heads)
        return self._with_keyring(verify(self._folder.read, self._folder.keys, kept, progress=progress))

    def verify_copy(self, progress: Progress = unwatched, heads: Iterable[Head] = ()) -> Verification:
        """The same of a study in use: of a copy of this moment, made for it and removed after it.

        A backup is not copied: nobody writes in it, and nothing may be added to its folder. Stops where `progress`
        says no.
        """
        folder = self._folder
        if is_backup(folder.path):
            return self.verify(progress, heads)
        kept = (*heads_kept(folder), *heads)
        with _copy(folder) as database:
            copied = reader(database, folder.keys)
            try:
                return self._with_keyring(verify(copied, folder.keys, kept, progress=progress))
            finally:
                copied.dispose()

    def _with_keyring(self, found: Verification) -> Verification:
        """The same, with what is wrong with the keyring in the folder."""
        strange = keyring_watch.strangers_to(self._folder.read, self._folder.path)
        return found._replace(problems=(*found.problems, *keyring_watch.problems(strange)))


@contextmanager
def _copy(folder: StudyFolder) -> Iterator[Path]:
    """A copy of the database, encrypted as it is, in a folder of the study that only its owner can enter."""
    try:
        with tempfile.TemporaryDirectory(prefix=VERIFYING, dir=folder.path) as place:
            database = Path(place) / "copy.db"
            with folder.read.begin() as connection:
                copy_database(connection, database, folder.keys)
            yield database
    except OSError as fault:
        raise TrialError(
            f"The study could not be copied to be verified: {plain(fault)}. Make sure that its disk has "
            "space and can be written."
        ) from fault
