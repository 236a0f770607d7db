"""The adverse events of the whole site: what must be reported first, then what goes on."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from gui.minutes import each_minute
from gui.pages.adverse_events.presenter import Filter, SiteEvent, passing, site_events, unreported
from gui.pages.patient.adverse_events.clock import ClockWords
from gui.pages.print.lists import printing_of
from gui.saving import SavedList, Write, menu_of
from gui.tables.delegates import PillDelegate
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.filter_line import FilterLine
from gui.widgets.header import PageHeader, make_button
from gui.widgets.history import ValueRef
from gui.widgets.value_history import TableHistory
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.printing import Printing
from models.records.safety import AdverseEvent
from models.study import Right, Study

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
        self.export_button = make_button("site_events_export", "E&xport", look="menu", tip="The events that fit")
        self.header.line.addWidget(self.export_button)
        workspace.permit(Right.PRINT, self.export_button)
        self.add_button = self.header.add_button("site_events_add", "&Add adverse event", primary=True)
        self.add_button.clicked.connect(self._add)
        workspace.permit(Right.ENTER, self.add_button)
        self.result = Banner("site_events_result")
        self.export = SavedList(workspace, menu_of(self.export_button), self.result, "adverse events", self._writing)
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
                Column("Event", _term, stretch=4, field="term"),
                Column("Grade", _grade, sort=_by_grade, tone=_grade_tone),
                Column("Began", _began, sort=_by_day, spare=1, field="began"),
                Column("Serious", self._state, tone=self._tone, field="serious"),
                Column("Outcome", _outcome, spare=2, field="outcome"),
            ],
        )
        TableHistory(workspace, self.table.view, self._asked_about)
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
        column.addWidget(self.result)
        column.addWidget(card, 1)
        self.line.search.textChanged.connect(self._filter)
        self.grade.currentIndexChanged.connect(self._filter)
        self.serious.toggled.connect(self._filter)
        self.open.toggled.connect(self._filter)
        self.table.opened.connect(self._open)
        self.table.offered.connect(self._begin)
        each_minute(self, self.table.view.viewport().update)

    def _asked_about(self) -> ValueRef | None:
        event = self.table.chosen()
        return ValueRef(AdverseEvent.kind.name, event.record, self.table.current_field) if event else None

    def refresh(self, changes: Changes | None) -> None:
        """Read every patient's events, where they may have changed."""
        if changes is not None and not changes.kinds & _KINDS:
            return
        study = self._workspace.study
        self._events = site_events(study.charts(), self._workspace.desk)
        going = sum(event.open for event in self._events)
        late = unreported(self._events)
        self.header.remark.setText(f"{len(self._events)} recorded · {going} going on · {late} serious and not reported")
        self._workspace.set_badge("adverse_events", late, "urgent")
        self.add_button.setVisible(bool(self._events))  # else the empty table offers it
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
            self._add()

    @Slot()
    def _add(self) -> None:
        """Ask whose event it is; before the first patient there is nobody to ask for."""
        if self._workspace.study.patient_count():
            self._workspace.choose_patient("adverse_events", ("adverse_event", 0))
        else:
            self._workspace.open_page("enrolment")

    @Slot()
    def _filter(self) -> None:
        wanted = Filter(
            self.line.search.text(), int(self.grade.currentData()), self.serious.isChecked(), self.open.isChecked()
        )
        shown = passing(self._events, wanted)
        self.table.set_rows(shown)
        self.line.show_count(len(shown), len(self._events))

    def _state(self, event: SiteEvent) -> str:
        """Asked for each time that the cell is painted: a clock runs on."""
        words = self._clock_of(event)
        return f"Serious, {words.short}" if words else ""

    def _tone(self, event: SiteEvent) -> str:
        words = self._clock_of(event)
        return words.tone if words else ""

    def _clock_of(self, event: SiteEvent) -> ClockWords | None:
        return event.state(self._workspace.study.clock.now(), self._workspace.desk)

    def _writing(self) -> Write:
        """Writes the events that fit, as the record has them."""
        return _Writing(self._workspace.study, printing_of(self._workspace), self.table.model.rows, len(self._events))

    @Slot(object)
    def _open(self, event: SiteEvent) -> None:
        self._workspace.open_patient(event.patient, "adverse_events", ("adverse_event", event.record))


class _Writing:
    """Writes events to a file."""

    def __init__(self, study: Study, printing: Printing, events: Sequence[SiteEvent], total: int) -> None:
        self._study, self._printing, self._total = study, printing, total
        self._patients = tuple(dict.fromkeys(event.patient for event in events))
        self._records = frozenset(event.record for event in events)

    def __call__(self, path: Path) -> int:
        from models.exchange.record_listing import Part, adverse_events, write_and_note

        listing = adverse_events(self._study.charts(self._patients), self._records)
        part = Part(len(self._records), self._total, "adverse events")
        return write_and_note(self._study.trail, path, listing, part, self._printing)


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


def _outcome(event: SiteEvent) -> str:
    return event.outcome
