"""The first step to a new study: its protocol, its site, and where its folder goes."""

from dataclasses import dataclass
from os.path import expanduser
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.header import make_button
from models.domain.errors import TrialError
from models.domain.fields import LONGEST_NAME
from models.protocols.loading import load_protocol, shipped_protocols
from models.protocols.model import Protocol
from models.study_types import STUDY_SUFFIX, words_of


@dataclass(frozen=True, slots=True)
class NewStudy:
    """What the step was filled with."""

    path: Path
    protocol: Protocol
    site_code: str
    site_name: str

    @property
    def known_words(self) -> tuple[str, ...]:
        """What anybody at the desk knows, and no password may be made of."""
        return words_of(self.protocol, self.site_code, self.site_name)


class StudyStep(QWidget):
    """Checks what can be checked before anything is made. `refused` carries a sentence."""

    refused = Signal(str)

    def __init__(self) -> None:
        """Offer the protocols that come with the program, and this person's documents folder."""
        super().__init__()
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
        self.site_name.setMaxLength(LONGEST_NAME)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder = named(QLineEdit(documents or str(Path.home())), "newStudyFolder", "Folder")
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(
            label(
                "The study keeps the protocol version it is made with. Subject numbers start with the site number. "
                "The study gets a folder of its own inside this one.",
                "muted",
                wrap=True,
            )
        )
        column.addStretch(1)
        other.clicked.connect(self._other_protocol)
        browse.clicked.connect(self._browse)

    def study(self) -> NewStudy | None:
        """What was chosen; None where something stands against it, which is said."""
        code, name = (" ".join(line.text().split()) for line in (self.site_code, self.site_name))
        folder = Path(expanduser(self.folder.text().strip()))  # that of Path has an error for nobody's home
        against = self._against(code, name, folder)
        if against:
            self._refuse(*against)
            return None
        try:
            protocol = load_protocol(self._protocols[self.protocol.currentIndex()])
        except TrialError as refusal:
            self._refuse(str(refusal), self.protocol)
            return None
        path = folder / f"{protocol.id}-{code}{STUDY_SUFFIX}"
        if path.exists():
            self._refuse(
                f"There is {path.name} in this folder already. Open it, or choose another folder.", self.folder
            )
            return None
        return NewStudy(path, protocol, code, name)

    def _against(self, code: str, name: str, folder: Path) -> tuple[str, QWidget] | None:
        if self.protocol.currentIndex() < 0:
            return "Choose the protocol of the study.", self.protocol
        if not code:
            return "Type the site number: subject numbers start with it.", self.site_code
        if not all(c.isalnum() or c == "-" for c in code):
            return "The site number takes letters, figures and hyphens only.", self.site_code
        if not name:
            return "Type the name of the site: it is printed on every visit summary.", self.site_name
        if not folder.is_absolute() or not folder.is_dir():
            return "This folder does not exist. Choose one with Browse.", self.folder
        return None

    @Slot()
    def _other_protocol(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Protocol file", self.folder.text(), "Protocol files (*.toml)")
        if not path:
            return
        try:
            protocol = load_protocol(Path(path))
        except TrialError as refusal:
            self.refused.emit(str(refusal))
            return
        self._protocols.append(Path(path))
        self.protocol.addItem(f"{protocol.acronym} ({protocol.id}), {Path(path).name}")
        self.protocol.setCurrentIndex(self.protocol.count() - 1)

    @Slot()
    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Folder for the study", self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _refuse(self, sentence: str, field: QWidget) -> None:
        self.refused.emit(sentence)
        field.setFocus()
