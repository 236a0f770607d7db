import importlib.util
import inspect
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.page_table import PAGES

SCRIPT = Path(__file__).parents[2] / "packaging" / "screenshots.py"


@pytest.fixture
def screenshots() -> ModuleType:
    spec = importlib.util.spec_from_file_location("screenshots", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_picture_is_written_where_it_was_asked_for(screenshots: ModuleType, qtbot: QtBot, tmp_path: Path) -> None:
    label = QLabel("a page")
    qtbot.addWidget(label)
    screenshots._save(label, tmp_path / "page.png")  # noqa: SLF001
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_cannot_be_written_ends_the_drawing(
    screenshots: ModuleType, qtbot: QtBot, tmp_path: Path
) -> None:
    label = QLabel("a page")
    qtbot.addWidget(label)
    with pytest.raises(OSError, match="could not be written"):
        screenshots._save(label, tmp_path / "absent" / "page.png")  # noqa: SLF001


def test_dialogs_have_the_screen_of_a_ward_to_be_shown_on(screenshots: ModuleType, tmp_path: Path) -> None:
    asks = (
        "from PySide6.QtWidgets import QApplication\n"
        "room = QApplication([]).primaryScreen().availableGeometry()\n"
        "print(room.width(), room.height())"
    )
    platform = f"offscreen:configfile={screenshots._screen(tmp_path)}"  # noqa: SLF001
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": "2"}
    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True, env=environment)
    assert told.stdout.split() == ["683", "384"]


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_what_a_page_adds_is_drawn_from_the_workspace_alone(page: str) -> None:
    module = import_module(next(each.module for each in PAGES if each.name == page))
    shots = getattr(module, "shots", None)
    assert shots is None or list(inspect.signature(shots).parameters) == ["workspace"]


def test_a_call_without_a_folder_says_what_is_missing() -> None:
    result = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "folder" in result.stderr
