"""Finds an adverse-event term in the dictionary while it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.keys import CHOOSE_KEYS, on_keys
from gui.theme import colour
from gui.widgets.editors.line import LineEditor
from models.domain import dictionary
from models.domain.dictionary import Term

_CLASS = Qt.ItemDataRole.UserRole + 1
_SHOWN = 12
_AT_MOST = 40
_ECHO = 34
"""Letters of a class that are repeated inside the line."""


class TermPicker(LineEditor):
    """A line with the terms that fit what is typed below it: names, common names, either spelling.

    Typing that is no term stays as it is, and the check asks about it: nothing is guessed. Alt+Down opens the list.
    """

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        """`version` of CTCAE; see `set_version`."""
        super().__init__(parent)
        self._version = version
        self._model = QStandardItemModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(_SHOWN)
        popup = QListView()
        popup.setUniformItemSizes(True)
        self.completer.setPopup(popup)
        popup.setItemDelegate(_TermLine(popup))
        popup.setObjectName("term_list")
        popup.setAccessibleName("Terms that fit")
        self.completer.setWidget(self.line)
        self.completer.activated.connect(self._take)
        self.line.textEdited.connect(self._offer)
        self.line.setPlaceholderText("Type a part of the term, for instance pleural")
        on_keys(self.line, self._offer_now, CHOOSE_KEYS, where=Qt.ShortcutContext.WidgetShortcut)
        self.settled.connect(self._complete)

    @property
    def version(self) -> str:
        """The version of CTCAE in which terms are found."""
        return self._version

    def set_version(self, version: str) -> None:
        """Find terms in another version; what is entered stays."""
        if version != self._version:
            self._version = version
            if self.line.text().strip():
                self._read_line()

    def expect(self) -> None:
        """The line's own hint says enough."""

    def found(self) -> tuple[str, ...]:
        """The names offered now."""
        return tuple(self._model.item(row).text() for row in range(self._model.rowCount()))

    def _read(self, text: str) -> object:
        known = dictionary.term(self._version, text)
        return known.name if known else text

    def _written(self, value: object) -> str:
        return str(value)

    def _understood(self, value: object) -> str:
        known = dictionary.term(self._version, str(value))
        if known is None:
            return ""
        held = known.system_organ_class
        return held if len(held) <= _ECHO else f"{held[: _ECHO - 1]}…"

    @Slot(str)
    def _offer(self, text: str) -> None:
        self._fill(dictionary.find(self._version, text, _AT_MOST))
        if self._model.rowCount():
            self.completer.complete()
        else:
            popup = self.completer.popup()
            if popup is not None:
                popup.hide()

    @Slot()
    def _offer_now(self) -> None:
        self._offer(self.line.text())

    def _fill(self, terms: Sequence[Term]) -> None:
        self._model.clear()
        for term in terms:
            item = QStandardItem(term.name)
            item.setData(term.system_organ_class, _CLASS)
            item.setEditable(False)
            self._model.appendRow(item)

    @Slot(str)
    def _take(self, name: str) -> None:
        self.set_value(name)
        self.line.set_echo(self._understood(name))
        self.edited.emit()

    @Slot()
    def _complete(self) -> None:
        """On leaving, a common name ("low platelets") or the only term that fits becomes the term itself."""
        text = self.line.text().strip()
        if not text or dictionary.term(self._version, text) is not None:
            return
        known = dictionary.term(self._version, dictionary.resolve(text) or text)
        fitting = dictionary.find(self._version, text, 2)
        if known is None and len(fitting) == 1:
            known = fitting[0]
        if known:
            self._take(known.name)


class _TermLine(QStyledItemDelegate):
    """The term, and at its right in quiet letters the class it belongs to."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw both; the class gives way."""
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        room = option.rect.adjusted(8, 0, -8, 0)
        painter.save()
        painter.setPen(colour("text"))
        centre = Qt.AlignmentFlag.AlignVCenter
        taken = option.fontMetrics.horizontalAdvance(name) + 16
        painter.drawText(
            room,
            int(centre | Qt.AlignmentFlag.AlignLeft),
            option.fontMetrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width()),
        )
        rest = room.adjusted(taken, 0, 0, 0)
        if rest.width() > 40:
            painter.setPen(colour("muted"))
            words = option.fontMetrics.elidedText(str(index.data(_CLASS)), Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, int(centre | Qt.AlignmentFlag.AlignRight), words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room to click."""
        return QSize(super().sizeHint(option, index).width(), option.fontMetrics.height() + 10)
