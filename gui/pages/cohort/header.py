"""The head of the Cohort page: from which records is counted, what it is compared with, and the report."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from gui.pages.cohort.basis import Basis, basis_words
from gui.pages.cohort.two_parts import TwoParts
from gui.text import label, named
from gui.widgets.header import make_button
from models.domain.date_notation import write_date
from models.domain.notation import Desk
from models.records.review import DataCut


class CohortHeader(TwoParts):
    """Title and remark, and the buttons.

    `based` carries the `Basis` chosen, `compared` the `DataCut`; `day_asked` and `cut_asked` ask for a day and for a
    new cut, `printing` for the report.
    """

    based = Signal(object)
    compared = Signal(object)
    day_asked = Signal()
    cut_asked = Signal()
    printing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Data are live, and no cut is known."""
        super().__init__(parent)
        self.title = label("Cohort", "title")
        self.remark = label(" ", "muted", wrap=True)
        self.data = make_button("cohortData", "Data: live", look="menu")
        self.compare = make_button("cohortCompare", "Compare with…", look="menu")
        self.print = make_button(
            "cohortPrint", "Print cohort report", look="primary", tip="PDF, in the order of a paper"
        )
        self._data_menu = named(QMenu(self), "cohortDataMenu", "Data")
        self._compare_menu = named(QMenu(self), "cohortCompareMenu", "Compare with")
        self.data.setMenu(self._data_menu)
        self.compare.setMenu(self._compare_menu)
        self.cut_action = QAction("Make a data cut…", self)
        self.cut_action.setObjectName("cohortMakeCut")
        self.cut_action.triggered.connect(self.cut_asked)
        self._cuts: dict[int, DataCut] = {}
        self.put((self.title, self.remark), (self.data, self.compare, self.print), self.remark)
        self.print.clicked.connect(self.printing)

    def show_cuts(self, cuts: Sequence[DataCut], basis: Basis, desk: Desk) -> None:
        """Offer these cuts, the newest first, and mark what is counted now."""
        self._cuts = {cut.id: cut for cut in cuts}
        data = f"Data: {basis_words(basis, desk)}"
        self.data.setText(_as_typed(data))
        self.data.setAccessibleName(data)
        self._data_menu.clear()
        self._compare_menu.clear()
        group = QActionGroup(self._data_menu)
        self._data_action("Live: the records as they stand now", 0, basis.key == (0, None), group)
        for cut in reversed(cuts):
            words = _as_typed(f"{cut.name} (up to {write_date(cut.cut_off, desk)})")
            self._data_action(words, cut.id, basis.cut == cut, group)
            action = QAction(words, self._compare_menu)
            action.setData(cut.id)
            action.triggered.connect(self._compare)
            self._compare_menu.addAction(action)
        self._data_menu.addSeparator()
        day = QAction("Up to a day…", self._data_menu)
        day.setObjectName("cohortDay")
        day.triggered.connect(self.day_asked)
        self._data_menu.addAction(day)
        self._data_menu.addAction(self.cut_action)
        self.compare.setEnabled(bool(cuts))
        self.compare.setToolTip("" if cuts else "There is no data cut yet. Make one under Data.")

    def _data_action(self, words: str, cut: int, chosen: bool, group: QActionGroup) -> None:
        action = QAction(words, self._data_menu)
        action.setData(cut)
        action.setCheckable(True)
        action.setChecked(chosen)
        group.addAction(action)
        action.triggered.connect(self._base)
        self._data_menu.addAction(action)

    @Slot()
    def _base(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.based.emit(Basis(self._cuts.get(int(action.data()))))

    @Slot()
    def _compare(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.compared.emit(self._cuts[int(action.data())])


def _as_typed(words: str) -> str:
    """The words for a button or a menu, which take the sign for "and" for the mark of a key."""
    return words.replace("&", "&&")
