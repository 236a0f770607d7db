"""The panel beside the form of an adverse event: the term, what each grade means, the reporting clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.pages.patient.adverse_events.clock import clock_why, clock_words, serious_clock
from gui.pages.patient.adverse_events.criteria import GradeHelp, grade_help
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.pill import Pill
from gui.widgets.side_panel import SidePanel
from gui.widgets.why import WhyButton
from gui.workspace import Workspace
from models.domain.date_notation import write_moment


class EventSide(SidePanel):
    """Follows the typing of the form."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Says what to do until a term is chosen."""
        super().__init__(parent)
        named(self, "event_side", "Grades of the term")
        self.setProperty("look", "card")
        self._workspace = workspace
        self._shown: tuple[GradeHelp | None, frozenset[str]] | None = None
        self.title = label("", "heading", wrap=True)
        self._subtitle = label("", "muted", wrap=True)
        self._note = label("", "small", wrap=True)
        self._grades = QWidget()
        self._grid = QGridLayout(self._grades)
        self.clock = Banner("event_form_clock")
        self.clock_why = WhyButton("event_form_clock_why", "Reporting deadline")
        self.clock.add(self.clock_why)
        self._source = label("", "small", wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(14, 12, 14, 12)
        lines.setSpacing(6)
        for widget in (self.clock, self.title, self._subtitle, self._note, self._grades, self._source):
            lines.addWidget(widget)

    def show_values(self, values: object) -> None:
        """The criteria of the term typed, the grades chosen marked, and the clock of a serious event."""
        typed = cast("Mapping[str, object]", values)
        term, version = str(typed.get("term") or ""), str(typed.get("version") or "")
        scale = typed.get("scale")
        folder = self._workspace.settings.path.parent
        wanted = grade_help(version, term, str(scale) if scale else None, folder) if version else None
        chosen = frozenset(
            str(row.get("grade")) for row in cast("tuple[Mapping[str, object], ...]", typed.get("ae_grade", ()))
        )
        if (wanted, chosen) != self._shown:
            self._shown = (wanted, chosen)
            self._show_help(wanted, chosen)
        self._show_clock(typed)

    def words(self) -> dict[int, str]:
        """The criteria shown, by grade."""
        return dict(self._shown[0].grades) if self._shown and self._shown[0] else {}

    def _show_help(self, wanted: GradeHelp | None, chosen: frozenset[str]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self.title.setText(wanted.title if wanted else "Which event?")
        self._subtitle.setText(wanted.subtitle if wanted else "")
        self._note.setText(
            wanted.note if wanted else "Choose a term, and the criteria of each of its grades stand here."
        )
        self._source.setText(wanted.source if wanted else "")
        for each in (self._subtitle, self._note, self._source):
            each.setVisible(bool(each.text()))
        for line, (grade, words) in enumerate(wanted.grades.items() if wanted else ()):
            pill = Pill(f"Grade {grade}", f"grade{grade}")
            self._grid.addWidget(pill, line, 0, Qt.AlignmentFlag.AlignTop)
            text = label(words, "strong" if str(grade) in chosen else "", wrap=True)
            text.setAccessibleName(f"Grade {grade}: {words}")
            self._grid.addWidget(text, line, 1, Qt.AlignmentFlag.AlignTop)

    def _show_clock(self, typed: Mapping[str, object]) -> None:
        self.clock.setVisible(typed.get("serious") is True)
        desk = self._workspace.desk
        if typed.get("serious") is not True:
            self.clock_why.set_derived("", None, desk)
            return
        aware, reported = (_moment(typed.get(name)) for name in ("aware", "reported"))
        study = self._workspace.study
        words = clock_words(serious_clock(study.protocol), aware, reported, study.clock.now(), desk)
        self.clock.show_text(words.full, words.tone)
        why = clock_why(study.protocol, aware, reported)
        self.clock_why.set_derived(write_moment(why.value, desk) if why else "", why, desk)


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None
