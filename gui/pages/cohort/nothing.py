"""What stands where there is nothing to count: why, and what to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from gui.pages.cohort.counting import Shown
from gui.pages.cohort.exhibits import View
from gui.widgets.empty import Empty


class Nothing(QWidget):
    """A heading and a sentence. `cut_asked` follows the button that makes the first data cut."""

    cut_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Says nothing yet."""
        super().__init__(parent)
        self._shown: Empty | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)

    def say(self, heading: str, sentence: str, *, offers_cut: bool = False) -> None:
        """Say why there is nothing."""
        self.setAccessibleDescription(f"{heading}. {sentence}")
        old = self._shown
        self._shown = Empty(heading, sentence, "Make a data cut…" if offers_cut else "", "cohortFirstCut")
        if self._shown.button:
            self._shown.button.clicked.connect(self.cut_asked)
        self._stack.addWidget(self._shown)
        self._stack.setCurrentWidget(self._shown)
        if old:
            self._stack.removeWidget(old)
            old.deleteLater()


def why_nothing(shown: Shown, shape: View, cuts: bool) -> tuple[str, str] | tuple[()]:
    """Heading and sentence where there is nothing to show; empty where there is."""
    if not shown.cohort.members:
        return "Nobody is in the study yet", "The cohort counts the patients of this site. Enrol the first one."
    if shape.show is None:
        if not cuts:
            return (
                "No data cut yet",
                "A data cut freezes the study under a name, such as a meeting and its month. What changes after it is"
                " listed here, number by number, with the records behind it.",
            )
        if shown.wanted.since is None:
            return "No earlier data cut", "There is no data cut before the one that is counted."
        if not shown.changes:
            return "Nothing has changed", f"Every number is the same as at the cut {shown.wanted.since.name}."
    if shown.exhibit is None or not shown.exhibit.table.rows:
        return "Nothing to show", shape.nothing or "There is nothing to count yet."
    return ()
