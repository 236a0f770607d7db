"""A link whose words go on in the next line where there is no room for them."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from gui.text import named
from gui.widgets.header import Button

_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_AROUND = QSize(14, 8)
"""Pixels that the style puts around the words of a link: left and right together, above and below together."""
_NARROWEST = 80
_ENDLESS = 10_000


class WrappedLink(Button):
    """Pressed like any button; its words are a text of the record, which may be long."""

    def __init__(self, name: str, text: str, tip: str = "") -> None:
        """All of `text` is shown at any width."""
        super().__init__(text.replace("&", "&&"))
        named(self, name, text)
        self._words = text
        self.setProperty("look", "link")
        self.setToolTip(tip)
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """One line, if it can be had."""
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 1, self.fontMetrics().height()) + _AROUND

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(min(_NARROWEST, self.sizeHint().width()), self.fontMetrics().height() + _AROUND.height())

    def heightForWidth(self, width: int) -> int:
        """The height of all its lines."""
        room = QRect(0, 0, max(width - _AROUND.width(), 1), _ENDLESS)
        return self.fontMetrics().boundingRect(room, _WRAP, self._words).height() + _AROUND.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of every link, and the words in as many lines as they need."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setPen(self.palette().color(self.foregroundRole()))
        inner = self.rect().adjusted(_AROUND.width() // 2, 0, -_AROUND.width() // 2, 0)
        painter.drawText(inner, _WRAP, self._words)
        painter.end()
