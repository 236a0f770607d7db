"""Commands run as the command line runs them, on a demo study of nine patients."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models import cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo study of nine patients, made by the command itself."""
    path = tmp_path_factory.mktemp("demo") / "demo.albatrack"
    assert cli.main(["demo", str(path), "--patients", "9", "--seed", "5"]) == 0
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(demo_file, tmp_path / "demo.albatrack"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command: its status, what it printed, and what it complained of."""

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = cli.main([str(a) for a in arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call
