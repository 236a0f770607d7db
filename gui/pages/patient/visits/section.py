"""One piece of a visit in the visit's form: what is recorded already, and the fields or the button to record it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gui.pages.patient.visits.pieces import Piece, filled
from gui.pages.patient.visits.presenter import PieceLine
from gui.text import named
from gui.widgets.card import Card
from gui.widgets.field_grid import FieldGrid
from gui.widgets.findings import FindingList
from gui.widgets.form_fields import FormFields
from gui.widgets.header import Button, make_button
from gui.widgets.wrapped_link import WrappedLink
from gui.workspace import Workspace
from models.domain.findings import Finding
from models.domain.partial_dates import PartialDate
from models.records import KINDS
from models.study import Edit


class Section(Card):
    """What is there, and what can be typed.

    `edited` follows the typing, `opening` asks for a record (kind, id), `adding` for the form of the piece, `listing`
    for all records of its kind.
    """

    edited = Signal()
    opening = Signal(str, int)
    adding = Signal(object)
    listing = Signal(str)

    def __init__(self, workspace: Workspace, piece: Piece, patient: int, phase: tuple[str, str] = ("", "")) -> None:
        """`phase` is the code and the words of the phase that begins at the visit."""
        super().__init__(piece.title, " ")
        named(self, f"visit_{piece.code}", piece.title)
        self.piece = piece
        self._workspace = workspace
        self._phase = phase[0]
        self.fields: FormFields | None = None
        self.tick: QCheckBox | None = None
        self.button: Button | None = None
        self._shown = QWidget()
        self._buttons: dict[str, int] = {}
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.body.addWidget(self._shown)
        self._typing: FieldGrid | None = None
        self._findings = FindingList(workspace.desk)
        if piece.code == "phase":
            self.tick = named(QCheckBox(f"{phase[1]} began on the day of this visit"), "visit_phase_began")
            self.tick.toggled.connect(self._ticked)
            self.body.addWidget(self.tick)
        elif piece.fields:
            self.fields = FormFields(workspace, KINDS[piece.kind], patient, piece.fields, {}, {}, self)
            self.fields.start({}, touched=False)
            self.fields.edited.connect(self._edited)
            self._typing = FieldGrid(tuple(self.fields.rows.values()), 2)
            self.body.addWidget(self._typing)
        else:
            self.button = make_button(f"visit_{piece.code}_add", piece.button)
            self.button.clicked.connect(self._add)
            self.corner.addWidget(self.button)
        self.body.addWidget(self._findings)

    def show_records(self, lines: Sequence[PieceLine]) -> None:
        """Show what is there; the fields stand open only where nothing is."""
        column = self._shown.layout()
        assert isinstance(column, QVBoxLayout)
        while item := column.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self._buttons.clear()
        for line in lines:
            name = f"visit_{self.piece.code}_{line.id or 'all'}"
            button = WrappedLink(name, line.words, "Open")
            button.clicked.connect(self._open)
            self._buttons[name] = line.id
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._shown.setVisible(bool(lines))
        if self._typing:
            self._typing.setVisible(not lines or self.filled())
        if self.tick:
            self.tick.setVisible(not lines)
            if lines:
                self.tick.setChecked(False)

    def hold_back(self, sentence: str) -> None:
        """Let nothing be entered here, and say why; what is recorded can still be opened. "" changes nothing."""
        if self.tick:
            self.tick.setEnabled(not sentence)
        if self.button:
            self.button.hold_back(sentence)
        if self._typing:
            self._typing.setEnabled(not sentence)

    def tick_phase(self) -> None:
        """Offer the start of the phase that nobody has recorded yet."""
        if self.tick and not self._buttons:
            self.tick.setChecked(True)

    def filled(self) -> bool:
        """Whether anything is typed here."""
        if self.tick:
            return self.tick.isChecked()
        if self.fields is None:
            return False
        return filled(tuple(self.fields.values().values())) or bool(self.fields.unreadable())

    def edit(self, visit: str, day: PartialDate | None) -> Edit | None:
        """What is to be saved, None where nothing is typed."""
        if not self.filled():
            return None
        values: dict[str, object] = {self.piece.day_field: day}
        if self.tick:
            values["phase"] = self._phase
        elif self.fields:
            typed = {name: value for name, value in self.fields.readable().items() if value is not None}
            values |= {"visit": visit, **typed}
        return Edit(self.piece.kind, {name: value for name, value in values.items() if value is not None})

    def finish(self) -> None:
        """Take the typing as finished."""
        if self.fields:
            self.fields.finish()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what stands against the piece, beside its fields."""
        shown = self.fields.rows if self.fields else {}
        if self.fields:
            self.fields.show(findings)
        self._findings.show_findings([finding for finding in findings if finding.field not in shown])

    def texts(self) -> dict[str, str]:
        """The typing, for a draft."""
        if self.tick:
            return {f"{self.piece.code}.tick": "yes"} if self.tick.isChecked() else {}
        own = self.fields.texts() if self.fields else {}
        return {f"{self.piece.code}.{name}": text for name, text in own.items()}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put the typing of a draft back."""
        prefix = f"{self.piece.code}."
        own = {key.removeprefix(prefix): text for key, text in texts.items() if key.startswith(prefix)}
        if self.tick:
            self.tick.setChecked(bool(own))
        elif self.fields and self._typing and own:
            self.fields.restore(own)
            self._typing.show()

    @Slot(bool)
    def _ticked(self, _on: bool) -> None:
        self.edited.emit()

    @Slot(object)
    def _edited(self, _row: QObject) -> None:
        self.edited.emit()

    @Slot()
    def _open(self) -> None:
        button = self.sender()
        id_ = self._buttons[button.objectName()]
        if id_:
            self.opening.emit(self.piece.kind, id_)
        else:
            self.listing.emit(self.piece.kind)

    @Slot()
    def _add(self) -> None:
        self.adding.emit(self.piece)
