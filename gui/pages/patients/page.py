"""The Patients page: find a patient at every keystroke, see where each one stands, open one with Enter."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from gui.jobs import Job, Progress
from gui.keys import SEARCH_KEYS, on_keys
from gui.pages.patients.filter_bar import FilterBar
from gui.pages.patients.presenter import Line, line_of
from gui.pages.patients.roster import DERIVED_SORTS, Roster
from gui.pages.patients.table import PatientRows, PatientView
from gui.pages.patients.writing import Writing
from gui.pages.print.lists import printing_of
from gui.saving import SavedList, Write, menu_of
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.empty import Empty
from gui.widgets.header import PageHeader, make_button
from gui.workspace import Target, Workspace
from models.domain.context import Changes
from models.records.patient import Identity, Patient
from models.study import Right

DIRECT_UP_TO = 2000
"""Patients whose names and numbers are read at once; more of them are read as a job."""

_BATCH = 5
"""Charts read at once for the rows in view: some hundredths of a second."""

_AFTER_TYPING = 60
"""Milliseconds without a keystroke before they are read."""


class Page(QWidget):
    """Search and filters over one table."""

    title = "Patients"

    def __init__(self, workspace: Workspace) -> None:
        """Filled by the first `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._read_for: object = None
        self._wanted: dict[int, None] = {}
        self._changed: set[int] = set()
        self._sort = ("", False)
        self._ids: list[int] = []
        self._job: Job | None = None
        self._loading: Job | None = None
        self._loader = QTimer(self)
        self._loader.setSingleShot(True)
        self._loader.timeout.connect(self._load_some)
        workspace.notifier.changed.connect(self._note_change)
        self._lay_out()

    def _lay_out(self) -> None:
        self.header = PageHeader("Patients")
        self.export_button = make_button("patients_export", "E&xport", look="menu", tip="The patients who fit")
        self.header.line.addWidget(self.export_button)
        self.result = Banner("patients_result")
        menu = menu_of(self.export_button)
        self.exports = [
            SavedList(self._workspace, menu, self.result, what, prepare)
            for what, prepare in (("patients", self._writing_patients), ("MRD results", self._writing_results))
        ]
        self.enrol_button = self.header.add_button("patients_enrol", "&Enrol a patient", primary=True, tip="Ctrl+E")
        self.enrol_button.clicked.connect(self._enrol)
        self.bar = FilterBar()
        self.model = PatientRows(self, specimen=self._workspace.study.protocol.mrd.specimen)
        self.view = named(PatientView(self.model), "patients_table", "Patients")
        self._nobody = Empty(
            "No patients yet",
            "Everybody who is screened for the study stands here, from the first contact on.",
            "Enrol a patient",
            "patients_first",
        )
        self._nothing = Empty(
            "Nobody fits",
            "No patient fits the search and the filters together.",
            "Show everybody",
            "patients_everybody",
        )
        card = Card()
        self._stack = QStackedLayout()
        for widget in (self.view, self._nobody, self._nothing):
            self._stack.addWidget(widget)
        card.body.addLayout(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        column.addWidget(self.header)
        column.addWidget(self.result)
        column.addWidget(self.bar)
        column.addWidget(card, 1)
        for empty, slot in ((self._nobody, self._enrol), (self._nothing, self.bar.clear_all)):
            empty.button.clicked.connect(slot)
        self._workspace.permit(Right.PRINT, self.export_button)
        self._workspace.permit(Right.ENTER, self.enrol_button, self._nobody.button)
        self.bar.forbid_names(self._workspace.refusal(Right.READ_IDENTITY))
        self.bar.searched.connect(self._searched)
        self.bar.filtered.connect(self._arrange)
        self.bar.names_asked.connect(self._names_asked)
        self.bar.entered.connect(self._into_table)
        self.model.needed.connect(self._need)
        self.model.sort_asked.connect(self._sort_by)
        self.view.opened.connect(self._open)
        on_keys(self, self.bar.search.setFocus, SEARCH_KEYS)

    def showEvent(self, event: QShowEvent) -> None:
        """The search is where the keyboard begins."""
        super().showEvent(event)
        self.bar.search.setFocus()

    # ---- reading

    def refresh(self, changes: Changes | None) -> None:
        """Read again: everybody the first time, and after that those who have changed."""
        study = self._workspace.study
        now_for = (study.today, self._workspace.desk)
        count = study.patient_count()
        self._workspace.set_badge("patients", count)
        self._read_shares()
        if self._read_for == now_for:
            self._take_changes()
            return
        self._read_for = now_for
        self._changed.clear()
        if count > DIRECT_UP_TO:
            self._loading = self._workspace.jobs.start("Reading the list of patients", self._read_all, self._take_all)
            self._loading.cancelled.connect(self._loading_cancelled)
        else:
            self._take_all(study.patients())

    def _read_shares(self) -> None:
        """What was verified of each patient: a fraction of a second, and for whoever verifies only."""
        if self._workspace.user.may(Right.VERIFY):
            self.model.shares = self._workspace.study.review.shares()
            self.view.shows_verified = True
            self.view.fit_columns()
            self.model.lines_read()

    def _read_all(self, progress: Progress) -> Sequence[Patient]:
        """Runs on a worker thread."""
        patients = self._workspace.study.patients()
        progress(len(patients), len(patients))
        return patients

    @Slot()
    def _loading_cancelled(self) -> None:
        """The list stays as it was; the next look at the page reads it again."""
        self._loading = self._read_for = None

    @Slot(object)
    def _take_all(self, patients: Sequence[Patient]) -> None:
        self._loading = None
        self.model.roster = Roster(patients)
        if self.bar.names.isChecked():
            self._names_asked(True)
        self._arrange()
        if not self.view.selectionModel().hasSelection():
            self.view.choose_row(0)

    def _take_changes(self) -> None:
        changed, self._changed = self._changed, set()
        for chart in self._workspace.study.charts(tuple(changed)) if changed else ():
            self.model.roster.put(chart.patient)
            self.model.roster.lines[chart.patient.id] = line_of(chart, self._workspace.desk)
        if changed and self.bar.names.isChecked():
            self._names_asked(True)
        self._arrange()

    @Slot(object)
    def _note_change(self, changes: Changes | None) -> None:
        if changes is None or changes.patient is None:
            self._read_for = None
        else:
            self._changed.add(changes.patient)

    @Slot(bool)
    def _names_asked(self, on: bool) -> None:
        if not on:
            self._take_names(())
        elif len(self.model.roster) > DIRECT_UP_TO:
            self._workspace.jobs.start("Reading names", self._read_names, self._take_names)
        else:
            self._take_names(self._workspace.study.identities())

    def _read_names(self, _progress: Progress) -> tuple[Identity, ...]:
        """Runs on a worker thread."""
        return self._workspace.study.identities()

    @Slot(object)
    def _take_names(self, identities: tuple[Identity, ...]) -> None:
        self.model.roster.show_names(identities if self.bar.names.isChecked() else ())
        self._arrange()

    # ---- derived lines: those in view, a few at a time

    @Slot(int)
    def _need(self, place: int) -> None:
        self._wanted[place] = None
        if not self._loader.isActive():
            self._loader.start(_AFTER_TYPING)

    @Slot()
    def _load_some(self) -> None:
        """Read the charts of rows in view, the newest asked for first: the view may have scrolled on."""
        newest = list(self._wanted)[-3 * _BATCH :]
        ids = self.model.roster.unread(newest)[-_BATCH:]
        self._wanted = dict.fromkeys(newest) if len(ids) == _BATCH else {}
        if self._wanted:
            self._loader.start(0)
        for chart in self._workspace.study.charts(ids) if ids else ():
            self.model.roster.lines[chart.patient.id] = line_of(chart, self._workspace.desk)
        if ids:
            self.model.lines_read()

    def _read_lines(self, progress: Progress) -> dict[int, Line]:
        """Runs on a worker thread: the lines of many patients, for an order or a filter that needs them all."""
        study, desk, ids = self._workspace.study, self._workspace.desk, self._ids
        read: dict[int, Line] = {}
        for number, chart in enumerate(study.charts(ids), start=1):
            read[chart.patient.id] = line_of(chart, desk)
            if not progress(number, len(ids)):
                break
        return read

    # ---- searching, narrowing, ordering

    @Slot(str)
    def _searched(self, _text: str) -> None:
        """Nothing is laid out or painted again by a key that finds the same patients: most keys of a number do."""
        places = self._found()
        if places is not None:
            self._show(places, anew=places != self.model.rows, stay=len(places) < _BATCH)

    @Slot(str, bool)
    def _sort_by(self, column: str, backwards: bool) -> None:
        self._sort = (column, backwards)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Show who is found, read again. Whoever is chosen stays chosen."""
        places = self._found()
        if places is not None:
            self._show(places, anew=True, stay=True)

    def _found(self) -> list[int] | None:
        """Search, narrow and order. None where that needs every derived line: until they are read, as a job."""
        roster, wanted = self.model.roster, self.bar.wanted
        column, backwards = self._sort
        places = roster.search(self.bar.search.text())
        if wanted.active or column in DERIVED_SORTS:
            unread = roster.unread(places)
            if unread:
                self._read_rest(unread)
                return None
        self._stop_reading()
        if self._loader.isActive():
            self._loader.start(_AFTER_TYPING)
        if wanted.active:
            places = roster.passing(places, wanted)
        if column:
            places = roster.ordered(places, column, backwards=backwards)
        return places

    def _read_rest(self, ids: list[int]) -> None:
        self._stop_reading()
        self._ids = ids
        self._job = self._workspace.jobs.start("Reading the patients", self._read_lines, self._take_lines)
        self._job.cancelled.connect(self._reading_cancelled)

    def _stop_reading(self) -> None:
        if self._job is not None:
            self._job.cancelled.disconnect(self._reading_cancelled)
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _take_lines(self, lines: dict[int, Line]) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        self.model.roster.lines.update(lines)
        self._arrange()

    @Slot()
    def _reading_cancelled(self) -> None:
        """Without every line there is neither filter nor order: show the plain list."""
        self._job = None
        self._sort = ("", False)
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.bar.reset_filters()
        self._arrange()

    def _show(self, places: list[int], *, anew: bool, stay: bool) -> None:
        roster = self.model.roster
        row = self.view.currentIndex().row()
        before = self.model.row(row)
        if anew:
            self.model.show_places(places)
        everybody, shown = len(roster), len(places)
        narrowed = shown < everybody
        self.header.remark.setText(f"{shown} of {everybody}" if narrowed else "")
        empty = self._nobody if not everybody and self._loading is None else self._nothing if not shown else self.view
        self._stack.setCurrentWidget(empty)
        if places:
            again = places.index(before) if stay and before is not None and before in places else 0
            self.view.choose_row(again)

    # ---- saving

    def _writing_patients(self) -> Write:
        return self._writing(results=False)

    def _writing_results(self) -> Write:
        return self._writing(results=True)

    def _writing(self, *, results: bool) -> Write:
        """Writes the patients who fit, or what their MRD results are."""
        ids = tuple(self.model.roster.base(place).id for place in self.model.rows)
        return Writing(self._workspace.study, printing_of(self._workspace), ids, results=results)

    # ---- going on

    @Slot()
    def _into_table(self) -> None:
        """Enter or Down in the search: open the only one found, else walk along the list."""
        first = self.model.row(0)
        if first is not None and self.model.rowCount() == 1:
            self._open(first)
        elif first is not None:
            self.view.setFocus()

    @Slot(object)
    def _open(self, place: int) -> None:
        base, line = self.model.roster.base(place), self.model.roster.line(place)
        if line is not None and line.status == "SCREENING":
            self._workspace.host.show_target(Target("enrolment", base.id))
        else:
            self._workspace.open_patient(base.id)

    @Slot()
    def _enrol(self) -> None:
        self._workspace.open_page("enrolment")
