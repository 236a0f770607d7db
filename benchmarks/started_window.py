"""The program started as a person starts it, and ended as soon as the rows of the Today page have been painted."""

import os

from gui.start import open_window


def main() -> None:
    """Start, wait for the rows, leave."""
    application = open_window([])
    # Only now, so that the program itself decides what is loaded in which order.
    from PySide6.QtWidgets import QApplication

    from benchmarks.painting import Painted
    from gui.pages.today.page import Page

    view = application.window.view
    assert view is not None
    page = view.page
    assert isinstance(page, Page)
    watched = [Painted(card.lines.viewport()) for card in page.cards.values() if card.lines.items]
    assert watched
    while not all(painted.seen for painted in watched):
        QApplication.processEvents()
    os._exit(0)


if __name__ == "__main__":
    main()
