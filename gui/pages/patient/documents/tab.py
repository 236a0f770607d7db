"""The Documents tab: the papers of the patient's file, kept encrypted in the study."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QVBoxLayout, QWidget

from gui.pages.patient.documents.add_dialog import AddDialog
from gui.pages.patient.documents.presenter import WHOLE, about_words, copy_name, count_words, identity_words
from gui.pages.patient.documents.viewer import DocumentViewer
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.form_hold import locked_words
from gui.widgets.header import make_button
from gui.widgets.history import ValueRef
from gui.widgets.value_history import TableHistory
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.date_notation import write_date, write_moment
from models.domain.errors import TrialError
from models.records.review import Document
from models.study import Right
from models.study_types import DocumentView

_WARNING = (
    "The copy is not encrypted: whoever finds it can read it. Save it only where patient data may lie, and delete it "
    "when it is not needed any more. The audit trail notes that it was saved."
)
_MARKS = (
    ("shows_identity", "It shows who the patient is", True),
    ("shows_nobody", "It does not show who the patient is", False),
)
"""What a person can say of a document: name of the action, words, answer."""
_OPENS = {True: "A monitor cannot open it from now on.", False: "A monitor can open it from now on."}


class Tab(QWidget):
    """One line a document; Enter opens it."""

    def __init__(self, workspace: Workspace) -> None:
        """Empty until `show_chart`."""
        super().__init__()
        named(self, "tab_documents", "Documents")
        self._workspace = workspace
        self._chart: PatientChart | None = None
        self.card = Card("Documents", " ")
        self._failure = Banner("documents_failure")
        self._closed = Banner("documents_closed")
        self.table = Table(
            "documents_table",
            "Documents",
            (
                Column("Title", _title, stretch=3, field="title"),
                Column("Dated", self._dated, sort=_day, field="dated"),
                Column("About", self._about, stretch=2, spare=1),
                Column("Identity", identity_words, tip=_identity_tip, field="shows_identity"),
                Column("Kind", _kind, spare=3, field="media_type"),
                Column("Added", self._added, sort=_moment, spare=2),
                Column("By", _by, stretch=1),
            ),
            empty=(
                "No document yet",
                "The paper behind the record belongs here: the report of an MRD result, a signed consent, a letter.",
                "Add a document",
            ),
        )
        TableHistory(workspace, self.table.view, self._asked_about)
        self._buttons = {}
        for name, text, slot, right in (
            ("add", "&Add…", self.add, Right.ENTER),
            ("open", "Open", self._open_chosen, None),
            ("copy", "Save a copy…", self._save_copy, Right.PRINT),
            ("mark", "Identity", None, Right.ENTER),
            ("withdraw", "Withdraw", self._withdraw, Right.ENTER),
        ):
            look = {"add": "", "mark": "menu"}.get(name, "link")
            button = make_button(f"documents_{name}", text, look=look)
            if slot:
                button.clicked.connect(slot)
            if right:
                workspace.permit(right, button)
            self.card.corner.addWidget(button)
            self._buttons[name] = button
        self._buttons["add"].setAccessibleName("Add a document")
        self._buttons["mark"].setAccessibleName("Whether the document shows who the patient is")
        self._marks = self._mark_menu()
        workspace.permit(Right.ENTER, self.table.offer)
        self.card.body.addWidget(self._failure)
        self.card.body.addWidget(self._closed)
        self.card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self.card)
        self.table.opened.connect(self.open_document)
        self.table.offered.connect(self.add)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)

    def _asked_about(self) -> ValueRef | None:
        chosen = self.table.chosen()
        return ValueRef(Document.kind.name, chosen.id, self.table.current_field) if chosen else None

    def show_chart(self, chart: PatientChart) -> None:
        """Show the patient's documents."""
        self._chart = chart
        documents = self._workspace.study.documents.list(chart.patient.id)
        self.table.set_rows(documents)
        if self.table.chosen() is None:
            self.table.choose(next(iter(documents), None))
        self.card.remark.setText(count_words(documents))
        locked = locked_words(self._workspace, chart.patient.id, "document", 0)
        if locked:
            self._failure.show_text(locked, "due")
        else:
            self._failure.hide()
        self._follow_choice()

    def open_record(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        """Open a document by its id; id 0 adds one, about the record in `values["about"]` (kind, id)."""
        about = values.get("about")
        if not id_:
            self._add(about if isinstance(about, tuple) else WHOLE)
            return
        document = next((each for each in self.table.model.rows if each.id == id_), None)
        if document is not None:
            self.table.choose(document)
            self.open_document(document)

    # ---- what a person asks

    @Slot()
    def add(self) -> None:
        """Add a document about the patient."""
        self._add(WHOLE)

    def _add(self, about: tuple[str, int]) -> None:
        if self._chart is not None and not self._workspace.refusal(Right.ENTER):
            AddDialog(self._workspace, self._chart, about, self.window()).show()

    @Slot(object)
    def open_document(self, document: DocumentView) -> None:
        """Show a document; why one stays closed is said above the table."""
        content = None if document.closed else self._read(document)
        if content is not None:
            title = f"{document.title} · {self._chart.label if self._chart else ''}"
            DocumentViewer(title, content, document.media_type, self.window()).show()

    @Slot()
    def _open_chosen(self) -> None:
        document = self.table.chosen()
        if document is not None:
            self.open_document(document)

    @Slot()
    def _save_copy(self) -> None:
        document = self.table.chosen()
        if document is None:
            return
        box = QMessageBox(QMessageBox.Icon.Warning, "Document", "Save a copy outside the study?", parent=self.window())
        box.setObjectName("document_copy_warning")
        box.setInformativeText(_WARNING)
        go_on = box.addButton("Save a copy…", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        box.exec()
        wanted = box.clickedButton() is go_on
        box.deleteLater()
        if wanted:
            name, _ = QFileDialog.getSaveFileName(self, "Save a copy", copy_name(document))
            if name:
                self.save_copy(document, Path(name))

    def save_copy(self, document: DocumentView, path: Path) -> None:
        """Write the document to a file outside the study, and let the audit trail say so first."""
        from models.domain.whole_files import write_whole

        content = self._read(document)
        if content is None:
            return
        details = {"document": document.id, "title": document.title, "sha256": document.sha256}
        try:
            self._workspace.study.trail.note("document copied", details, document.patient)
            write_whole(path, content)
        except TrialError as refused:
            self._failure.show_text(f"Not saved. {refused}")
            return
        self._failure.show_text(f"Saved as {path}. This copy is not encrypted.", "due")

    @Slot()
    def _mark(self) -> None:
        document, action = self.table.chosen(), self.sender()
        if document is None or not isinstance(action, QAction):
            return
        self._follow_choice()  # the menu has ticked what was pressed
        shows = bool(action.data())
        what = f"{action.text()}\n{document.title}\nThe file is encrypted anew. {_OPENS[shows]}"
        reason = self._workspace.ask_reason(self, what, ())
        if reason is None:
            return
        try:
            changes = self._workspace.study.documents.mark(document.id, shows_identity=shows, reason=reason)
        except TrialError as refused:
            self._failure.show_text(f"Not changed. {refused}")
            return
        self._workspace.say("Document marked")
        self._workspace.changed(changes)

    @Slot()
    def _withdraw(self) -> None:
        document = self.table.chosen()
        if document is None:
            return
        reason = self._workspace.ask_reason(self, f"Withdraw a document\n{document.title}", ())
        if reason is None:
            return
        try:
            changes = self._workspace.study.documents.withdraw(document.id, reason)
        except TrialError as refused:
            self._failure.show_text(f"Not withdrawn. {refused}")
            return
        self._workspace.say("Document withdrawn")
        self._workspace.changed(changes)

    # ---- inside

    def _mark_menu(self) -> tuple[QAction, ...]:
        menu = named(QMenu(self), "documents_mark_menu", "Identity")
        for name, words, shows in _MARKS:
            action = QAction(words, menu)
            action.setObjectName(f"documents_{name}")
            action.setData(shows)
            action.setCheckable(True)
            action.triggered.connect(self._mark)
            menu.addAction(action)
        self._buttons["mark"].setMenu(menu)
        return tuple(menu.actions())

    def _read(self, document: DocumentView) -> bytes | None:
        try:
            return self._workspace.study.documents.read(document.id)
        except TrialError as refused:
            self._failure.show_text(str(refused))
            return None

    @Slot()
    def _follow_choice(self) -> None:
        chosen = self.table.chosen()
        for name, button in self._buttons.items():
            button.setVisible(bool(self.table.model.rows))
            if name != "add":
                button.setEnabled(chosen is not None)
        for action in self._marks:
            action.setChecked(chosen is not None and action.data() is chosen.shows_identity)
            action.setEnabled(not action.isChecked())
        if chosen is not None and chosen.closed:
            self._closed.show_text(chosen.closed, "due")
            for name in ("open", "copy"):
                self._buttons[name].setEnabled(False)
        else:
            self._closed.hide()

    def _dated(self, document: DocumentView) -> str:
        return write_date(document.dated, self._workspace.desk) if document.dated else ""

    def _about(self, document: DocumentView) -> str:
        if self._chart is None:
            return ""
        return about_words(self._chart, document.kind, document.record, self._workspace.desk)

    def _added(self, document: DocumentView) -> str:
        return write_moment(document.at, self._workspace.desk)


def _title(document: DocumentView) -> str:
    return document.title


def _day(document: DocumentView) -> str:
    return document.dated.iso if document.dated else ""


def _identity_tip(document: DocumentView) -> str:
    return document.closed or Document.kind.field("shows_identity").help


def _kind(document: DocumentView) -> str:
    return document.media_words


def _moment(document: DocumentView) -> str:
    return document.at.isoformat()


def _by(document: DocumentView) -> str:
    return document.by
