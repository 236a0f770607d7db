import json
import unicodedata
from pathlib import Path

import pytest

from models.domain.errors import TrialError
from models.persistence.keys.accounts import lift_block
from models.persistence.keys.keyring_file import read_keyring, write_keyring
from models.persistence.keys.keys import Keys, new_keys
from models.persistence.keys.sealed_slots import resealed
from models.persistence.keys.sealing import LEAST_COST, new_pair, open_pair, open_sealed
from models.persistence.keys.sign_in import Missed, missed_by, unlock, unlock_with_recovery
from tests.keyring_fixtures import (
    add_slot,
    change_password,
    remove_slot,
    renew_recovery_key,
    set_identity,
    set_password,
)
from tests.models.persistence.keys.conftest import NOW, PASSWORD

OTHER = "another password"


@pytest.fixture
def two(keys: Keys, tmp_path: Path) -> Path:
    """A study with a monitor beside rossi: no identities."""
    add_slot(tmp_path, keys, "monitor", OTHER, identity=False)
    return tmp_path


def users(folder: Path) -> tuple[str, ...]:
    return tuple(slot.user for slot in read_keyring(folder).slots)


def wrong(folder: Path, user: str, password: str) -> None:
    with pytest.raises(TrialError, match="not right"):
        unlock(folder, user, password, NOW)


def test_an_account_without_the_right_to_identities_never_gets_their_key(keys: Keys, two: Path) -> None:
    assert unlock(two, "monitor", OTHER, NOW).keys == keys._replace(identity=None)


def test_who_has_no_right_to_identities_cannot_pass_it_on(keys: Keys, two: Path) -> None:
    own = unlock(two, "monitor", OTHER, NOW).keys
    for give in (
        lambda: add_slot(two, own, "verdi", OTHER, identity=True),
        lambda: set_identity(two, own, "monitor", allowed=True),
        lambda: set_password(two, own, "rossi", OTHER),
        lambda: renew_recovery_key(two, own),
    ):
        with pytest.raises(TrialError, match="only by somebody who has it"):
            give()
    assert unlock(two, "rossi", PASSWORD, NOW).keys == keys


def test_a_right_to_identities_is_given_and_taken_without_the_password(keys: Keys, two: Path) -> None:
    set_identity(two, keys, "monitor", allowed=True)
    assert unlock(two, "monitor", OTHER, NOW).keys == keys
    set_identity(two, keys, "monitor", allowed=False)
    assert unlock(two, "monitor", OTHER, NOW).keys.identity is None


@pytest.mark.parametrize("name", ["monitor", "MONITOR", " monitor "])
def test_two_accounts_never_share_a_name(name: str, keys: Keys, two: Path) -> None:
    with pytest.raises(TrialError, match="There is an account"):
        add_slot(two, keys, name, OTHER, identity=False)


def test_the_accounts_are_listed_in_the_order_in_which_they_were_made(two: Path) -> None:
    assert users(two) == ("rossi", "monitor")


def test_a_changed_password_opens_the_same_keys_and_the_old_one_nothing(keys: Keys, two: Path) -> None:
    change_password(two, "rossi", PASSWORD, "new", NOW)
    assert unlock(two, "rossi", "new", NOW).keys == keys
    wrong(two, "rossi", PASSWORD)


def test_a_password_is_not_changed_without_the_old_one(two: Path) -> None:
    before = read_keyring(two).slot_of("rossi").pair
    with pytest.raises(TrialError, match="not right"):
        change_password(two, "rossi", "wrong", "new", NOW)
    assert read_keyring(two).slot_of("rossi").pair == before


def test_a_password_typed_in_the_other_spelling_of_unicode_opens(keys: Keys, two: Path) -> None:
    set_password(two, keys, "rossi", unicodedata.normalize("NFC", "perché così è più città"))
    assert unlock(two, "rossi", unicodedata.normalize("NFD", "perché così è più città"), NOW).keys == keys


def test_a_reset_keeps_the_rights_of_the_account_and_ends_its_wait(keys: Keys, two: Path) -> None:
    for _ in range(5):
        wrong(two, "monitor", "wrong")
    set_password(two, keys, "monitor", "new")
    unlocked = unlock(two, "monitor", "new", NOW)
    assert unlocked.keys.identity is None
    assert unlocked.missed == (Missed("monitor", (NOW,) * 5, 5),)


