"""The least that a program of this kind has to load: a PySide6 window, with SQLAlchemy imported. Ends when painted."""

import os
import sys

import sqlalchemy  # noqa: F401 - to load it is the point; before PySide6, which is the faster order
from PySide6.QtWidgets import QApplication, QMainWindow


def main() -> None:
    """Show it and leave."""
    app = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    os._exit(0)


if __name__ == "__main__":
    main()
