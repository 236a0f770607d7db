"""What stands where there is nothing to count: why, and the one thing to do about it."""

from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.cohort.basis import Basis
from gui.pages.cohort.counting import Shown
from gui.pages.cohort.exhibits import View
from gui.widgets.empty import Empty
from gui.workspace import Workspace
from models.study import Right


class Offer(NamedTuple):
    """What a button offers, and the right that it takes."""

    words: str
    right: Right


ENROL = Offer("Enrol a patient", Right.ENTER)
CUT = Offer("Make a data cut…", Right.CONFIGURE)


class Why(NamedTuple):
    """Why there is nothing, and what would put something there."""

    heading: str
    sentence: str
    offer: Offer | None = None


class Nothing(QWidget):
    """A heading, a sentence, perhaps a button. `cut_asked` follows the one that makes a data cut."""

    cut_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Says nothing yet."""
        super().__init__(parent)
        self._workspace = workspace
        self._offer: Offer | None = None
        self._empty = Empty("", "", name="cohortOffer")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._empty)
        self._empty.button.clicked.connect(self._begin)

    def say(self, why: Why) -> None:
        """Say why there is nothing."""
        self._offer = why.offer
        self.setAccessibleDescription(f"{why.heading}. {why.sentence}")
        self._empty.say(why.heading, why.sentence, why.offer.words if why.offer else "")
        self._empty.button.hold_back(self._workspace.refusal(why.offer.right) if why.offer else "")

    @Slot()
    def _begin(self) -> None:
        """Do what puts something there."""
        if self._offer is CUT:
            self.cut_asked.emit()
        else:
            self._workspace.open_page("enrolment")


def why_nothing(shown: Shown, shape: View, cuts: bool) -> Why | None:
    """Why there is nothing to show; None where there is something."""
    if not shown.cohort.members and shown.wanted.basis != Basis():
        return Why("Nobody was in the study yet", "Nobody had been screened by then. Choose other records under Data.")
    if not shown.cohort.members:
        return Why("Nobody is in the study yet", "The cohort counts the patients of this site.", ENROL)
    if shape.show is None:
        if not cuts:
            return Why(
                "No data cut yet",
                "A data cut freezes the study under a name, such as a meeting and its month. What changes after it is"
                " listed here, number by number, with the records behind it.",
                CUT,
            )
        if shown.wanted.since is None:
            return Why("No earlier data cut", "There is no data cut before the one that is counted.")
        if not shown.changes:
            return Why("Nothing has changed", f"Every number is the same as at the cut {shown.wanted.since.name}.")
    if shown.exhibit is None or not shown.exhibit.table.rows:
        return Why("Nothing to show", shape.nothing or "There is nothing to count yet.")
    return None
