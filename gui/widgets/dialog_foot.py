"""The foot of a dialog that asks one thing: Cancel, and the button that does it."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout

from gui.keys import FINISH_KEYS, LEAVE_KEY, on_keys
from gui.widgets.header import Button, make_button


class DialogFoot(QHBoxLayout):
    """`do` is the main button; the keys that finish every form press it too, while it can be pressed."""

    def __init__(self, dialog: QDialog, name: str, words: str, finish: Callable[[], None]) -> None:
        """`name` is the object name of the main button ("ask_send"), `finish` a slot of the dialog."""
        super().__init__()
        cancel = make_button(f"{name.rpartition('_')[0]}_cancel", "Cancel", tip=LEAVE_KEY)
        cancel.clicked.connect(dialog.reject)
        self.do: Button = make_button(name, words, look="primary", tip="Ctrl+Enter")
        self.do.clicked.connect(finish)
        on_keys(dialog, self.do.click, *FINISH_KEYS)
        self.addStretch(1)
        self.addWidget(cancel)
        self.addWidget(self.do)
