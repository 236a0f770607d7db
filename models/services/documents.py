"""Papers of the patient's file: kept encrypted beside the database, each with a random key of its own.

The file is written before its row: a crash between the two leaves a file that nobody can open and nothing refers to,
never a row without its file. The name that a file came with is kept as words; no path is ever made from it.
"""

import base64
import contextlib
import hashlib
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from models.domain.codelists import MEDIA_TYPE
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.rights import Right
from models.persistence.durable import write_durably
from models.persistence.rows import by_ids, of_patients
from models.persistence.unit_of_work import UnitOfWork
from models.queries.record_words import printed_names
from models.records.review import Document
from models.services.about import record_about, refuse_unknown_patient, said
from models.services.desk import Desk
from models.services.locking import refuse_locked

MOST_BYTES = 20 * 1024 * 1024
_KEY_BYTES = 32
_BEGINNINGS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How the content of each permitted kind of file begins (ISO 32000-1, 7.5.2; PNG, 5.2; JPEG, B.1.1.3)."""


class DocumentView(NamedTuple):
    """A document as it is listed; `kind` and `record` name what it is about, "" and 0 for the patient as a whole."""

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
        self, patient: int, title: str, dated: PartialDate | None, file: Path, about: tuple[str, int] | None = None
    ) -> Changes:
        """Keep a copy of a file, about the patient or about one record (`about`: its kind and id).

        Raises TrialError where the file cannot be read, is empty, above 20 MB, or neither PDF, PNG nor JPEG.
        """
        self._desk.user.require(Right.ENTER)
        name = said(title, "A document needs a title: say what it is.")
        content = _read_file(file)
        media_type = _media_type(content, file)
        with self._desk.writing(Right.ENTER) as unit:
            refuse_unknown_patient(unit, patient)
            if about is not None:
                record_about(unit, patient, *about)
            refuse_locked(unit.connection, self._desk.protocol, patient, [(Document.kind.name, 0, {})])
            stored_as, secret = self._store(content)
            try:
                values = {
                    "title": name,
                    "dated": dated,
                    "about_kind": about[0] if about else None,
                    "about_id": about[1] if about else None,
                    "file_name": os.fsencode(file.name).decode("utf-8", "replace"),
                    "media_type": media_type,
                    "size": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "stored_as": stored_as,
                    "secret": secret,
                }
                made = unit.insert(Document.kind.name, values, patient)
            except BaseException:
                with contextlib.suppress(OSError):
                    (self._folder / stored_as).unlink(missing_ok=True)
                raise
        return _changed(patient, made)

    def list(self, patient: int) -> tuple[DocumentView, ...]:
        """The documents of a patient that were not withdrawn, oldest first."""
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            names = printed_names(connection)
            found = [d for d in of_patients(connection, Document.kind.name, [patient]) if isinstance(d, Document)]
        return tuple(_view(document, names.get(document.entered_by, document.entered_by)) for document in found)

    def read(self, document: int) -> bytes:
        """What the file holds, checked against its fingerprint; TrialError where it is missing or damaged."""
        from nacl.exceptions import CryptoError
        from nacl.secret import Aead

        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            found = next(by_ids(connection, Document.kind.name, [document]), None)
        if not isinstance(found, Document):
            raise TrialError("This document is not in the study any more. Read the list again.")
        try:
            sealed = (self._folder / found.stored_as).read_bytes()
        except OSError as fault:
            words = "is missing" if isinstance(fault, FileNotFoundError) else f"cannot be read ({fault.strerror})"
            raise TrialError(f"The file of “{found.title}” {words}. {_FROM_BACKUP}") from fault
        try:
            content = Aead(base64.b64decode(found.secret)).decrypt(sealed, found.stored_as.encode())
        except (CryptoError, ValueError) as fault:
            raise TrialError(f"The file of “{found.title}” is damaged. {_FROM_BACKUP}") from fault
        if hashlib.sha256(content).hexdigest() != found.sha256:
            raise TrialError(f"The file of “{found.title}” is not the one that was kept. {_FROM_BACKUP}")
        return content

    def withdraw(self, document: int, reason: str) -> Changes:
        """Flag a document as withdrawn; its file stays."""
        with self._desk.writing(Right.ENTER, said(reason, "A document is withdrawn with a reason: say why.")) as unit:
            found = _standing(unit, document)
            refuse_locked(unit.connection, self._desk.protocol, found.patient, [(Document.kind.name, found.id, {})])
            unit.withdraw(Document.kind.name, document)
        return _changed(found.patient, document)

    def _store(self, content: bytes) -> tuple[str, str]:
        """Encrypt and write a file (XChaCha20-Poly1305, its name bound in); returns its random name and its key."""
        from nacl.secret import Aead

        stored_as, key = secrets.token_hex(16), secrets.token_bytes(_KEY_BYTES)
        try:
            write_durably(self._folder / stored_as, bytes(Aead(key).encrypt(content, stored_as.encode())))
        except OSError as fault:
            words = (fault.strerror or str(fault)).lower()
            raise TrialError(
                f"The document could not be kept: {words}. Make sure that the disk has space and can be written, then "
                "try again."
            ) from fault
        return stored_as, base64.b64encode(key).decode()


_FROM_BACKUP = "Take it from a backup of the study, or add the paper again."


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
    found = next(by_ids(unit.connection, Document.kind.name, [document]), None)
    if not isinstance(found, Document) or found.voided is not None:
        raise TrialError("This document is not in the study any more. Read the list again.")
    return found


def _view(document: Document, by: str) -> DocumentView:
    assert document.entered_at is not None
    return DocumentView(
        document.id,
        document.patient,
        document.title,
        document.dated,
        document.about_kind or "",
        document.about_id or 0,
        document.file_name,
        document.media_type,
        document.size,
        document.sha256,
        by,
        document.entered_at,
    )


def _changed(patient: int, document: int) -> Changes:
    return Changes(patient, frozenset({Document.kind.name}), ((Document.kind.name, document),))
