from hypothesis import given
from hypothesis import strategies as st

from models.persistence.keys.keys import Keys, new_keys


def test_each_label_gives_another_key_of_32_bytes() -> None:
    keys = new_keys()
    derived = {keys.derive(label) for label in ("anchor", "backup")}
    assert {len(key) for key in derived} == {32}
    assert len(derived | {keys.data, keys.chain}) == 4


def test_the_same_label_gives_the_same_key_in_every_version() -> None:
    keys = Keys(bytes(32), None, b"")
    assert keys.derive("backup").hex() == "70343d2f2fafcc7bbdb9eeca6d2b14691afac5c2a1130ee68ca947efeb68d05d"


def test_fresh_keys_are_never_the_same() -> None:
    one, other = new_keys(), new_keys()
    assert len({one.data, one.identity, one.chain, other.data, other.identity, other.chain}) == 6


@given(st.binary(min_size=32, max_size=32))
def test_keys_never_show_what_they_are(secret: bytes) -> None:
    assert f"{Keys(secret, secret, secret)} {Keys(secret, secret, secret)!r}" == "Keys() Keys()"
