"""Accounts: who may make and change them, and what the trail keeps (R12, R13, R16, R23)."""

from collections.abc import Callable
from typing import Any

import pytest

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.persistence.keys.keyring_file import read_keyring
from models.study import NewAccount, Study
from tests.models.services.people import NEW, OTHER, line, open_with, told
from tests.study_fixtures import ACCOUNTS, PASSWORD, open_as

SitDown = Callable[[str], Study]


@pytest.fixture
def administrator(sit_down: SitDown) -> Study:
    return sit_down("A. Verdi")


# ---- making


def test_a_new_account_opens_the_study_and_must_change_its_password(administrator: Study, clock: FixedClock) -> None:
    administrator.accounts.create(NEW)
    administrator.close()
    with open_with(administrator.path, clock, "g. blu", OTHER) as study:
        assert study.user == NEW.user
        assert study.must_change_password


def test_the_role_of_a_new_account_decides_whether_it_opens_identities(administrator: Study) -> None:
    administrator.accounts.create(NEW)
    administrator.accounts.create(NewAccount("N. Rosa", "N. Rosa", "monitor", OTHER))
    ring = read_keyring(administrator.path)
    assert ring.slot_of("G. Blu").identity_key is not None
    assert ring.slot_of("N. Rosa").identity_key is None


@pytest.mark.parametrize("login", ["C. Rossi", "c. rossi", " C. ROSSI "])
def test_a_user_name_is_never_used_twice_whatever_its_case(administrator: Study, login: str) -> None:
    with pytest.raises(TrialError, match="is never given again"):
        administrator.accounts.create(NEW._replace(login=login))


def test_the_user_name_of_a_closed_account_is_never_used_again(administrator: Study) -> None:
    administrator.accounts.close("M. Neri", "Left the sponsor")
    with pytest.raises(TrialError, match="is never given again"):
        administrator.accounts.create(NEW._replace(login="m. neri"))


def test_nobody_is_called_recovery_key(administrator: Study) -> None:
    with pytest.raises(TrialError, match="Choose another one"):
        administrator.accounts.create(NEW._replace(login="Recovery Key"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "too short"}, "needs 15 characters"),
        ({"password": "Giulia Blu D-ALBA"}, "made of names that people here know"),
        ({"password": "aaaaaaaaaaaaaaaaaaaa"}, "guessed first"),
        ({"name": " "}, "printed name is empty"),
        ({"login": ""}, "visible characters"),
        ({"role": "guest"}, "There is no role guest"),
    ],
)
def test_an_account_that_will_not_do_is_not_made(administrator: Study, change: dict[str, Any], words: str) -> None:
    with pytest.raises(TrialError, match=words):
        administrator.accounts.create(NEW._replace(**change))
    assert len(administrator.accounts.lines()) == len(ACCOUNTS)
    assert len(read_keyring(administrator.path).slots) == len(ACCOUNTS)


# ---- changing


def test_a_changed_role_holds_from_the_next_sign_in(administrator: Study, clock: FixedClock) -> None:
    administrator.accounts.change_role("M. Neri", "investigator", "Moved to the site")
    assert told(administrator, "role changed") == [{"user": "M. Neri", "from": "monitor", "to": "investigator"}]
    administrator.close()
    with open_as(administrator.path, clock, "M. Neri") as study:
        assert study.user.role == "investigator"
    assert read_keyring(administrator.path).slot_of("M. Neri").identity_key is not None


def test_with_the_role_goes_the_key_to_identities(administrator: Study) -> None:
    administrator.accounts.change_role("C. Rossi", "monitor", "Moved to the sponsor")
    assert read_keyring(administrator.path).slot_of("C. Rossi").identity_key is None


def test_a_printed_name_is_corrected_with_a_reason_that_the_trail_keeps(administrator: Study) -> None:
    administrator.accounts.rename("C. Rossi", "Carla Rossi", "Full name")
    assert line(administrator, "C. Rossi").name == "Carla Rossi"
    newest = administrator.trail.lines()[0]
    assert (newest.actor, newest.reason, newest.changes[0].old) == ("A. Verdi", "Full name", "C. Rossi")


@pytest.mark.parametrize("reason", ["", " "])
def test_a_change_without_a_reason_is_refused(administrator: Study, reason: str) -> None:
    accounts = administrator.accounts
    for act in (
        lambda: accounts.rename("C. Rossi", "Other", reason),
        lambda: accounts.change_role("C. Rossi", "monitor", reason),
        lambda: accounts.close("C. Rossi", reason),
    ):
        with pytest.raises(TrialError, match="needs a reason"):
            act()
    assert line(administrator, "C. Rossi") == line(administrator, "C. Rossi")._replace(
        name="C. Rossi", role="coordinator", closed=None
    )


# ---- closing


