"""The keys of the keyboard on one page, made from what the menus, the patient's tabs and the forms declare."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.actions import ACTIONS, MENUS, plain
from gui.keys import (
    ASK_KEYS,
    CHOOSE_KEYS,
    FINISH_KEYS,
    HISTORY_KEYS,
    LEAVE_KEY,
    MENU_KEYS,
    SEARCH_KEYS,
    VERIFY_KEYS,
    WHY_KEYS,
    native,
    tab_key,
)
from gui.pages.patient.tab import TABS
from gui.text import label, named
from gui.widgets.dialog_size import fit_dialog
from gui.widgets.header import make_button

_WIDTH = 640

Group = tuple[str, tuple[tuple[str, str], ...]]
"""A heading, and under it keys with what they do."""


def key_groups() -> Iterator[Group]:
    """Every menu that has keys, the tabs of a patient, and what all forms, lists and values have in common."""
    yield (
        "In a form",
        (
            (native(FINISH_KEYS[1]), "Save, or finish what the form is for"),
            (native(LEAVE_KEY), "Leave; what was typed is kept as a draft"),
            (native(CHOOSE_KEYS), "The calendar of a date, the terms of an adverse event"),
        ),
    )
    yield (
        "On a value or a line of a list",
        (
            (native(HISTORY_KEYS), "Its history"),
            (native(WHY_KEYS), "Why the window and the state of a visit are so"),
            (native(ASK_KEYS), "Ask a query about it"),
            (native(VERIFY_KEYS), "Verify it against the source, or take that back"),
            (native(MENU_KEYS), "Its menu"),
            (native(SEARCH_KEYS), "Search the list"),
        ),
    )
    yield "On a patient's page", tuple((native(tab_key(number)), tab.title) for number, tab in enumerate(TABS, start=1))
    for menu in MENUS:
        rows = [(native(each.shortcut), plain(each.text)) for each in ACTIONS if each.menu == menu and each.shortcut]
        if rows:
            yield menu, tuple(rows)


class ShortcutsDialog(QDialog):
    """Keys and what they do, in two columns of groups."""

    def __init__(self, parent: QWidget) -> None:
        """Shows what is declared."""
        super().__init__(parent)
        named(self, "shortcuts_dialog", "Keyboard shortcuts")
        self.setWindowTitle("Keyboard shortcuts")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        room = self.screen().availableGeometry()
        narrow = room.width() < _WIDTH
        across = QBoxLayout(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight, inside)
        across.setContentsMargins(0, 0, 8, 0)
        across.setSpacing(6 if narrow else 28)
        for half in _in_two(list(key_groups())):
            across.addLayout(_grid_of(half), 1)
        area = named(QScrollArea(), "shortcuts_keys", "Keys and what they do")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        close = make_button("shortcuts_close", "Close", look="primary")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(label("Underlined letters are pressed with Alt.", "muted", wrap=True), 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        column.addWidget(area, 1)
        column.addLayout(foot)
        fit_dialog(self, _WIDTH)
        self.resize(self.width(), min(inside.heightForWidth(self.width() - 48) + 90, room.height()))
        close.setFocus()


def _grid_of(groups: list[Group]) -> QGridLayout:
    """The groups below each other, their keys in one column."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    for heading, rows in groups:
        top = grid.rowCount()
        grid.setRowMinimumHeight(top, 4)
        grid.addWidget(label(heading, "heading"), top + 1, 0, 1, 2)
        for line, (keys, words) in enumerate(rows, start=top + 2):
            grid.addWidget(label(keys, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(words, wrap=True), line, 1, Qt.AlignmentFlag.AlignTop)
    grid.setRowStretch(grid.rowCount(), 1)
    return grid


def _in_two(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """The groups in their order, parted where both halves are most alike in length."""
    sizes = [len(rows) + 1 for _, rows in groups]
    at = min(range(len(groups)), key=lambda place: abs(sum(sizes[:place]) - sum(sizes[place:])))
    return groups[:at], groups[at:]
