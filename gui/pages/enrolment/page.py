"""The enrolment page: four steps from the first contact to day 1, each saved by itself, to be resumed any day."""

from collections.abc import Iterator
from itertools import pairwise
from types import MappingProxyType
from typing import cast

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.keys import FINISH_KEYS, on_keys
from gui.pages.enrolment import presenter
from gui.pages.enrolment.day_one import DayOneStep
from gui.pages.enrolment.eligibility import EligibilityStep
from gui.pages.enrolment.failure import FailureDialog
from gui.pages.enrolment.groups import Group, GroupStep
from gui.pages.enrolment.person import PersonStep
from gui.pages.enrolment.rail import Rail
from gui.pages.enrolment.step import DRAFT_KIND, Step
from gui.permits import reading_words
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.form_draft import draft_key
from gui.widgets.header import PageHeader, make_button
from gui.workspace import Target, Workspace
from models.chart.eligible import judged
from models.chart.patient_chart import PatientChart
from models.domain.date_notation import write_date
from models.domain.errors import TrialError
from models.domain.findings import RejectedError, errors_of
from models.domain.partial_dates import PartialDate
from models.protocols.eligibility import Outcome
from models.records.disease import Disease
from models.study import Changes, Edit, Right

_AROUND = 60
"""Pixels that stay in view above and below the cursor: what is said about its field."""


