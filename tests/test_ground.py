import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.leftovers import left_behind

PROJECT = Path(__file__).parent.parent


def test_the_home_folder_is_empty_and_not_the_persons_own(home: Path) -> None:
    assert Path.home() == home
    assert not list(home.iterdir())


def test_a_window_left_open_is_named(qtbot: QtBot) -> None:
    window = QWidget()
    window.setObjectName("forgotten")
    qtbot.addWidget(window)
    assert left_behind() == ["window QWidget 'forgotten'"]


def test_a_thread_left_running_is_named(qtbot: QtBot) -> None:
    thread = QThread()
    thread.start()
    assert left_behind() == ["thread QThread"]
    thread.quit()
    assert thread.wait(5000)
    assert not left_behind()


def test_make_alone_lists_its_verbs() -> None:
    listed = subprocess.run(["make", "--no-print-directory"], cwd=PROJECT, capture_output=True, text=True, check=True)
    verbs = [line.split()[0] for line in listed.stdout.splitlines()[1:]]
    assert " ".join(verbs) == "setup run demo test lint types contracts screenshots bench torture"


@pytest.mark.skipif(sys.platform == "win32", reason="the tools that the recipe calls are of a Unix")
def test_make_demo_takes_the_place_of_the_last_demo(tmp_path: Path) -> None:
    last = tmp_path / "demo.albatrack"
    last.mkdir()
    (last / "study.db").touch()
    command = ["make", "demo", f"DEMO={last}", "VENV_PYTHON=/bin/true"]  # the recipe, without making one
    subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    assert not last.exists()


@pytest.mark.parametrize("purpose", ["run", "dev"])
def test_every_pinned_package_has_hashes_and_serves_every_system(purpose: str) -> None:
    pinned = (PROJECT / "packaging" / "requirements" / f"{purpose}.txt").read_text(encoding="utf-8")
    packages = pinned.replace("\\\n", "").splitlines()
    assert packages
    assert [package for package in packages if "==" not in package or "--hash=sha256:" not in package] == []
    assert "colorama" in pinned or purpose == "run"  # what pytest needs on Windows only


def test_the_tests_install_what_the_application_runs_with() -> None:
    folder = PROJECT / "packaging" / "requirements"
    run, dev = ((folder / name).read_text(encoding="utf-8").splitlines() for name in ("run.txt", "dev.txt"))
    assert set(run) <= set(dev)


def test_the_oldest_python_is_said_alike_everywhere() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["requires-python"] == ">=3.11"
    assert settings["tool"]["ruff"]["target-version"] == "py311"
    assert settings["tool"]["mypy"]["python_version"] == "3.11"
    assert "(3, 11)" in (PROJECT / "packaging" / "setup_environment.py").read_text(encoding="utf-8")


def test_the_script_of_the_build_server_runs_by_itself() -> None:
    assert os.access(PROJECT / ".ci" / "run", os.X_OK) or sys.platform == "win32"
