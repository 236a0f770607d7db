"""The tint and the mark of the focus under a button that paints itself."""

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.theme import colour
from gui.widgets.ground import paint_ground


class Quiet(QWidget):
    """A widget of 60 by 30 pixels that says of itself whether it has the focus."""

    def __init__(self, *, focused: bool) -> None:
        super().__init__()
        self.resize(60, 30)
        self._focused = focused

    def hasFocus(self) -> bool:
        return self._focused


def painted(qtbot: QtBot, fill: str, *, focused: bool) -> QImage:
    widget = Quiet(focused=focused)
    qtbot.addWidget(widget)
    image = QImage(widget.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint_ground(painter, widget, fill)
    painter.end()
    return image


@pytest.mark.parametrize("focused", [True, False])
def test_the_frame_is_there_only_while_the_widget_has_the_focus(qtbot: QtBot, *, focused: bool) -> None:
    edge = painted(qtbot, "", focused=focused).pixelColor(30, 1)
    assert (edge == colour("accent")) is focused


@pytest.mark.parametrize("fill", ["selection", "hover"])
def test_the_tint_fills_the_middle(qtbot: QtBot, fill: str) -> None:
    assert painted(qtbot, fill, focused=False).pixelColor(30, 15) == colour(fill)


def test_without_a_tint_what_is_behind_shows_through(qtbot: QtBot) -> None:
    assert painted(qtbot, "", focused=True).pixelColor(30, 15).alpha() == 0
