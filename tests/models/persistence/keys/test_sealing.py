import unicodedata

import pytest

from models.domain.errors import TrialError
from models.persistence.keys.sealing import (
    DEFAULT_COST,
    LEAST_COST,
    Cost,
    new_pair,
    new_salt,
    open_pair,
    open_sealed,
    password_key,
    seal_to,
)


def test_what_is_sealed_to_the_public_key_opens_with_the_password_only() -> None:
    pair = new_pair("right", LEAST_COST, b"rossi")
    sealed = seal_to(pair.public_key, b"secret")
    private = open_pair(pair, "right", LEAST_COST, b"rossi")
    assert private is not None
    assert open_sealed(private, sealed) == b"secret"
    assert open_pair(pair, "wrong", LEAST_COST, b"rossi") is None


def test_a_pair_opens_only_for_whom_it_was_sealed() -> None:
    pair = new_pair("right", LEAST_COST, b"rossi")
    assert open_pair(pair, "right", LEAST_COST, b"bianchi") is None


def test_a_changed_pair_does_not_open() -> None:
    pair = new_pair("right", LEAST_COST, b"rossi")
    flipped = pair.private_key[:-1] + bytes([pair.private_key[-1] ^ 1])
    assert open_pair(pair._replace(private_key=flipped), "right", LEAST_COST, b"rossi") is None


def test_what_was_sealed_to_another_does_not_open() -> None:
    one, other = (new_pair("right", LEAST_COST, b"rossi") for _ in range(2))
    private = open_pair(one, "right", LEAST_COST, b"rossi")
    assert private is not None
    assert open_sealed(private, seal_to(other.public_key, b"secret")) is None


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_letter_typed_composed_or_in_parts_is_the_same_password(form: str) -> None:
    salt = new_salt()
    typed = unicodedata.normalize(form, "perché no, città")  # type: ignore[arg-type]
    assert password_key(typed, salt, LEAST_COST) == password_key("perché no, città", salt, LEAST_COST)


def test_the_whole_password_counts() -> None:
    salt = new_salt()
    long = "a" * 256
    assert password_key(long, salt, LEAST_COST) != password_key(long[:-1] + "b", salt, LEAST_COST)


def test_half_a_character_pasted_is_a_password_like_any_other() -> None:
    assert len(password_key("broken \ud800 paste", new_salt(), LEAST_COST)) == 32


def test_too_little_memory_is_said_in_plain_words() -> None:
    # More than any computer has: the allocation is refused at once.
    with pytest.raises(TrialError, match="too little memory left"):
        password_key("right", new_salt(), Cost(1, 4 * 2**40 - 1024))


def test_a_new_keyring_costs_at_least_what_the_standard_asks() -> None:
    assert DEFAULT_COST.operations >= 3  # RFC 9106, section 4, second recommended option
    assert DEFAULT_COST.memory_bytes >= 64 * 2**20
