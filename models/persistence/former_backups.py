"""Backups from before a change of keys, and how the study knows them from backups that somebody else made.

Their manifests are sealed with the old key. The study does not keep it: it was changed because somebody may have it who
must not. So the event by which the audit trail tells of the new keys names every backup that counted until then, with
the fingerprint of its manifest, and that of the database is in the manifest. To open one takes a password of its time.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from models.persistence.backup_manifest import Backup, backups_in, manifest_fingerprint
from models.persistence.keys.keys import Keys

KEYS_CHANGED = "keys changed"


def fingerprints(places: Iterable[Path], keys: Keys) -> Mapping[str, str]:
    """The backups in these folders that count with these keys: fingerprint of the manifest -> name."""
    found = (backup for place in places for backup in backups_in(place, keys))
    return {manifest_fingerprint(backup.manifest): backup.name for backup in found if backup.genuine}


def with_former(backups: tuple[Backup, ...], connection: Connection) -> tuple[Backup, ...]:
    """The same; those from before a change of keys with the moment of that change, as the audit trail has it."""
    if all(backup.genuine for backup in backups):
        return backups
    known = _changes(connection)
    return tuple(
        backup if backup.genuine else backup._replace(keys_until=known.get(manifest_fingerprint(backup.manifest)))
        for backup in backups
    )


def _changes(connection: Connection) -> Mapping[str, datetime]:
    """Fingerprint -> when the keys were changed. Forged events say nothing: verifying names them."""
    events = connection.execute(
        text("SELECT CAST(at AS BLOB), CAST(new AS BLOB) FROM audit WHERE kind = 'event' AND act = :act ORDER BY seq"),
        {"act": KEYS_CHANGED},
    )
    known: dict[str, datetime] = {}
    for at, details in events:
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            moment = datetime.fromisoformat(at.decode())
            known |= dict.fromkeys(json.loads(details)["backups"], moment)
    return known
