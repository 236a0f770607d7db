"""The form in which a record of any kind is entered and corrected, made from the declaration of its fields."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.keys import FINISH_KEYS, LEAVE_KEY, on_keys
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.child_table import Children, ChildTable
from gui.widgets.editors.editor import Editor
from gui.widgets.field_grid import FieldGrid
from gui.widgets.field_row import FieldRow
from gui.widgets.findings import FindingList
from gui.widgets.form_bar import FormBar
from gui.widgets.form_body import FormBody
from gui.widgets.form_draft import FormDraft, draft_key
from gui.widgets.form_fields import FormFields
from gui.widgets.form_hold import hold_form, locked_words
from gui.widgets.form_review import FormReview
from gui.widgets.history import ValueRef
from gui.widgets.side_panel import SidePanel
from gui.widgets.value_history import ValueHistory
from gui.widgets.words import Choices, in_words
from gui.workspace import Workspace
from models.domain.errors import TrialError
from models.domain.findings import Finding, RejectedError, errors_of, warnings_of
from models.records import Kind, Record
from models.study import Edit, Right

CHECK_AFTER = 250
"""Milliseconds after the last keystroke before the values are checked."""


class RecordForm(QWidget):
    """Enters a new record, or corrects a stored one with a reason.

    `values_changed` carries what is read so far, after every keystroke (see `SidePanel`). `saved` carries the
    `Changes`, after everybody was told of them; `saved_for_next` follows it when the person wants to go on to the next.
    `left` asks the owner to close the form: what was typed stays as a draft, and comes back when it is opened again.
    """

    values_changed = Signal(object)
    saved = Signal(object)
    saved_for_next = Signal()
    left = Signal()

    def __init__(
        self,
        workspace: Workspace,
        kind: Kind,
        patient: int,
        record: Record | None = None,
        defaults: Mapping[str, object] | None = None,
        *,
        fields: Sequence[str] = (),
        editors: Mapping[str, Editor] | None = None,
        choices: Mapping[str, Choices] | None = None,
        children: Sequence[Children] = (),
        side: SidePanel | None = None,
        columns: int = 1,
        parent_record: int = 0,
        offer_next: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """A form for one record of `kind`.

        Args:
            workspace: the open study and the desk.
            kind: what is entered.
            patient: the patient's id; 0 for records of the study, and for a patient who is not there yet.
            record: the stored record that is corrected; None enters a new one.
            defaults: starting values of a new record; those of fields that are not shown are saved too.
            fields: the fields shown, in their order; all that are typed if none is named.
            editors: editors of the owner's own for some fields.
            choices: other choices than the study offers, for some fields.
            children: what belongs to the record and is saved with it.
            side: a panel beside the fields that follows the typing.
            columns: 2 where many fields may stand in two columns.
            parent_record: for a new child entered on its own, the id of the record it belongs to.
            offer_next: whether there is a button "Save and next".
            parent: the Qt parent.
        """
        super().__init__(parent)
        named(self, f"{kind.name}_form", kind.title)
        self.kind = kind
        self.record = record
        self.workspace = workspace
        self._patient = patient
        self._parent_record = parent_record
        about = (kind.parent, parent_record) if parent_record else (kind.name, record.id if record else 0)
        self._locked = locked_words(workspace, patient, *about)
        self._defaults = dict(defaults or {}) if record is None else {}
        self.wide = side is not None or columns > 1
        shown = tuple(fields) or tuple(name for name, field in kind.fields.items() if field.typed)
        self._fields = FormFields(workspace, kind, patient, shown, editors or {}, choices or {}, self)
        self._fields.edited.connect(self._edited)
        self._fields.left.connect(self._field_left)
        self._hidden = {name: value for name, value in self._defaults.items() if name not in shown}
        fresh = record is None
        self._stored = () if record is None else (record, *(row for each in children for row in each.records))
        self._tables = tuple(ChildTable(workspace, each, patient, fresh=fresh) for each in children)
        self._draft = FormDraft(
            workspace, draft_key(kind.name, patient, record.id if record else 0, parent_record), self._texts, self
        )
        self._build(side, columns, offer_next=offer_next)
        self._start_values()
        self._standing = frozenset(self._check() if record else ())  # before a draft is put back: it is not stored yet
        self._take_up_draft()
        if side:
            self.values_changed.connect(side.show_values)
        self.announce()

    # ---- what others ask

    def editor(self, name: str) -> Editor:
        """The editor of a field."""
        return self._fields.rows[name].editor

    def values(self) -> dict[str, object]:
        """What is entered, by field name; None where nothing is, or nothing that can be read."""
        return {**self._hidden, **self._fields.values()}

    def edit(self) -> Edit:
        """What saving would save: of a new record every value, of a stored one what was changed."""
        children = tuple(edit for table in self._tables for edit in table.edits())
        values = {**self._hidden, **self._fields.readable()}
        if self.record is not None:
            before = self.record.values()
            values = {name: value for name, value in values.items() if value != before[name]}
            return Edit(self.kind.name, values, self.record.id, children, self._draft.key)
        values = {name: value for name, value in values.items() if value is not None}
        edit = Edit(self.kind.name, values, 0, children, self._draft.key)
        if self._parent_record:
            return Edit(self.kind.parent, {}, self._parent_record, (edit,), self._draft.key)
        return edit

    @property
    def patient(self) -> int:
        """Whose record it is, 0 for one of the study."""
        return self._patient

    def changed(self) -> bool:
        """Whether anything is typed that is not saved."""
        return self._draft.unsaved()

    def focus_first(self) -> None:
        """Put the cursor into the first field that is empty, else into the first."""
        self._fields.first_empty().editor.setFocus(Qt.FocusReason.TabFocusReason)

    def content_height(self) -> int:
        """The height at which the fields need no scrolling, with what is said around them now."""
        said = [each for each in (self._notice, self._failure, self._general) if not each.isHidden()]
        around = sum(each.heightForWidth(self.width()) + 8 for each in said)
        return self._body.content_height() + around + self._bar.sizeHint().height() + 8

    # ---- what the person does

    @Slot()
    def save(self) -> bool:
        """Check and save; what stands against it is shown in the form. Returns whether it was saved."""
        if self.workspace.refusal(Right.ENTER) or self._locked:
            return False
        self._fields.finish()
        for table in self._tables:
            table.finish()
        findings = self._check()
        if self._blocked(findings):
            return False
        edit = self.edit()
        if self.record is not None and not edit.values and not any(table.changed() for table in self._tables):
            self._draft.drop()
            self._draft.forget()
            self.workspace.say("Nothing was changed")
            self.left.emit()
            return True
        doubts = tuple(f for f in warnings_of(findings) if f not in self._standing)
        corrects = bool(edit.id and edit.values) or any(table.corrects() for table in self._tables)
        reason: str | None = ""
        if doubts or corrects:
            reason = self.workspace.ask_reason(self, self._question(edit, doubtful=bool(doubts)), doubts)
        return reason is not None and self._store(edit, reason)

    @Slot()
    def save_and_next(self) -> None:
        """Save, and ask the owner for the next."""
        if self.save():
            self.saved_for_next.emit()

    @Slot()
    def leave(self) -> None:
        """Close without saving; the typing stays as a draft."""
        self._draft.leave()
        self.left.emit()

    @Slot()
    def discard(self) -> None:
        """Forget the typing and begin again."""
        self._draft.drop()
        self._notice.hide()
        self._failure.hide()
        for table in self._tables:
            table.start_again()
        self._start_values()
        self._show(())
        self._after_edit()
        self.focus_first()

    def keep_draft(self) -> None:
        """Keep the typing now."""
        self._draft.keep()

    def announce(self) -> None:
        """Tell the side panel what is read so far."""
        children = {table.kind.name: table.values() for table in self._tables}
        self.values_changed.emit({**self.values(), **children})

    def hideEvent(self, event: QHideEvent) -> None:
        """However the form goes out of sight, its typing is kept."""
        self._draft.keep()
        super().hideEvent(event)

    # ---- making it

    def _build(self, side: SidePanel | None, columns: int, *, offer_next: bool) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER)
        self._timer.timeout.connect(self._check)
        self._notice = Banner(f"{self.kind.name}_draft")
        self._notice.pressed.connect(self.discard)
        self._failure = Banner(f"{self.kind.name}_failure")
        self._general = FindingList(self.workspace.desk)
        self._body = FormBody(side)
        self._body.fields.addWidget(FieldGrid(tuple(self._fields.rows.values()), columns))
        for table in self._tables:
            self._body.fields.addWidget(table)
            table.edited.connect(self._after_edit)
        self._body.fields.addStretch(1)
        if self.record is not None:
            histories = ValueHistory(self.workspace, self)
            histories.offer_form(self.kind.name, self.record.id, self._fields.rows)
            ref = ValueRef(self.kind.name, self.record.id)
            FormReview(self.workspace, self._patient, ref, self.record.values(), self._fields.rows, histories)
        self._bar = FormBar(self.kind.name, offer_next=offer_next)
        self._bar.cancelled.connect(self.leave)
        self._bar.discarded.connect(self.discard)
        self._bar.saving.connect(self.save)
        self._bar.saving_for_next.connect(self.save_and_next)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        for widget in (self._notice, self._failure, self._body, self._general, self._bar):
            lines.addWidget(widget, 1 if widget is self._body else 0)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        on_keys(self, self.save, *FINISH_KEYS, where=inside)
        on_keys(self, self.leave, LEAVE_KEY, where=inside)

    def _take_up_draft(self) -> None:
        found = self._draft.found()
        if found:
            self._fields.restore(found)
            for table in self._tables:
                table.restore(found)
            self._notice.show_text(self._draft.found_words(self._stored), "due", "Discard draft")
            self._timer.start()
        self._bar.show_changed(changed=self.changed())
        hold_form(self.workspace, self._body, self._bar, self._notice, self._locked)

    def _start_values(self) -> None:
        start = self.record.values() if self.record else self._defaults
        self._fields.start(start, touched=self.record is not None)

    # ---- following the typing

    def _texts(self) -> dict[str, str]:
        """What is typed; of a new record with all that it began with: the next form may begin with another visit."""
        texts = self._fields.texts()
        for table in self._tables:
            texts |= table.texts()
        return {**self._fields.typed(), **texts} if texts and self.record is None else texts

    @Slot(object)
    def _edited(self, row: FieldRow) -> None:
        if row.findings.findings and not row.editor.problem():
            row.touched = True
        self._after_edit()

    @Slot(object)
    def _field_left(self, row: FieldRow) -> None:
        if row.editor.problem() or row.field.required:
            self._timer.start()

    @Slot()
    def _after_edit(self) -> None:
        self._draft.note_change()
        self._timer.start()
        self._bar.show_changed(changed=self.changed())
        self.announce()

    @Slot()
    def _check(self) -> tuple[Finding, ...]:
        self._timer.stop()
        findings = self.workspace.study.check(self._patient, self.edit())
        self._show(findings)
        return findings

    def _show(self, findings: Sequence[Finding]) -> None:
        self._fields.show(findings)
        for table in self._tables:
            table.show_findings(findings)
        placed = {*self._fields.rows, *(table.kind.name for table in self._tables)}
        self._general.show_findings([f for f in findings if f.field not in placed])

    # ---- saving

    def _blocked(self, findings: Sequence[Finding]) -> bool:
        rows = self._fields.rows
        unreadable = self._fields.unreadable()
        impossible = errors_of(findings)
        in_tables = [table for table in self._tables if table.show_findings(findings)]
        if not unreadable and not impossible and not in_tables:
            self._failure.hide()
            return False
        wrong = {row.field.label: None for row in unreadable}
        wrong |= {rows[f.field].field.label: None for f in impossible if f.field in rows}
        wrong |= {table.kind.title: None for table in in_tables}
        where = f" Look at: {', '.join(wrong)}." if wrong else ""
        self._failure.show_text(f"Not saved yet.{where} What you typed is kept.", "urgent")
        first = next((row for row in rows.values() if row.field.label in wrong), None)
        if first:
            first.editor.setFocus()
        return True

    def _store(self, edit: Edit, reason: str) -> bool:
        try:
            changes = self.workspace.study.save(self._patient, [edit], self.workspace.context(reason))
        except RejectedError as rejected:
            if not reason and not errors_of(rejected.findings):
                asked = self.workspace.ask_reason(self, self._question(edit, doubtful=True), rejected.findings)
                return asked is not None and self._store(edit, asked)
            self._show(rejected.findings)
            self._failure.show_text(f"Not saved. {rejected} What you typed is kept.", "urgent")
            return False
        except TrialError as refused:
            self._failure.show_text(f"Not saved. {refused} What you typed is kept.", "urgent")
            return False
        self._draft.forget()
        self._failure.hide()
        self.workspace.say(f"{self.kind.title} saved")
        self.workspace.changed(changes)
        self.saved.emit(changes)
        return True

    def _question(self, edit: Edit, *, doubtful: bool) -> str:
        """What the reason is asked for: the old and the new value of everything that changes, and what is withdrawn."""
        lines = self._corrections_in_words(edit) if self.record else []
        if not lines:
            return f"{self.kind.title}: save {'with a doubtful value' if doubtful else 'the correction'}"
        return "\n".join([f"{self.kind.title}: correct", *lines])

    def _corrections_in_words(self, edit: Edit) -> list[str]:
        before = self.record.values() if self.record else {}
        lines = []
        for name, value in edit.values.items():
            field = self.kind.fields[name]
            old, new = (
                in_words(field, each, self.workspace.desk, self._fields.choices.get(name, ())) or "empty"
                for each in (before.get(name), value)
            )
            lines.append(f"{field.label}: {old} → {new}")
        return lines + [words for table in self._tables for words in table.corrections_in_words()]
