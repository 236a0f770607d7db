"""A study to write into: made once a run by the migrations, copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.persistence.engine import reader
from models.persistence.keys.keys import Keys
from models.persistence.keys.sealing import LEAST_COST
from models.persistence.record_format import version_of
from models.protocols.loading import find_protocol
from models.protocols.model import Protocol
from models.study import Edit, NewAccount, Study

SitDown = Callable[[str], Study]

BY = Context("C. Rossi")
PASSWORD = "correct horse battery"
ACCOUNTS = (
    NewAccount("A. Verdi", "A. Verdi", "administrator", PASSWORD, must_change=False),
    NewAccount("C. Rossi", "C. Rossi", "coordinator", PASSWORD, must_change=False),
    NewAccount("I. Bianchi", "I. Bianchi", "investigator", PASSWORD, must_change=False),
    NewAccount("M. Neri", "M. Neri", "monitor", PASSWORD, must_change=False),
)
"""One account for each role, all with `PASSWORD`."""


def open_as(path: Path, clock: FixedClock, login: str = BY.actor) -> Study:
    """Sign in to a study made with `ACCOUNTS`, as the coordinator if nobody else is named."""
    return Study.open(path, login, PASSWORD, clock=clock)


@pytest.fixture(scope="session")
def empty_study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new D-ALBA study."""
    path = tmp_path_factory.mktemp("template") / "study.albatrack"
    clock = FixedClock.at(2026, 1, 1)
    Study.create(path, find_protocol("dalba"), "042", "Haematology", ACCOUNTS, clock=clock, cost=LEAST_COST)
    return path


@pytest.fixture
def path(empty_study_file: Path, tmp_path: Path) -> Path:
    """The folder of an empty study of a test's own, closed."""
    return Path(shutil.copytree(empty_study_file, tmp_path / "study.albatrack"))


@pytest.fixture
def study(path: Path, clock: FixedClock) -> Iterator[Study]:
    """That study, open."""
    with open_as(path, clock) as opened:
        yield opened


@pytest.fixture
def sit_down(study: Study, clock: FixedClock) -> Iterator[SitDown]:
    """Signs whoever sits at the study out and another person in."""
    opened = [study]

    def switch(login: str) -> Study:
        opened[-1].close()
        opened.append(open_as(study.path, clock, login))
        return opened[-1]

    yield switch
    opened[-1].close()


@pytest.fixture
def patient(study: Study) -> int:
    """The id of a woman of 58, enrolled, whose study day 1 is 9 January 2026."""
    return enrol_a_patient(study)


def enrol_a_patient(study: Study) -> int:
    """Screen and enrol that woman; returns her id."""
    edits = (
        Edit("patient", {"screening_number": study.next_screening_number(), "screened": _on(2), "sex": "F", "age": 58}),
        Edit("identity", {"birth_date": PartialDate(1967, 5, 4)}),
        Edit("consent", {"version": "4.0", "signed": _on(2)}),
        *fulfilled(study.protocol),
    )
    patient = study.screen(edits, BY).patient
    assert patient is not None
    study.enrol(patient, _on(5), BY)
    study.save(
        patient, [Edit("disease", {"transcript": "p190"}), Edit("phase", {"phase": "induction", "began": _on(9)})], BY
    )
    return patient


def fulfilled(protocol: Protocol) -> tuple[Edit, ...]:
    """The answer to every criterion of a protocol with which anybody may be enrolled."""
    return tuple(
        Edit(
            "eligibility",
            {
                "criterion": criterion.code,
                "answer": "NO" if criterion.exclusion else "YES",
                "value": Quantity(criterion.limit, criterion.unit) if criterion.limit is not None else None,
            },
        )
        for criterion in protocol.criteria
    )


def _on(day: int) -> PartialDate:
    return PartialDate(2026, 1, day)


def stored_version(database: Path, keys: Keys) -> str:
    """The record format of a database that nobody has open."""
    engine = reader(database, keys)
    try:
        return version_of(database, engine)
    finally:
        engine.dispose()
