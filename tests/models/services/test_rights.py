"""Every verb of a study against every role: whoever lacks the right is refused, and no verb is forgotten."""

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from typing import Any
from unittest.mock import MagicMock

import pytest

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.rights import Right
from models.study import NewAccount, Study, WorklistReader
from tests.models.services.people import OTHER
from tests.study_fixtures import ACCOUNTS, SitDown, open_as

OPEN = (
    "close look_longer draft drafts save_draft drop_draft setting printing accounts.lines accounts.strangers "
    "accounts.tenures accounts.trainings accounts.against_password accounts.change_own_password accounts.known_words "
    "accounts.recovery_key_waiting accounts.note_access_list backups.all "
    "backups.newest backups.changed backups.due restoring.loss backups.on_closing "
    "restoring.last fallback_set.newest fallback_set.is_former trail.lines trail.names trail.people trail.head "
    "trail.verify trail.verify_copy trail.is_text"
)
"""For everybody who has signed in: what is one's own, or says nothing about a patient."""
NEEDED = {
    Right.ENTER: "save void screen enrol fail_screening documents.add documents.withdraw",
    Right.CONFIGURE: "set_setting",
    Right.READ_RECORD: (
        "patients patient_count chart charts worklist worklist_reader withdrawn has_withdrawn find enrolled "
        "expected_on ranges corrections choices next_screening_number next_subject_number check documents.list "
        "documents.read locking.locks locking.refusal signing.lines signing.covers signing.regraded "
        "review.queries review.waiting review.verification review.shares signing.signatures trail.changed "
        "cohorts.count cohorts.compare"
    ),
    Right.READ_IDENTITY: "identities documents.mark fallback_set.password fallback_set.new_password",
    Right.ASK: "review.ask",
    Right.ANSWER: "review.answer",
    Right.CLOSE_QUERY: "review.close review.reopen",
    Right.VERIFY: "review.verify review.withdraw_mark",
    Right.SIGN: "signing.sign",
    Right.LOCK: "locking.lock locking.unlock locking.freeze locking.unfreeze",
    Right.REDACT: "trail.redact trail.redact_reason",
    Right.PRINT: "trail.note trail.export",
    Right.MANAGE_ACCOUNTS: (
        "accounts.create accounts.rename accounts.change_role accounts.close accounts.reset_password "
        "accounts.lift_block accounts.show_recovery_key accounts.take_recovery_key accounts.give_up_recovery_key "
        "accounts.change_keys accounts.add_training accounts.withdraw_training accounts.note_recovery_sheet"
    ),
    Right.BACK_UP: "backups.make backups.check backups.set_second_folder",
    Right.RESTORE: "restoring.beside restoring.former",
}
"""What the verbs need. A new verb is entered in one of the two, or `test_every_verb_is_in_the_table` fails."""


BEFORE_A_PASSWORD_OF_ONES_OWN = frozenset(
    {"look_longer", "accounts.known_words", "accounts.against_password", "accounts.change_own_password"}
)
"""What is left to a person whose password somebody else gave, besides signing out."""
GIVEN = "given by the office"


def topics() -> dict[str, type]:
    """The topic classes of a study, by the name under which it offers them."""
    offered = inspect.getmembers(Study, lambda member: isinstance(member, cached_property))
    named = {name: inspect.signature(member.func).return_annotation for name, member in offered}
    return {name: getattr(import_module(f"models.services.{name}"), words) for name, words in named.items()}


def verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public method of a study and its topics, with its name as it is written: `save`, `review.ask`."""
    for topic, cls in {"": Study, **topics()}.items():
        for name, method in inspect.getmembers(cls, inspect.isfunction):
            if not name.startswith("_"):
                yield f"{topic}.{name}".lstrip("."), method


def call(study: Study, verb: str, method: Callable[..., Any]) -> object:
    """Call a verb with nothing that means anything: whoever has no right must not get as far as it being looked at."""
    topic, _, name = verb.rpartition(".")
    about = getattr(study, topic) if topic else study
    _, *parameters = inspect.signature(method).parameters.values()
    required = [p for p in parameters if p.default is p.empty]
    keywords = {p.name: _anything() for p in required if p.kind is p.KEYWORD_ONLY}
    result = getattr(about, name)(*(_anything() for p in required if p.kind is not p.KEYWORD_ONLY), **keywords)
    return list(result.steps()) if isinstance(result, WorklistReader) else result


def _anything() -> MagicMock:
    """Whatever a verb takes; as words, and as the context of a command, it gives a reason."""
    return MagicMock(**{"strip.return_value": "Why", "reason.strip.return_value": "Why"})


def test_every_verb_is_in_the_table() -> None:
    entered = [*OPEN.split(), *(verb for needed in NEEDED.values() for verb in needed.split())]
    assert sorted(entered) == sorted(name for name, _ in verbs())


def test_the_table_names_every_right() -> None:
    assert NEEDED.keys() == set(Right)


@pytest.mark.parametrize("login", [account.login for account in ACCOUNTS])
def test_a_role_is_refused_every_verb_that_it_has_no_right_to(sit_down: SitDown, login: str) -> None:
    study = sit_down(login)
    methods = dict(verbs())
    not_refused = []
    for right, needed in NEEDED.items():
        for verb in needed.split():
            if not study.user.may(right):
                try:
                    call(study, verb, methods[verb])
                except TrialError as refusal:
                    if f"signed in as {study.user.role_words.lower()} and may not" in str(refusal):
                        continue
                not_refused.append(verb)
    assert not_refused == []


@pytest.mark.parametrize("login", [account.login for account in ACCOUNTS])
def test_r13_whoever_was_given_the_password_by_somebody_else_may_only_choose_one_of_their_own(
    sit_down: SitDown, clock: FixedClock, login: str
) -> None:
    study = sit_down("A. Verdi" if login != "A. Verdi" else "C. Rossi")
    given_to(study, login, clock)
    with Study.open(study.path, login, GIVEN, clock=clock) as opened:
        done = []
        for verb, method in verbs():
            if verb not in {*BEFORE_A_PASSWORD_OF_ONES_OWN, "close"}:
                try:
                    call(opened, verb, method)
                except TrialError as refusal:
                    if "given to you by somebody else" in str(refusal):
                        continue
                done.append(verb)
        assert done == []
        opened.accounts.change_own_password(GIVEN, "nine quiet lighthouses")
        assert opened.accounts.lines()


def given_to(study: Study, login: str, clock: FixedClock) -> None:
    """Give an account a password, as an administrator does; an administrator's, as another one does."""
    if study.user.role == "administrator":
        study.accounts.reset_password(login, GIVEN)
        study.close()
        return
    study.close()
    with open_as(study.path, clock, "A. Verdi") as administrator:
        administrator.accounts.create(NewAccount("B. Bruni", "B. Bruni", "administrator", OTHER))
    with Study.open(study.path, "B. Bruni", OTHER, clock=clock) as second:
        second.accounts.change_own_password(OTHER, "eleven slow tortoises")
        second.accounts.reset_password(login, GIVEN)


def test_each_right_is_refused_to_somebody_and_held_by_somebody() -> None:
    users = [account.user for account in ACCOUNTS]
    assert {right for right in Right if 0 < sum(user.may(right) for user in users) < len(users)} == set(Right)
