"""The files of documents: each encrypted under a random name with a random key of its own, which its row keeps.

The key of a paper that shows who the patient is lies in its row sealed with the identity key, as identities do.
"""

import base64
import hashlib
import secrets
from pathlib import Path
from typing import NamedTuple

from models.domain.errors import TrialError, plain
from models.persistence.durable import write_durably
from models.persistence.identity_seal import Sealing
from models.records.review import Document

_KEY_BYTES = 32
_FROM_BACKUP = "Take it from a backup of the study, or add the paper again."
_WITHOUT_KEY = (
    "This paper shows who the patient is, and your account has no key to identities. Ask an administrator to give it "
    "its role again, then sign in again."
)


class Stored(NamedTuple):
    """A file that was written: its name, and its key as the row keeps it."""

    stored_as: str
    secret: str


def store(folder: Path, content: bytes, sealing: Sealing | None = None) -> Stored:
    """Encrypt and write a file (XChaCha20-Poly1305, its name bound in); its key is sealed with `sealing`, if given.

    Raises TrialError where it cannot be written, or `sealing` holds no key.
    """
    from nacl.secret import Aead

    if sealing is not None and not sealing.holds_key:
        raise TrialError(_WITHOUT_KEY)
    stored_as, key = secrets.token_hex(16), secrets.token_bytes(_KEY_BYTES)
    secret = base64.b64encode(key).decode()
    try:
        write_durably(folder / stored_as, bytes(Aead(key).encrypt(content, stored_as.encode())))
    except OSError as fault:
        raise TrialError(
            f"The document could not be kept: {plain(fault)}. Make sure that the disk has space and can be written, "
            "then try again."
        ) from fault
    return Stored(stored_as, (sealing.seal(secret, _place(stored_as)) or "") if sealing else secret)


def content_of(folder: Path, document: Document, sealing: Sealing) -> bytes:
    """What a document's file holds, checked against its fingerprint.

    Raises TrialError where it is missing or damaged, or its key is sealed and `sealing` does not open it.
    """
    from nacl.exceptions import CryptoError
    from nacl.secret import Aead

    try:
        encrypted = (folder / document.stored_as).read_bytes()
    except OSError as fault:
        words = "is missing" if isinstance(fault, FileNotFoundError) else f"cannot be read ({plain(fault)})"
        raise TrialError(f"The file of “{document.title}” {words}. {_FROM_BACKUP}") from fault
    try:
        secret = sealing.open(document.secret, _place(document.stored_as))
        if secret is None:
            raise TrialError(_WITHOUT_KEY)
        content = Aead(base64.b64decode(secret)).decrypt(encrypted, document.stored_as.encode())
    except (CryptoError, ValueError) as fault:
        raise TrialError(f"The file of “{document.title}” is damaged. {_FROM_BACKUP}") from fault
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise TrialError(f"The file of “{document.title}” is not the one that was kept. {_FROM_BACKUP}")
    return content


def _place(stored_as: str) -> str:
    """What a key is sealed for: that file alone."""
    return f"{Document.kind.name}.{stored_as}"
