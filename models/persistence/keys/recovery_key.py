"""The recovery key as a person reads, types and mistypes it: letters and digits in groups, the last one a check."""

import hashlib
import secrets
import unicodedata

from models.domain.errors import TrialError

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two letters and digits without I, L, O and U, which are misread as 1, 1, 0 and V."""
_READ_AS = str.maketrans("OIL", "011")
_KEY_SYMBOLS = 32
_GROUP = 4


def new_recovery_key() -> str:
    """A new key: 160 random bits in eight groups of four, and a check group."""
    key = "".join(secrets.choice(_SYMBOLS) for _ in range(_KEY_SYMBOLS))
    return _grouped(key + _check_group(key))


def read_recovery_key(typed: str) -> str:
    """The key as it is printed, whatever the case, the spaces and hyphens, and O for 0 or I and L for 1.

    Raises:
        TrialError: there are too few or too many letters, one that no key has, or the check group does not fit.
    """
    symbols = _symbols(typed)
    strange = next((c for c in symbols if c not in _SYMBOLS), None)
    if strange is not None:
        raise TrialError("The recovery key has only letters and digits, and no U. Compare it with the sheet.")
    if len(symbols) != _KEY_SYMBOLS + _GROUP:
        raise TrialError(
            f"The recovery key has {_KEY_SYMBOLS + _GROUP} letters and digits; {len(symbols)} were typed. "
            "Compare it with the sheet."
        )
    if _check_group(symbols[:_KEY_SYMBOLS]) != symbols[_KEY_SYMBOLS:]:
        raise TrialError(
            "The recovery key is mistyped: its last group does not fit the others. Compare it group by group."
        )
    return _grouped(symbols)


def _symbols(typed: str) -> str:
    upper = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    return "".join(c for c in upper if not c.isspace() and unicodedata.category(c) not in ("Pd", "Cf"))


def _check_group(key: str) -> str:
    number = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=_GROUP).digest())
    return "".join(_SYMBOLS[(number >> (5 * place)) % len(_SYMBOLS)] for place in range(_GROUP))


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))
