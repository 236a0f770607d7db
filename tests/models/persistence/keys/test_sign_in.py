import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.domain.errors import TrialError
from models.persistence.keys import sealing, sign_in
from models.persistence.keys.accounts import lift_block
from models.persistence.keys.keyring_file import read_keyring
from models.persistence.keys.keys import Keys
from models.persistence.keys.sealing import LEAST_COST
from models.persistence.keys.sign_in import (
    Missed,
    NewAccount,
    confirm,
    create_keyring,
    reported,
    unlock,
    unlock_with_recovery,
)
from tests.keyring_fixtures import add_slot
from tests.models.persistence.keys.conftest import NOW, PASSWORD

pytestmark = pytest.mark.usefixtures("made")


def refusal(folder: Path, user: str, password: str, after: timedelta = timedelta(0)) -> str:
    with pytest.raises(TrialError) as caught:
        unlock(folder, user, password, NOW + after)
    return str(caught.value)


def rewrite(folder: Path, change: Callable[[Any], object]) -> None:
    path = folder / "keyring.json"
    read = json.loads(path.read_text())
    change(read)
    path.write_text(json.dumps(read))


def flipped(text: str) -> str:
    return text[:-1] + ("0" if text[-1] != "0" else "1")


def test_the_right_password_gives_the_keys(keys: Keys, tmp_path: Path) -> None:
    assert unlock(tmp_path, "rossi", PASSWORD, NOW) == ("rossi", keys, ())


def test_the_case_of_the_user_name_makes_no_difference(keys: Keys, tmp_path: Path) -> None:
    assert unlock(tmp_path, " Rossi ", PASSWORD, NOW).user == "rossi"


def test_a_successful_sign_in_writes_nothing(tmp_path: Path) -> None:
    before = (tmp_path / "keyring.json").stat().st_mtime_ns
    unlock(tmp_path, "rossi", PASSWORD, NOW)
    assert (tmp_path / "keyring.json").stat().st_mtime_ns == before


def test_an_unknown_user_and_a_wrong_password_are_refused_in_the_same_words(tmp_path: Path) -> None:
    assert refusal(tmp_path, "nobody", PASSWORD) == refusal(tmp_path, "rossi", "wrong")


def test_an_unknown_user_costs_the_same_derivation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    derived: list[int] = []
    real = sealing.password_key

    def counting(password: str, salt: bytes, cost: sealing.Cost) -> bytes:
        derived.append(len(salt))
        return real(password, salt, cost)

    monkeypatch.setattr(sealing, "password_key", counting)
    monkeypatch.setattr(sign_in, "password_key", counting)
    refusal(tmp_path, "rossi", "wrong")
    known, derived[:] = list(derived), []
    refusal(tmp_path, "nobody", "wrong")
    assert derived == known == [16]


def test_neither_password_nor_keys_are_in_any_sentence(keys: Keys, tmp_path: Path) -> None:
    said = refusal(tmp_path, "typed-into-the-wrong-field", "typed-password") + repr(NewAccount("a", "typed-password"))
    said += repr(unlock(tmp_path, "rossi", PASSWORD, NOW))
    assert "typed-into" not in said
    assert "typed-password" not in said
    assert keys.data.hex() not in said
    assert repr(keys.data) not in said


def test_neither_passwords_nor_keys_are_on_the_disk_in_clear(keys: Keys, recovery_key: str, tmp_path: Path) -> None:
    content = (tmp_path / "keyring.json").read_text()
    assert keys.identity is not None
    for secret in (
        PASSWORD,
        keys.data.hex(),
        keys.identity.hex(),
        keys.chain.hex(),
        recovery_key,
        recovery_key.replace("-", ""),
    ):
        assert secret not in content


# ---- failures


def test_after_five_failures_the_right_password_has_to_wait_too(tmp_path: Path) -> None:
    for _ in range(5):
        assert "not right" in refusal(tmp_path, "rossi", "wrong")
    assert "Wait until 2 Oct 2026, 09:00:32 UTC+02:00, or" in refusal(tmp_path, "rossi", PASSWORD)
    assert unlock(tmp_path, "rossi", PASSWORD, NOW + timedelta(seconds=33)).user == "rossi"


