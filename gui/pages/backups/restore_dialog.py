"""Asks before a backup is restored beside the live study: what comes of it, and what it will lack."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.dialog_size import fit_dialog
from gui.widgets.header import make_button


class RestoreDialog(QDialog):
    """`accepted` means yes."""

    def __init__(self, made: str, loss: str, parent: QWidget | None = None) -> None:
        """`made` is when the backup was made, `loss` the sentence about what it has not."""
        super().__init__(parent)
        named(self, "restore_dialog", "Restore beside the study")
        self.setWindowTitle("Restore")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        column.addWidget(label(f"Restore the backup of {made}", "heading", wrap=True))
        column.addWidget(
            label(
                "A study of its own is made from it in the folder beside this one. This study is not touched. The copy "
                "opens with the passwords of that day.",
                wrap=True,
            )
        )
        self.loss = named(label(loss, wrap=True, selectable=True), "restore_loss", "What it lacks")
        column.addWidget(self.loss)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = make_button("restore_cancel", "Cancel", tip="Esc")
        restore = make_button("restore_restore", "Restore beside", look="primary")
        for button in (cancel, restore):
            buttons.addWidget(button)
        column.addLayout(buttons)
        cancel.clicked.connect(self.reject)
        restore.clicked.connect(self.accept)
        fit_dialog(self, 460)
        restore.setFocus()