def test_a_closed_account_opens_nothing_and_stays_in_the_list(administrator: Study, clock: FixedClock) -> None:
    administrator.accounts.close("C. Rossi", "Retired")
    assert line(administrator, "C. Rossi").closed == clock.now()
    assert read_keyring(administrator.path).find("C. Rossi") is None
    administrator.close()
    with pytest.raises(TrialError, match="not right"):
        open_as(administrator.path, clock)


def test_failed_sign_ins_of_a_closed_account_are_kept_in_the_trail(administrator: Study, clock: FixedClock) -> None:
    with pytest.raises(TrialError, match="not right"):
        Study.open(administrator.path, "C. Rossi", "wrong", clock=clock, read_only=True)
    administrator.accounts.close("C. Rossi", "Retired")
    assert told(administrator, "sign-in failed") == [{"user": "C. Rossi", "failures": 1}]


def test_a_closed_account_is_not_closed_or_changed_again(administrator: Study) -> None:
    administrator.accounts.close("C. Rossi", "Retired")
    with pytest.raises(TrialError, match="closed already"):
        administrator.accounts.close("C. Rossi", "Retired")
    with pytest.raises(TrialError, match="closed for good"):
        administrator.accounts.reset_password("C. Rossi", OTHER)


def test_the_last_administrator_can_neither_be_closed_nor_given_another_role(administrator: Study) -> None:
    with pytest.raises(TrialError, match="your own account"):
        administrator.accounts.close("a. verdi", "Retired")
    with pytest.raises(TrialError, match="your own account"):
        administrator.accounts.change_role("A. Verdi", "monitor", "Wants to read")
    assert line(administrator, "A. Verdi").closed is None


def test_an_unknown_account_is_said_to_be_so(administrator: Study) -> None:
    for act in (
        lambda: administrator.accounts.close("nobody", "Gone"),
        lambda: administrator.accounts.reset_password("nobody", OTHER),
        lambda: administrator.accounts.add_training("nobody", "GCP", PartialDate(2026)),
    ):
        with pytest.raises(TrialError, match="There is no account nobody"):
            act()


# ---- passwords


def test_a_password_that_was_reset_has_to_be_changed_at_the_next_sign_in(
    administrator: Study, clock: FixedClock
) -> None:
    administrator.accounts.reset_password("C. Rossi", OTHER)
    assert told(administrator, "password reset") == [{"user": "C. Rossi"}]
    administrator.close()
    with open_with(administrator.path, clock, "C. Rossi", OTHER) as study:
        before = study.must_change_password
        study.accounts.change_own_password(OTHER, "nine quiet lighthouses")
        assert (before, study.must_change_password) == (True, False)
    with open_with(administrator.path, clock, "C. Rossi", "nine quiet lighthouses") as study:
        assert not study.must_change_password
        assert len(told(study, "password changed")) == 1


def test_a_person_chooses_a_password_of_their_own_in_a_frozen_study_too(sit_down: SitDown, clock: FixedClock) -> None:
    sit_down("I. Bianchi").locking.freeze("Finished")
    administrator = sit_down("A. Verdi")
    administrator.accounts.reset_password("C. Rossi", OTHER)
    administrator.close()
    with open_with(administrator.path, clock, "C. Rossi", OTHER) as study:
        assert not study.read_only
        study.accounts.change_own_password(OTHER, "nine quiet lighthouses")
        assert study.read_only


def test_nobody_resets_the_own_password(administrator: Study) -> None:
    with pytest.raises(TrialError, match="change yours with the one you have"):
        administrator.accounts.reset_password("A. Verdi", OTHER)


@pytest.mark.parametrize("login", [account.login for account in ACCOUNTS])
def test_everybody_changes_the_own_password(sit_down: SitDown, clock: FixedClock, login: str) -> None:
    study = sit_down(login)
    study.accounts.change_own_password(PASSWORD, OTHER)
    study.close()
    with pytest.raises(TrialError, match="not right"):
        open_as(study.path, clock, login)
    with open_with(study.path, clock, login, OTHER) as again:
        assert again.user.login == login


def test_the_own_password_is_changed_with_the_old_one_only(study: Study, clock: FixedClock) -> None:
    with pytest.raises(TrialError, match="not right"):
        study.accounts.change_own_password("a wrong one, and long", OTHER)
    assert told(study, "password changed") == []
    study.close()
    with open_as(study.path, clock) as again:
        assert told(again, "sign-in failed") == [{"user": "C. Rossi", "failures": 1}]


def test_the_new_password_is_another_one_and_follows_the_rules(study: Study) -> None:
    with pytest.raises(TrialError, match="is the old one"):
        study.accounts.change_own_password(PASSWORD, PASSWORD)
    with pytest.raises(TrialError, match="needs 15 characters"):
        study.accounts.change_own_password(PASSWORD, "short")


def test_no_password_is_in_the_trail(administrator: Study) -> None:
    administrator.accounts.create(NEW)
    administrator.accounts.reset_password("C. Rossi", "nine quiet lighthouses")
    administrator.accounts.change_own_password(PASSWORD, OTHER)
    trail = repr(administrator.trail.lines())
    for password in (OTHER, PASSWORD, "nine quiet lighthouses"):
        assert password not in trail


