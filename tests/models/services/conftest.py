"""A value that the site entered, the monitor who looks at it, and a second folder for backups."""

from pathlib import Path

import pytest

from models.study import Study
from tests.signing_fixtures import enter, haemoglobin
from tests.study_fixtures import SitDown


@pytest.fixture
def value(study: Study, patient: int) -> int:
    """The id of a laboratory value."""
    [id_] = enter(study, patient, haemoglobin())
    return id_


@pytest.fixture
def monitor(sit_down: SitDown, value: int) -> Study:
    return sit_down("M. Neri")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A second folder for backups, on another disk."""
    place = tmp_path / "stick"
    place.mkdir()
    return place
