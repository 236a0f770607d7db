"""What else is recorded of the event chosen: seriousness with its clock, course, treatment, comment."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.pages.patient.adverse_events.clock import clock_why, clock_words, serious_clock
from gui.pages.patient.adverse_events.presenter import day_words
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.why import WhyButton
from models.chart.events import EventView
from models.chart.patient_chart import PatientChart
from models.domain.codelists import GRADING_SCALE, OUTCOME, SERIOUSNESS
from models.domain.date_notation import write_moment
from models.domain.notation import Desk


class EventFacts(Card):
    """Pairs of words; only what is recorded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Filled by `show_event`."""
        super().__init__(" ", parent=parent)
        named(self, "event_facts", "The event chosen")
        self.clock = Banner("event_clock")
        self.clock_why = WhyButton("event_clock_why", "Reporting deadline")
        self.clock.add(self.clock_why)
        self.body.addWidget(self.clock)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(self._inside)
        self.body.addStretch(1)

    def show_event(self, chart: PatientChart, view: EventView, desk: Desk, now: datetime) -> None:
        """Show an event."""
        record = view.record
        self.heading.setText(record.name)
        self.clock.setVisible(bool(record.serious))
        why = clock_why(chart.protocol, record.aware, record.reported) if record.serious else None
        self.clock_why.set_derived(write_moment(why.value, desk) if why else "", why, desk)
        if record.serious:
            clock = clock_words(serious_clock(chart.protocol), record.aware, record.reported, now, desk)
            self.clock.show_text(f"Serious. {clock.full}", clock.tone)
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for line, (name, words) in enumerate(fact_lines(chart, view, desk)):
            self._grid.addWidget(label(name, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
            text = label(words, wrap=True, selectable=True)
            text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._grid.addWidget(text, line, 1, Qt.AlignmentFlag.AlignTop)


def fact_lines(chart: PatientChart, view: EventView, desk: Desk) -> tuple[tuple[str, str], ...]:
    """The pairs of words for an event, without those that are not recorded."""
    record = view.record
    scale = GRADING_SCALE.label(record.scale) if record.scale else "CTCAE"
    expected = {True: "Yes", False: "No", None: ""}[record.expected]
    ended = "goes on" if view.open else day_words(chart, record.ended, desk) or "date not known"
    pairs = (
        ("Reported as", record.verbatim or ""),
        ("From, to", f"{day_words(chart, record.began, desk)}, {ended}"),
        ("Graded by", f"{scale} {record.version}" if scale == "CTCAE" else f"{scale}, term of CTCAE {record.version}"),
        ("Serious because", ", ".join(SERIOUSNESS.label(code).lower() for code in record.seriousness or ())),
        ("Site aware", write_moment(record.aware, desk) if record.aware else ""),
        ("Expected", expected),
        ("Treatment", record.treatment or ""),
        ("Outcome", OUTCOME.label(record.outcome) if record.outcome else ""),
        ("Comment", record.comment or ""),
    )
    return tuple((name, words) for name, words in pairs if words)
