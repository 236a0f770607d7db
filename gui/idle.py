"""How long nobody has touched keyboard or mouse, and what follows from it."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow

from models.domain.clock import Clock
from models.study import Study

LOCK_KEYS = "Ctrl+L"
"""Locks at once, from every window."""

MINUTES = 10
"""After how many without a touch the way into a study begins anew: what the study says is not read before."""

_SETTING = "idle_lock_minutes"

_EVERY = 5_000
"""Milliseconds between two looks at the time."""

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


def minutes_of(study: Study) -> int:
    """After how many minutes without a touch a study is locked: as its protocol says, or sooner if the site does."""
    wanted, longest = study.setting(_SETTING) or "", study.protocol.idle_lock_minutes
    return min(max(int(wanted), 1), longest) if wanted.isdecimal() else longest


class Idle(QObject):
    """Counts while it lives. It looks at what reaches the program's windows, before any widget does.

    `ticked` carries the seconds left. `expired` comes once when none are; `lock_pressed` when a person presses
    `LOCK_KEYS` in a dialog, where the menus do not hear them.
    """

    ticked = Signal(int)
    expired = Signal()
    lock_pressed = Signal()

    def __init__(self, minutes: int, clock: Clock, parent: QObject) -> None:
        """Begin to count; after `minutes` without a touch the time is up."""
        super().__init__(parent)
        self._allowed = minutes * 60
        self._clock = clock
        self._lock_keys = QKeySequence(LOCK_KEYS)
        self._touched()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def left(self) -> int:
        """Seconds until the time is up."""
        # A computer that slept has moved only the one, a clock that was set back only the other.
        passed = max(time.monotonic() - self._last, (self._clock.now() - self._moment).total_seconds())
        return max(self._allowed - int(passed), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note every touch; nothing is taken away from the windows but the keys that lock."""
        if event.type() in _TOUCHES:
            if self.left:  # what wakes the window up when the time is up already must not save it
                self._touched()
            else:
                self.look()
                return True
            if isinstance(event, QKeyEvent) and self._locks(event):
                self.lock_pressed.emit()
                return True
        return False

    @Slot()
    def look(self) -> None:
        """Compare the time."""
        left = self.left
        self.ticked.emit(left)
        if not left and self._timer.isActive():
            self._timer.stop()
            self.expired.emit()

    @Slot(object)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # one that comes back is not asked twice
            window.installEventFilter(self)

    def _touched(self) -> None:
        self._last = time.monotonic()
        self._moment = self._clock.now()

    def _locks(self, event: QKeyEvent) -> bool:
        return self._lock_keys == QKeySequence(event.keyCombination())