def test_trying_while_waiting_does_not_lengthen_the_wait(tmp_path: Path) -> None:
    for _ in range(8):
        refusal(tmp_path, "rossi", "wrong")
    assert "09:00:32" in refusal(tmp_path, "rossi", PASSWORD)


def test_a_name_that_no_account_has_waits_in_the_same_way(tmp_path: Path) -> None:
    for _ in range(5):
        refusal(tmp_path, "nobody", "wrong")
    assert "Wait until 2 Oct 2026, 09:00:32 UTC+02:00, or" in refusal(tmp_path, "nobody at all", "wrong")
    assert unlock(tmp_path, "rossi", PASSWORD, NOW).user == "rossi"


def test_a_clock_set_back_neither_ends_the_wait_nor_keeps_anybody_out_for_good(tmp_path: Path) -> None:
    for _ in range(5):
        refusal(tmp_path, "rossi", "wrong")
    back = timedelta(days=-400)
    assert "28 Aug 2025, 09:00:32" in refusal(tmp_path, "rossi", PASSWORD, back)
    assert "28 Aug 2025, 09:00:32" in refusal(tmp_path, "rossi", PASSWORD, back + timedelta(seconds=31))
    assert unlock(tmp_path, "rossi", PASSWORD, NOW + back + timedelta(seconds=32)).user == "rossi"


def test_a_wait_by_another_clock_that_cannot_be_kept_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        refusal(tmp_path, "rossi", "wrong")

    def full(*_: object) -> None:
        raise TrialError("The disk is full.")

    monkeypatch.setattr(sign_in, "write_keyring", full)
    assert unlock(tmp_path, "rossi", PASSWORD, NOW - timedelta(days=400)).user == "rossi"


def test_an_administrator_lifts_the_block(tmp_path: Path) -> None:
    for _ in range(5):
        refusal(tmp_path, "rossi", "wrong")
    lift_block(tmp_path, "rossi")
    assert unlock(tmp_path, "rossi", PASSWORD, NOW).missed[0].number == 5


def test_a_success_starts_the_count_again(tmp_path: Path) -> None:
    for _ in range(4):
        refusal(tmp_path, "rossi", "wrong")
    unlock(tmp_path, "rossi", PASSWORD, NOW)
    assert "not right" in refusal(tmp_path, "rossi", "wrong")
    assert unlock(tmp_path, "rossi", PASSWORD, NOW).user == "rossi"


def test_failures_of_everybody_are_handed_over_until_they_are_reported(keys: Keys, tmp_path: Path) -> None:
    add_slot(tmp_path, keys, "bianchi", "another password", identity=False)
    refusal(tmp_path, "bianchi", "wrong", timedelta(seconds=1))
    refusal(tmp_path, "nobody", "wrong", timedelta(seconds=2))
    expected = (
        Missed("bianchi", (NOW + timedelta(seconds=1),), 1),
        Missed(None, (NOW + timedelta(seconds=2),), 1),
    )
    assert unlock(tmp_path, "rossi", PASSWORD, NOW).missed == expected
    missed = unlock(tmp_path, "rossi", PASSWORD, NOW).missed
    assert missed == expected
    reported(tmp_path, missed)
    assert unlock(tmp_path, "rossi", PASSWORD, NOW).missed == ()


def test_reporting_the_failures_of_an_account_that_is_gone_is_harmless(tmp_path: Path) -> None:
    before = read_keyring(tmp_path)
    reported(tmp_path, [Missed("gone", (NOW,), 1)])
    assert read_keyring(tmp_path) == before


def test_a_wrong_password_when_signing_counts_as_a_failed_sign_in(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="not right"):
        confirm(tmp_path, "rossi", "wrong", NOW)
    confirm(tmp_path, "rossi", PASSWORD, NOW)
    assert unlock(tmp_path, "rossi", PASSWORD, NOW).missed == (Missed("rossi", (NOW,), 1),)


# ---- the recovery key


def test_the_recovery_key_gives_the_keys_however_it_is_typed(keys: Keys, recovery_key: str, tmp_path: Path) -> None:
    typed = recovery_key.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert unlock_with_recovery(tmp_path, typed, NOW).keys == keys


