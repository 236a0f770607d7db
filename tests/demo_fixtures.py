"""The demo study of 63 synthetic patients: made once a run, copied by whoever writes into it."""

from pathlib import Path

import pytest

from models.demo.study import build
from models.domain.clock import FixedClock


@pytest.fixture(scope="session")
def demo_study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the demo study as it stands on the day of the tests' clock."""
    path = tmp_path_factory.mktemp("demo") / "demo.albatrack"
    build(path, clock=FixedClock.at(2026, 10, 2))
    return path
