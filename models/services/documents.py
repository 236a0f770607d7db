"""Papers of the patient's file: kept encrypted beside the database, each with a random key of its own.

Most papers show who the patient is. The key of such a file is sealed with the identity key, so that an account without
that key, a monitor's, cannot open it. The person who adds a paper says which it is.

The file is written before its row: a crash between the two leaves a file that nobody can open and nothing refers to,
never a row without its file. The name that a file came with is kept as words; no path is ever made from it.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from models.domain.codelists import MEDIA_TYPE
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.domain.fields import LONGEST_NAME
from models.domain.partial_dates import PartialDate
from models.domain.rights import Right
from models.persistence.document_files import content_of, store
from models.persistence.identity_seal import of_connection
from models.persistence.redaction import redact
from models.persistence.rows import by_ids, of_patients
from models.persistence.unit_of_work import UnitOfWork
from models.queries.record_words import printed_names
from models.records.review import Document
from models.services.about import record_about, refuse_unknown_patient, said
from models.services.desk import Desk
from models.services.locking import Touched, refuse_locked

MOST_BYTES = 20 * 1024 * 1024
_BEGINNINGS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How the content of each permitted kind of file begins (ISO 32000-1, 7.5.2; PNG, 5.2; JPEG, B.1.1.3)."""
_GONE = "This document is not in the study any more. Read the list again."
_SHOWS_IDENTITY = (
    "This paper shows who the patient is, so your account cannot open it. Ask the coordinator for a copy with the name "
    "blacked out, or look at it together on site."
)
_UNTOLD = (
    "Nobody has said yet whether this paper shows who the patient is, so it stays closed to your account. Ask the "
    "coordinator to say so, or look at it together on site."
)


class DocumentView(NamedTuple):
    """A document as it is listed; `kind` and `record` name what it is about, "" and 0 for the patient as a whole.

    `shows_identity` is None where nobody was asked. `closed` says why the person at the desk cannot open it and what to
    do, and is empty where it opens. `file_name` is empty for those who may not know who the patient is.
    """

    id: int
    patient: int
    title: str
    dated: PartialDate | None
    kind: str
    record: int
    file_name: str
    media_type: str
    size: int
    sha256: str
    by: str
    at: datetime
    shows_identity: bool | None
    closed: str

    @property
    def media_words(self) -> str:
        """The kind of file as it is shown."""
        return MEDIA_TYPE.label(self.media_type)


