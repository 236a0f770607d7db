"""A drawing on the screen: drawn once, hovered, clicked, walked with the keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from gui.widgets.figure_canvas import PIXELS_PER_INCH, FigureCanvas
from models.figures.data import overview_content
from models.figures.overview import draw
from models.figures.style import Drawing, DrawOptions, Hit
from tests.builders import a_treated_patient


class Drawer:
    """Draws the patient of the pictures, and keeps the sizes asked for."""

    def __init__(self) -> None:
        self.chart = a_treated_patient().chart()
        self.sizes: list[tuple[float, float]] = []

    def __call__(self, width: float, height: float) -> Drawing:
        self.sizes.append((width, height))
        return draw(overview_content(self.chart), DrawOptions(width_inch=width, height_inch=height))


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def canvas(qtbot: QtBot, drawer: Drawer) -> FigureCanvas:
    made = FigureCanvas("curve", "Curve")
    qtbot.addWidget(made)
    made.resize(860, 400)
    made.show_drawing(drawer)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    made.grab()
    return made


def middle(canvas: FigureCanvas, hit: Hit) -> QPoint:
    scale = PIXELS_PER_INCH / 72
    return QPoint(
        round((hit.left + hit.right) / 2 * scale), round(canvas.height() - (hit.bottom + hit.top) / 2 * scale)
    )


def points(canvas: FigureCanvas) -> list[Hit]:
    return sorted((hit for hit in canvas.hits if hit.kind == "mrd"), key=lambda hit: hit.left)


def test_the_drawing_fills_the_widget(canvas: FigureCanvas, drawer: Drawer) -> None:
    assert drawer.sizes[-1] == (canvas.width() / PIXELS_PER_INCH, canvas.height() / PIXELS_PER_INCH)
    assert canvas.image().size() == canvas.size() * canvas.devicePixelRatioF()


def test_painting_again_does_not_draw_again(canvas: FigureCanvas, drawer: Drawer) -> None:
    drawn = len(drawer.sizes)
    canvas.grab()
    assert len(drawer.sizes) == drawn


def test_many_changes_of_size_are_drawn_once_they_are_settled(
    qtbot: QtBot, canvas: FigureCanvas, drawer: Drawer
) -> None:
    drawn = len(drawer.sizes)
    for width in range(700, 800, 5):
        canvas.resize(width, 400)
        canvas.grab()
    assert len(drawer.sizes) <= drawn + 1
    qtbot.waitUntil(lambda: drawer.sizes[-1][0] == 795 / PIXELS_PER_INCH)


def test_hovering_names_the_point(qtbot: QtBot, canvas: FigureCanvas) -> None:
    last = points(canvas)[-1]
    qtbot.mouseMove(canvas, middle(canvas, last))
    qtbot.waitUntil(QToolTip.isVisible)
    assert "After cycle 4" in QToolTip.text()
    assert canvas.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QToolTip.hideText()


def test_clicking_opens_the_record(qtbot: QtBot, canvas: FigureCanvas) -> None:
    first = points(canvas)[0]
    with qtbot.waitSignal(canvas.opened) as heard:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle(canvas, first))
    assert heard.args == [first]


def test_clicking_beside_everything_opens_nothing(qtbot: QtBot, canvas: FigureCanvas) -> None:
    with qtbot.assertNotEmitted(canvas.opened):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))


def test_the_arrow_keys_walk_along_the_curve_and_enter_opens(qtbot: QtBot, canvas: FigureCanvas) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(canvas, key)
    assert canvas.chosen == points(canvas)[0]
    assert "Baseline" in canvas.accessibleDescription()
    with qtbot.waitSignal(canvas.opened) as heard:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert heard.args == [canvas.chosen]


def test_up_and_down_change_the_lane(qtbot: QtBot, canvas: FigureCanvas) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    seen = []
    for _ in range(8):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
        assert canvas.chosen is not None
        seen.append(canvas.chosen.kind)
    assert {"phase", "exposure", "adverse_event", "visit"} <= set(seen)
    assert seen[-1] == "visit"


def test_without_a_drawing_nothing_is_chosen(qtbot: QtBot) -> None:
    empty = FigureCanvas("empty", "Empty")
    qtbot.addWidget(empty)
    empty.show()
    qtbot.keyClick(empty, Qt.Key.Key_Right)
    assert empty.chosen is None
    assert empty.hit_at(QPoint(10, 10)) is None
