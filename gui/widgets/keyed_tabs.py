"""The row of tabs of a page, each of which a key opens too."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar

from gui.keys import tab_key
from gui.text import named

_KEYS = 9
"""Tabs that have a key: Ctrl+1 to Ctrl+9."""


class KeyedTabs(QTabBar):
    """Ctrl with the number of a tab opens it while the page is in view. `currentChanged` says which a person opened."""

    def __init__(self, name: str, words: str, titles: Sequence[str]) -> None:
        """`words` say what the tabs are, for screen readers ("Parts of the record")."""
        super().__init__()
        named(self, name, words)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        for index, title in enumerate(titles):
            self.addTab(title)
            if index < _KEYS:
                self.setTabToolTip(index, tab_key(index + 1))
                shortcut = QShortcut(QKeySequence(tab_key(index + 1)), self)
                shortcut.setObjectName(str(index))
                shortcut.activated.connect(self._open_by_key)

    def mark(self, index: int) -> None:
        """Show which tab is in view, and tell nobody."""
        self.blockSignals(True)
        self.setCurrentIndex(index)
        self.blockSignals(False)

    @Slot()
    def _open_by_key(self) -> None:
        shortcut = self.sender()
        if shortcut is not None:
            self.setCurrentIndex(int(shortcut.objectName()))
