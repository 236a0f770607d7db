"""What is looked at each minute: time goes on while nobody saves anything."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_A_MINUTE = 60_000
"""Milliseconds."""


def each_minute(owner: QObject, slot: Callable[[], object]) -> None:
    """Call the slot once a minute for as long as its owner lives."""
    timer = QTimer(owner)
    timer.timeout.connect(slot)
    timer.start(_A_MINUTE)
