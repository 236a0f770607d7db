"""Identities under a key of their own: sealed before they reach a table, opened only for accounts that hold the key."""

import base64
from typing import Any

_MARK = "sealed:"


class Sealing:
    """Seals and opens texts with the identity key (XChaCha20-Poly1305). Without the key, a sealed text reads as absent.

    The place that a text belongs to is bound into it: moved to another column it no longer opens.
    """

    def __init__(self, key: bytes | None) -> None:
        """`key` of 32 bytes, or None for a connection that never opens identities."""
        from nacl.secret import Aead

        self._box = Aead(key) if key else None

    def seal(self, value: str | None, place: str) -> str | None:
        """The text as it lies in the table."""
        if value is None:
            return None
        if self._box is None:
            raise PermissionError("this connection does not hold the identity key")
        return _MARK + base64.b64encode(self._box.encrypt(value.encode(), place.encode())).decode()

    def open(self, value: str | None, place: str) -> str | None:
        """The text as it was typed; None without the key. A text that was never sealed reads as it is.

        Raises ValueError where it was sealed for another place or with another key, or was changed.
        """
        if value is None or not value.startswith(_MARK):
            return value
        if self._box is None:
            return None
        from nacl.exceptions import CryptoError

        try:
            return self._box.decrypt(base64.b64decode(value[len(_MARK) :]), place.encode()).decode()
        except CryptoError as fault:
            raise ValueError("a sealed text that does not open here") from fault

    @property
    def holds_key(self) -> bool:
        """Whether identities can be read and written."""
        return self._box is not None


def of_connection(info: dict[str, Any]) -> Sealing:
    """The sealing of a connection, for texts that no column declares."""
    found = info["sealing"]
    assert isinstance(found, Sealing)
    return found
