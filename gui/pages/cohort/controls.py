"""The line of choices above a chart: what the tab shows, for which subgroups, how it is computed, and saving it."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QWidget

from gui.pages.cohort.counting import Shown
from gui.pages.cohort.exhibits import View
from gui.pages.cohort.saving import FORMATS, offered
from gui.pages.cohort.two_parts import TwoParts
from gui.text import ElidedLabel, label, named
from gui.widgets.header import make_button
from models.cohort.grouping import GROUPINGS

_LEAST_LETTERS = 12


class Controls(TwoParts):
    """`chosen` follows every choice; `saving` carries the `Format`."""

    chosen = Signal()
    saving = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_view`."""
        super().__init__(parent)
        self._shape: View | None = None
        self._caption = label("", "muted")
        self.choice = _combo("cohortChoice", "What is shown")
        self._caption.setBuddy(self.choice)
        self._groups_caption = label("S&ubgroups", "muted")
        self.groups = _combo("cohortGroups", "Subgroups")
        self._groups_caption.setBuddy(self.groups)
        self.groups.addItem("none", "")
        for code, words in GROUPINGS.items():
            self.groups.addItem(f"by {words}", code)
        self.remark = ElidedLabel("", "muted")
        self.how = make_button("cohortHow", "How is this computed?", look="link")
        self.save = make_button("cohortSave", "Save", look="menu")
        self._menu = named(QMenu(self), "cohortSaveMenu", "Save")
        self._actions: dict[str, QAction] = {}
        for each in FORMATS:
            action = QAction(each.words, self._menu)
            action.setObjectName(f"cohortSave_{each.code}")
            action.triggered.connect(self._saved)
            self._menu.addAction(action)
            self._actions[each.code] = action
        self.save.setMenu(self._menu)
        pickers = (self._caption, self.choice, self._groups_caption, self.groups, self.remark)
        self.put(pickers, (self.how, self.save), self.remark)
        self.choice.currentIndexChanged.connect(self.chosen)
        self.groups.currentIndexChanged.connect(self.chosen)

    @property
    def code(self) -> str:
        """The code of what is to be shown."""
        return str(self.choice.currentData() or "")

    @property
    def by(self) -> str:
        """The code of the subgroups, "" for none."""
        return str(self.groups.currentData() or "")

    def show_view(self, shape: View) -> None:
        """Offer what a tab offers; its choices follow when it has been counted."""
        if shape != self._shape:
            self._shape = shape
            with QSignalBlocker(self.choice):
                self.choice.clear()
        self._caption.setText(shape.picker)
        for widget in (self._caption, self.choice):
            widget.setVisible(bool(shape.picker))
        for widget in (self._groups_caption, self.groups):
            widget.setVisible(shape.divided)

    def show_shown(self, shown: Shown, remark: str) -> None:
        """Offer the choices of what is shown, with the one taken."""
        codes = [self.choice.itemData(place) for place in range(self.choice.count())]
        with QSignalBlocker(self.choice), QSignalBlocker(self.groups):
            if codes != [choice.code for choice in shown.choices]:
                self.choice.clear()
                for choice in shown.choices:
                    self.choice.addItem(choice.words, choice.code)
            self.choice.setCurrentIndex(self.choice.findData(shown.choice))
            self.groups.setCurrentIndex(self.groups.findData(shown.wanted.by))
        self.remark.setText(remark)
        self.how.setEnabled(shown.exhibit is not None)
        self.save.setEnabled(shown.exhibit is not None)
        there = offered(shown.exhibit) if shown.exhibit else ()
        for each in FORMATS:
            self._actions[each.code].setVisible(each in there)

    @Slot()
    def _saved(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            code = action.objectName().removeprefix("cohortSave_")
            self.saving.emit(next(each for each in FORMATS if each.code == code))


def _combo(name: str, accessible: str) -> QComboBox:
    box = named(QComboBox(), name, accessible)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMinimumContentsLength(_LEAST_LETTERS)
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return box
