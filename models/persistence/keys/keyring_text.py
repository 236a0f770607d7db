"""The keyring as the text of its file, JSON with a format number, and back."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from models.domain.errors import DamagedError, TrialError
from models.persistence.keys.attempts import MOMENTS_KEPT, Attempts
from models.persistence.keys.sealing import LEAST_COST, MOST_COST, Cost, SealedPair
from models.persistence.keys.slots import RECOVERY, Keyring, Slot

FORMAT = 1

_Json: TypeAlias = Any
"""What a file that anybody may have changed holds: looked at before it is believed."""


def keyring_bytes(ring: Keyring) -> bytes:
    """What the file of this keyring holds."""
    content = {
        **sealed_content(ring),
        "attempts": {slot.user: _attempts(slot.attempts) for slot in (*ring.slots, ring.recovery)},
        "unknown": _attempts(ring.unknown),
        "seal": ring.seal.hex(),
    }
    return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"


def sealed_content(ring: Keyring) -> dict[str, Any]:
    """All that the seal covers."""
    return {
        "format": FORMAT,
        "study": ring.study,
        "synthetic": ring.synthetic,
        "cost": ring.cost._asdict(),
        "slots": [_slot(slot) for slot in ring.slots],
        "recovery": _slot(ring.recovery),
    }


def parse_keyring(content: bytes, path: Path) -> Keyring:
    """The keyring that a file holds; `path` is for the sentence of what is wrong.

    Raises:
        TrialError: it is damaged, or a newer version wrote it.
    """
    try:
        read = json.loads(content)
        found = _whole(read["format"])
        if found > FORMAT:
            raise TrialError(
                f"{path} was written by a newer AlbaTrack (keyring format {found}, this one knows {FORMAT}). "
                "Open the study with the newer version; nothing has been changed."
            )
        return _keyring(read)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DamagedError(
            f"{path} is damaged: the study cannot be opened with it. Keep the folder as it is and put the keyring of "
            "the newest backup in its place."
        ) from None


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "user": slot.user,
        "salt": slot.pair.salt.hex(),
        "public_key": slot.pair.public_key.hex(),
        "private_key": slot.pair.private_key.hex(),
        "data_key": slot.data_key.hex(),
        "identity_key": None if slot.identity_key is None else slot.identity_key.hex(),
    }


def _attempts(attempts: Attempts) -> dict[str, Any]:
    until = attempts.blocked_until
    return {
        "failures": attempts.failures,
        "blocked_until": None if until is None else until.isoformat(timespec="milliseconds"),
        "pending": [moment.isoformat(timespec="milliseconds") for moment in attempts.pending],
        "pending_count": attempts.pending_count,
    }


def _keyring(read: _Json) -> Keyring:
    attempts = read["attempts"]
    slots = tuple(_read_slot(slot, attempts) for slot in read["slots"])
    cost = Cost(**{name: _whole(value) for name, value in read["cost"].items()})
    named = {slot.user.casefold() for slot in slots}
    within = all(least <= value <= most for least, value, most in zip(LEAST_COST, cost, MOST_COST, strict=True))
    if not within or len(named) != len(slots) or RECOVERY in named or not isinstance(read["synthetic"], bool):
        raise ValueError("no keyring of ours")
    return Keyring(
        _text(read["study"]),
        read["synthetic"],
        cost,
        slots,
        _read_slot(read["recovery"], attempts),
        _read_attempts(read["unknown"]),
        bytes.fromhex(read["seal"]),
    )


def _read_slot(read: _Json, attempts: _Json) -> Slot:
    user, identity = _text(read["user"]), read["identity_key"]
    pair = SealedPair(*(bytes.fromhex(read[name]) for name in SealedPair._fields))
    if len(pair.salt) != 16 or len(pair.public_key) != 32:
        raise ValueError("no slot of ours")
    sealed = None if identity is None else bytes.fromhex(identity)
    return Slot(user, pair, bytes.fromhex(read["data_key"]), sealed, _read_attempts(attempts[user]))


def _read_attempts(read: _Json) -> Attempts:
    until = read["blocked_until"]
    return Attempts(
        _whole(read["failures"]),
        None if until is None else _moment(until),
        tuple(_moment(moment) for moment in read["pending"][-MOMENTS_KEPT:]),  # each becomes a row of the audit trail
        _whole(read["pending_count"]),
    )


def _moment(text: _Json) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset from UTC")
    return moment


def _whole(value: _Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("no whole number")
    return value


def _text(value: _Json) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
