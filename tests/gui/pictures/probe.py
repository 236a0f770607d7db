"""Looks at the whole window on a ward's screen of some scale, light and dark, and prints what is wrong with it.

Qt takes the scale of the screen when a program starts, so this is a program of its own: STUDY FOLDER SCALE.
"""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui.application import build
from gui.settings import SettingsFile
from models.domain.clock import FixedClock
from tests.gui.pictures.faults import faint, faults
from tests.gui.pictures.walk import places, settle

WIDTH, HEIGHT = 1366, 768


def main() -> int:
    """Print {"place, theme": [fault, ...]} as JSON; nothing for places without a fault."""
    study, folder, scale = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
    QApplication([])
    settings = SettingsFile(folder / "settings.json")
    settings.change(actor="C. Rossi", theme="light")
    application = build(study, clock=FixedClock.at(2026, 10, 2), settings=settings)
    window, view = application.window, application.window.view
    assert view is not None
    window.resize(int(WIDTH / scale), int(HEIGHT / scale))
    window.show()
    window.activateWindow()
    settle(application)
    found: dict[str, list[str]] = {}
    for theme in ("light", "dark"):
        view.workspace.change_settings(theme=theme)
        for name, shown in places(application):
            seen = sorted({*(faults(shown) if theme == "light" else ()), *(faint(shown) if scale == 1 else ())})
            if seen:
                found[f"{name}, {theme}"] = seen
        if scale != 1:
            break
    print(json.dumps(found))  # noqa: T201 - the one who started this program reads it
    application.close_study()
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
