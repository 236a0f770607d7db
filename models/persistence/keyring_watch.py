"""Whether the keyring in the folder is the one that the audit trail knows: what finds a former one put back.

The seal of a keyring tells who made it, not when: a former one, which the same keys sealed, looks as good as the
newest. So the trail keeps a fingerprint of every way into the study. A change tells it twice: in the transaction that
tells of the change itself, with the fingerprint before and after it, and once the file is written. After a crash
between the two either is right, and the next sign-in tells which one is there. Failed sign-ins are counted when nobody
holds a key, and are in no fingerprint; neither are the sealed keys, so that new keys of the study change none.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, text

from models.domain.context import Context
from models.persistence.audit import note_event
from models.persistence.backup_manifest import is_backup
from models.persistence.keys.keyring_file import held, read_keyring
from models.persistence.keys.slots import RECOVERY, Keyring, Slot
from models.persistence.unit_of_work import UnitOfWork
from models.persistence.verify import Problem

CHANGING = "keyring changing"
KEPT = "keyring kept"
FORMER = "former keyring found"

_TOLD = text(
    "SELECT seq, CAST(new AS BLOB) FROM audit WHERE kind = 'event' AND act IN (:changing, :kept) ORDER BY seq"
).bindparams(changing=CHANGING, kept=KEPT)


class Known(NamedTuple):
    """What the trail says of one way in: in which row, and the fingerprints that are right, None where there is none.

    There are two while nobody knows whether a change that was broken off had reached the file.
    """

    row: int
    right: frozenset[str | None]


NEVER_MADE = Known(0, frozenset({None}))


def fingerprints(ring: Keyring) -> dict[str, str]:
    """What is known again of each way in, by the user name; that of the recovery key has the empty one."""
    return {slot.user: _fingerprint(ring.study, slot) for slot in (*ring.slots, ring.recovery)}


def tell_change(unit: UnitOfWork, before: Keyring, after: Keyring) -> None:
    """Tell the trail, in the transaction that tells why, that one keyring is about to take the place of another."""
    if not known(unit.connection):
        _keep(unit, fingerprints(before))
    if changed := _differing(before, after):
        unit.note(CHANGING, {"slots": changed})


def tell_kept(unit: UnitOfWork, before: Keyring, after: Keyring) -> None:
    """Tell the trail that the new one is written."""
    now = fingerprints(after)
    if changed := _differing(before, after):
        _keep(unit, {user: now.get(user) for user in changed})


def tell_found(unit: UnitOfWork, ring: Keyring) -> None:
    """Tell the trail at a sign-in what a crash left open, and which ways in are not those that it knows.

    The first time that a study is opened by a version that keeps fingerprints, what is there counts as right.
    """
    told, found = known(unit.connection), fingerprints(ring)
    if not told:
        _keep(unit, found)
        return
    open_still = {user: found.get(user) for user, one in told.items() if len(one.right) > 1}
    if settled := {user: now for user, now in open_still.items() if now in told[user].right}:
        _keep(unit, settled)
    if strange := _unlike(told, ring):
        unit.note(FORMER, former_details(strange, ring))


def former_details(strange: Iterable[str], ring: Keyring) -> dict[str, object]:
    """The details of the event that ways into the study were found which the trail does not know."""
    found = fingerprints(ring)
    return {"slots": _each_alone({user: found.get(user) for user in strange})}


def adopt(connection: Connection, by: Context, at: str, ring: Keyring) -> None:
    """Tell the trail of a restored database which keyring goes with it: from then on that one is right."""
    absent: dict[str, str | None] = dict.fromkeys(known(connection))
    note_event(connection, by, at, KEPT, {"slots": _each_alone(absent | fingerprints(ring))})


def known(connection: Connection) -> Mapping[str, Known]:
    """What the trail says of each way in, by the user name; empty where it says nothing.

    Forged events say nothing: verifying names them.
    """
    told: dict[str, Known] = {}
    for row, details in connection.execute(_TOLD):
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            told |= {user: Known(row, frozenset(right)) for user, right in json.loads(details)["slots"].items()}
    return told


def strangers_to(read: Engine, folder: Path) -> Mapping[str, Known]:
    """The ways into the study that are not those which the trail knows, each with what it says; empty for a backup."""
    if is_backup(folder):
        return {}
    with held(folder), read.begin() as connection:  # held: another program may be changing both just now
        told = known(connection)
        return {user: told.get(user, NEVER_MADE) for user in _unlike(told, read_keyring(folder))}


def warning(strange: Mapping[str, Known]) -> str:
    """The sentence for the window: who may get in again, and what to do."""
    users = [user for user in strange if user != RECOVERY]
    opened, mended = [], []
    if users:
        opened.append(f"by the former passwords of {_listed(users)}")
        mended.append("give each of these accounts a new password, or close it again where it was closed")
    if RECOVERY in strange:
        opened.append("by the former recovery key")
        mended.append("have a new recovery key made")
    return (
        "The keyring in the study's folder is not the newest one that the audit trail knows: somebody may have put an "
        f"old one back. The study may be opened again {' and '.join(opened)}. To mend it, {_listed(mended)}; then make "
        "new keys."
    )


def problems(strange: Mapping[str, Known]) -> Iterator[Problem]:
    """The same for verifying, one for each way in."""
    for user, told in strange.items():
        whose = user or "the recovery key"
        says = "it says" if told.row else "the audit trail knows"
        yield Problem(
            told.row, "", 0, f"the way in of {whose} that the keyring holds is not the one that {says}; it may be old"
        )


def _listed(parts: Sequence[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def _keep(unit: UnitOfWork, slots: Mapping[str, str | None]) -> None:
    unit.note(KEPT, {"slots": _each_alone(slots)})


def _each_alone(slots: Mapping[str, str | None]) -> dict[str, list[str | None]]:
    return {user: [fingerprint] for user, fingerprint in slots.items()}


def _differing(before: Keyring, after: Keyring) -> dict[str, list[str | None]]:
    old, new = fingerprints(before), fingerprints(after)
    return {user: [old.get(user), new.get(user)] for user in old | new if old.get(user) != new.get(user)}


def _unlike(told: Mapping[str, Known], ring: Keyring) -> tuple[str, ...]:
    if not told:
        return ()
    found = fingerprints(ring)
    return tuple(user for user in sorted({*told, *found}) if found.get(user) not in told.get(user, NEVER_MADE).right)


def _fingerprint(study: str, slot: Slot) -> str:
    """SHA-256 of what lets an account in, and of whether that reaches identities. It tells nothing of the password."""
    parts = [study, slot.user, *(part.hex() for part in slot.pair), slot.identity_key is not None]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
