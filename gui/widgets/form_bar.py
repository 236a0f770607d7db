"""The lower edge of a form: what the keys do, and Cancel, Save and next, Save."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.text import ElidedLabel
from gui.widgets.header import make_button


class FormBar(QWidget):
    """The buttons of a form, named `<kind>_cancel`, `<kind>_discard`, `<kind>_next` and `<kind>_save`."""

    cancelled = Signal()
    discarded = Signal()
    saving = Signal()
    saving_for_next = Signal()

    def __init__(self, kind: str, *, offer_next: bool, parent: QWidget | None = None) -> None:
        """`offer_next` adds "Save and next"."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._keys = ElidedLabel("Ctrl+Enter saves, Esc leaves and keeps what is typed", "small")
        row.addWidget(self._keys, 1)
        self._discard = make_button(f"{kind}_discard", "Discard typing", look="link")
        self._discard.clicked.connect(self.discarded)
        self._cancel = make_button(f"{kind}_cancel", "Cancel", tip="Esc. What is typed is kept as a draft")
        self._cancel.clicked.connect(self.cancelled)
        row.addWidget(self._discard)
        row.addWidget(self._cancel)
        save = make_button(f"{kind}_save", "Save", look="primary", tip="Ctrl+Enter")
        save.clicked.connect(self.saving)
        self._saving = [save]
        if offer_next:
            following = make_button(f"{kind}_next", "Save and next")
            following.clicked.connect(self.saving_for_next)
            row.addWidget(following)
            self._saving.append(following)
        row.addWidget(save)
        self._discard.hide()

    def hold_back(self, sentence: str) -> None:
        """Leave only the way out, and say why; "" leaves everything as it is."""
        for button in self._saving:
            button.hold_back(sentence)
        if sentence:
            self._keys.setText("Esc closes")
            self._cancel.setText("Close")
            self._cancel.setAccessibleName("Close")
            self._cancel.setToolTip("Esc")

    def show_changed(self, *, changed: bool) -> None:
        """Offer to discard once there is something to discard."""
        self._discard.setVisible(changed)
