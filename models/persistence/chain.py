"""The chain of the audit trail: each row carries a keyed hash over itself and the hash of the row before."""

from hashlib import blake2b

from models.persistence.keys.keys import Keys

FIRST = b""
"""What stands before the first row."""
_BYTES = 32


class Chain:
    """Computes the links (keyed BLAKE2b). Whoever does not hold the study's keys can neither forge nor repair one.

    A link covers the fingerprint of the row's content, not the content: a text that had to be blacked out of the trail
    leaves its fingerprint, and the chain stays whole (`models.persistence.redaction`).
    """

    def __init__(self, keys: Keys) -> None:
        """The chain has a key of its own, which stays when the study gets a new data key."""
        self._keyed = blake2b(digest_size=_BYTES, key=keys.chain)

    def mac(self, before: bytes, content: str) -> bytes:
        """The link of a row with that content, after a row with the link `before`."""
        return self.link(before, fingerprint(content))

    def after(self, stored: object, content: str) -> bytes:
        """The link of a new row after whatever stands as the last link: a forged one must keep nobody from working."""
        return self.mac(stored if isinstance(stored, bytes) else str(stored).encode(), content)

    def link(self, before: bytes, digest: bytes) -> bytes:
        """The same from the content's fingerprint."""
        link = self._keyed.copy()  # the key is worked in once, not for each of a million rows
        link.update(before + digest)
        return link.digest()


def fingerprint(content: str) -> bytes:
    """What stands for a row's content, as the trail puts it together."""
    return blake2b(content.encode(), digest_size=_BYTES).digest()
