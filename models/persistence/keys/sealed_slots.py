"""Making and opening slots, and the seal over the whole keyring that finds a change made without the keys."""

import hashlib
import hmac
import json

from models.domain.errors import TrialError
from models.persistence.keys.keyring_text import sealed_content
from models.persistence.keys.keys import KEY_BYTES, Keys
from models.persistence.keys.sealing import Cost, new_pair, open_pair, open_sealed, seal_to
from models.persistence.keys.slots import Keyring, Slot

_SEAL = "keyring"
_CHANGED = (
    "The keyring of this study was changed by something other than AlbaTrack. Keep the folder as it is, put the "
    "keyring of the newest backup in its place, and tell whoever is responsible for data protection."
)


def new_slot(study: str, cost: Cost, user: str, password: str, keys: Keys) -> Slot:
    """A slot for these keys, with a key pair of its own. It opens in the keyring of that study only."""
    pair = new_pair(password, cost, _bound_to(study, user))
    identity = None if keys.identity is None else seal_to(pair.public_key, keys.identity)
    return Slot(user, pair, _record_keys(pair.public_key, keys), identity)


def open_slot(ring: Keyring, slot: Slot, password: str) -> Keys | None:
    """The keys in a slot, or None where the password is wrong.

    Raises:
        TrialError: the password is right, and the keyring is not as a holder of the keys left it.
    """
    private_key = open_pair(slot.pair, password, ring.cost, _bound_to(ring.study, slot.user))
    if private_key is None:
        return None
    data = open_sealed(private_key, slot.data_key)
    identity = None if slot.identity_key is None else open_sealed(private_key, slot.identity_key)
    if data is None or len(data) != 2 * KEY_BYTES or (slot.identity_key is not None and identity is None):
        raise TrialError(_CHANGED)
    keys = Keys(data[:KEY_BYTES], identity, data[KEY_BYTES:])
    refuse_if_changed(ring, keys)
    return keys


def for_right(keys: Keys, identity: bool) -> Keys:
    """The keys for an account with or without the right to identities.

    Raises:
        TrialError: the right is to be given by one who has it not.
    """
    if identity and keys.identity is None:
        raise TrialError(
            "The right to see patient identities is passed on only by somebody who has it, or with the recovery key. "
            "Ask such a person to do this."
        )
    return keys if identity else keys._replace(identity=None)


def sealed(ring: Keyring, keys: Keys) -> Keyring:
    """The keyring under a seal of these keys."""
    return ring._replace(seal=_seal(ring, keys))


def refuse_if_changed(ring: Keyring, keys: Keys) -> None:
    """Raise TrialError where the keyring is not as a holder of these keys left it."""
    if not hmac.compare_digest(ring.seal, _seal(ring, keys)):
        raise TrialError(_CHANGED)


def resealed(ring: Keyring, old: Keys, new: Keys) -> Keyring:
    """The keyring for a study that gets new keys: every slot keeps its password and opens the new keys.

    Slots with the right to identities get the new identity key; they keep the old one where `new` has none.

    Raises:
        TrialError: the keyring was changed without the old keys. A forged slot must not be given the new ones.
    """
    refuse_if_changed(ring, old)

    def changed(slot: Slot) -> Slot:
        identity = slot.identity_key
        if identity is not None and new.identity is not None:
            identity = seal_to(slot.pair.public_key, new.identity)
        return slot._replace(data_key=_record_keys(slot.pair.public_key, new), identity_key=identity)

    slots = tuple(changed(slot) for slot in ring.slots)
    return sealed(ring._replace(slots=slots, recovery=changed(ring.recovery)), new)


def _record_keys(public_key: bytes, keys: Keys) -> bytes:
    return seal_to(public_key, keys.data + keys.chain)


def _bound_to(study: str, user: str) -> bytes:
    return f"{study} {user}".encode()


def _seal(ring: Keyring, keys: Keys) -> bytes:
    text = json.dumps(sealed_content(ring), sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=32, key=keys.derive(_SEAL)).digest()
