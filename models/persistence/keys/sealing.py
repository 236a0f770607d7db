"""Sealing with a password (Argon2id, then XChaCha20-Poly1305) and to a public key (X25519 sealed box): all libsodium's.

libsodium is loaded with the first sealing: a start without a study does without it.
"""

from typing import NamedTuple

from models.domain.errors import TrialError
from models.domain.passwords import normalised


class Cost(NamedTuple):
    """What one try of a password costs: passes over the memory, and how much memory, in bytes."""

    operations: int
    memory_bytes: int


DEFAULT_COST = Cost(3, 128 * 1024 * 1024)
"""About a quarter of a second on a plain workstation; above the 3 passes over 64 MiB of RFC 9106, section 4."""
LEAST_COST = Cost(1, 8 * 1024)
"""The least that libsodium takes."""
MOST_COST = Cost(64, 4 * 1024 * 1024 * 1024)
"""More than this stands in no keyring of ours: a damaged one must not stop the computer."""


class SealedPair(NamedTuple):
    """A key pair whose private half is sealed by a password; what is sealed to it needs the public half only."""

    salt: bytes
    public_key: bytes
    private_key: bytes


def new_salt() -> bytes:
    """A salt for one password."""
    from nacl.pwhash import argon2id
    from nacl.utils import random

    return random(argon2id.SALTBYTES)


def password_key(password: str, salt: bytes, cost: Cost) -> bytes:
    """The key that a password gives: of the whole password, in whichever way its letters were composed.

    Raises:
        TrialError: the computer has too little memory left.
    """
    from nacl.exceptions import RuntimeError as SodiumError
    from nacl.pwhash import argon2id
    from nacl.secret import Aead

    typed = normalised(password).encode("utf-8", "surrogatepass")
    try:
        return argon2id.kdf(Aead.KEY_SIZE, typed, salt, cost.operations, cost.memory_bytes)
    except (SodiumError, MemoryError):
        needed = -(-cost.memory_bytes // 2**20)
        raise TrialError(
            f"There is too little memory left to check the password ({needed} MB are needed). Close other programs "
            "and try again."
        ) from None


def new_pair(password: str, cost: Cost, bound_to: bytes) -> SealedPair:
    """A new key pair under a password. `bound_to` says whose it is: it opens with the same words only."""
    from nacl.public import PrivateKey
    from nacl.secret import Aead

    salt = new_salt()
    private = PrivateKey.generate()
    sealed = Aead(password_key(password, salt, cost)).encrypt(bytes(private), bound_to)
    return SealedPair(salt, bytes(private.public_key), bytes(sealed))


def open_pair(pair: SealedPair, password: str, cost: Cost, bound_to: bytes) -> bytes | None:
    """The private key, or None where the password is another or the pair is not the one that was sealed."""
    from nacl.exceptions import CryptoError
    from nacl.secret import Aead

    key = password_key(password, pair.salt, cost)
    try:
        return Aead(key).decrypt(pair.private_key, bound_to)
    except CryptoError:
        return None


def seal_to(public_key: bytes, secret: bytes) -> bytes:
    """The secret, sealed so that only the holder of the private key reads it."""
    from nacl.public import PublicKey, SealedBox

    return bytes(SealedBox(PublicKey(public_key)).encrypt(secret))


def open_sealed(private_key: bytes, sealed: bytes) -> bytes | None:
    """What was sealed to the public half, or None where it was not or has been changed."""
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    try:
        return bytes(SealedBox(PrivateKey(private_key)).decrypt(sealed))
    except CryptoError:
        return None
