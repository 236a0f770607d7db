"""The pages of the study down the left side, with their badges; only their icons where the window is narrow."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from gui.page_table import PageEntry
from gui.text import label, named
from gui.theme import colour
from gui.widgets.ground import paint_ground
from gui.widgets.icon import SIZE, paint_icon

WIDE, NARROW = 176, 52
"""Widths of the sidebar with words, and with icons only."""


class _Around(NamedTuple):
    """Pixels that a badge has around its number, and between it and the right edge."""

    width: float
    height: float
    right: float


_ASIDE = 6
"""Pixels by which an icon makes way for its number."""
_BADGE, _BADGE_OVER_ICON = _Around(14, 4, 7), _Around(5, -2, 0)


class SidebarButton(QAbstractButton):
    """One page: a quiet line that is tinted while its page is shown."""

    def __init__(self, page: PageEntry, parent: QWidget | None = None) -> None:
        """Named `nav_<page>`."""
        super().__init__(parent)
        self.page = page
        self.current = False
        self.narrow = False
        self._count, self._tone = 0, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setText(page.title)
        named(self, f"nav_{page.name}", page.title)

    def set_badge(self, count: int, tone: str) -> None:
        """Show a number; 0 shows none."""
        self._count, self._tone = count, tone
        self.tell()
        self.update()

    def tell(self) -> None:
        """Say name and number to screen readers, and as a tip where only the icon is shown."""
        words = f"{self.page.title}, {self._count}" if self._count else self.page.title
        self.setAccessibleName(words)
        self.setToolTip(words if self.narrow else "")

    @property
    def badge(self) -> tuple[int, str]:
        """The number shown and its tone."""
        return self._count, self._tone

    def sizeHint(self) -> QSize:
        """One comfortable line."""
        return QSize((NARROW if self.narrow else WIDE) - 16, self.fontMetrics().height() + 15)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover tint."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the hover tint away."""
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk along the pages, Enter opens one."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint, icon or words, badge, and the mark of the keyboard focus."""
        painter = QPainter(self)
        area = paint_ground(painter, self, "selection" if self.current else "hover" if self.underMouse() else "")
        ink = colour("accent" if self.current else "text")
        if self.narrow:
            aside = QPointF(_ASIDE if self._count else 0, 0)
            paint_icon(painter, self.page.name, area.center() - QPointF(SIZE / 2, SIZE / 2) - aside, ink)
        else:
            font = self.font()
            font.setBold(self.current)
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(area.adjusted(9, 0, -40, 0), Qt.AlignmentFlag.AlignVCenter, self.page.title)
        if self._count:
            self._paint_badge(painter, area)
        painter.end()

    def _paint_badge(self, painter: QPainter, area: QRectF) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() - 1)
        font.setBold(bool(self._tone))
        painter.setFont(font)
        text = str(self._count) if self._count < 10_000 else f"{self._count // 1000}k"
        over = _BADGE_OVER_ICON if self.narrow else _BADGE
        height = painter.fontMetrics().height() + over.height
        width = max(painter.fontMetrics().horizontalAdvance(text) + over.width, height)
        top = area.top() if self.narrow else area.center().y() - height / 2
        pill = QRectF(area.right() - width - over.right, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{self._tone}_tint" if self._tone else "hover"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(colour(self._tone or "muted"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class Sidebar(QFrame):
    """The list of pages. `opened` carries the name of the page that was asked for."""

    opened = Signal(str)

    def __init__(self, pages: tuple[PageEntry, ...], parent: QWidget | None = None) -> None:
        """Pages in the order given, each group under its heading; pages with a parent have no entry of their own."""
        super().__init__(parent)
        named(self, "sidebar", "Pages")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 10)
        column.setSpacing(2)
        self._buttons: dict[str, SidebarButton] = {}
        self._headings = []
        group = ""
        for page in pages:
            if page.parent:
                continue
            if page.group != group:
                group = page.group
                heading = label(group.upper(), "section")
                heading.setContentsMargins(10, 12, 0, 4)
                self._headings.append(heading)
                column.addWidget(heading)
            button = SidebarButton(page)
            button.clicked.connect(self._clicked)
            self._buttons[page.name] = button
            column.addWidget(button)
        column.addStretch(1)
        self.set_narrow(narrow=False)

    def button(self, page: str) -> SidebarButton | None:
        """The entry of a page, None for a page without one."""
        return self._buttons.get(page)

    def mark(self, page: str) -> None:
        """Tint the entry of the page that is shown."""
        for name, button in self._buttons.items():
            button.current = name == page
            button.update()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show words, or icons only."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        for heading in self._headings:
            heading.setVisible(not narrow)
        for button in self._buttons.values():
            button.narrow = narrow
            button.tell()
            button.updateGeometry()

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, SidebarButton)
        self.opened.emit(button.page.name)
