"""What is wrong with a window as it stands on the screen: cut text, pages wider than their window, faint letters."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from gui.text import ElidedLabel
from gui.widgets.wrapped_link import WrappedLink
from tests.gui.pictures.golden import Pixels, pixels_of

LEAST_CONTRAST = 4.5


def faults(window: QWidget) -> Iterator[str]:
    """Every fault in words, with the name of the widget and what it says."""
    room = window.screen().availableGeometry()
    if window.width() > room.width() or window.height() > room.height():
        yield f"{window.objectName()} is {window.width()} x {window.height()}, larger than the screen"
    for area in window.findChildren(QScrollArea):
        inside = area.widget()
        if area.isVisible() and inside is not None and area.objectName() != "paperScroll":
            over = inside.width() - area.viewport().width()
            if over > 0:
                yield f"{_name(area)} is {over} pixels wider than its window"
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty() and _words(widget):
            yield from _cut(widget)
    for header in window.findChildren(QHeaderView):
        if header.isVisible() and header.orientation() is Qt.Orientation.Horizontal:
            yield from _cut_headings(header)


def faint(window: QWidget) -> Iterator[str]:
    """Words whose colour stands out too little from what is painted behind them."""
    image = pixels_of(window.grab().toImage())
    ratio = window.devicePixelRatioF()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not _words(widget):
            continue
        shown = widget.visibleRegion().boundingRect()
        if shown.width() < 8 or shown.height() < 8 or _covered(widget, window):
            continue
        behind = _commonest(image, QRect(widget.mapTo(window, shown.topLeft()), shown.size()), ratio)
        ink = widget.palette().color(widget.foregroundRole())
        reached = contrast(ink, behind)
        if reached < LEAST_CONTRAST:
            yield f"{_name(widget)} has a contrast of {reached:.1f}: {ink.name()} on {behind.name()}"


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _cut(widget: QWidget) -> Iterator[str]:
    text = _words(widget)
    needed = widget.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), text).width()
    if isinstance(widget, QLabel):
        room = widget.contentsRect().width() - 2 * max(widget.margin(), 0)
        if isinstance(widget, ElidedLabel):
            return
        if widget.wordWrap():
            tall = widget.heightForWidth(widget.width())
            if tall > widget.height() + 1:
                yield f"{_name(widget)} needs {tall} pixels of height and has {widget.height()}"
            return
    elif isinstance(widget, WrappedLink):
        tall = widget.heightForWidth(widget.width())
        if tall > widget.height() + 1:
            yield f"{_name(widget)} needs {tall} pixels of height and has {widget.height()}"
        return
    elif isinstance(widget, QCheckBox | QRadioButton):
        needed, room = widget.sizeHint().width(), widget.width()
    elif isinstance(widget, QPushButton):
        room = widget.contentsRect().width()
    else:
        return
    if needed > room + 1:
        yield f"{_name(widget)} needs {needed} pixels of width and has {room}"
    elif beyond := _beyond(widget):
        yield f"{_name(widget)} ends {beyond} pixels outside its frame"


def _cut_headings(header: QHeaderView) -> Iterator[str]:
    font = QFont(header.font())
    font.setBold(True)
    for section in range(header.count()):
        words = str(header.model().headerData(section, header.orientation()) or "")
        needed, room = QFontMetrics(font).horizontalAdvance(words), header.sectionSize(section)
        if words and not header.isSectionHidden(section) and "\n" not in words and needed > room:
            yield f"{_name(header)}: the heading {words} needs {needed} pixels of width and has {room}"


def _beyond(widget: QWidget) -> int:
    """How many pixels of the widget's right end lie outside what holds it."""
    holder = widget.parentWidget()
    return max(widget.geometry().right() - holder.rect().right(), 0) if holder is not None else 0


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.RichText:
        return widget.text().strip()
    return widget.text().strip() if isinstance(widget, QAbstractButton) else ""


def _name(widget: QWidget) -> str:
    holder: QWidget | None = widget
    while holder is not None and not holder.objectName():
        holder = holder.parentWidget()
    where = holder.objectName() if holder else type(widget).__name__
    words = _words(widget)
    return f"{where} “{words[:50]}”" if words else where


def _covered(widget: QWidget, window: QWidget) -> bool:
    """Whether something else lies over the middle of the widget."""
    middle = widget.visibleRegion().boundingRect().center()
    top = window.childAt(widget.mapTo(window, middle))
    return top is not None and top is not widget and not widget.isAncestorOf(top) and not top.isAncestorOf(widget)


def _commonest(image: Pixels, area: QRect, ratio: float) -> QColor:
    """The colour that most of the area has; letters cover less of it than what is behind them."""
    left, top = max(round(area.left() * ratio), 0), max(round(area.top() * ratio), 0)
    part = image[top : round(area.bottom() * ratio) + 1 : 2, left : round(area.right() * ratio) + 1 : 2]
    if not part.size:
        return QColor("white")
    red, green, blue = (part[:, :, place].astype(np.uint32) for place in range(3))
    colours, counts = np.unique(red << 16 | green << 8 | blue, return_counts=True)
    return QColor(int(colours[counts.argmax()]))
