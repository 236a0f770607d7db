"""Text on the screen: labels that show what a person typed as it is, and names for every widget."""

import math
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtGui import Qt as MarkupQt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

# Loaded for the first text with a long word.
if TYPE_CHECKING:
    from PySide6.QtGui import QTextLayout

W = TypeVar("W", bound=QWidget)

_LONG_WORD = 20
"""Letters that fit into every label that wraps."""


def named(widget: W, name: str, accessible: str = "") -> W:
    """Give a widget its object name (for tests and style) and what a screen reader says; returns the widget."""
    widget.setObjectName(name)
    if accessible:
        widget.setAccessibleName(accessible)
    return widget


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label that never reads its text as markup: `<b>` typed into a comment shows as `<b>`.

    `role` chooses the look: "" body, "title", "heading", "muted", "strong", "small", or a colour role of the palette
    ("urgent", "due", "good" ...). A selectable label can be copied from with mouse and keyboard.
    """
    made = _Paragraph(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    if role:
        set_role(made, role)
    return made


def plain_tip(text: str) -> str:
    """A text of the record as a tip. Tips take for markup what looks like it, and would load its images."""
    if not MarkupQt.mightBeRichText(text):
        return text
    from html import escape  # brings a table of every named character: not for a start

    return f"<qt>{escape(text)}</qt>"


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another look of the style sheet (its dynamic property `role`)."""
    set_property(widget, "role", role)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet asks for, and dress the widget anew if it is dressed already."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class _Paragraph(QLabel):
    """A label that wraps, and that asks for the height of its text at the width it has, never at its narrowest.

    A word that is wider than the label is broken where the line ends: Qt's own label would cut it.
    """

    _looked_at = _long = ""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._measured: tuple[str, QFontMetrics, int] | None = None
        self._heights: dict[int, int] = {}
        self.setWordWrap(True)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.fontMetrics().height())

    def heightForWidth(self, width: int) -> int:
        if not self._long_word:
            return self._usual_height(width)
        around = self.width() - self._room().width()
        if not self._breaks(width - around):
            return self._usual_height(width)
        bottom = self._broken(width - around).boundingRect().height()
        return math.ceil(bottom) + self.height() - self._room().height()

    def _usual_height(self, width: int) -> int:
        """Qt's own answer, kept while text, letters and frame stay: layouts ask for the same width many times."""
        shown = (self.text(), self.fontMetrics(), self.width() - self.contentsRect().width())
        if shown != self._measured:
            self._measured = shown
            self._heights.clear()
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._long_word or not self._breaks((room := self._room()).width()):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.drawFrame(painter)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setClipRect(self.contentsRect())
        self._broken(room.width()).draw(painter, QPointF(room.topLeft()), self._selected())
        painter.end()

    def _room(self) -> QRect:
        margin = self.margin()
        return self.contentsRect().adjusted(margin, margin, -margin, -margin)

    @property
    def _long_word(self) -> str:
        """The longest word where it may not fit, else "". Asked often: almost no text has a long word at all."""
        text = self.text()
        if text != self._looked_at:
            longest = max(text.split(), key=len, default="")
            self._looked_at, self._long = text, longest if len(longest) > _LONG_WORD else ""
        return self._long

    def _breaks(self, width: int) -> bool:
        return self.fontMetrics().horizontalAdvance(self._long_word) > width

    def _broken(self, width: int) -> "QTextLayout":
        """The text in lines of that width."""
        from PySide6.QtGui import QTextLayout, QTextOption

        layout = QTextLayout(self.text().replace("\n", "\N{LINE SEPARATOR}"), self.font())
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def _selected(self) -> "list[QTextLayout.FormatRange]":
        if not self.hasSelectedText():
            return []
        from PySide6.QtGui import QTextLayout

        marked = QTextLayout.FormatRange()
        marked.start, marked.length = self.selectionStart(), len(self.selectedText())
        marked.format.setBackground(self.palette().highlight())
        marked.format.setForeground(self.palette().highlightedText())
        return [marked]


class ElidedLabel(QLabel):
    """One line that ends in "…" where there is no room, and then shows the whole text as its tip."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        """Show `text` in the look of `role`."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters is enough."""
        return QSize(self.fontMetrics().horizontalAdvance("MMM…"), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setToolTip("" if shown == self.text() else plain_tip(self.text()))
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)
        painter.end()
