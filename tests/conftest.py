"""What every test stands on: no screen, no network, no folder of the person's own, a clock that stands still."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from models.domain.clock import FixedClock
from tests import network
from tests.leftovers import left_behind

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

network.watch()

# Where programs keep settings, data and caches on Linux, macOS and Windows.
PERSONAL_FOLDERS = (
    "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA",
    "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
)  # fmt: skip


_IN_MEMORY = Path("/dev/shm")
_ROOM = 4 * 2**30
"""Bytes that must be free there: a run leaves about one gibibyte behind, and clears it away at its end."""

_COLLECTED_ABOVE = ((2, 10), (1, 10), (0, 10_000))
"""Generations of Python's collector, and the count above which each is collected: new objects, then collections."""


def pytest_configure(config: pytest.Config) -> None:
    """Give the whole run one folder, with matplotlib's cache and every temporary folder: parallel workers inherit it.

    It lies in memory where there is room: each save of each test waits until the disk has it, which takes longer than
    all the rest. `--basetemp` names another place, which stays to be looked at.
    """
    if not hasattr(config, "workerinput"):
        in_memory = os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free > _ROOM
        own = tempfile.mkdtemp(prefix="albatrack-tests-", dir=_IN_MEMORY if in_memory else None)
        config.add_cleanup(lambda: shutil.rmtree(own, ignore_errors=True))
        os.environ["MPLCONFIGDIR"] = own
        os.environ["PYTEST_DEBUG_TEMPROOT"] = own


@pytest.fixture(autouse=True, scope="session")
def what_was_imported_stays() -> None:
    """Take what all tests share out of the collector's sight, which each test of the window asks to look around."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_is_collected_between_tests() -> None:
    """Collect on the thread of the tests only.

    A parallel worker is sent its tests through a thread of its own. Where that happened to collect, it deleted widgets
    in the middle of their painting, which now and then ended the worker.
    """
    gc.set_threshold(0)
    for generation, most in _COLLECTED_ABOVE:
        if gc.get_count()[generation] > most:
            gc.collect(generation)
            break


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, so that no test reads or writes the person's own."""
    folder = tmp_path_factory.mktemp("home")
    for variable in PERSONAL_FOLDERS:
        monkeypatch.setenv(variable, str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test that reached for the network, also where it did not mind being refused."""
    before = len(network.attempts)
    yield
    assert not network.attempts[before:], "the test reached for the network"


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test of the window that leaves a window open or a thread running."""
    yield
    if "qapp" in request.fixturenames:
        found = left_behind()
        assert not found, f"left behind: {', '.join(found)}"


@pytest.fixture
def clock() -> FixedClock:
    """The clock of the tests: nine in the morning of 2 October 2026."""
    return FixedClock.at(2026, 10, 2)
