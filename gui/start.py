"""The way into the window: what is loaded in which order, which is what a start spends most of its time on."""

import builtins
import gc
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.application import Application

_WHILE_READING = 1500
"""Milliseconds after the start at which the window has nothing else to do."""

_NEXT = (
    "gui.pages.patient.page",
    "gui.pages.patient.overview.tab",
    "matplotlib.backends.backend_agg",
    "models.figures.ink",
)


def run(argv: list[str]) -> int:
    """Open the window and stay until it is closed; returns the exit status. `argv` may name a study file to open."""
    return open_window(argv).stay()


def open_window(argv: list[str]) -> "Application":
    """Load the program and show its window, with the study named, or the one of the last time."""
    gc.disable()  # what is loaded now stays: looking for garbage among it takes a tenth of the start
    _load_qt()
    from gui.application import start

    application = start(argv)
    gc.freeze()
    gc.enable()
    from PySide6.QtCore import QTimer

    QTimer.singleShot(_WHILE_READING, _load_ahead)
    return application


def _load_ahead() -> None:
    """Load what the first patient's page needs, half a second's worth, while the person reads the Today page."""
    Thread(target=lambda: [import_module(name) for name in _NEXT], daemon=True).start()


def _load_qt() -> None:
    """Load PySide6 but keep Python's own `import`.

    PySide's would read the source of every module loaded from now on, for a switch that nothing here uses.
    """
    plain = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = plain