class Documents:
    """The documents of an open study."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        """Made by the study; `folder` is where the encrypted files are."""
        self._desk = desk
        self._folder = folder

    def add(
        self,
        patient: int,
        title: str,
        dated: PartialDate | None,
        file: Path,
        about: tuple[str, int] | None = None,
        *,
        shows_identity: bool = True,
    ) -> Changes:
        """Keep a copy of a file, about the patient or about one record (`about`: its kind and id).

        `shows_identity` says whether the paper shows who the patient is; most do.

        Raises TrialError where the day lies after today, or the file cannot be read, is empty, above 20 MB, or neither
        PDF, PNG nor JPEG.
        """
        self._desk.user.require(Right.ENTER)
        name = said(title, "A document needs a title: say what it is.", "The title", LONGEST_NAME)
        if dated is not None and dated.earliest is not None and dated.earliest > self._desk.clock.today():
            raise TrialError("The day of the paper lies after today. Check the year.")
        content = _read_file(file)
        media_type = _media_type(content, file)
        with self._desk.writing(Right.ENTER) as unit:
            refuse_unknown_patient(unit, patient)
            if about is not None:
                record_about(unit, patient, *about)
            refuse_locked(unit.connection, self._desk.protocol, patient, [_touched(0, about)])
            with self._kept(unit, content, shows_identity=shows_identity) as kept:
                values = {
                    "title": name,
                    "dated": dated,
                    "about_kind": about[0] if about else None,
                    "about_id": about[1] if about else None,
                    "file_name": os.fsencode(file.name).decode("utf-8", "replace"),
                    "media_type": media_type,
                    "size": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                    **kept,
                }
                made = unit.insert(Document.kind.name, values, patient)
        return _changed(patient, made)

    def list(self, patient: int) -> tuple[DocumentView, ...]:
        """The documents of a patient that were not withdrawn, oldest first."""
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            names = printed_names(connection)
            found = tuple(of_patients(connection, Document, [patient]))
        return tuple(self._view(document, names.get(document.entered_by, document.entered_by)) for document in found)

    def read(self, document: int) -> bytes:
        """What the file holds, checked against its fingerprint.

        Raises TrialError where it is missing or damaged, or shows who the patient is to somebody who may not know that.
        """
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            found = next(by_ids(connection, Document, [document]), None)
            if found is None:
                raise TrialError(_GONE)
            return self._content(connection, found)

    def mark(self, document: int, *, shows_identity: bool, reason: str) -> Changes:
        """Correct whether a document shows who the patient is. Its file is encrypted anew, with another key.

        The file as it was stays, since a backup that is being made may need it; the audit trail forgets its key where
        that was not sealed. Only who may know the patient's identity can do this.

        Raises TrialError where the mark says so already, or the file cannot be read.
        """
        self._desk.user.require(Right.READ_IDENTITY)
        with self._desk.writing(Right.ENTER, said(reason, "A mark is corrected with a reason: say why.")) as unit:
            found = _standing(unit, document)
            if found.shows_identity is shows_identity:
                raise TrialError("This document is marked so already. Read the list again.")
            self._refuse_locked(unit, found)
            content = self._content(unit.connection, found)
            with self._kept(unit, content, shows_identity=shows_identity) as kept:
                unit.correct(Document.kind.name, document, kept)
                if shows_identity:
                    redact(unit, Document.kind.name, document, "secret")
        return _changed(found.patient, document)

    def withdraw(self, document: int, reason: str) -> Changes:
        """Flag a document as withdrawn; its file stays."""
        with self._desk.writing(Right.ENTER, said(reason, "A document is withdrawn with a reason: say why.")) as unit:
            found = _standing(unit, document)
            self._refuse_locked(unit, found)
            unit.withdraw(Document.kind.name, document)
        return _changed(found.patient, document)

    def _refuse_locked(self, unit: UnitOfWork, found: Document) -> None:
        about = (found.about_kind, found.about_id) if found.about_kind and found.about_id else None
        refuse_locked(unit.connection, self._desk.protocol, found.patient, [_touched(found.id, about)])

    def _content(self, connection: Connection, document: Document) -> bytes:
        if closed := self._closed(document):
            raise TrialError(closed)
        return content_of(self._folder, document, of_connection(connection.info))

    def _closed(self, document: Document) -> str:
        """Why the person at the desk cannot open a document; empty where nothing stands against it."""
        if document.shows_identity is False or self._desk.user.may(Right.READ_IDENTITY):
            return ""
        return _UNTOLD if document.shows_identity is None else _SHOWS_IDENTITY

    @contextmanager
    def _kept(self, unit: UnitOfWork, content: bytes, *, shows_identity: bool) -> Iterator[dict[str, Any]]:
        """A new file with that content, and what its row says of it. It goes again where the row is not written."""
        sealing = of_connection(unit.connection.info)
        stored = store(self._folder, content, sealing if shows_identity else None)
        try:
            yield {"shows_identity": shows_identity, **stored._asdict()}
        except BaseException:
            with suppress(OSError):
                (self._folder / stored.stored_as).unlink(missing_ok=True)
            raise

    def _view(self, document: Document, by: str) -> DocumentView:
        assert document.entered_at is not None
        closed = self._closed(document)
        return DocumentView(
            document.id,
            document.patient,
            document.title,
            document.dated,
            document.about_kind or "",
            document.about_id or 0,
            "" if closed else document.file_name or "",
            document.media_type,
            document.size,
            document.sha256,
            by,
            document.entered_at,
            document.shows_identity,
            closed,
        )


def _touched(document: int, about: tuple[str, int] | None) -> Touched:
    """What a lock must not stand on: the record that the document is about, else the document itself."""
    return (*about, {}) if about else (Document.kind.name, document, {})


def _read_file(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise TrialError(f"There is no file {file}. Check the name and the folder.")
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        words = getattr(fault, "strerror", None) or str(fault)
        raise TrialError(f"The file could not be read: {words.lower()}. Check that you may open it.") from fault
    if not content:
        raise TrialError("The file is empty. Scan or save the paper again.")
    if len(content) > MOST_BYTES:
        raise TrialError(f"The file is larger than {MOST_BYTES // 2**20} MB. Scan the paper at a lower resolution.")
    return content


def _media_type(content: bytes, file: Path) -> str:
    for beginning, media_type in _BEGINNINGS.items():
        if content.startswith(beginning):
            return media_type
    ending = f" (its name ends in {file.suffix}, but that does not make it one)" if file.suffix else ""
    raise TrialError(f"The file is neither PDF, PNG nor JPEG{ending}. Save or scan the paper as one of these.")


def _standing(unit: UnitOfWork, document: int) -> Document:
    found = next(by_ids(unit.connection, Document, [document]), None)
    if found is None or found.voided is not None:
        raise TrialError(_GONE)
    return found


def _changed(patient: int, document: int) -> Changes:
    return Changes(patient, frozenset({Document.kind.name}), ((Document.kind.name, document),))
