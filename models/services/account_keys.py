"""What the commands about accounts and the recovery share: which passwords may be used, and an account's key."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine

from models.domain.errors import TrialError
from models.domain.passwords import check
from models.domain.rights import IDENTITY_KEY_HOLDERS
from models.persistence.keys.accounts import add_slot, set_identity, set_password
from models.persistence.keys.keyring_file import read_keyring
from models.persistence.keys.keys import Keys
from models.protocols.model import Protocol
from models.services import settings

_T = TypeVar("_T")


def known_words(read: Engine, protocol: Protocol) -> tuple[str, ...]:
    """What anybody at the desk knows, and no password may be made of."""
    facts = settings.read_all(read)
    study = (protocol.acronym, protocol.id, protocol.sponsor, *protocol.registry_ids, protocol.title)
    return (*study, facts["site_code"], facts["site_name"])


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


def give_key(folder: Path, keys: Keys, login: str, password: str, role: str) -> None:
    """Let an account in with that password, whether it had a key or not; to identities as its role has them."""
    allowed = role in IDENTITY_KEY_HOLDERS
    if has_key(folder, login):
        set_identity(folder, keys, login, allowed=allowed)
        set_password(folder, keys, login, password)
    else:
        add_slot(folder, keys, login, password, identity=allowed)


def in_keyring(step: Callable[[], _T], again: str) -> _T:
    """Do in the keyring what the trail already tells; if that fails, say what to do `again`."""
    try:
        return step()
    except TrialError as fault:
        raise TrialError(f"The audit trail has it, but the keyring could not be changed. {fault} {again}") from fault