def test_an_old_copy_of_the_keyring_with_the_old_password_opens_nothing_made_later(keys: Keys, two: Path) -> None:
    old = read_keyring(two)
    private_key = open_pair(old.slots[0].pair, PASSWORD, old.cost, f"{old.study} rossi".encode())
    assert private_key is not None
    set_password(two, keys, "rossi", "new")
    assert open_sealed(private_key, old.slots[0].data_key) == keys.data + keys.chain
    assert open_sealed(private_key, read_keyring(two).slots[0].data_key) is None


def test_a_removed_account_is_gone_and_its_failures_are_handed_over(keys: Keys, two: Path) -> None:
    wrong(two, "monitor", "wrong")
    assert missed_by(read_keyring(two).slot_of("monitor")) == Missed("monitor", (NOW,), 1)
    remove_slot(two, keys, "monitor")
    assert users(two) == ("rossi",)
    wrong(two, "monitor", OTHER)


def test_the_last_account_stays(keys: Keys, tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="rossi is the only account"):
        remove_slot(tmp_path, keys, "rossi")


def test_an_account_that_does_not_exist_is_named(keys: Keys, two: Path) -> None:
    for change in (
        lambda: set_password(two, keys, "verdi", OTHER),
        lambda: set_identity(two, keys, "verdi", allowed=False),
        lambda: remove_slot(two, keys, "verdi"),
        lambda: lift_block(two, "verdi"),
    ):
        with pytest.raises(TrialError, match="There is no account verdi"):
            change()


def test_a_new_recovery_key_takes_the_place_of_the_former_one(keys: Keys, recovery_key: str, two: Path) -> None:
    new = renew_recovery_key(two, keys)
    assert unlock_with_recovery(two, new, NOW).keys == keys
    with pytest.raises(TrialError, match="newest"):
        unlock_with_recovery(two, recovery_key, NOW)


def test_keys_of_another_study_change_nothing(two: Path) -> None:
    before = (two / "keyring.json").read_bytes()
    with pytest.raises(TrialError, match="was changed by something other"):
        add_slot(two, new_keys(), "verdi", OTHER, identity=True)
    assert (two / "keyring.json").read_bytes() == before


# ---- new keys


def test_with_new_keys_every_account_and_the_recovery_key_open_them(keys: Keys, recovery_key: str, two: Path) -> None:
    new = new_keys()
    write_keyring(two, resealed(read_keyring(two), keys, new))
    assert unlock(two, "rossi", PASSWORD, NOW).keys == new
    assert unlock(two, "monitor", OTHER, NOW).keys == new._replace(identity=None)
    assert unlock_with_recovery(two, recovery_key, NOW).keys == new


def test_one_without_the_right_to_identities_renews_the_data_key_only(keys: Keys, two: Path) -> None:
    own = unlock(two, "monitor", OTHER, NOW).keys
    new = new_keys()._replace(identity=None)
    write_keyring(two, resealed(read_keyring(two), own, new))
    assert unlock(two, "rossi", PASSWORD, NOW).keys == new._replace(identity=keys.identity)


def test_a_forged_public_key_is_not_given_new_keys(keys: Keys, two: Path) -> None:
    path = two / "keyring.json"
    read = json.loads(path.read_text())
    read["slots"][1]["public_key"] = new_pair("forger", LEAST_COST, b"").public_key.hex()
    path.write_text(json.dumps(read))
    with pytest.raises(TrialError, match="was changed by something other"):
        resealed(read_keyring(two), keys, new_keys())


def test_failures_do_not_break_the_seal_and_outlast_new_keys(keys: Keys, two: Path) -> None:
    wrong(two, "monitor", "wrong")
    new = new_keys()
    ring = resealed(read_keyring(two), keys, new)
    assert ring.slot_of("monitor").attempts.pending == (NOW,)
    write_keyring(two, ring._replace(unknown=ring.unknown.failed(NOW)))
    assert unlock(two, "rossi", PASSWORD, NOW).keys == new
