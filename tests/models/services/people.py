"""What the tests of accounts share: another person, another password, and how to look at what became of them."""

from pathlib import Path

from models.domain.clock import FixedClock
from models.study import NewAccount, Study
from models.study_types import AccountLine

OTHER = "seventeen green umbrellas"
NEW = NewAccount("G. Blu", "Giulia Blu", "coordinator", OTHER)


def line(study: Study, login: str) -> AccountLine:
    return next(found for found in study.accounts.lines() if found.login == login)


def told(study: Study, act: str) -> list[dict[str, object]]:
    return [dict(found.details) for found in study.trail.lines() if found.act == act]


def new_recovery_key(study: Study) -> str:
    """A recovery key that takes the place of the former one."""
    key = study.accounts.show_recovery_key()
    study.accounts.take_recovery_key(key)
    return key


def open_with(path: Path, clock: FixedClock, login: str, password: str) -> Study:
    return Study.open(path, login, password, clock=clock)
