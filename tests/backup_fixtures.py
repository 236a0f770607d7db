"""What the tests of backups share: a clock to set by hand, saving something, damaging a file, dying in the middle."""

import os
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from models.domain.partial_dates import PartialDate
from models.persistence.layout import DATABASE
from models.study import Edit, Study
from tests.study_fixtures import BY, PASSWORD

ADMINISTRATOR, COORDINATOR, MONITOR = "A. Verdi", "C. Rossi", "M. Neri"
START = datetime(2026, 10, 2, 9, tzinfo=timezone(timedelta(hours=1)))
PAGE = 4096


class HandClock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime = START) -> None:
        self.moment = now
        self.passed = timedelta(0)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def steady(self) -> timedelta:
        return self.passed

    def go(self, **passed: float) -> None:
        """Let time pass, or with less than nothing set the clock back."""
        self.jump(**passed)
        self.passed += max(timedelta(**passed), timedelta(0))

    def jump(self, **further: float) -> None:
        """Set it forward or back, while no time passes."""
        self.moment += timedelta(**further)


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


def signed_in(path: Path, clock: HandClock, login: str = COORDINATOR, *, read_only: bool = False) -> Study:
    return Study.open(path, login, PASSWORD, clock=clock, read_only=read_only)


@pytest.fixture
def owned(path: Path, hand: HandClock) -> Iterator[Study]:
    """An empty study, open, whose clock is set by hand."""
    with signed_in(path, hand) as opened:
        yield opened


def screen_somebody(study: Study) -> str:
    """Enter one patient; returns the number."""
    number = study.next_screening_number()
    study.screen([Edit("patient", {"screening_number": number, "screened": PartialDate(2026, 1, 2), "sex": "F"})], BY)
    return number


def numbers(study: Study) -> list[str]:
    return [patient.screening_number for patient in study.patients()]


def is_whole(study: Study) -> bool:
    return not study.trail.verify().problems


# ---- six ways in which a database is damaged


def _edited(path: Path, edit: Callable[[bytearray], None]) -> None:
    content = bytearray(path.read_bytes())
    edit(content)
    path.write_bytes(content)


def flip_a_bit(path: Path) -> None:
    def edit(content: bytearray) -> None:
        content[5 * PAGE + 100] ^= 4

    _edited(path, edit)


def zero_a_page(path: Path) -> None:
    def edit(content: bytearray) -> None:
        content[3 * PAGE : 4 * PAGE] = bytes(PAGE)

    _edited(path, edit)


def swap_two_pages(path: Path) -> None:
    def edit(content: bytearray) -> None:
        third, fourth = content[3 * PAGE : 4 * PAGE], content[4 * PAGE : 5 * PAGE]
        content[3 * PAGE : 5 * PAGE] = fourth + third

    _edited(path, edit)


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def lose(path: Path) -> None:
    path.unlink()


DAMAGES: tuple[Callable[[Path], None], ...] = (flip_a_bit, zero_a_page, swap_two_pages, cut_in_half, empty, lose)


def database_of(path: Path) -> Path:
    return path / DATABASE


def in_a_process_of_its_own(work: Callable[[], object]) -> int:
    """Do the work in a child of this process; its exit status: 0 where it came to its end, 1 where it raised."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking is safe here: the tests run in one thread
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def dies_at(step: int, work: Callable[[], object]) -> bool:
    """Do the work in a process that ends without a word at the step-th file put in its place; whether it did."""
    count, put = 0, os.replace

    def replace(source: Path, target: Path) -> None:
        nonlocal count
        count += 1
        if count == step:
            os._exit(9)
        put(source, target)

    def dying() -> None:
        os.replace = replace  # type: ignore[assignment]
        work()

    return in_a_process_of_its_own(dying) == 9
