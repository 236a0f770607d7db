"""The patient page: the head, and the tabs, each made and filled when it is first shown."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.patient.header import PatientHeader
from gui.pages.patient.review.patient_review import PatientReviewMenu
from gui.pages.patient.tab import TABS, OpeningTab, ReviewedPart, TabEntry, tab_of
from gui.text import named
from gui.widgets.history import ValueRef
from gui.widgets.keyed_tabs import KeyedTabs
from gui.widgets.review_state import PatientReview, read_review
from gui.widgets.value_history import focus_value
from gui.workspace import Target, Workspace
from models.domain.context import Changes
from models.records import KINDS
from models.study import Right, Withdrawn

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart


def shots(workspace: Workspace) -> "Iterator[tuple[str, QWidget]]":
    """The pictures of this page and its dialogs."""
    from gui.pages.patient.shots import shots as drawn  # for the documentation only: no part of a day's work

    yield from drawn(workspace)


class Page(QWidget):
    """One patient at a time. The chart is read once for all tabs; `shown` is emitted after a tab has been filled."""

    title = "Patient"
    shown = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        """Nothing is read before the first target."""
        super().__init__()
        self._workspace = workspace
        self.chart: PatientChart | None = None
        self._patient = 0
        self._made: dict[str, QWidget] = {}
        self._frames: dict[str, QScrollArea] = {}
        self._filled: dict[str, PatientChart] = {}
        self._review: PatientReview | None = None
        self._wanted: ValueRef | None = None
        self._focusing = QTimer(self)
        self._focusing.setSingleShot(True)
        self._focusing.timeout.connect(self._focus_wanted)
        self.header = PatientHeader()
        self.header.listed.connect(self._list_patients)
        self.header.recording.connect(self.record)
        self.header.printing.connect(self.print_summary)
        self.review = PatientReviewMenu(workspace, self.header)
        workspace.permit(Right.ENTER, self.header.record)
        workspace.permit(Right.PRINT, self.header.print)
        self.tabs = KeyedTabs("patientTabs", "Parts of the record", [tab.title for tab in TABS])
        self.stack = named(QStackedWidget(), "patientTabPages")
        self.tabs.currentChanged.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self._name = TABS[0].name

    # ---- what the window asks

    def refresh(self, changes: Changes | None) -> None:
        """Read the patient again where the change was about him or about the study."""
        if self._patient and (changes is None or changes.patient in (None, self._patient)):
            self._read()

    def show_target(self, target: Target) -> None:
        """Show that patient, at the tab and the record named."""
        if target.patient != self._patient:
            self._patient = target.patient
            self._read()
            if not target.tab and not target.record:
                self.show_tab(TABS[0].name)
        kind, id_ = target.record or ("", 0)
        name = tab_of(kind) or target.tab
        if not self.show_tab(name or self._name):
            return
        if kind or target.values:
            self._open(kind, id_, target.values)
            if target.field and id_:
                self._wanted = ValueRef(kind, id_, target.field)
                self._focusing.start(0)  # the form that opens puts its own cursor first
        elif (focus := QApplication.focusWidget()) in (None, self.header.back) or not self.isAncestorOf(focus):
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def place(self) -> Target:
        """The patient and the tab in view."""
        return Target("patient", self._patient, self._name)

    # ---- what a person asks

    @property
    def tab(self) -> QWidget | None:
        """The tab in view."""
        return self._made.get(self._name)

    def show_tab(self, name: str) -> bool:
        """Bring a tab into view; false where there is no such tab."""
        entry = next((tab for tab in TABS if tab.name == name), None)
        if entry is None:
            return False
        self._name = name
        self.tabs.mark(TABS.index(entry))
        self._fill(entry)
        return True

    @Slot(str)
    def record(self, kind: str) -> None:
        """Open a new form of a kind, in its tab."""
        if self.show_tab(tab_of(kind)):
            self._open(kind, 0, {})

    @Slot()
    def print_summary(self) -> None:
        """Show the visit summary as it will print."""
        if self.chart is not None:
            from gui.pages.print.preview import PrintPreview  # loads the PDF library: not before somebody prints

            preview = PrintPreview(self._workspace, self._patient, self.window())
            preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            preview.show()

    @Slot()
    def sign_record(self) -> None:
        """Ask for the signature under the whole record."""
        self.review.sign.trigger()

    @Slot()
    def turn_lock(self) -> None:
        """Ask for the reason, then lock the record, or unlock it."""
        self.review.lock.trigger()

    # ---- inside

    def _read(self) -> None:
        self.chart = self._workspace.study.chart(self._patient)
        self._review = read_review(self._workspace.study, self._patient, self._workspace.desk)
        self.header.show_chart(self.chart, self._workspace.desk)
        self.review.show_patient(self.chart, self._review)
        if self._name in self._made:
            self._fill(next(tab for tab in TABS if tab.name == self._name))

    def _fill(self, entry: TabEntry) -> None:
        if entry.name not in self._made:
            tab = entry.create(self._workspace)
            if not tab.objectName():
                named(tab, f"tab_{entry.name}", entry.title)
            self._made[entry.name] = tab
            frame = named(QScrollArea(), f"frame_tab_{entry.name}")
            frame.setFrameShape(QFrame.Shape.NoFrame)
            frame.setWidgetResizable(True)
            frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            frame.setWidget(tab)
            self.stack.addWidget(frame)
            self._frames[entry.name] = frame
        tab = self._made[entry.name]
        if self.chart is not None and self._filled.get(entry.name) is not self.chart:
            tab.show_chart(self.chart)  # type: ignore[attr-defined]  # every tab of the table is a `Tab`
            self._filled[entry.name] = self.chart
            if self._review is not None:
                for part in tab.findChildren(QWidget):
                    if isinstance(part, ReviewedPart):
                        part.show_review(self._review)
        self.stack.setCurrentWidget(self._frames[entry.name])
        self.shown.emit(entry.name)

    @Slot()
    def _focus_wanted(self) -> None:
        """Put the cursor on the value that was asked for, in the form that has opened or in the tab itself."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            form = QApplication.activeModalWidget() or self.window()
            if not focus_value(form, wanted):
                focus_value(form, wanted._replace(field=""))

    def _open(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        tab: object = self.tab
        if id_ and (gone := self._gone(kind, id_)):
            from gui.widgets.gone_dialog import GoneDialog  # a query or a draft seldom outlives its record

            GoneDialog(self._workspace, self._patient, gone, self.window()).show()
        elif isinstance(tab, OpeningTab):
            tab.open_record(kind, id_, values)

    def _gone(self, kind: str, id_: int) -> Withdrawn | None:
        """The record, where it was withdrawn."""
        if self.chart is None or kind not in KINDS or self.chart.record(kind, id_) is not None:
            return None
        gone = self._workspace.study.withdrawn(self._patient, kind)
        return next((each for each in gone if each.record.id == id_), None)

    @Slot(int)
    def _turn(self, number: int) -> None:
        self.show_tab(TABS[number].name)

    @Slot()
    def _list_patients(self) -> None:
        self._workspace.open_page("patients")
