"""Every verb of a study against every role: whoever lacks the right is refused, and no verb is forgotten."""

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from typing import Any
from unittest.mock import MagicMock

import pytest

from models.domain.errors import TrialError
from models.domain.rights import Right
from models.study import Study, WorklistReader
from tests.study_fixtures import ACCOUNTS, SitDown

OPEN = (
    "close look_longer draft drafts save_draft drop_draft setting accounts.lines accounts.strangers "
    "accounts.tenures accounts.trainings accounts.against_password accounts.change_own_password accounts.known_words "
    "accounts.note_access_list backups.all "
    "backups.newest backups.changed backups.due backups.loss backups.on_closing "
    "backups.last_restore backups.fallback_set backups.is_former trail.lines trail.names trail.people trail.head "
    "trail.verify trail.verify_copy"
)
"""For everybody who has signed in: what is one's own, or says nothing about a patient."""
NEEDED = {
    Right.ENTER: "save void screen enrol fail_screening documents.add documents.withdraw trail.redact",
    Right.CONFIGURE: "set_setting",
    Right.READ_RECORD: (
        "patients patient_count chart charts worklist worklist_reader withdrawn has_withdrawn find enrolled "
        "expected_on ranges corrections choices next_screening_number next_subject_number check documents.list "
        "documents.read locking.locks locking.refusal signing.lines signing.covers "
        "review.queries review.waiting review.verification review.shares signing.signatures trail.changed "
        "cohorts.count cohorts.compare"
    ),
    Right.READ_IDENTITY: "identities documents.mark backups.fallback_password backups.new_fallback_password",
    Right.ASK: "review.ask",
    Right.ANSWER: "review.answer",
    Right.CLOSE_QUERY: "review.close review.reopen",
    Right.VERIFY: "review.verify review.withdraw_mark",
    Right.SIGN: "signing.sign",
    Right.LOCK: "locking.lock locking.unlock locking.freeze locking.unfreeze",
    Right.PRINT: "trail.note trail.export",
    Right.MANAGE_ACCOUNTS: (
        "accounts.create accounts.rename accounts.change_role accounts.close accounts.reset_password "
        "accounts.lift_block accounts.new_recovery_key accounts.change_keys accounts.add_training "
        "accounts.withdraw_training"
    ),
    Right.BACK_UP: "backups.make backups.check backups.set_second_folder",
    Right.RESTORE: "backups.restore_beside backups.restore_former backups.put_back",
}
"""What the verbs need. A new verb is entered in one of the two, or `test_every_verb_is_in_the_table` fails."""


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


def test_each_right_is_refused_to_somebody_and_held_by_somebody() -> None:
    users = [account.user for account in ACCOUNTS]
    assert {right for right in Right if 0 < sum(user.may(right) for user in users) < len(users)} == set(Right)
