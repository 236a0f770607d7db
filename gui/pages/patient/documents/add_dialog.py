"""Adds a paper to the patient's file: which file, what it is, of which day, about which record, and whom it shows."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QGridLayout, QHBoxLayout, QWidget

from gui.pages.patient.documents.presenter import WHOLE, choices, title_for
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.dialog_draft import DialogDraft
from gui.widgets.dialog_foot import DialogFoot
from gui.widgets.dialog_head import headed
from gui.widgets.dialog_size import fit_dialog
from gui.widgets.editors.date_editor import DateEditor
from gui.widgets.editors.text_editor import TextEditor
from gui.widgets.header import make_button
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.records.review import Document

_ENCRYPTED = "A copy is kept in the study, encrypted. The file you chose stays where it is: delete it there yourself."
_TITLE = "Every reader sees it: leave the patient’s name out."
FILES = "Papers (*.pdf *.png *.jpg *.jpeg)"


class AddDialog(QDialog):
    """It closes when the copy of the file stands in the study, encrypted.

    Title and date stay as a draft until then. Which file it was does not: its name may be the patient's.
    """

    def __init__(
        self,
        workspace: Workspace,
        chart: PatientChart,
        about: tuple[str, int] = WHOLE,
        parent: QWidget | None = None,
    ) -> None:
        """`about` is the kind and id of the record that the paper is about to begin with."""
        super().__init__(parent)
        self._workspace, self._chart = workspace, chart
        self._file: Path | None = None
        named(self, "document_dialog", f"Add a document, {chart.label}")
        self.setWindowTitle("Document")  # the desktop shows it to others: no patient in it
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        desk = workspace.desk
        self.choose = make_button("document_choose", "&Choose the file…")
        self.chosen = label("PDF, PNG or JPEG, up to 20 MB", "muted", wrap=True)
        self.title = TextEditor()
        self.title.name_parts("document_title", "Title")
        self.title.expect()
        self.dated = DateEditor(desk, workspace.study.clock)
        self.dated.name_parts("document_dated", "Dated")
        self.about = named(QComboBox(), "document_about", "About")
        self.about.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.about.setMinimumContentsLength(24)
        for words, record in choices(chart, desk, about):
            self.about.addItem(words, record)
        places = [self.about.itemData(place) for place in range(self.about.count())]
        self.about.setCurrentIndex(places.index(about))
        self.title.set_value(title_for(chart.record(*about) if about != WHOLE else None, desk) or None)
        shown = Document.kind.field("shows_identity")
        self.shows = named(QCheckBox("The paper &shows who the patient is"), f"document_{shown.name}", shown.label)
        self.shows.setChecked(True)
        self._failure = Banner("document_failure")
        column = headed(self, f"Add a document · {chart.label}")
        column.addWidget(self._failure)
        file = QHBoxLayout()
        file.addWidget(self.choose)
        file.addWidget(self.chosen, 1)
        column.addLayout(file)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for words, field in (("Title", self.title), ("Dated", self.dated), ("About", self.about)):
            caption = label(words, "muted")
            caption.setBuddy(field)
            place = grid.rowCount()
            grid.addWidget(caption, place, 0)
            grid.addWidget(field, place, 1)
            if field is self.title:
                grid.addWidget(label(_TITLE, "small", wrap=True), place + 1, 1)
        column.addLayout(grid)
        column.addWidget(self.shows)
        column.addWidget(label(f"{shown.help}. A monitor cannot open such a paper.", "small", wrap=True))
        column.addWidget(label(_ENCRYPTED, "small", wrap=True))
        foot = DialogFoot(self, "document_save", "Add", self._save)
        self.save = foot.do
        column.addLayout(foot)
        self.choose.clicked.connect(self._choose)
        self.title.edited.connect(self._follow)
        self.dated.edited.connect(self._follow)
        of = f"{chart.patient.id}/{about[0]}/{about[1]}"
        DialogDraft(self, workspace, "document", {"title": self.title, "dated": self.dated}, about=of)
        fit_dialog(self, 500)
        self.choose.setFocus()
        self._follow()

    def take_file(self, file: Path) -> None:
        """Take that file. Its name is no title: scans are often named after the patient."""
        self._file = file
        self.chosen.setText(file.name)
        self._failure.hide()
        self._follow()

    @Slot()
    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Document", "", FILES)
        if name:
            self.take_file(Path(name))
            self.title.setFocus()

    @Slot()
    def _follow(self) -> None:
        self.save.setEnabled(self._file is not None and self.title.value() is not None and not self.dated.problem())

    @Slot()
    def _save(self) -> None:
        if not self.save.isEnabled() or self._file is None:
            return
        dated = self.dated.value()
        kind, record = self.about.currentData()
        try:
            changes = self._workspace.study.documents.add(
                self._chart.patient.id,
                str(self.title.value()),
                dated if isinstance(dated, PartialDate) else None,
                self._file,
                (kind, record) if kind else None,
                shows_identity=self.shows.isChecked(),
            )
        except TrialError as refused:
            self._failure.show_text(f"Not added. {refused}")
            return
        self._workspace.say("Document added")
        self.accept()
        self._workspace.changed(changes)
