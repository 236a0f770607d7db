"""What a keyring holds: a slot per account and one for the recovery key."""

import unicodedata
from typing import NamedTuple

from models.domain.errors import TrialError
from models.persistence.keys.attempts import NO_FAILURES, Attempts
from models.persistence.keys.sealing import Cost, SealedPair

RECOVERY = ""
"""Whose slot the recovery key's is: no account has this name."""
_LONGEST_NAME = 64


class Slot(NamedTuple):
    """One account's way in: a key pair under its password, and the study's keys sealed to that pair.

    `data_key` holds the key of the database and that of the audit trail's chain, which every account needs.
    `identity_key` is None for an account without the right to the patients' identities.
    """

    user: str
    pair: SealedPair
    data_key: bytes
    identity_key: bytes | None
    attempts: Attempts = NO_FAILURES


class Keyring(NamedTuple):
    """The keyring of a study. It names accounts, and nobody and nothing else.

    `unknown` counts sign-ins with names that no account has; the names themselves are not kept, since people type
    passwords there. `seal` covers all but the failures, which are counted when nobody holds a key.
    """

    study: str
    synthetic: bool
    cost: Cost
    slots: tuple[Slot, ...]
    recovery: Slot
    unknown: Attempts = NO_FAILURES
    seal: bytes = b""

    def find(self, user: str) -> Slot | None:
        """The account's slot, whatever the case of the name."""
        wanted = login(user).casefold()
        return next((slot for slot in self.slots if slot.user.casefold() == wanted), None)

    def slot_of(self, user: str) -> Slot:
        """The account's slot; TrialError if there is no such account."""
        slot = self.find(user)
        if slot is None:
            raise TrialError(f"There is no account {login(user)} in this study. Check the name.")
        return slot

    def with_slot(self, slot: Slot) -> "Keyring":
        """With that slot in place of the one that had its name, or as a new one."""
        if slot.user == RECOVERY:
            return self._replace(recovery=slot)
        if self.find(slot.user) is None:
            return self._replace(slots=(*self.slots, slot))
        return self._replace(slots=tuple(slot if old.user == slot.user else old for old in self.slots))


def new_name(user: str) -> str:
    """A name for a new account; TrialError if it is empty, longer than 64 characters or holds invisible ones."""
    name = login(user)
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise TrialError(f"A user name has 1 to {_LONGEST_NAME} visible characters. Choose another one.")
    return name


def login(user: str) -> str:
    """The name of an account as it is kept: its letters in one form, no spaces around it."""
    return unicodedata.normalize("NFKC", user).strip()