class Page(QWidget):
    """Shows one step at a time. `Target.patient` resumes a screening, 0 begins one; `values["step"]` opens a step."""

    title = "Enrol a patient"

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `show_target`."""
        super().__init__()
        self._workspace = workspace
        self._chart: PatientChart | None = None
        self._number = 0
        self._desk = workspace.desk
        self._saving = False
        self.step: Step | None = None
        self.header = PageHeader(self.title)
        self.fail_button = self.header.add_button("enrolment_fail", "Screen &failure…", tip="End the screening here")
        self.rail = Rail(presenter.STEPS)
        self.closed = Banner("enrolment_closed")
        self._card = Card()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card.body.addWidget(self._scroll)
        self.back = make_button("enrolment_back", "&Back")
        self.skip = make_button("enrolment_skip", "&Later", tip="Go on; what is typed here is kept as a draft")
        self.go_on = make_button("enrolment_save", "Save and continue", look="primary", tip="Ctrl+Enter")
        workspace.permit(Right.ENTER, self.fail_button, self.go_on)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(
            label("Ctrl+Enter saves and continues. What is typed is kept when you leave.", "small", wrap=True), 1
        )
        for button in (self.back, self.skip, self.go_on):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        for widget in (self.header, self.rail, self.closed):
            column.addWidget(widget)
        column.addWidget(self._card, 1)
        column.addLayout(foot)
        self.rail.chosen.connect(self.open_step)
        self.back.clicked.connect(self._go_back)
        self.skip.clicked.connect(self._go_on)
        self.go_on.clicked.connect(self.save_and_continue)
        self.fail_button.clicked.connect(self.fail_screening)
        self.closed.pressed.connect(self._open_patient)
        on_keys(self, self.save_and_continue, *FINISH_KEYS, where=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        named(self, "page_enrolment", self.title)

    # ---- what the window asks

    def refresh(self, changes: Changes | None) -> None:
        """Follow a change made elsewhere, or another language of dates and numbers."""
        if self.step is None or self._saving:
            return
        if changes is None or changes.patient == self.step.patient:
            self._read(self.step.patient)
            self.open_step(self._number)

    def show_target(self, target: Target) -> None:
        """Resume a screening, or begin a new one."""
        step = target.values.get("step")
        self._read(target.patient)
        self.open_step(step if isinstance(step, int) else presenter.progress(self._chart).current)

    @property
    def place(self) -> Target:
        """The patient and the step in view."""
        return Target("enrolment", self._chart.patient.id if self._chart else 0, values={"step": self._number})

    def leave(self) -> bool:
        """Keep what is typed."""
        if self.step:
            self.step.keep_draft()
        return True

    # ---- steps

    def _read(self, patient: int) -> None:
        self._chart = self._workspace.study.chart(patient) if patient else None

    @Slot(int)
    def open_step(self, number: int) -> None:
        """Show a step; what is typed in the one before is kept as a draft."""
        if self.step is not None:
            self.step.keep_draft()
        self._number = number if self._chart else 0
        made = self._make()
        made.saved.connect(self._saved)
        made.led.connect(self._bring_into_view)
        made.begin()
        self.step = made
        made.setObjectName("pageBody")
        old = self._scroll.takeWidget()
        self._scroll.setWidget(made)
        if old is not None:
            old.hide()
            old.deleteLater()
        self._put_in_tab_order(made)
        self._show_state()
        QTimer.singleShot(0, made, self._focus_first)

    def _put_in_tab_order(self, step: Step) -> None:
        """The buttons at the foot were there before the step, and come after its last field."""
        fields = [each for each in step.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, button in pairwise((fields[-1] if fields else step, self.back, self.skip, self.go_on)):
            QWidget.setTabOrder(before, button)

    @Slot()
    def _focus_first(self) -> None:
        if self.step is not None:
            self.step.focus_first()
            self._bring_into_view()

    @Slot()
    def _bring_into_view(self) -> None:
        """Scroll to the cursor, once what is said around it has its place."""
        QTimer.singleShot(0, self, self._scroll_to_cursor)

    @Slot()
    def _scroll_to_cursor(self) -> None:
        cursor = cast("QWidget | None", self.window().focusWidget())
        if cursor is not None and self._scroll.isAncestorOf(cursor):
            self._scroll.ensureWidgetVisible(cursor, 0, _AROUND)

    def _make(self) -> Step:
        if self._chart is None:
            return PersonStep(self._workspace, None)
        return (self._person, self._eligibility, self._baseline, self._day_one)[self._number](self._chart)

    def _person(self, chart: PatientChart) -> Step:
        return PersonStep(self._workspace, chart)

    def _eligibility(self, chart: PatientChart) -> Step:
        return EligibilityStep(self._workspace, chart)

    def _baseline(self, chart: PatientChart) -> Step:
        group = Group(Disease.kind, tuple(Disease.kind.fields), "Disease at diagnosis", chart.disease)
        sentence = "What is not known yet can follow on the patient's page, under Baseline."
        return GroupStep(self._workspace, chart.patient.id, 2, sentence, (group,))

    def _day_one(self, chart: PatientChart) -> Step:
        return DayOneStep(self._workspace, chart)

    def _show_state(self) -> None:
        progress = presenter.progress(self._chart)
        self.rail.show_progress(progress, self._number, all_open=self._chart is not None)
        chart = self._chart
        open_ = chart is None or chart.status == "SCREENING"
        self.header.title.setText(chart.label if chart else self.title)
        self.header.remark.setText("in screening" if chart and open_ else "")
        self.fail_button.setVisible(chart is not None and open_)
        self.back.setEnabled(self._number > 0)
        self.skip.setVisible(chart is not None and self._number < len(presenter.STEPS) - 1)
        last = self._number == len(presenter.STEPS) - 1
        self.go_on.setText("&Enrol" if last else "&Save and continue")
        self.go_on.setAccessibleName("Enrol" if last else "Save and continue")
        held = self._workspace.refusal(Right.ENTER)
        for editor in self.step.editors() if self.step else ():
            editor.hold(held=not open_ or bool(held))
        self.go_on.setEnabled(open_)
        self.closed.setVisible(not open_ or bool(held))
        if held:
            self.closed.show_text(reading_words(self._workspace.study), "neutral")
        elif chart and not open_:
            self.closed.show_text(self._closed_words(chart), "neutral", "Open the patient")

    def _closed_words(self, chart: PatientChart) -> str:
        patient = chart.patient
        if patient.screen_failure:
            why = patient.screen_failure_reason or ""
            return f"Screen failure on {write_date(patient.screen_failure, self._workspace.desk)}: {why}"
        on = f" on {write_date(patient.enrolled, self._workspace.desk)}" if patient.enrolled else ""
        return f"{chart.label} was enrolled{on}. Corrections are made on the patient's page."

    @Slot()
    def save_and_continue(self) -> None:
        """Save the step in view; the next one follows, after the last the patient's page."""
        if self.step is None or not self.go_on.isEnabled():
            return
        if (unsaved := self._unsaved()) is not None:
            self.open_step(unsaved)
            QTimer.singleShot(0, self.step, self._refuse_enrolment)
            return
        self._saving = True
        try:
            self.step.save()
        finally:
            self._saving = False

    def _unsaved(self) -> int | None:
        """At the last step the first one with typing that is not saved: once somebody is enrolled, the steps close."""
        last = len(presenter.STEPS) - 1
        if self._chart is None or self._number < last:
            return None
        study, patient = self._workspace.study, self._chart.patient.id
        return next((number for number in range(last) if study.draft(draft_key(DRAFT_KIND, patient, number))), None)

    @Slot()
    def _refuse_enrolment(self) -> None:
        if self.step is not None:
            self.step.refuse("Not enrolled yet. What is typed here is not saved: save it, or discard it.")

    @Slot(object)
    def _saved(self, changes: Changes | None) -> None:
        patient = changes.patient if changes and changes.patient else self.step.patient if self.step else 0
        self._read(patient)
        if self._chart and self._chart.patient.enrolled:
            self._workspace.say(f"{self._chart.label} is enrolled")
            self._workspace.open_patient(patient)
            return
        self._workspace.say("Saved" if changes else "Nothing was changed")
        self.open_step(min(self._number + 1, len(presenter.STEPS) - 1))

    @Slot()
    def _go_back(self) -> None:
        self.open_step(self._number - 1)

    @Slot()
    def _go_on(self) -> None:
        self.open_step(self._number + 1)

    @Slot()
    def _open_patient(self) -> None:
        if self._chart:
            self._workspace.open_patient(self._chart.patient.id)

    # ---- screen failure

    @Slot()
    def fail_screening(self) -> None:
        """Ask for date and reason, and keep them."""
        chart = self._chart
        if chart is None:
            return
        if self.step:
            self.step.keep_draft()
        failed = judged(chart).value.of(Outcome.FAILED)
        proposed = "; ".join(f"{verdict.criterion.code}: {verdict.criterion.text}" for verdict in failed)
        dialog = FailureDialog(self._workspace, chart.label, proposed, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(self._fail)
        dialog.open()

    @Slot(object)
    def _fail(self, dialog: FailureDialog) -> None:
        chart = self._chart
        if chart is None or dialog.on is None:
            return
        try:
            changes = self._recorded(chart.patient.id, dialog.on, dialog)
        except TrialError as refused:
            dialog.refuse(f"Not saved. {refused}")
            return
        if changes is None:
            return
        dialog.accept()
        self._workspace.changed(changes)
        self._workspace.say(f"{chart.label}: screen failure recorded")
        self._workspace.open_page("patients")

    def _recorded(self, patient: int, on: PartialDate, dialog: FailureDialog) -> Changes | None:
        """What was saved; None where something is doubtful and the person gives no reason for it."""
        study = self._workspace.study
        try:
            return study.fail_screening(patient, on, dialog.why, self._workspace.context())
        except RejectedError as rejected:
            if errors_of(rejected.findings):
                raise
            doubts = rejected.findings
        words = "Record the screen failure although something is doubtful"
        reason = self._workspace.ask_reason(dialog, words, doubts)
        return (
            None if reason is None else study.fail_screening(patient, on, dialog.why, self._workspace.context(reason))
        )


def shots(workspace: Workspace) -> Iterator[tuple[str, QWidget | None]]:
    """The steps of somebody in screening, for `make screenshots`."""
    study = workspace.study
    patient = next((p.id for p in study.patients() if not p.enrolled and not p.screen_failure), 0)
    if not patient:
        day = PartialDate.from_date(study.today)
        number = study.next_screening_number()
        values = {"screening_number": number, "screened": day, "sex": "F", "age": 58}
        edits = (Edit("patient", values), Edit("consent", {"version": "4.0", "signed": day}))
        patient = study.screen(edits, workspace.context()).patient or 0
    for step, name in enumerate(("person", "eligibility", "baseline", "day-one")):
        workspace.host.show_target(Target("enrolment", patient, values=MappingProxyType({"step": step})))
        yield f"enrolment-{name}", None
