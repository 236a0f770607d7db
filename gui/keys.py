"""The keys that forms, dialogs and lists share, declared once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

FIND_KEYS = "Ctrl+K"
"""The find box."""

FINISH_KEYS = ("Ctrl+Return", "Ctrl+Enter")
"""Save, sign, send: whatever the form is for. The second is the Enter beside the figures of the keyboard."""

LEAVE_KEY = "Esc"
"""Close the form; what was typed is kept as a draft."""

HISTORY_KEYS = "Ctrl+H"
"""Everything that a value ever was."""

ASK_KEYS = "Ctrl+Shift+K"
"""A query about a value."""

VERIFY_KEYS = "Ctrl+Shift+Y"
"""Hold a value against the source, or take that back."""

MENU_KEYS = "Shift+F10"
"""Opens context menus on every system; Qt leaves it to some of them."""

WHY_KEYS = "Shift+F1"
"""Why the window and the state of a visit are what they are."""

SEARCH_KEYS = "Ctrl+F"
"""The search line of a list."""

CHOOSE_KEYS = "Alt+Down"
"""The calendar of a date, the terms of an adverse event: what the line offers to choose from."""


def on_keys(
    owner: QObject,
    slot: Callable[[], object],
    *keys: str,
    where: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> None:
    """Let each of the `keys` call the slot while the cursor is `where`: the owner's window, the owner, or inside it."""
    for each in keys:
        QShortcut(QKeySequence(each), owner, context=where).activated.connect(slot)


def unmodified(event: QKeyEvent) -> bool:
    """Whether a key was pressed without Ctrl, Alt and the like. That it is one beside the figures is no such thing."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def native(keys: str) -> str:
    """The keys as this computer writes them; empty for none."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def tab_key(number: int) -> str:
    """The keys of a tab of the patient's page, counted from 1."""
    return f"Ctrl+{number}"
