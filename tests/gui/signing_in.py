"""The way into a study for tests that are about what comes after it."""

from pathlib import Path

from gui.application import Application, build
from gui.settings import SettingsFile
from models.domain.clock import FixedClock
from models.study import DEMO_PASSWORD, Study, is_synthetic
from tests.study_fixtures import BY, PASSWORD


def opened(path: Path, clock: FixedClock, login: str = "") -> Study:
    """The study, signed in to by the coordinator if nobody is named."""
    if is_synthetic(path):
        return Study.open(path, login or "coordinator", DEMO_PASSWORD, clock=clock)
    return Study.open(path, login or BY.actor, PASSWORD, clock=clock)


def signed_in(path: Path, clock: FixedClock, settings: SettingsFile, login: str = "") -> Application:
    """The program with that study open, as it is once somebody has signed in."""
    application = build(clock=clock, settings=settings)
    application.admit(opened(path, clock, login))
    return application
