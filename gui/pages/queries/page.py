"""The queries of the whole site: what monitor and site ask each other, and whose turn it is."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gui.pages.print.lists import printing_of
from gui.pages.queries.detail import QueryDetail
from gui.pages.queries.presenter import (
    FOR,
    NOT_CLOSED,
    STATES,
    TONES,
    Filter,
    about_words,
    passing,
    state_words,
    summary,
)
from gui.saving import SavedList, Write, menu_of
from gui.tables.delegates import PillDelegate
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.filter_line import FilterLine
from gui.widgets.header import PageHeader, make_button
from gui.widgets.review_state import age_words
from gui.widgets.side_by_side import SideBySide
from gui.workspace import Target, Workspace
from models.domain.context import Changes
from models.domain.printing import Printing
from models.study import Right, Study
from models.study_types import QueryView

_STATE = 3
_BESIDE = 220
"""Letters of room from which on the query chosen stands beside the list."""


class Page(QWidget):
    """A line a query; Enter goes to the value that it is about.

    `Target.values["query"]` chooses a query by its id, `["patient"]` shows those about one patient.
    """

    title = "Queries"

    def __init__(self, workspace: Workspace) -> None:
        """Filled by the first `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._queries: tuple[QueryView, ...] = ()
        self._patient = 0
        self.header = PageHeader("Queries", " ")
        self.export_button = make_button(
            "queries_export", "E&xport", look="menu", tip="The queries that fit, every step"
        )
        self.header.line.addWidget(self.export_button)
        workspace.permit(Right.PRINT, self.export_button)
        self.result = Banner("queries_result")
        self.export = SavedList(workspace, menu_of(self.export_button), self.result, "queries", self._writing)
        self.state = named(QComboBox(), "queries_state", "State")
        for words, code in STATES:
            self.state.addItem(words, code)
        self.assigned = named(QComboBox(), "queries_for", "For whom")
        for words, code in FOR:
            self.assigned.addItem(words, code)
        self.everybody = make_button("queries_everybody", "Show all patients", look="link")
        self.everybody.hide()
        self.table = Table(
            "queries_table",
            "Queries",
            [
                Column("Patient", _patient),
                Column("About", about_words, stretch=3),
                Column("Question", _question, stretch=4),
                Column("State", state_words, tone=_tone),
                Column("Age", _age, sort=_days, right=True),
                Column("For", _for, spare=1),
            ],
        )
        self.table.view.setItemDelegateForColumn(_STATE, PillDelegate(self.table.view))
        self.table.setMinimumHeight(240)
        self.detail = QueryDetail(workspace)
        filters = (self.state, self.assigned, self.everybody)
        self.line = FilterLine("queries_search", "Patient, value or words", filters, self.table)
        card = Card()
        card.body.addWidget(self.line)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        column.addWidget(self.header)
        column.addWidget(self.result)
        column.addWidget(SideBySide((card, self.detail), _BESIDE, (3, 2)), 1)
        self.line.search.textChanged.connect(self._filter)
        for box in (self.state, self.assigned):
            box.currentIndexChanged.connect(self._filter)
        self.everybody.clicked.connect(self._show_everybody)
        self.table.opened.connect(self._open)
        self.table.offered.connect(self._begin)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)
        self.detail.opening.connect(self._open)

    def refresh(self, changes: Changes | None) -> None:
        """Read every query of the site."""
        workspace = self._workspace
        self._queries = workspace.study.review.queries(notation=workspace.desk)
        self.header.remark.setText(summary(self._queries, workspace.user))
        waiting = sum(query.waits_for(workspace.user) for query in self._queries)
        workspace.set_badge("queries", waiting, "due")
        self._say_why_empty()
        self._filter()

    def _say_why_empty(self) -> None:
        """What the table says while no line stands in it."""
        how = "A query is asked at the value itself: right click it, or press Ctrl+Shift+K while it has the cursor."
        right: Right | None = None
        if self._queries:
            words = ("No query fits", "No query fits the search and the filters together.", "Show all queries")
        elif self._workspace.study.patient_count():
            words, right = ("No query yet", how, "Choose the patient"), Right.ASK
        else:
            belongs = "What monitor and site ask each other about a patient's values stands here."
            words, right = ("No patients yet", belongs, "Enrol a patient"), Right.ENTER
        self.table.say_empty(*words)
        self.table.offer.hold_back(self._workspace.refusal(right) if right else "")

    @Slot()
    def _begin(self) -> None:
        """Let all queries stand there, or go where the first one is asked."""
        if self._queries:
            self._patient = 0
            self.line.search.clear()
            self.state.setCurrentIndex(self.state.findData(""))
            self.assigned.setCurrentIndex(0)
            self._filter()
        elif self._workspace.study.patient_count():
            self._workspace.choose_patient()
        else:
            self._workspace.open_page("enrolment")

    @property
    def place(self) -> Target:
        """The query in view."""
        return Target("queries", values={"query": self.detail.query.id} if self.detail.query else {})

    def show_target(self, target: Target) -> None:
        """Choose the query named, or show those about the patient named."""
        self._patient = _number(target.values.get("patient"))
        wanted = next((query for query in self._queries if query.id == target.values.get("query")), None)
        if wanted is not None:
            self.line.search.clear()
            self.assigned.setCurrentIndex(0)
            shown = NOT_CLOSED if passing([wanted], Filter(), self._workspace.user) else ""
            self.state.setCurrentIndex(self.state.findData(shown))
        self._filter()
        self.table.choose(wanted)
        self.table.view.setFocus()

    @Slot()
    def _filter(self) -> None:
        wanted = Filter(
            self.line.search.text(), str(self.state.currentData()), str(self.assigned.currentData()), self._patient
        )
        chosen = self.detail.query.id if self.detail.query else 0
        shown = passing(self._queries, wanted, self._workspace.user)
        self.table.set_rows(shown)
        again = next((query for query in shown if query.id == chosen), next(iter(shown), None))
        self.table.choose(again)
        self._follow_choice()
        self.everybody.setVisible(bool(self._patient))
        self.line.show_count(len(shown), len(self._queries))

    @Slot()
    def _follow_choice(self) -> None:
        self.detail.show_query(self.table.chosen())

    @Slot()
    def _show_everybody(self) -> None:
        self._patient = 0
        self._filter()

    def _writing(self) -> Write:
        """Writes the queries that fit."""
        return _Writing(self._workspace.study, printing_of(self._workspace), self.table.model.rows)

    @Slot(object)
    def _open(self, query: QueryView) -> None:
        target = Target("patient", query.patient, "", (query.kind, query.record), field=query.field)
        self._workspace.host.show_target(target)


class _Writing:
    """Writes queries to a file, in the order of the list: read anew, since a file is in English at every desk."""

    def __init__(self, study: Study, printing: Printing, queries: Sequence[QueryView]) -> None:
        self._study, self._printing = study, printing
        self._wanted = [query.id for query in queries]

    def __call__(self, path: Path) -> int:
        from models.exchange.record_listing import Part, queries, write_and_note

        read = {query.id: query for query in self._study.review.queries()}
        listing = queries(read[wanted] for wanted in self._wanted)
        part = Part(len(self._wanted), len(read), "queries")
        return write_and_note(self._study.trail, path, listing, part, self._printing)


def _number(value: Any) -> int:  # noqa: ANN401 - whatever a target carries
    return value if isinstance(value, int) else 0


def _patient(query: QueryView) -> str:
    return query.patient_label


def _question(query: QueryView) -> str:
    return query.asked.words


def _tone(query: QueryView) -> str:
    return TONES[query.state]


def _age(query: QueryView) -> str:
    return age_words(query.age_days)


def _days(query: QueryView) -> int:
    return query.age_days


def _for(query: QueryView) -> str:
    return query.assigned_words
