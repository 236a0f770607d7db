"""What monitor and site say about a stored record, in its form: a sign behind each field, a line for the whole."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.field_row import FieldRow
from gui.widgets.header import make_button
from gui.widgets.history import ValueRef
from gui.widgets.review_sign import ReviewSign
from gui.widgets.review_state import read_review
from gui.widgets.value_history import ValueHistory
from gui.widgets.value_review import ValueReview, askable
from gui.workspace import Workspace
from models.domain.context import Changes
from models.study import Right


class FormReview(QObject):
    """Puts the signs behind the fields of a form, and keeps them up to date while it is open."""

    def __init__(
        self,
        workspace: Workspace,
        patient: int,
        ref: ValueRef,
        values: Mapping[str, object],
        rows: Mapping[str, FieldRow],
        histories: ValueHistory,
    ) -> None:
        """`ref` is the record with its `values`; `histories` opens the menu of a value, and is what this lives with."""
        super().__init__(histories)
        self._workspace, self._patient, self._ref = workspace, patient, ref
        self._empty = frozenset(name for name in rows if values.get(name) is None)
        self._signs: dict[str, ReviewSign] = {}
        for name, row in rows.items():
            sign = ReviewSign(f"{ref.kind}_{name}_review", row.field.label, row.cell)
            sign.clicked.connect(histories.open_menu)
            row.add_sign(sign)
            histories.offer(sign, ref._replace(field=name))
            self._signs[name] = sign
        workspace.notifier.changed.connect(self._changed)
        self._show()

    def _show(self) -> None:
        review = read_review(self._workspace.study, self._patient, self._workspace.desk)
        for name, sign in self._signs.items():
            signs = review.signs(self._ref.kind, self._ref.record, name)
            nothing = name in self._empty  # there is nothing in it that could be verified
            sign.show_signs([each for each in signs if not (nothing and each.shape == "unverified")])

    @Slot(object)
    def _changed(self, changes: Changes | None) -> None:
        if changes is None or changes.patient == self._patient:
            self._show()


class RecordReview(QWidget):
    """What was said about a record as a whole; nothing where nothing was.

    `ask` and `verify` are the buttons to ask about it and to mark it as verified, for whoever places them.
    """

    def __init__(self, workspace: Workspace, patient: int, ref: ValueRef, parent: QWidget) -> None:
        """For a stored record of a patient."""
        super().__init__(parent)
        self._workspace, self._patient, self._ref = workspace, patient, ref
        self._review = ValueReview(workspace, self)
        self.sign = ReviewSign(f"{ref.kind}_review", "The whole record", self)
        self._words = label("", "muted", wrap=True)
        self.ask = make_button(f"{ref.kind}_ask", "Ask…", look="link")
        self.verify = make_button(f"{ref.kind}_verify", "Mark as verified", look="link")
        self.ask.setAccessibleName("Ask about the whole record")
        self.verify.setAccessibleName("Mark the whole record as verified")
        workspace.permit(Right.ASK, self.ask)
        workspace.permit(Right.VERIFY, self.verify)
        if ref.kind == "identity" or not workspace.user.may(Right.VERIFY):
            self.verify.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.sign)
        line.addWidget(self._words, 1)
        self.sign.clicked.connect(self._ask_pressed)
        self.ask.clicked.connect(self._ask_pressed)
        self.verify.clicked.connect(self._verify_pressed)
        workspace.notifier.changed.connect(self._changed)
        self._show()

    def _show(self) -> None:
        review = read_review(self._workspace.study, self._patient, self._workspace.desk)
        signs = review.signs(self._ref.kind, self._ref.record)
        self.sign.show_signs(signs)
        self._words.setText("\n".join(sign.words for sign in signs))
        self.setVisible(bool(signs))
        self.verify.setEnabled(review.standing_mark(self._ref.kind, self._ref.record) is None)

    @Slot(object)
    def _changed(self, changes: Changes | None) -> None:
        if changes is None or changes.patient == self._patient:
            self._show()

    @Slot()
    def _ask_pressed(self) -> None:
        self._review.ask(self._ref)

    @Slot()
    def _verify_pressed(self) -> None:
        self._review.verify(self._ref)


def record_review(workspace: Workspace, patient: int, ref: ValueRef, parent: QWidget) -> RecordReview | None:
    """For a record that something can be said about; None for one of the study."""
    if not patient or not askable(ref.kind) or not workspace.user.may(Right.READ_RECORD):
        return None
    return named(RecordReview(workspace, patient, ref, parent), f"{ref.kind}_review_line")
