"""What a backup says of itself: when, why and by whom it was made, and what must be found in it."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from models.domain.errors import TrialError
from models.persistence.keys.attempts import NO_FAILURES
from models.persistence.keys.keyring_text import keyring_bytes
from models.persistence.keys.keys import Keys
from models.persistence.keys.slots import Keyring
from models.persistence.layout import DATABASE
from models.persistence.verify import Head

MANIFEST = "manifest.json"
_FORMAT = 2
_MOST_BYTES = 64 * 1024 * 1024


class Why(Enum):
    """What a backup was made for; the value stands in its name."""

    START = "start"
    SCHEDULE = "schedule"
    CLOSING = "closing"
    REQUEST = "request"
    MIGRATION = "before-migration"
    RESTORE = "before-restore"
    KEYS = "new-keys"

    @property
    def words(self) -> str:
        """As it is shown."""
        return _WORDS[self]


_WORDS = {
    Why.START: "first of the day",
    Why.SCHEDULE: "every half hour",
    Why.CLOSING: "on closing",
    Why.REQUEST: "asked for",
    Why.MIGRATION: "before the record format changed",
    Why.RESTORE: "before a restore",
    Why.KEYS: "with the new keys",
}


class Manifest(NamedTuple):
    """The facts of a backup.

    `head` is where the audit trail ended, `restores` how often the study had been put back before. `rows` is the keyed
    hash of how many rows each table has (`rows_hash`): anybody may read a manifest, and how many patients have died is
    not for anybody. In a manifest of the first format it is the numbers themselves. `database` and `documents` are
    SHA-256 of files, `keyring` of the keyring without its counts of failed sign-ins. `missing` names documents of which
    there was no file.
    """

    study: str
    created: datetime
    why: Why
    by: str
    program: str
    schema: str
    head: Head
    restores: int
    rows: str | Mapping[str, int]
    size: int
    database: str
    keyring: str
    documents: Mapping[str, str]
    missing: tuple[str, ...]

    def counts(self, rows: Mapping[str, int], keys: Keys) -> bool:
        """Whether these are the numbers of rows that were counted when the backup was made."""
        if isinstance(self.rows, str):
            return hmac.compare_digest(self.rows.encode(), rows_hash(rows, keys).encode())
        return rows == self.rows


class Backup(NamedTuple):
    """A backup as it lies in its folder.

    `genuine` is false where the manifest was not made with the keys at hand: with earlier keys of the study, or by
    something other than AlbaTrack. `keys_until` tells the one from the other, where the audit trail was asked: it is
    when the study got new keys after this backup (`models.persistence.former_backups`). Such a backup opens with the
    keyring that it brings.
    """

    path: Path
    manifest: Manifest
    genuine: bool
    keys_until: datetime | None = None

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.path.name

    @property
    def age(self) -> tuple[int, int, datetime, str]:
        """By what backups are sorted: how far the record had come, whatever the clocks said."""
        known = self.manifest
        return known.restores, known.head.rows, known.created, self.name


def manifest_bytes(manifest: Manifest, keys: Keys) -> bytes:
    """The content of the file, under a keyed hash that nobody without the study's keys can make."""
    return json.dumps({**_content(manifest), "mac": _mac(manifest, keys)}, indent=1, ensure_ascii=False).encode()


def rows_hash(rows: Mapping[str, int], keys: Keys) -> str:
    """What tells one set of numbers of rows from another, and tells nobody without the keys what they are."""
    return hmac.digest(keys.derive("backup rows"), json.dumps(dict(rows), sort_keys=True).encode(), "sha256").hex()


def manifest_fingerprint(manifest: Manifest) -> str:
    """SHA-256 of all that a manifest says."""
    return hashlib.sha256(_text(manifest)).hexdigest()


def read_manifest(folder: Path, keys: Keys) -> Backup:
    """The backup in a folder; TrialError where its manifest is missing, damaged or of a newer version."""
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            read = json.loads(file.read(_MOST_BYTES))
        if read["format"] > _FORMAT:
            raise TrialError(f"{path} was written by a newer AlbaTrack. Use the newer version for this backup.")
        manifest = _manifest(read)
        mac = str(read["mac"]).encode()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as fault:
        raise TrialError(f"{path} is missing or damaged: this backup cannot be trusted. Choose another.") from fault
    return Backup(folder, manifest, hmac.compare_digest(mac, _mac(manifest, keys).encode()))


def backups_in(folder: Path, keys: Keys) -> tuple[Backup, ...]:
    """Every backup in a folder of backups that counts, the newest first.

    One that is not whole (no manifest, no database, or one of another size) never counts.
    """
    return tuple(sorted(_found(folder, keys), key=lambda backup: backup.age, reverse=True))


def _found(folder: Path, keys: Keys) -> Iterator[Backup]:
    try:
        manifests = tuple(folder.glob(f"[!.]*/{MANIFEST}"))
    except OSError:  # a share that is out of reach
        return
    for path in manifests:
        try:
            backup = read_manifest(path.parent, keys)
            if (path.parent / DATABASE).stat().st_size == backup.manifest.size:
                yield backup
        except (TrialError, OSError):
            continue


def newest(backups: tuple[Backup, ...]) -> Backup | None:
    """The newest one that was made with the keys at hand."""
    return next((backup for backup in backups if backup.genuine), None)


def is_backup(folder: Path) -> bool:
    """Whether a study's folder is a backup: it is read, and never written."""
    return (folder / MANIFEST).exists()


def keyring_digest(ring: Keyring) -> str:
    """SHA-256 of a keyring without its failed sign-ins, which are counted in a backup that is being opened too."""
    slots = tuple(slot._replace(attempts=NO_FAILURES) for slot in ring.slots)
    recovery = ring.recovery._replace(attempts=NO_FAILURES)
    return hashlib.sha256(keyring_bytes(ring._replace(slots=slots, recovery=recovery, unknown=NO_FAILURES))).hexdigest()


def _content(manifest: Manifest) -> dict[str, Any]:
    content = manifest._asdict()
    content["created"] = manifest.created.isoformat(timespec="milliseconds")
    content["why"] = manifest.why.value
    content["head"] = manifest.head._asdict()
    content["missing"] = list(manifest.missing)
    return {"format": _FORMAT if isinstance(manifest.rows, str) else 1, **content}


def _manifest(read: Any) -> Manifest:  # noqa: ANN401 - a file that anybody may have changed
    created, rows = datetime.fromisoformat(read["created"]), read["rows"]
    if created.tzinfo is None:
        raise ValueError("a moment without its offset from UTC")
    return Manifest(
        study=str(read["study"]),
        created=created,
        why=Why(read["why"]),
        by=str(read["by"]),
        program=str(read["program"]),
        schema=str(read["schema"]),
        head=Head(int(read["head"]["rows"]), str(read["head"]["link"])),
        restores=int(read["restores"]),
        rows=rows if isinstance(rows, str) else {str(name): int(number) for name, number in rows.items()},
        size=int(read["size"]),
        database=str(read["database"]),
        keyring=str(read["keyring"]),
        documents={str(name): str(digest) for name, digest in read["documents"].items()},
        missing=tuple(str(name) for name in read["missing"]),
    )


def _mac(manifest: Manifest, keys: Keys) -> str:
    return hmac.digest(keys.derive("backup"), _text(manifest), "sha256").hex()


def _text(manifest: Manifest) -> bytes:
    return json.dumps(_content(manifest), sort_keys=True, separators=(",", ":")).encode()