def test_the_recovery_key_of_another_study_is_refused_and_counted(recovery_key: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    create_keyring(other, [NewAccount("verdi", PASSWORD)], cost=LEAST_COST)
    with pytest.raises(TrialError, match="does not open this study"):
        unlock_with_recovery(other, recovery_key, NOW)
    assert unlock(other, "verdi", PASSWORD, NOW).missed == (Missed("", (NOW,), 1),)


def test_a_mistyped_recovery_key_is_not_counted(recovery_key: str, tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="mistyped"):
        unlock_with_recovery(tmp_path, recovery_key[:-1] + ("2" if recovery_key[-1] != "2" else "3"), NOW)
    assert unlock(tmp_path, "rossi", PASSWORD, NOW).missed == ()


# ---- a keyring that was changed


def test_a_changed_private_key_opens_nothing(tmp_path: Path) -> None:
    rewrite(tmp_path, lambda r: r["slots"][0].update(private_key=flipped(r["slots"][0]["private_key"])))
    assert "not right" in refusal(tmp_path, "rossi", PASSWORD)


@pytest.mark.parametrize("part", ["public_key", "data_key", "identity_key"])
def test_any_other_changed_part_of_a_slot_is_found(part: str, tmp_path: Path) -> None:
    rewrite(tmp_path, lambda r: r["slots"][0].update({part: flipped(r["slots"][0][part])}))
    assert "was changed by something other than AlbaTrack" in refusal(tmp_path, "rossi", PASSWORD)


@pytest.mark.parametrize(
    "change",
    [
        {"seal": "00" * 32},
        {"seal": ""},
        {"synthetic": True},
    ],
)
def test_a_change_beside_the_slots_is_found(change: dict[str, object], tmp_path: Path) -> None:
    rewrite(tmp_path, lambda r: r.update(change))
    assert "was changed" in refusal(tmp_path, "rossi", PASSWORD)


def test_a_changed_slot_of_another_account_is_found(keys: Keys, tmp_path: Path) -> None:
    add_slot(tmp_path, keys, "bianchi", "another password", identity=True)
    rewrite(tmp_path, lambda r: r["slots"][1].update(identity_key=None))
    assert "was changed" in refusal(tmp_path, "rossi", PASSWORD)


def test_a_slot_taken_out_is_found(keys: Keys, tmp_path: Path) -> None:
    add_slot(tmp_path, keys, "bianchi", "another password", identity=True)
    rewrite(tmp_path, lambda r: r["slots"].pop())
    assert "was changed" in refusal(tmp_path, "rossi", PASSWORD)


def test_a_slot_of_another_study_does_not_open_under_this_one(tmp_path: Path) -> None:
    rewrite(tmp_path, lambda r: r.update(study="00" * 16))
    assert "not right" in refusal(tmp_path, "rossi", PASSWORD)


def test_a_slot_does_not_open_under_another_name(tmp_path: Path) -> None:
    def rename(read: Any) -> None:
        read["slots"][0]["user"] = "bianchi"
        read["attempts"]["bianchi"] = read["attempts"]["rossi"]

    rewrite(tmp_path, rename)
    assert "not right" in refusal(tmp_path, "bianchi", PASSWORD)


# ---- making one


def test_a_keyring_is_never_written_over(tmp_path: Path) -> None:
    before = (tmp_path / "keyring.json").read_bytes()
    with pytest.raises(TrialError, match="holds the keyring of a study already"):
        create_keyring(tmp_path, [NewAccount("verdi", PASSWORD)], cost=LEAST_COST)
    assert (tmp_path / "keyring.json").read_bytes() == before


@pytest.mark.parametrize("user", ["", "  ", "x" * 65, "ro\nssi", "ro\u202essi", "ro\ud800ssi"])
def test_a_name_that_cannot_be_read_is_refused(user: str, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    with pytest.raises(TrialError, match="1 to 64 visible characters"):
        create_keyring(folder, [NewAccount(user, PASSWORD)], cost=LEAST_COST)


def test_a_first_account_may_be_without_the_right_to_identities(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    keys, recovery_key = create_keyring(
        folder, [NewAccount("admin", PASSWORD, identity=False)], cost=LEAST_COST, synthetic=True
    )
    assert unlock(folder, "admin", PASSWORD, NOW).keys == keys._replace(identity=None)
    assert unlock_with_recovery(folder, recovery_key, NOW).keys == keys
    assert read_keyring(folder).synthetic
