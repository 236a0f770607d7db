"""The adverse-event dictionary: what is held of each CTCAE version, and the import of NCI's own workbook."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from gui.official_text import keep_official_text, official_text
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.header import make_button
from gui.workspace import Workspace
from models.domain import dictionary
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.domain.sentence import write_sentence
from models.exchange.ctcae_workbook import CtcaeWorkbook

_SHOWN = 12
"""Remarks on a workbook that are shown; the others are counted."""


class Section(QWidget):
    """The official text is kept at this desk only; it is never part of a study."""

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `refresh`."""
        super().__init__()
        self._workspace = workspace
        self.message = Banner("dictionary_message")
        self.remarks = named(label("", "small", wrap=True, selectable=True), "dictionary_remarks", "Remarks")
        self.pick = make_button("dictionary_import", "&Import CTCAE workbook…")
        self._card = card = Card("CTCAE", "terms, grades and criteria")
        card.corner.addWidget(self.pick)
        words = (
            "The terms and the grades that exist are built in, with criteria in this program's own words where this "
            "treatment needs them. Import the Excel workbook that NCI publishes to read the official text instead."
        )
        self._inside = QWidget()
        card.body.addWidget(label(words, "muted", wrap=True))
        card.body.addWidget(self.message)
        card.body.addWidget(self._inside)
        card.body.addWidget(self.remarks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.remarks.hide()
        self.pick.clicked.connect(self._choose)

    @property
    def folder(self) -> Path:
        """Where the text is kept."""
        return self._workspace.settings.path.parent

    def refresh(self, changes: Changes | None) -> None:
        """Say what is held."""
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(3, 1)
        for column, heading in enumerate(("Version", "Terms", "Criteria")):
            grid.addWidget(label(heading, "small"), 0, column)
        for line, version in enumerate(dictionary.VERSIONS, start=1):
            held, official = dictionary.terms(version), official_text(self.folder, version)
            used = ", used by the trial" if version == self._workspace.study.protocol.ctcae_version else ""
            words = f"official text, {len(official.rows)} terms" if official else "own words"
            for column, text in enumerate((f"CTCAE {version}{used}", str(len(held)), words)):
                grid.addWidget(label(text, "strong" if not column else ""), line, column)
        self._card.body.replaceWidget(self._inside, fresh)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = fresh

    def import_workbook(self, path: Path) -> None:
        """Read a workbook, keep its text, and say what was noticed."""
        from models.exchange.ctcae_workbook import read_workbook  # loads the Excel library: only when it is needed

        try:
            text = read_workbook(path)
            keep_official_text(self.folder, text)
        except TrialError as refused:
            self.message.show_text(str(refused), "urgent")
            self.remarks.hide()
            return
        self.message.show_text(f"Imported: {len(text.rows)} terms of CTCAE {text.version}.", "good")
        self._show_remarks(text)
        self.refresh(None)

    def _show_remarks(self, text: CtcaeWorkbook) -> None:
        lines = [write_sentence(finding.message, self._workspace.desk) for finding in text.findings[:_SHOWN]]
        more = len(text.findings) - len(lines)
        if more > 0:
            lines.append(f"… and {more} more.")
        self.remarks.setText("\n".join(lines))
        self.remarks.setVisible(bool(lines))

    @Slot()
    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "CTCAE workbook", "", "Excel workbook (*.xlsx)")
        if path:
            self.import_workbook(Path(path))
