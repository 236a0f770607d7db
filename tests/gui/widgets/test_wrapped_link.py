"""A link that shows all of its words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.wrapped_link import WrappedLink
from tests.gui.showing import in_front

LONG = "Weight 59.3 kg · Temperature 36.7 °C · Systolic pressure 126 mmHg · Diastolic pressure 78 mmHg"


def shown(qtbot: QtBot, link: WrappedLink, width: int) -> QWidget:
    """The link in a page of that width, which nothing but the link can make wider."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    column.addStretch(1)
    page.resize(width, 300)
    in_front(qtbot, page)
    return page


def test_where_there_is_room_it_is_one_line_as_wide_as_its_words(qtbot: QtBot) -> None:
    link = WrappedLink("link", LONG)
    page = shown(qtbot, link, 1200)
    assert link.width() == link.sizeHint().width() < page.width()
    assert link.height() < 2 * link.fontMetrics().height() + 8


def test_where_there_is_none_it_goes_on_below_and_makes_nothing_wider(qtbot: QtBot) -> None:
    link = WrappedLink("link", LONG)
    page = shown(qtbot, link, 260)
    assert page.width() == 260
    assert link.height() >= 3 * link.fontMetrics().height()


def test_a_text_of_the_record_is_shown_as_it_was_typed(qtbot: QtBot) -> None:
    link = WrappedLink("link", "Chills & fever")
    assert link.accessibleName() == "Chills & fever"
    assert link.shortcut().isEmpty()


def test_enter_presses_it(qtbot: QtBot) -> None:
    link = WrappedLink("link", LONG)
    page = shown(qtbot, link, 260)
    with qtbot.waitSignal(link.clicked):
        qtbot.keyClick(link, Qt.Key.Key_Return)
    page.close()
