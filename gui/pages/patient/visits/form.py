"""The one form of a visit: what happened, and every piece it collects, saved together in one transaction."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.keys import FINISH_KEYS, LEAVE_KEY, on_keys
from gui.pages.patient.visits.pieces import Piece, phase_started, pieces_of, records_of
from gui.pages.patient.visits.presenter import piece_lines, subtitle
from gui.pages.patient.visits.section import Section
from gui.pages.patient.visits.why import visit_panel
from gui.permits import reading_words
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.entry_line import EntryLine
from gui.widgets.field_grid import FieldGrid
from gui.widgets.findings import FindingList
from gui.widgets.form_bar import FormBar
from gui.widgets.form_body import hold_part
from gui.widgets.form_draft import FormDraft, draft_key
from gui.widgets.form_fields import MISSING, FormFields
from gui.widgets.form_hold import locked_words
from gui.widgets.form_review import FormReview
from gui.widgets.header import make_button
from gui.widgets.history import ValueRef
from gui.widgets.record_form import CHECK_AFTER
from gui.widgets.value_history import ValueHistory
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.chart.visit_days import planned_visit
from models.domain.errors import TrialError
from models.domain.findings import Finding, RejectedError, errors_of, warnings_of
from models.domain.partial_dates import PartialDate
from models.protocols.schedule import PlannedVisit
from models.records import KINDS
from models.records.visits import UNSCHEDULED, Visit
from models.study import Edit, Right

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELDS = ("date", "status", "reason", "comment")
_WIDTH = 820


class VisitDialog(QDialog):
    """Corrects the visit that is recorded, or enters one; a section for each piece.

    `opening` asks for the form of a record (kind, id, values), `listing` for all records of a kind.
    """

    opening = Signal(str, int, object)
    listing = Signal(str)

    def __init__(self, workspace: Workspace, chart: PatientChart, code: str, record: int, parent: QWidget) -> None:
        """`code` is the visit; `record` the id of what is recorded of it, 0 for nothing."""
        super().__init__(parent)
        self._workspace, self._chart, self._code = workspace, chart, code
        stored = chart.record("visit", record) if record else None
        self._record = stored if isinstance(stored, Visit) else None
        self._visit = self._find(chart)
        self._locked = locked_words(workspace, chart.patient.id, "visit", self._record.id if self._record else 0)
        title = self._visit.label if self._visit else "Unscheduled visit"
        named(self, "visit_dialog", f"{title}, {chart.label}")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fields = FormFields(workspace, Visit.kind, chart.patient.id, _FIELDS, {}, {}, self)
        self.fields.start(self._record.values() if self._record else {"status": "DONE"}, touched=bool(self._record))
        phase = (self._visit.plan.starts_phase if self._visit and self._visit.plan else "", "")
        phase = (phase[0], phase_started(chart, self._visit))
        self.sections = tuple(Section(workspace, piece, chart.patient.id, phase) for piece in pieces_of(self._visit))
        key = draft_key("visit", chart.patient.id, record)
        self._draft = FormDraft(workspace, key if record else f"{key}/{code}", self._texts, self)
        self._build(title)
        self.show_chart(chart)
        self._start()

    # ---- what others ask

    def show_chart(self, chart: PatientChart) -> None:
        """Show what has been recorded meanwhile in forms of their own."""
        self._chart, self._visit = chart, self._find(chart)
        self._shown_day = day = self._day()
        for section in self.sections:
            found = records_of(chart, section.piece, self._visit, day.full if day else None)
            section.show_records(piece_lines(chart, section.piece, found, self._workspace.desk))
        if self._visit:
            self._subtitle.setText(subtitle(self._visit, self._workspace.desk, chart.today))

    def edits(self) -> tuple[Edit, ...]:
        """What saving would save: the visit first."""
        pieces = (section.edit(self._code, self._day()) for section in self._open_sections())
        return (self._visit_edit(), *(edit for edit in pieces if edit))

    # ---- what the person does

    @Slot()
    def save(self) -> None:
        """Check everything, and save it together or not at all."""
        if self._workspace.refusal(Right.ENTER) or self._locked:
            return
        self.fields.finish()
        for section in self._open_sections():
            section.finish()
        findings = self._check()
        if self.fields.unreadable() or errors_of(findings) or any(self._unreadable(s) for s in self._open_sections()):
            self._failure.show_text("Not saved yet. Look at what is marked. What you typed is kept.", "urgent")
            return
        edits = tuple(edit for edit in self.edits() if edit.values or not edit.id)
        if not edits:
            self._draft.drop()
            self._workspace.say("Nothing was changed")
            self.reject()
            return
        doubts = warnings_of(findings)
        reason: str | None = ""
        if doubts or any(edit.id for edit in edits):
            what = "Visit: correct" if any(edit.id for edit in edits) else "Visit: save with a doubtful value"
            reason = self._workspace.ask_reason(self, what, doubts)
        if reason is not None:
            self._store(edits, reason)

    @Slot()
    def leave(self) -> None:
        """Close without saving; the typing stays as a draft."""
        self._draft.leave()
        self.reject()

    @Slot()
    def discard(self) -> None:
        """Forget the typing and close."""
        self._draft.drop()
        self._draft.forget()
        self.reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the typing, however the dialog is closed."""
        self._draft.keep()
        super().closeEvent(event)

    # ---- inside

    def _find(self, chart: PatientChart) -> PlannedVisit | None:
        if self._record:
            key = self._record.id
            return next((v for v in chart.visits if any(a.key == key for a in v.actual)), None)
        return planned_visit(chart.visits, self._code)

    def _build(self, title: str) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER)
        self._timer.timeout.connect(self._check_typing)
        self._subtitle = label("", "muted", wrap=True)
        self.why_button = make_button(
            "visit_form_why", "why?", look="link", tip="The window and the state of this visit"
        )
        self.why_button.setAccessibleName("Why? The window and the state of this visit")
        self.why_button.setVisible(self._visit is not None)
        self.why_button.clicked.connect(self._explain)
        self._notice, self._failure = Banner("visit_draft"), Banner("visit_failure")
        self._notice.pressed.connect(self.discard)
        self._general = FindingList(self._workspace.desk)
        own = Card("The visit itself")
        own.body.addWidget(FieldGrid(tuple(self.fields.rows.values()), 2))
        own.body.addWidget(self._general)
        if self._record:
            histories = ValueHistory(self._workspace, own)
            histories.offer_form("visit", self._record.id, self.fields.rows)
            ref, patient = ValueRef("visit", self._record.id), self._chart.patient.id
            FormReview(self._workspace, patient, ref, self._record.values(), self.fields.rows, histories)
        inside = named(QWidget(), "pageBody")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(own)
        held = self._workspace.refusal(Right.ENTER) or self._locked
        if held:
            hold_part(own)
        for section in self.sections:
            column.addWidget(section)
            section.hold_back(held)
            section.edited.connect(self._edited)
            section.opening.connect(self._open)
            section.adding.connect(self._add)
            section.listing.connect(self.listing)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._bar = FormBar("visit", offer_next=False)
        self._bar.hold_back(held)
        self._bar.cancelled.connect(self.leave)
        self._bar.discarded.connect(self.discard)
        self._bar.saving.connect(self.save)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 14, 20, 14)
        lines.setSpacing(8)
        lines.addWidget(label(f"{title} · {self._chart.label}", "title", wrap=True))
        if self._record:
            lines.addWidget(EntryLine(self._workspace, self._record, self._chart.patient.id))
        standing = QHBoxLayout()
        standing.addWidget(self._subtitle, 1)
        standing.addWidget(self.why_button)
        lines.addLayout(standing)
        for widget in (self._notice, self._failure, scroll, self._bar):
            lines.addWidget(widget, 1 if widget is scroll else 0)
        on_keys(self, self.save, *FINISH_KEYS)
        on_keys(self, self.leave, LEAVE_KEY)
        self.fields.edited.connect(self._edited)
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width()), min(inside.sizeHint().height() + 170, room.height() - 40))

    def _start(self) -> None:
        found = self._draft.found()
        if found:
            self.fields.restore({name.removeprefix("visit."): text for name, text in found.items()})
            for section in self.sections:
                section.restore(found)
            stored = (self._record,) if self._record else ()
            self._notice.show_text(self._draft.found_words(stored), "due", "Discard draft")
            self._timer.start()
        elif self._locked:
            self._notice.show_text(self._locked, "due")
        elif self._workspace.refusal(Right.ENTER):
            self._notice.show_text(reading_words(self._workspace.study), "neutral")
        elif not self._record:
            for section in self.sections:
                section.tick_phase()
        self._bar.show_changed(changed=bool(found))
        self._follow_status()
        self.fields.first_empty().editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _day(self) -> PartialDate | None:
        value = self.fields.rows["date"].editor.value()
        return value if isinstance(value, PartialDate) else None

    def _open_sections(self) -> tuple[Section, ...]:
        """The pieces of a visit that took place; of another one nothing was collected."""
        return self.sections if self.fields.rows["status"].editor.value() == "DONE" else ()

    def _visit_edit(self) -> Edit:
        values: Mapping[str, object] = self.fields.readable()
        if self._record:
            before = self._record.values()
            changed = {name: value for name, value in values.items() if value != before[name]}
            return Edit("visit", changed, self._record.id, draft=self._draft.key)
        given = {name: value for name, value in values.items() if value is not None}
        return Edit("visit", {"code": self._code or UNSCHEDULED, **given}, draft=self._draft.key)

    def _texts(self) -> dict[str, str]:
        """The typing; a tick, which is offered set, is kept with it and is none by itself."""
        texts = {f"visit.{name}": text for name, text in self.fields.texts().items()}
        ticks: dict[str, str] = {}
        for section in self.sections:
            (ticks if section.tick else texts).update(section.texts())
        return {**texts, **ticks} if texts else {}

    @Slot()
    def _explain(self) -> None:
        if self._visit:
            panel = visit_panel(self._chart, self._visit, self._workspace.desk, self.why_button)
            panel.open_below(self.why_button)

    @Slot()
    def _check_typing(self) -> None:
        """Show what stands against the typing so far; what is still to be typed is not held against it."""
        self._check(typing=True)

    def _check(self, *, typing: bool = False) -> tuple[Finding, ...]:
        """What stands against every part, shown beside it."""
        self._timer.stop()
        study, patient = self._workspace.study, self._chart.patient.id
        own = study.check(patient, self._visit_edit())
        self.fields.show(own)
        self._general.show_findings([finding for finding in own if finding.field not in self.fields.rows])
        found = list(own)
        for section in self._open_sections():
            edit = section.edit(self._code, self._day())
            findings = study.check(patient, edit) if edit else ()
            section.show_findings([f for f in findings if not (typing and f.rule == MISSING)])
            found += findings
        return tuple(found)

    @staticmethod
    def _unreadable(section: Section) -> bool:
        return bool(section.fields and section.fields.unreadable())

    def _store(self, edits: tuple[Edit, ...], reason: str) -> None:
        try:
            changes = self._workspace.study.save(self._chart.patient.id, edits, self._workspace.context(reason))
        except RejectedError as rejected:
            if not reason and not errors_of(rejected.findings):
                asked = self._workspace.ask_reason(self, "Visit: save with a doubtful value", rejected.findings)
                if asked is not None:
                    self._store(edits, asked)
                return
            self._failure.show_text(f"Not saved. {rejected} What you typed is kept.", "urgent")
        except TrialError as refused:
            self._failure.show_text(f"Not saved. {refused} What you typed is kept.", "urgent")
        else:
            self._draft.forget()
            self._workspace.say(f"{self.accessibleName()} saved")
            self.accept()
            self._workspace.changed(changes)

    @Slot()
    def _edited(self, _row: object = None) -> None:
        self._draft.note_change()
        self._timer.start()
        self._bar.show_changed(changed=bool(self._texts()))
        if self._day() != self._shown_day:
            self.show_chart(self._chart)  # what was measured on this day, and names no visit, belongs here
        self._follow_status()

    def _follow_status(self) -> None:
        shown = self._open_sections()
        for section in self.sections:
            section.setVisible(section in shown)

    @Slot(str, int)
    def _open(self, kind: str, id_: int) -> None:
        self.opening.emit(kind, id_, {})

    @Slot(object)
    def _add(self, piece: Piece) -> None:
        known = KINDS[piece.kind].fields  # an adverse event, for one, belongs to no visit
        values = {"visit": self._code, piece.day_field: self._day()}
        self.opening.emit(piece.kind, 0, {name: value for name, value in values.items() if value and name in known})
