"""Draw every page and dialog of the demo study as a picture: light and dark, at the size of a ward's workstation.

A page adds pictures of its own with a function `shots(workspace)` in its module, yielding (name, widget) for each, with
None for the whole window. It is drawn as it is at that moment, so one page can be shown in several states.

Usage: screenshots.py FOLDER [--only NAME] [--scale 1.5]
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.application import Application

ROOT = Path(__file__).resolve().parents[1]
WIDTH, HEIGHT = 1366, 768
"""The screen it has to fit, in real pixels: at a scale of 2 the window has half of each."""

SHOWN_FOLDER = Path("/hospital/coordinator")
"""Where the studies of the pictures seem to lie."""

SETTLE = 350
"""Milliseconds between two looks at a page that may still be filling."""
MOST_LOOKS = 40

Shot = tuple[str, "QWidget | None"]


def main() -> int:
    """Draw the pictures; the exit status is that of a command."""
    parser = argparse.ArgumentParser(description="Draw every page and dialog of the demo study.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="draw only pictures whose name begins so")
    parser.add_argument("--scale", type=float, default=1.0, help="1.5 or 2 for a screen of high resolution")
    options = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    os.environ["HOME"] = str(SHOWN_FOLDER)  # dialogs propose it: no picture shows anybody's own
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALBATRACK_CONFIG"] = os.environ["MPLCONFIGDIR"] = folder
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(Path(folder))}"
        drawn = draw(options.folder, Path(folder), options.only, options.scale)
    print(f"{drawn} pictures in {options.folder}")
    return 0 if drawn else 1


def _screen(folder: Path) -> Path:
    """Write what Qt, which draws on no screen here, takes for one: no dialog is larger than a ward's screen."""
    screen = {"name": "ward", "x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    return path


def draw(out: Path, scratch: Path, only: str, scale: float) -> int:
    """Make the demo study in `scratch`, walk through the window in each theme, and write the pictures below `out`."""
    from PySide6.QtWidgets import QApplication

    from gui.application import build
    from gui.settings import SettingsFile
    from models.demo.study import build as build_demo
    from models.domain.clock import FixedClock

    app = QApplication([])
    app.setCursorFlashTime(0)  # a blinking cursor would never come to rest
    clock = FixedClock.at(2026, 10, 2, 9, 41)
    study = scratch / "demo.albatrack"
    build_demo(study, clock=clock)
    drawn = 0
    for theme in ("light", "dark"):
        settings = SettingsFile(scratch / theme / "settings.json")
        settings.change(theme=theme)
        application = build(clock=clock, settings=settings)
        application.window.resize(round(WIDTH / scale), round(HEIGHT / scale))
        application.window.show()
        folder = out / theme if scale == 1 else out / f"{theme}-{scale:g}"
        for former in folder.glob("*.png") if not only else ():
            former.unlink()  # a page that is gone leaves no picture
        for name, widget in _shots(application, study):
            drawing = widget or application.window
            _settle(application, drawing)  # also before what is not drawn: the next picture may stand on it
            if name.startswith(only):
                folder.mkdir(parents=True, exist_ok=True)
                _save(drawing, folder / f"{name}.png")
                drawn += 1
        application.window.close()
        application.window.deleteLater()
    return drawn


def _settle(application: "Application", widget: "QWidget") -> None:
    """Wait until nothing changes any more: pages go on reading and drawing after they are shown."""
    from PySide6.QtCore import QEventLoop, QTimer

    before = None
    for _ in range(MOST_LOOKS):
        pause = QEventLoop()  # unlike QTest's wait it lets the work on other threads go on
        QTimer.singleShot(SETTLE, pause.quit)
        pause.exec()
        now = widget.grab().toImage()
        if now == before and not application.jobs.running:
            return
        before = now


def _save(widget: "QWidget", path: Path) -> None:
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} could not be written")


def _shots(application: "Application", study: Path) -> Iterator[Shot]:
    """Every picture in turn: the way into a study, each page of the table, what pages add, the find box."""
    from gui.page_table import PAGES
    from gui.workspace import Target
    from models.study import DEMO_PASSWORD, Study

    window = application.window
    window.activateWindow()
    yield "start", None
    application.open_path(SHOWN_FOLDER / "removed.albatrack")
    yield "start-refused", None
    yield from _way_in(application, study)
    application.admit(Study.open(study, "coordinator", DEMO_PASSWORD, clock=application.clock))
    view = window.view
    assert view is not None
    for page in PAGES:
        patient = view.workspace.study.enrolled()[16] if page.needs_patient else 0
        view.show_target(Target(page.name, patient))
        yield page.name.replace("_", "-"), None
        module = import_module(page.module)
        if hasattr(module, "shots"):
            yield from module.shots(view.workspace)
    for name, target in (
        ("protocol-rules", Target("protocol", values={"tab": "Rules"})),
        ("settings-site", Target("settings", values={"section": "site"})),
        ("settings-ranges", Target("settings", values={"section": "ranges"})),
        ("settings-dictionary", Target("settings", values={"section": "dictionary"})),
    ):
        view.show_target(target)
        yield name, None
    view.show_target(Target(PAGES[0].name))
    window.activateWindow()
    _settle(application, window)
    window.open_find_box()
    yield "find", None
    window.palette_panel.line.setText("17 day 85")
    yield "find-visit", None
    window.palette_panel.hide()


def _way_in(application: "Application", study: Path) -> Iterator[Shot]:
    """The steps to a new study, and the sign-in page of the demo and of a real one."""
    from gui.pages.start.new_study import NewStudyDialog
    from models.domain.notation import Desk

    dialog = NewStudyDialog(application.jobs, application.clock, Desk.ENGLISH, application.window)
    dialog.show()
    for name, step in (("study", 0), ("administrator", 1), ("coordinator", 2)):
        dialog.show_step(step)
        yield f"start-new-{name}", dialog
    dialog.close()
    dialog.deleteLater()
    application.door.ask(SHOWN_FOLDER / study.name, synthetic=True)
    yield "sign-in-demo", None
    application.door.ask(SHOWN_FOLDER / study.name, synthetic=False, login="C. Rossi")
    yield "sign-in", None


if __name__ == "__main__":
    sys.exit(main())
