"""The program started as a person starts it, signed in to, and ended once the rows of the Today page are painted."""

import os

from gui.start import open_window


def main() -> None:
    """Start, sign in as the demo study's coordinator, wait for the rows, leave."""
    application = open_window([])
    # Only now, so that the program itself decides what is loaded in which order.
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication, QPushButton

    from benchmarks.painting import Painted

    coordinator = application.window.findChild(QPushButton, "demo_coordinator")
    assert coordinator is not None
    waiting = QEventLoop.ProcessEventsFlag.WaitForMoreEvents  # as the program waits: asleep, not asking all the time
    coordinator.click()
    while (view := application.window.view) is None:
        QApplication.processEvents(waiting)
    from gui.pages.today.page import Page

    page = view.page
    assert isinstance(page, Page)
    watched = [Painted(card.lines.viewport()) for card in page.cards.values() if card.lines.items]
    assert watched
    while not all(painted.seen for painted in watched):
        QApplication.processEvents(waiting)
    os._exit(0)


if __name__ == "__main__":
    main()
