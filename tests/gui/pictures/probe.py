"""Looks at the whole window on a ward's screen and prints what is wrong with it.

Qt takes the scale of the screen when a program starts, so this is a program of its own: STUDY FOLDER SCALE THEME.
"""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui.settings import SettingsFile
from models.domain.clock import FixedClock
from tests.gui.pictures.faults import faint, faults
from tests.gui.pictures.walk import places, settle, ways_in
from tests.gui.signing_in import signed_in

WIDTH, HEIGHT = 1366, 768


def main() -> int:
    """Print {place: [fault, ...]} as JSON; nothing for places without a fault."""
    study, folder, scale, theme = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
    QApplication([])
    settings = SettingsFile(folder / "settings.json")
    settings.change(theme=theme)
    application = signed_in(study, FixedClock.at(2026, 10, 2), settings)
    window = application.window
    window.resize(int(WIDTH / scale), int(HEIGHT / scale))
    window.show()
    window.activateWindow()
    settle(application)
    found = {name: sorted({*faults(shown), *faint(shown)}) for name, shown in places(application)}
    application.close_study()
    found |= {name: sorted({*faults(shown), *faint(shown)}) for name, shown in ways_in(application, study)}
    print(json.dumps({name: seen for name, seen in found.items() if seen}))  # noqa: T201 - the test that started this reads it
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
