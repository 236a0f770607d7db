"""The form for a new study: protocol, site, and where its file goes."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.header import make_button
from models.domain.errors import TrialError
from models.protocols.loading import load_protocol, shipped_protocols
from models.protocols.model import Protocol

STUDY_SUFFIX = ".albatrack"
"""How the name of a study's file ends."""


@dataclass(frozen=True, slots=True)
class NewStudy:
    """What the form was filled with."""

    path: Path
    protocol: Protocol
    site_code: str
    site_name: str


class NewStudyDialog(QDialog):
    """Checks what can be checked before the file is made; `study` holds the answers once accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer the protocols that come with the program, and this person's documents folder."""
        super().__init__(parent)
        named(self, "newStudyDialog", "New study")
        self.setWindowTitle("New study")
        self.setMinimumWidth(540)
        self.study: NewStudy | None = None
        self._protocols: list[Path] = []
        self.protocol = named(QComboBox(), "newStudyProtocol", "Protocol")
        for shipped in shipped_protocols():
            self._protocols.append(shipped.path)
            self.protocol.addItem(f"{shipped.acronym} ({shipped.id})")
        self.protocol.setPlaceholderText("Choose the protocol")
        self.protocol.setCurrentIndex(-1)  # none is taken for granted: a study cannot change its protocol
        self.site_code = named(QLineEdit(), "newStudySiteCode", "Site number")
        self.site_code.setPlaceholderText("042")
        self.site_code.setMaxLength(20)
        self.site_name = named(QLineEdit(), "newStudySiteName", "Site name")
        self.site_name.setPlaceholderText("Hospital and department")
        self.site_name.setMaxLength(120)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder = named(QLineEdit(documents or str(Path.home())), "newStudyFolder", "Folder")
        self.message = Banner("newStudyMessage")
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        other = make_button("newStudyOtherProtocol", "Other file…", tip="A protocol file from somewhere else")
        browse = make_button("newStudyBrowse", "Browse…")
        for words, field, button in (
            ("&Protocol", self.protocol, other),
            ("Site &number", self.site_code, None),
            ("&Site name", self.site_name, None),
            ("&Folder", self.folder, browse),
        ):
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(field, 1)
            if button:
                line.addWidget(button)
            caption = label(words, "muted")
            caption.setBuddy(field)
            form.addRow(caption, line)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = make_button("newStudyCancel", "Cancel")
        create = make_button("newStudyCreate", "Make the study", look="primary")
        create.setDefault(True)
        buttons.addWidget(cancel)
        buttons.addWidget(create)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("New study", "heading"))
        column.addWidget(self.message)
        column.addLayout(form)
        column.addWidget(
            label(
                "The study keeps the protocol version it is made with. Subject numbers start with the site number. "
                "Choose a folder that is backed up.",
                "muted",
                wrap=True,
            )
        )
        column.addLayout(buttons)
        other.clicked.connect(self._other_protocol)
        browse.clicked.connect(self._browse)
        cancel.clicked.connect(self.reject)
        create.clicked.connect(self._create)

    @Slot()
    def _other_protocol(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Protocol file", self.folder.text(), "Protocol files (*.toml)")
        if not path:
            return
        try:
            protocol = load_protocol(Path(path))
        except TrialError as refusal:
            self.message.show_text(str(refusal))
            return
        self._protocols.append(Path(path))
        self.protocol.addItem(f"{protocol.acronym} ({protocol.id}), {Path(path).name}")
        self.protocol.setCurrentIndex(self.protocol.count() - 1)

    @Slot()
    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Folder for the study", self.folder.text())
        if folder:
            self.folder.setText(folder)

    @Slot()
    def _create(self) -> None:
        code, name = (" ".join(line.text().split()) for line in (self.site_code, self.site_name))
        folder = Path(self.folder.text().strip()).expanduser()
        if self.protocol.currentIndex() < 0:
            self._refuse("Choose the protocol of the study.", self.protocol)
        elif not code:
            self._refuse("Type the site number: subject numbers start with it.", self.site_code)
        elif not all(c.isalnum() or c == "-" for c in code):
            self._refuse("The site number takes letters, figures and hyphens only.", self.site_code)
        elif not name:
            self._refuse("Type the name of the site: it is printed on every visit summary.", self.site_name)
        elif not folder.is_dir():
            self._refuse("This folder does not exist. Choose one with Browse.", self.folder)
        else:
            self._accept(folder, code, name)

    def _accept(self, folder: Path, code: str, name: str) -> None:
        try:
            protocol = load_protocol(self._protocols[self.protocol.currentIndex()])
        except TrialError as refusal:
            self._refuse(str(refusal), self.protocol)
            return
        path = folder / f"{protocol.id}-{code}{STUDY_SUFFIX}"
        if path.exists():
            self._refuse(
                f"There is a file {path.name} in this folder already. Open it, or choose another folder.", self.folder
            )
            return
        self.study = NewStudy(path, protocol, code, name)
        self.accept()

    def _refuse(self, sentence: str, field: QWidget) -> None:
        self.message.show_text(sentence)
        field.setFocus()
