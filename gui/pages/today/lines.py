"""Lines of the worklist as a list: each opens its form on Enter or a click."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.keys import unmodified
from gui.pages.today.presenter import TONES
from gui.text import named, plain_tip
from gui.theme import colour
from models.study import WorkItem

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SIDE = 8
_USUAL_BADGE = "100 days past"
"""Badges take at least the room of this one, so that they stand in one column over all cards."""
_ARROW = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_MIDDLE = Qt.TextElideMode.ElideMiddle
"""Visits are told apart by the number at the end of their names."""
_ENDLESS = 10_000
_WIDE_LETTERS = 104
"""Letters of room from which on a line fits on one row of text."""


class _Items(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: tuple[WorkItem, ...] = ()

    def show_items(self, items: tuple[WorkItem, ...]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            item = self.items[index.row()]
            words = " · ".join(filter(None, (item.label, item.text, item.detail, item.badge)))
            return words if role == Qt.ItemDataRole.DisplayRole else plain_tip(words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            item = self.items[index.row()]
            return f"{item.label}, {item.text}, {item.detail}, {item.badge}, {item.urgency.value}"
        return None


class _Painter(QStyledItemDelegate):
    """Who, what, window or date, how pressing, and the way to the form; on two rows of text where it is narrow."""

    def __init__(self, parent: "LineList") -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = self._list.fontMetrics()
        if self._list.narrow:
            item, width = self._list.items[index.row()], self._list.width() - 2 * _SIDE
            return QSize(100, metrics.height() + sum(_wrapped(metrics, width, item)) + 13)
        return QSize(100, (2 if self._list.stacked else 1) * metrics.height() + 13)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = self._list.items[index.row()]
        area = QRect(option.rect)
        current = self._list.hasFocus() and index.row() == self._list.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current or index.row() == self._list.row_under_mouse:
            painter.setPen(QPen(colour("accent"), 1.5) if current else Qt.PenStyle.NoPen)
            painter.setBrush(colour("selection" if current else "hover"))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 5, 5)
        elif index.row():
            painter.setPen(colour("border"))
            painter.drawLine(area.topLeft(), area.topRight())
        inner = area.adjusted(_SIDE, 0, -_SIDE, 0)
        if self._list.narrow:
            self._paint_narrow(painter, inner, item)
        elif self._list.stacked:
            self._paint_stacked(painter, inner, item)
        else:
            self._paint_wide(painter, inner, item)
        painter.restore()

    def _paint_wide(self, painter: QPainter, area: QRect, item: WorkItem) -> None:
        letter = painter.fontMetrics().averageCharWidth()
        pill = self._list.pill_width
        room = area.width() - pill - 22 * letter
        text = min(max(self._list.text_width + 2 * letter, room * 3 // 10), room * 7 // 10)
        place = QRect(area.left(), area.top(), 11 * letter, area.height())
        _bold(painter, place, item.label)
        place = QRect(place.right() + letter, area.top(), text - letter, area.height())
        _plain(painter, place, item.text, "text", _MIDDLE)
        place = QRect(place.right() + letter, area.top(), room - text - letter, area.height())
        _plain(painter, place, item.detail, "muted")
        _pill(painter, QRect(place.right() + letter, area.top(), pill, area.height()), item)
        painter.setPen(colour("accent"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _go(item))

    def _paint_stacked(self, painter: QPainter, area: QRect, item: WorkItem) -> None:
        letter = painter.fontMetrics().averageCharWidth()
        line = painter.fontMetrics().height()
        upper = QRect(area.left(), area.top() + 5, area.width(), line)
        label = 10 * letter
        pill = min(QFontMetrics(pill_font(painter.font())).horizontalAdvance(item.badge) + 18, area.width() // 2)
        _bold(painter, QRect(upper.left(), upper.top(), label, line), item.label)
        _plain(painter, upper.adjusted(label + letter, 0, -pill - letter, 0), item.text, "text", _MIDDLE)
        _pill(painter, QRect(upper.right() - pill, upper.top(), pill, line), item, at_end=True)
        lower = QRect(area.left(), upper.bottom() + 3, area.width(), area.bottom() - upper.bottom() - 5)
        _plain(painter, lower, item.detail, "muted")

    def _paint_narrow(self, painter: QPainter, area: QRect, item: WorkItem) -> None:
        """Who and how pressing on one row, then all of the words, on as many rows as they need."""
        line = painter.fontMetrics().height()
        upper = QRect(area.left(), area.top() + 5, area.width(), line)
        _bold(painter, upper.adjusted(0, 0, -upper.width() // 2, 0), item.label)
        _pill(painter, upper.adjusted(upper.width() // 2, 0, 0, 0), item, at_end=True)
        top = upper.bottom() + 3
        heights = _wrapped(painter.fontMetrics(), area.width(), item)
        for words, height, role in zip((item.text, item.detail), heights, ("text", "muted"), strict=True):
            painter.setPen(colour(role))
            painter.drawText(QRect(area.left(), top, area.width(), height), int(Qt.TextFlag.TextWordWrap), words)
            top += height


def _wrapped(metrics: QFontMetrics, width: int, item: WorkItem) -> tuple[int, int]:
    """How high the text and the details of a line are, whole, at that width."""
    room, wrap = QRect(0, 0, width, _ENDLESS), int(Qt.TextFlag.TextWordWrap)
    text, detail = (
        metrics.boundingRect(room, wrap, words).height() if words else 0 for words in (item.text, item.detail)
    )
    return text, detail


def _go(item: WorkItem) -> str:
    return f"{'Open' if item.record_id else 'Record'} {_ARROW}"


def _bold(painter: QPainter, area: QRect, text: str) -> None:
    plain = painter.font()
    font = QFont(plain)
    font.setBold(True)
    painter.setFont(font)
    _plain(painter, area, text, "text")
    painter.setFont(plain)


def _plain(
    painter: QPainter, area: QRect, text: str, role: str, side: Qt.TextElideMode = Qt.TextElideMode.ElideRight
) -> None:
    painter.setPen(colour(role))
    shown = painter.fontMetrics().elidedText(text, side, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _pill(painter: QPainter, area: QRect, item: WorkItem, *, at_end: bool = False) -> None:
    if not item.badge:
        return
    tone = TONES[item.urgency]
    plain = painter.font()
    painter.setFont(pill_font(plain))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(item.badge, Qt.TextElideMode.ElideRight, area.width() - 16)
    width, height = metrics.horizontalAdvance(shown) + 16, metrics.height() + 3
    left = area.right() - width if at_end else area.left()
    pill = QRectF(left, area.center().y() - height / 2 + 0.5, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("hover" if tone == "neutral" else f"{tone}_tint"))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(colour("muted" if tone == "neutral" else tone))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    painter.setFont(plain)


def _viewport() -> QWidget:
    """What a list draws on, as Qt would make it.

    Of one that Qt made, Python asks what it is, and for the answer loads every kind of widget that there is.
    """
    viewport = QWidget()
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    return viewport


def pill_font(body: QFont) -> QFont:
    """The letters of a badge."""
    font = QFont(body)
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() - 1)
    return font


class LineList(QListView):
    """As high as its lines: the page scrolls, not the list. Up and Down walk on into the list above or below.

    `opened` carries the `WorkItem`.
    """

    opened = Signal(object)

    def __init__(self, name: str, title: str, *, narrow: bool = False, parent: QWidget | None = None) -> None:
        """`narrow` wraps the words, as a side column needs: every line is as high as its own."""
        super().__init__(parent)
        named(self, name, title)
        self.setProperty("look", "lines")
        self.narrow = narrow
        self.pill_width = self.text_width = 0
        self._items = _Items(self)
        self.setViewport(_viewport())
        self.setModel(self._items)
        self.setItemDelegate(_Painter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(not narrow)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    @property
    def items(self) -> tuple[WorkItem, ...]:
        """The lines shown."""
        return self._items.items

    @property
    def current(self) -> WorkItem | None:
        """The line with the cursor, if there is one."""
        row = self.currentIndex().row()
        return self.items[row] if 0 <= row < len(self.items) else None

    def go_to(self, item: WorkItem) -> None:
        """Put the cursor on a line that is shown."""
        self.setCurrentIndex(self._items.index(self.items.index(item)))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def row_under_mouse(self) -> int:
        """The row that the mouse is over, -1 for none."""  # the option's state would tell, and load QStyle for it
        viewport = self.viewport()
        if not viewport.underMouse():
            return -1
        return self.indexAt(viewport.mapFromGlobal(QCursor.pos())).row()

    @property
    def stacked(self) -> bool:
        """Whether a line takes two rows of text."""
        return self.narrow or self.width() < _WIDE_LETTERS * self.fontMetrics().averageCharWidth()

    def show_items(self, items: Sequence[WorkItem]) -> None:
        """Show these lines; the one that had the focus keeps it, or the one that took its place."""
        items = tuple(items)
        if items == self.items:
            return
        row, before = self.currentIndex().row(), self.current
        self._items.show_items(items)
        if before is not None and items:
            place = items.index(before) if before in items else min(row, len(items) - 1)
            self.setCurrentIndex(self._items.index(place))
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Measure once, for all lines, the columns that they share.

        `pill_width` is room for the longest badge, `text_width` for the longest text: what that leaves is for details.
        """
        if not self.stacked:
            text, pill = self.fontMetrics(), QFontMetrics(pill_font(self.font()))
            self.text_width = max((text.horizontalAdvance(item.text) for item in self.items), default=0)
            badges = {_USUAL_BADGE, *(item.badge for item in self.items)}
            self.pill_width = max(map(pill.horizontalAdvance, badges)) + 18
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One or two rows of text, as the width has it."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first line takes the focus, the last one when coming from below."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.items:
            back = event.reason() == Qt.FocusReason.BacktabFocusReason
            self.setCurrentIndex(self._items.index(len(self.items) - 1 if back else 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the line; the arrows go on in the next list at either end."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and unmodified(event):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Down and row == len(self.items) - 1:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up and row <= 0:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        if self.narrow:
            height = sum(self.sizeHintForRow(row) for row in range(len(self.items)))
            self.scheduleDelayedItemsLayout()  # the same height may be parted otherwise
        else:
            height = self.sizeHintForRow(0) * len(self.items) if self.items else 0
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.items):
            self.opened.emit(self.items[index.row()])
