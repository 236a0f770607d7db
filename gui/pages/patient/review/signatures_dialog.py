"""Every signature of a patient: what was signed, by whom, meaning what, and whether it holds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.patient.review.standing import signed_words
from gui.tables.delegates import PillDelegate
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import label, named
from gui.widgets.header import make_button
from models.domain.date_notation import write_moment
from models.domain.notation import Desk
from models.study_types import SignatureView


class SignaturesDialog(QDialog):
    """A line a signature, the newest first; the one chosen is told in full below."""

    def __init__(
        self, signatures: Sequence[SignatureView], title: str, desk: Desk, parent: QWidget | None = None
    ) -> None:
        """`title` says whose."""
        super().__init__(parent)
        self._desk = desk
        named(self, "signatures_dialog", f"Signatures · {title}")
        self.setWindowTitle("Signatures")  # names nobody: other people read it in the bar of the desktop
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = Table(
            "signatures_table",
            "Signatures",
            (
                Column("What", _what, stretch=2),
                Column("Signed by", _who, stretch=1),
                Column("When", self._when, sort=_moment),
                Column("Meaning", _meaning, stretch=2, spare=1),
                Column("State", _state, tone=_tone),
            ),
            empty=("Nothing signed yet", "An investigator signs a visit on the Visits tab.", ""),
        )
        self.table.view.setItemDelegateForColumn(4, PillDelegate(self.table.view))
        self._told = named(label("", wrap=True, selectable=True), "signature_told", "The signature chosen")
        close = make_button("signatures_close", "Close", look="primary")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        column.addWidget(label(f"Signatures · {title}", "title", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self._told)
        column.addLayout(foot)
        close.clicked.connect(self.accept)
        self.table.view.selectionModel().selectionChanged.connect(self._follow)
        self.table.set_rows(tuple(reversed(signatures)))
        self.table.choose(next(iter(self.table.model.rows), None))
        self._follow()
        room = self.screen().availableGeometry()
        self.resize(min(1040, room.width()), min(400, room.height()))

    @Slot()
    def _follow(self) -> None:
        chosen = self.table.chosen()
        self._told.setText(signed_words(chosen, self._desk) if chosen else "")

    def _when(self, signature: SignatureView) -> str:
        return write_moment(signature.at, self._desk)


def _what(signature: SignatureView) -> str:
    return signature.about


def _who(signature: SignatureView) -> str:
    return f"{signature.name} ({signature.role.lower()})"


def _moment(signature: SignatureView) -> str:
    return signature.at.isoformat()


def _meaning(signature: SignatureView) -> str:
    return signature.meaning


def _state(signature: SignatureView) -> str:
    return "Valid" if signature.valid else "Void"


def _tone(signature: SignatureView) -> str:
    return "good" if signature.valid else "urgent"
