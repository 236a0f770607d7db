"""The demo study counted: its charts are made once, without a database."""

from datetime import date

import pytest

from models.chart.patient_chart import PatientChart
from models.cohort.cohort import Cohort, cohort
from models.cohort.grouping import grouping
from models.demo.cohort import cohort as people
from models.protocols.loading import find_protocol
from models.protocols.model import Protocol
from tests.models.demo.conftest import charts_of

TODAY = date(2026, 10, 2)


@pytest.fixture(scope="session")
def dalba() -> Protocol:
    return find_protocol("dalba")


@pytest.fixture(scope="session")
def charts(dalba: Protocol) -> list[PatientChart]:
    """Everybody of the demo study."""
    return charts_of(dalba, people(dalba, patients=63, seed=2116, thin=False, until=TODAY), ())


@pytest.fixture(scope="session")
def counted(charts: list[PatientChart], dalba: Protocol) -> Cohort:
    """The demo study, counted by IKZF1 class."""
    return cohort(charts, dalba, TODAY, grouping("ikzf1", dalba))
