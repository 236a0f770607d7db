"""The accounts of a study: who has one, who had which role from when to when, who was trained in what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from models.domain.date_notation import NO_MOMENT
from models.domain.rights import IDENTITY_KEY_HOLDERS
from models.persistence.audit import EVENT
from models.persistence.keyring_watch import fingerprints, strangers_to
from models.persistence.keys.keyring_file import read_keyring
from models.persistence.keys.slots import RECOVERY, Keyring, Slot
from models.persistence.rows import all_standing
from models.persistence.schema import audit
from models.persistence.trail_reading import TRAIL, content_of, moment_of, rows_of
from models.records.people import Account, Training

RECOVERY_KEY_SHOWN = "recovery key shown"
RECOVERY_KEY_GIVEN_UP = "recovery key given up"
"""The events of a recovery key that is not in use: it was shown, and it came to nothing."""


class AccountLine(NamedTuple):
    """An account as a list shows it; `id` is that of its record.

    `since` is when it was made, `closed` when it was closed. `failures` counts the failed sign-ins since the last good
    one; `blocked_until` is when a wait that follows from them ends. `trouble` says in a sentence what does not fit
    between the account and its key, and what to do; empty where all is well.
    """

    id: int
    login: str
    name: str
    role: str
    since: datetime
    closed: datetime | None
    must_change: bool
    last_sign_in: datetime | None
    failures: int
    blocked_until: datetime | None
    trouble: str


class Tenure(NamedTuple):
    """That a person had a role from one moment to another; `until` is None where it lasts (ICH E6(R3) 4.3.8)."""

    login: str
    name: str
    role: str
    since: datetime
    until: datetime | None


def accounts(engine: Engine) -> tuple[Account, ...]:
    """Every account that ever was, in the order in which they were made."""
    with engine.begin() as connection:
        return tuple(all_standing(connection, Account, "id"))


def lines(engine: Engine, folder: Path, now: datetime) -> tuple[AccountLine, ...]:
    """The accounts as a list shows them, with what the keyring in `folder` says of each."""
    ring, signed_in = read_keyring(folder), _last_sign_ins(engine)
    of: dict[str, list[Tenure]] = {}
    for tenure in tenures(engine):
        of.setdefault(tenure.login, []).append(tenure)
    return tuple(
        _line(account, of.get(account.login, ()), ring.find(account.login), signed_in.get(account.login), now)
        for account in accounts(engine)
    )


def strangers(engine: Engine, folder: Path) -> tuple[str, ...]:
    """The names of keys in the keyring that belong to no account. They open nothing: signing in is refused."""
    known = {account.login.casefold() for account in accounts(engine)}
    return tuple(slot.user for slot in read_keyring(folder).slots if slot.user.casefold() not in known)


def tenures(engine: Engine) -> tuple[Tenure, ...]:
    """Who had which role from when to when, as the audit trail has it; each person's together, the first made first."""
    told = select(TRAIL["record_id"], TRAIL["at"], TRAIL["new"]).where(audit.c.kind == "account").order_by(audit.c.seq)
    found: dict[int, list[Tenure]] = {}
    with engine.begin() as connection:
        for record, at, new in rows_of(connection, told):
            _follow(found.setdefault(record, []), moment_of(at), content_of(new))
    return tuple(tenure for person in found.values() for tenure in person)


def trainings(engine: Engine) -> tuple[Training, ...]:
    """What everybody was trained in, in the order of the days."""
    with engine.begin() as connection:
        return tuple(all_standing(connection, Training, "given"))


def recovery_key_waiting(engine: Engine, folder: Path) -> datetime | None:
    """When a new recovery key was shown that nobody has taken into use or given up; None where there is none.

    Whether it is in use says the keyring alone: it is, once another way in has taken the place of the one of then.
    """
    told = (audit.c.kind == EVENT) & audit.c.act.in_((RECOVERY_KEY_SHOWN, RECOVERY_KEY_GIVEN_UP))
    columns = (TRAIL[name] for name in ("act", "at", "new"))
    with engine.begin() as connection:
        found = list(rows_of(connection, select(*columns).where(told).order_by(audit.c.seq.desc()).limit(1)))
    if not found or found[0].act == RECOVERY_KEY_GIVEN_UP:
        return None
    former = content_of(found[0].new) == former_recovery_key(read_keyring(folder))
    return moment_of(found[0].at) if former and RECOVERY not in strangers_to(engine, folder) else None


def former_recovery_key(ring: Keyring) -> Mapping[str, object]:
    """The details of the event that a new recovery key was shown: what is known again of the one that it follows."""
    return {"slots": {RECOVERY: [fingerprints(ring)[RECOVERY]]}}


def _follow(person: list[Tenure], at: datetime, new: Mapping[str, object]) -> None:
    login, name, role = (str(new.get(field, "")) for field in ("login", "name", "role"))
    if not role:
        return  # somebody forged the row: it says nothing
    last = person[-1] if person else None
    ends = bool(new.get("closed"))
    if last is not None and last.until is None and (ends or last.role != role):
        person[-1] = last._replace(until=at)
    if not ends and (last is None or last.until is not None or last.role != role):
        person.append(Tenure(login, name, role, at, None))
    person[:] = [tenure._replace(name=name) for tenure in person]


def _last_sign_ins(engine: Engine) -> Mapping[str, datetime]:
    signed = (audit.c.kind == EVENT) & (audit.c.act == "sign-in")
    statement = select(TRAIL["actor"], TRAIL["at"], func.max(audit.c.seq)).where(signed).group_by(TRAIL["actor"])
    with engine.begin() as connection:
        return {actor: moment_of(at) for actor, at, _ in rows_of(connection, statement)}


def _line(
    account: Account, roles: Sequence[Tenure], slot: Slot | None, signed_in: datetime | None, now: datetime
) -> AccountLine:
    until = slot.attempts.blocked_until if slot else None
    return AccountLine(
        account.id,
        account.login,
        account.name,
        account.role,
        roles[0].since if roles else NO_MOMENT,
        roles[-1].until if roles else None,
        bool(account.must_change),
        signed_in,
        slot.attempts.failures if slot else 0,
        until if until and until > now else None,
        _trouble(account, slot),
    )


def _trouble(account: Account, slot: Slot | None) -> str:
    if account.closed:
        return "Its key is still in the keyring. Close the account again." if slot else ""
    if slot is None:
        return "There is no key for it in the keyring, so nobody can sign in. Reset the password."
    if (slot.identity_key is not None) != (account.role in IDENTITY_KEY_HOLDERS):
        return "Its key does not fit its role. Give it the same role again."
    return ""
