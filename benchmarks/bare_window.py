"""The least that a program of this kind has to load: a PySide6 window, with SQLAlchemy imported. Ends when painted.

With the argument "database-first", SQLAlchemy is imported before PySide6. That is quicker: PySide6's own `import` reads
the source of every module that is loaded after it.
"""

import os
import sys
from importlib import import_module


def main() -> None:
    """Show it and leave."""
    modules = ["PySide6.QtWidgets", "sqlalchemy"]
    for name in reversed(modules) if "database-first" in sys.argv else modules:
        import_module(name)
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    os._exit(0)


if __name__ == "__main__":
    main()
