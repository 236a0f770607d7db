"""The adverse events of the whole site: what must be reported first, then what goes on."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from gui.pages.adverse_events.presenter import Filter, SiteEvent, passing, site_events, unreported
from gui.tables.delegates import PillDelegate
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import named
from gui.widgets.card import Card
from gui.widgets.filter_line import FilterLine
from gui.widgets.header import PageHeader
from gui.workspace import Workspace
from models.domain.context import Changes
from models.study import Right

_GRADES = (("Any grade", 0), ("Grade 2 or more", 2), ("Grade 3 or more", 3), ("Grade 4 or more", 4))
_KINDS = frozenset({"adverse_event", "ae_grade", "ae_drug", "patient", "phase"})
_GRADE, _STATE = 2, 4


class Page(QWidget):
    """A line an event; Enter opens it at its patient."""

    title = "Adverse events"

    def __init__(self, workspace: Workspace) -> None:
        """Filled by the first `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._events: tuple[SiteEvent, ...] = ()
        self.header = PageHeader("Adverse events", " ")
        self.grade = named(QComboBox(), "site_events_grade", "Lowest grade")
        for words, least in _GRADES:
            self.grade.addItem(words, least)
        self.serious = named(QCheckBox("&Serious only"), "site_events_serious", "Serious only")
        self.open = named(QCheckBox("G&oing on only"), "site_events_open", "Going on only")
        self.table = Table(
            "site_events",
            "Adverse events of the site",
            [
                Column("Patient", _patient),
                Column("Event", _term, stretch=4),
                Column("Grade", _grade, sort=_by_grade, tone=_grade_tone),
                Column("Began", _began, sort=_by_day, stretch=1, spare=1),
                Column("Serious", _state, tone=_tone),
                Column("Outcome", _outcome, stretch=1, spare=2),
            ],
        )
        for place in (_GRADE, _STATE):
            self.table.view.setItemDelegateForColumn(place, PillDelegate(self.table.view))
        filters = (self.grade, self.serious, self.open)
        self.line = FilterLine("site_events_search", "Patient or event", filters, self.table)
        card = Card()
        card.body.addWidget(self.line)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        column.addWidget(self.header)
        column.addWidget(card, 1)
        self.line.search.textChanged.connect(self._filter)
        self.grade.currentIndexChanged.connect(self._filter)
        self.serious.toggled.connect(self._filter)
        self.open.toggled.connect(self._filter)
        self.table.opened.connect(self._open)
        self.table.offered.connect(self._begin)

    def refresh(self, changes: Changes | None) -> None:
        """Read every patient's events, where they may have changed."""
        if changes is not None and not changes.kinds & _KINDS:
            return
        study = self._workspace.study
        self._events = site_events(study.charts(), self._workspace.desk, study.clock.now())
        going = sum(event.open for event in self._events)
        late = unreported(self._events)
        self.header.remark.setText(f"{len(self._events)} recorded · {going} going on · {late} serious and not reported")
        self._workspace.set_badge("adverse_events", late, "urgent")
        self._say_why_empty()
        self._filter()

    def _say_why_empty(self) -> None:
        """What the table says while no line stands in it."""
        if self._events:
            words = ("No event fits", "No event fits the search and the filters together.", "Show all events")
        elif self._workspace.study.patient_count():
            belongs = "Each event is recorded at its patient, and stands here with those of all the others."
            words = ("No adverse event yet", belongs, "Choose the patient")
        else:
            belongs = "The adverse events of all patients stand here, those first that must be reported."
            words = ("No patients yet", belongs, "Enrol a patient")
        self.table.say_empty(*words)
        self.table.offer.hold_back("" if self._events else self._workspace.refusal(Right.ENTER))

    @Slot()
    def _begin(self) -> None:
        """Let all events stand there again, or go where the first one is recorded."""
        if self._events:
            self.line.search.clear()
            self.grade.setCurrentIndex(0)
            self.serious.setChecked(False)
            self.open.setChecked(False)
        else:
            self._workspace.open_page("patients" if self._workspace.study.patient_count() else "enrolment")

    @Slot()
    def _filter(self) -> None:
        wanted = Filter(
            self.line.search.text(), int(self.grade.currentData()), self.serious.isChecked(), self.open.isChecked()
        )
        shown = passing(self._events, wanted)
        self.table.set_rows(shown)
        self.line.show_count(len(shown), len(self._events))

    @Slot(object)
    def _open(self, event: SiteEvent) -> None:
        self._workspace.open_patient(event.patient, "adverse_events", ("adverse_event", event.record))


def _patient(event: SiteEvent) -> str:
    return event.label


def _term(event: SiteEvent) -> str:
    return event.term


def _grade(event: SiteEvent) -> str:
    return event.grade


def _by_grade(event: SiteEvent) -> int:
    return event.worst


def _grade_tone(event: SiteEvent) -> str:
    return f"grade{event.worst}" if event.worst else ""


def _began(event: SiteEvent) -> str:
    return event.began


def _by_day(event: SiteEvent) -> str:
    return event.day


def _state(event: SiteEvent) -> str:
    return event.state


def _tone(event: SiteEvent) -> str:
    return event.tone


def _outcome(event: SiteEvent) -> str:
    return event.outcome
