"""What a test of the window must not leave: open windows and running threads."""

import gc

from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid


def left_behind() -> list[str]:
    """Name the windows still there and the threads still running, after what was to be deleted has been."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if QApplication.topLevelWidgets():
        gc.collect()
    windows = [f"window {type(widget).__name__} {widget.objectName()!r}" for widget in QApplication.topLevelWidgets()]
    # Not isinstance(): it would wake lazy objects that look like something else.
    threads = [each for each in gc.get_objects() if issubclass(type(each), QThread) and isValid(each)]
    main = QThread.currentThread()
    running = [f"thread {type(each).__name__}" for each in threads if each != main and each.isRunning()]
    pool = QThreadPool.globalInstance().activeThreadCount()
    return windows + running + ([f"{pool} jobs in the thread pool"] if pool else [])
