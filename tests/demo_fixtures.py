"""The demo study of 63 synthetic patients: made once a run, copied by whoever writes into it."""

from pathlib import Path

import pytest

from models.demo.study import build
from models.domain.clock import Clock, FixedClock
from models.study import DEMO_PASSWORD, Study


@pytest.fixture(scope="session")
def demo_study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo study as it stands on the day of the tests' clock."""
    path = tmp_path_factory.mktemp("demo") / "demo.albatrack"
    build(path, clock=FixedClock.at(2026, 10, 2))
    return path


def open_demo(path: Path, clock: Clock, login: str = "coordinator") -> Study:
    """Sign in to a demo study."""
    return Study.open(path, login, DEMO_PASSWORD, clock=clock)
