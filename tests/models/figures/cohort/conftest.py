"""The demo study counted, small cohorts made by hand, and a large one: what every drawing has to bear."""

from dataclasses import replace
from datetime import date

import pytest

from models.cohort.cohort import Cohort, cohort
from models.cohort.grouping import grouping
from models.cohort.who import Who
from models.demo.cohort import cohort as people
from models.protocols.loading import find_protocol
from tests.models.cohort.people import count, person
from tests.models.demo.conftest import charts_of

TODAY = date(2026, 10, 2)
MANY = 700


@pytest.fixture(scope="session")
def demo() -> Cohort:
    """The demo study, by IKZF1 class."""
    dalba = find_protocol("dalba")
    charts = charts_of(dalba, people(dalba, patients=63, seed=2116, thin=False, until=TODAY), ())
    return cohort(charts, dalba, TODAY, grouping("ikzf1", dalba))


@pytest.fixture(scope="session")
def everybody(demo: Cohort) -> Cohort:
    """The demo study, not divided."""
    return Cohort(demo.protocol, demo.until, None, demo.members, demo.forms)


@pytest.fixture(scope="session")
def nobody() -> Cohort:
    """A study in which nobody has been screened."""
    return count([])


@pytest.fixture(scope="session")
def one() -> Cohort:
    """A study of one patient."""
    return count([person().assessed(57).mrd(-5, 3000).mrd(85, 0).seen(200)])


@pytest.fixture(scope="session")
def many(demo: Cohort) -> Cohort:
    """More patients than a drawing has room for."""
    members = tuple(
        replace(demo.members[number % len(demo.members)], who=Who(number + 1, f"042-{number + 1:05d}"))
        for number in range(MANY)
    )
    return Cohort(demo.protocol, demo.until, demo.by, members, demo.forms)


COHORTS = ("nobody", "one", "everybody", "demo", "many")


@pytest.fixture(params=COHORTS)
def any_cohort(request: pytest.FixtureRequest) -> Cohort:
    """Each of them in turn."""
    counted: Cohort = request.getfixturevalue(request.param)
    return counted
