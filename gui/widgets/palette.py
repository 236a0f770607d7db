"""The find box opened: type, walk with the arrows, Enter goes there, Esc closes."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gui.finder import Finder, Hit
from gui.text import label, named
from gui.theme import colour

_WIDTH = 460
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Another program or a menu takes the keyboard for a while: the panel stays."""
_SORTS = {"patient": "Patient", "visit": "Visit", "action": "Action"}
"""How a screen reader announces a hit."""

_FIND = (
    "Find patient, visit or action",
    "Number, “042-017 day 85”, or what you want to do",
    "Nothing fits. Type a patient number, or a word like “protocol”.",
)
_CHOOSE = ("Choose the patient", "Whose? Type the number, or choose below", "Nobody here has such a number.")
"""What the panel is for, an example of what to type, and what it says where nothing fits."""

_Index = QModelIndex | QPersistentModelIndex


class _Hits(QAbstractListModel):
    """The hits as a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def show(self, hits: tuple[Hit, ...]) -> None:
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        hit = self.hit(index.row())
        if hit is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (f"{_SORTS[hit.sort]}: {hit.title}. {hit.detail}.", hit.refused)))
        return None


class _HitPainter(QStyledItemDelegate):
    """A hit in one line: its words at the left, what it is at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, _Hits)
        hit = model.hit(index.row())
        if hit is None:
            return
        view = self.parent()
        assert isinstance(view, QListView)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        chosen = index.row() == view.currentIndex().row()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("selection"))
            painter.drawRoundedRect(area, 5, 5)
        font = view.font()
        font.setBold(hit.sort == "patient")
        painter.setFont(font)
        painter.setPen(colour("muted" if hit.refused else "text"))
        inner = area.adjusted(10, 0, -10, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, hit.title)
        taken = painter.fontMetrics().horizontalAdvance(hit.title) + 16
        painter.setFont(view.font())
        painter.setPen(colour("muted"))
        right = inner.adjusted(taken, 0, 0, 0)
        words = painter.fontMetrics().elidedText(hit.detail, Qt.TextElideMode.ElideRight, int(right.width()))
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        painter.restore()


class CommandPalette(QFrame):
    """The panel under the find box. `chosen` carries the `Hit` that was taken."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Hidden until `open_with`."""
        super().__init__(parent)
        named(self, "palette", _FIND[0])
        self._finder: Finder | None = None
        self._refusals: Mapping[str, str] = {}
        self._patient = 0
        self._patients_only = False
        self._came_from: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        self.line = named(QLineEdit(), "paletteLine", _FIND[0])
        self.line.setClearButtonEnabled(False)
        self.line.setMaxLength(80)
        self.list = named(QListView(), "paletteList", "What was found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self._hits = _Hits(self)
        self.list.setModel(self._hits)
        self.list.setItemDelegate(_HitPainter(self.list))
        self._nothing = label("", "muted", wrap=True)
        self.refusal = label("", "muted", wrap=True)
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self._nothing)
        column.addWidget(self.refusal)
        self.line.textChanged.connect(self._typed)
        self.list.clicked.connect(self._clicked)
        self.line.installEventFilter(self)
        self.hide()

    def open_with(
        self,
        finder: Finder,
        refusals: Mapping[str, str],
        patient: int,
        below: QPoint,
        *,
        patients_only: bool = False,
    ) -> None:
        """Open empty, its upper right corner at `below` (in the parent's coordinates).

        `refusals` say of some actions why they cannot be done now. With `patients_only` nothing else is found.
        """
        self._finder, self._refusals, self._patient = finder, refusals, patient
        self._patients_only = patients_only
        title, example, nothing = _CHOOSE if patients_only else _FIND
        for part in (self, self.line):
            part.setAccessibleName(title)
        self.line.setPlaceholderText(example)
        self._nothing.setText(nothing)
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        room = self.window().size()
        width = min(_WIDTH, room.width() - 16)
        self.setFixedWidth(width)
        self.setMaximumHeight(room.height() - below.y() - 8)
        self.move(max(8, below.x() - width), below.y())
        self.line.clear()
        self._typed("")
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def titles(self) -> list[str]:
        """The hits shown, by their words."""
        rows = range(self._hits.rowCount())
        return [hit.title for hit in map(self._hits.hit, rows) if hit]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list work while the line has the focus; going elsewhere closes the panel."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _PASSING:
            self.hide()
        if event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._key(event.key())
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        rows = self._hits.rowCount()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            if rows:
                row = self.list.currentIndex().row() + steps[Qt.Key(key)]
                self._choose(row % rows if abs(steps[Qt.Key(key)]) == 1 else max(0, min(rows - 1, row)))
            return True
        if key == Qt.Key.Key_Escape:
            came_from = self._came_from
            self.hide()
            if came_from and isValid(came_from):
                came_from.setFocus()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            hit = self._hits.hit(self.list.currentIndex().row())
            if hit:
                self._take(hit)
            return True
        return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

    @Slot(str)
    def _typed(self, text: str) -> None:
        assert self._finder is not None
        finder = self._finder
        hits = finder.patients(text) if self._patients_only else finder.find(text, self._refusals, self._patient)
        self._hits.show(hits)
        self.list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self.refusal.hide()
        if hits:
            self.list.setFixedHeight(self.list.sizeHintForRow(0) * len(hits) + 4)
            self._choose(0)
        self.adjustSize()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        hit = self._hits.hit(index.row())
        if hit:
            self._choose(index.row())
            self._take(hit)

    def _choose(self, row: int) -> None:
        """Choose a hit; why it cannot be done now stands below."""
        self.list.setCurrentIndex(self._hits.index(row))
        hit = self._hits.hit(row)
        self.refusal.setText(hit.refused if hit else "")
        self.refusal.setVisible(bool(self.refusal.text()))
        self.adjustSize()

    def _take(self, hit: Hit) -> None:
        if hit.refused:
            return
        self.hide()
        self.chosen.emit(hit)
