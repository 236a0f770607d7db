"""The way into the window: what is loaded in which order, which is what a start spends most of its time on.

Declaring a class counts too: a frozen dataclass is written out and compiled each time that its module is loaded, which
takes five times as long as a NamedTuple. What is loaded here is the latter wherever nothing speaks for the former.
"""

import builtins
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.application import Application

_YOUNG = 20_000
"""New objects after which Python looks for garbage among them. Its own number, 700, is for small programs: a first page
makes more than ten thousand, and to look through them while it is made finds none that is not needed."""


def run(argv: list[str]) -> int:
    """Open the window and stay until it is closed; returns the exit status. `argv` may name a study file to open."""
    return open_window(argv).stay()


def open_window(argv: list[str]) -> "Application":
    """Load the program and show its window, with the study named, or the one of the last time."""
    gc.disable()  # what is loaded now stays: looking for garbage among it takes a tenth of the start
    _load_store()
    _load_qt()
    from gui.application import start

    application = start(argv)
    gc.freeze()
    gc.set_threshold(_YOUNG)
    gc.enable()
    return application


def _load_store() -> None:
    """Load the models before PySide6.

    What PySide loads of Python's own library it loads slowly, with its own `import`; the database needs much of it too.
    """
    import models.study  # noqa: F401


def _load_qt() -> None:
    """Load PySide6 but keep Python's own `import`.

    PySide's would read the source of every module loaded from now on, for a switch that nothing here uses.
    """
    plain = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = plain
