"""What making a study, the commands about accounts and the recovery share: which passwords may be used, and keys."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from models.domain.errors import TrialError
from models.domain.passwords import check
from models.domain.rights import IDENTITY_KEY_HOLDERS
from models.persistence import keyring_watch
from models.persistence.keys.accounts import Change, trusted_keyring, with_account, with_password
from models.persistence.keys.keyring_file import held, read_keyring, write_keyring
from models.persistence.keys.keys import Keys
from models.persistence.keys.sealed_slots import sealed
from models.persistence.keys.slots import Keyring, new_name
from models.persistence.study_folder import NewAccount
from models.persistence.unit_of_work import UnitOfWork
from models.protocols.model import Protocol
from models.services import settings
from models.services.about import name_said

BY_RECOVERY = "recovery key"
"""Who acts with the recovery key, as the trail has it: it cannot know the person. No account may have this name."""


class KeyringChange(NamedTuple):
    """The transaction that tells the trail of a change of the keyring, and the keyring as it was until then."""

    unit: UnitOfWork
    before: Keyring


def words_of(protocol: Protocol, site_code: str, site_name: str) -> tuple[str, ...]:
    """What anybody at the desk of a site knows, and no password may be made of."""
    study = (protocol.acronym, protocol.id, protocol.sponsor, *protocol.registry_ids, protocol.title)
    return (*study, site_code, site_name)


def known_words(read: Engine, protocol: Protocol) -> tuple[str, ...]:
    """The same in a study that is there."""
    facts = settings.read_all(read)
    return words_of(protocol, facts["site_code"], facts["site_name"])


def refuse_unfit(accounts: Iterable[NewAccount], words: Iterable[str], *, synthetic: bool) -> None:
    """Raise TrialError where the first accounts of a study cannot be made: for a name, or a password.

    The password of a `synthetic` study guards nobody, and may be told to everybody.
    """
    for account in accounts:
        name_said(account.name, "The printed name")
        if new_name(account.login).casefold() == BY_RECOVERY:
            raise TrialError(f"The user name {account.login} stands for the key in the safe. Choose another one.")
        if not synthetic and (against := check(account.password, account.login, account.name, words)):
            raise TrialError(f"The account {account.login}: {' '.join(against)}")


def against_password(read: Engine, protocol: Protocol, login: str, name: str, password: str) -> tuple[str, ...]:
    """What stands against a new password of a person, each a sentence; empty if it may be used."""
    return check(password, login, name, known_words(read, protocol))


def refuse_weak(read: Engine, protocol: Protocol, login: str, name: str, password: str) -> None:
    """Raise TrialError with what stands against a new password."""
    if against := against_password(read, protocol, login, name, password):
        raise TrialError(" ".join(against))


def has_key(folder: Path, login: str) -> bool:
    """Whether the keyring lets that account in."""
    return read_keyring(folder).find(login) is not None


def let_in(ring: Keyring, keys: Keys, login: str, password: str, role: str) -> Keyring:
    """Let an account in with that password, whether it had a key or not; to identities as its role has them."""
    made = with_account if ring.find(login) is None else with_password
    return made(ring, keys, login, password, identity=role in IDENTITY_KEY_HOLDERS)


@contextmanager
def told_already(again: str) -> Iterator[None]:
    """Do in the keyring what the trail already tells; if that fails, say what to do `again`."""
    try:
        yield
    except TrialError as fault:
        raise TrialError(f"The audit trail has it, but the keyring could not be changed. {fault} {again}") from fault


@contextmanager
def changing_keyring(
    folder: Path,
    keys: Keys,
    change: Change,
    transaction: Callable[[], AbstractContextManager[UnitOfWork]],
    again: str,
) -> Iterator[KeyringChange]:
    """One transaction of the audit trail, and what `change` makes of the keyring: written after it, if it succeeds.

    Raises TrialError as `change` and `transaction` do, and then nothing was changed; where the file cannot be written,
    with what to do `again`.
    """
    with held(folder):
        before = trusted_keyring(folder, keys)
        after = sealed(change(before), keys)
        with transaction() as unit:
            yield KeyringChange(unit, before)
            keyring_watch.tell_change(unit, before, after)
        with told_already(again):
            write_keyring(folder, after)
    with suppress(TrialError), transaction() as unit:  # else the next sign-in tells the trail
        keyring_watch.tell_kept(unit, before, after)
