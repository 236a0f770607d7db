"""A study to write into: made once a run by the migrations, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.protocols.loading import find_protocol
from models.study import Edit, Study

BY = Context("C. Rossi")


@pytest.fixture(scope="session")
def empty_study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new D-ALBA study."""
    path = tmp_path_factory.mktemp("template") / "study.albatrack"
    Study.create(path, find_protocol("dalba"), "042", "Haematology", clock=FixedClock.at(2026, 1, 1)).close()
    return path


@pytest.fixture
def study(empty_study_file: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Study]:
    """An empty study of a test's own."""
    path = tmp_path / "study.albatrack"
    shutil.copy2(empty_study_file, path)
    with Study.open(path, clock=clock) as opened:
        yield opened


@pytest.fixture
def patient(study: Study) -> int:
    """The id of a woman of 58, enrolled, whose study day 1 is 9 January 2026."""
    edits = (
        Edit("patient", {"screening_number": study.next_screening_number(), "screened": _on(2), "sex": "F", "age": 58}),
        Edit("identity", {"birth_date": PartialDate(1967, 5, 4)}),
        Edit("consent", {"version": "4.0", "signed": _on(2)}),
    )
    patient = study.screen(edits, BY).patient
    assert patient is not None
    study.enrol(patient, _on(5), BY)
    study.save(
        patient, [Edit("disease", {"transcript": "p190"}), Edit("phase", {"phase": "induction", "began": _on(9)})], BY
    )
    return patient


def _on(day: int) -> PartialDate:
    return PartialDate(2026, 1, day)