def test_a_lifted_block_lets_the_person_in_again(administrator: Study, clock: FixedClock) -> None:
    for _ in range(5):
        with pytest.raises(TrialError, match="not right"):
            Study.open(administrator.path, "C. Rossi", "wrong", clock=clock, read_only=True)
    blocked = line(administrator, "C. Rossi")
    assert blocked.failures == 5
    assert blocked.blocked_until is not None
    administrator.accounts.lift_block("C. Rossi")
    assert (line(administrator, "C. Rossi").failures, line(administrator, "C. Rossi").blocked_until) == (0, None)
    assert told(administrator, "block lifted") == [{"user": "C. Rossi"}]
    administrator.close()
    with open_as(administrator.path, clock) as study:
        assert study.user.login == "C. Rossi"


# ---- who may


@pytest.mark.parametrize("login", ["C. Rossi", "I. Bianchi", "M. Neri"])
def test_only_an_administrator_manages_accounts(sit_down: SitDown, login: str) -> None:
    accounts = sit_down(login).accounts
    for act in (
        lambda: accounts.create(NEW),
        lambda: accounts.rename("M. Neri", "Other", "Typing error"),
        lambda: accounts.change_role("M. Neri", "investigator", "Moved"),
        lambda: accounts.close("A. Verdi", "Gone"),
        lambda: accounts.reset_password("A. Verdi", OTHER),
        lambda: accounts.lift_block("A. Verdi"),
        lambda: accounts.add_training("M. Neri", "GCP", PartialDate(2026)),
        lambda: accounts.withdraw_training(1, "Typing error"),
        accounts.show_recovery_key,
        lambda: accounts.take_recovery_key("0000"),
        accounts.give_up_recovery_key,
        lambda: accounts.change_keys(PASSWORD),
    ):
        with pytest.raises(TrialError, match="may not manage accounts and keys"):
            act()


def test_an_administrator_holds_the_identity_key_and_is_refused_reading(administrator: Study) -> None:
    with pytest.raises(TrialError, match="may not read who the patients are"):
        administrator.identities()


# ---- the list


def test_the_list_says_since_when_and_when_somebody_last_signed_in(sit_down: SitDown, clock: FixedClock) -> None:
    study = sit_down("M. Neri")
    neri, bianchi = line(study, "M. Neri"), line(study, "I. Bianchi")
    assert (neri.since, neri.last_sign_in) == (FixedClock.at(2026, 1, 1).now(), clock.now())
    assert (bianchi.last_sign_in, bianchi.closed, bianchi.trouble) == (None, None, "")


def test_who_had_which_role_from_when_to_when(administrator: Study, clock: FixedClock) -> None:
    administrator.accounts.change_role("M. Neri", "investigator", "Moved to the site")
    administrator.accounts.close("C. Rossi", "Retired")
    begin, now = FixedClock.at(2026, 1, 1).now(), clock.now()
    found = [tenure for tenure in administrator.accounts.tenures() if tenure.login in {"M. Neri", "C. Rossi"}]
    assert found == [
        ("C. Rossi", "C. Rossi", "coordinator", begin, now),
        ("M. Neri", "M. Neri", "monitor", begin, now),
        ("M. Neri", "M. Neri", "investigator", now, None),
    ]


# ---- training


def test_training_is_kept_for_each_person(administrator: Study) -> None:
    administrator.accounts.add_training("c. rossi", "Good clinical practice", PartialDate(2026, 3), "Online course")
    [training] = administrator.accounts.trainings()
    assert (training.login, training.subject, training.given) == (
        "C. Rossi",
        "Good clinical practice",
        PartialDate(2026, 3),
    )


def test_a_training_that_was_never_given_is_refused(administrator: Study) -> None:
    for given in (PartialDate(2026, 10, 3), PartialDate.from_iso("UNK")):
        with pytest.raises(TrialError, match="not later than today"):
            administrator.accounts.add_training("C. Rossi", "GCP", given)


def test_a_training_of_today_is_taken(administrator: Study) -> None:
    administrator.accounts.add_training("C. Rossi", "GCP", PartialDate.from_date(administrator.today))
    assert len(administrator.accounts.trainings()) == 1


def test_a_training_entered_by_mistake_is_withdrawn_with_a_reason(administrator: Study) -> None:
    administrator.accounts.add_training("C. Rossi", "GCP", PartialDate(2026, 3))
    [training] = administrator.accounts.trainings()
    with pytest.raises(TrialError, match="needs a reason"):
        administrator.accounts.withdraw_training(training.id, "")
    administrator.accounts.withdraw_training(training.id, "Another person")
    assert administrator.accounts.trainings() == ()


def test_a_remark_that_says_nothing_keeps_no_training_out(administrator: Study) -> None:
    administrator.accounts.add_training("C. Rossi", "GCP", PartialDate(2026, 3), "-")
    [training] = administrator.accounts.trainings()
    assert training.comment is None
