"""The secrets of a study while it is open, and the keys made from them."""

import hashlib
import secrets
from typing import NamedTuple

KEY_BYTES = 32
_PURPOSE = b"AlbaTrack keys"


class Keys(NamedTuple):
    """What an account may open: the record with `data`, the patients' identities with `identity`, each 32 random bytes.

    `identity` is None for an account without the right to it. `chain` links the rows of the audit trail; a study that
    gets a new `data` keeps it, so that the links, and those that were printed, still hold. Whoever knows it and not
    `data` cannot reach the trail. None of them is ever shown, logged or written in clear.
    """

    data: bytes
    identity: bytes | None
    chain: bytes

    def __repr__(self) -> str:
        """Without the keys: this may end up in a message."""
        return "Keys()"

    def derive(self, label: str) -> bytes:
        """A key of 32 bytes for one purpose: keyed BLAKE2b of the label. It tells nothing of the data key or others."""
        return hashlib.blake2b(label.encode(), digest_size=KEY_BYTES, key=self.data, person=_PURPOSE).digest()


NO_KEYS = Keys(b"", None, b"")
"""What a study holds once it is closed: they open nothing."""


def new_keys() -> Keys:
    """Fresh random keys, for a new study."""
    return Keys(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))
