"""The site and the study's own facts. Only the name of the site can change; the old one is kept."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.form_draft import FormDraft
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.date_notation import write_moment
from models.domain.errors import TrialError
from models.domain.fields import LONGEST_NAME
from models.study import STUDY_FACT, Right

SITE_NAME = "site_name"
"""The study's setting that holds the name of the site."""


class Section(QWidget):
    """The name of the site with a button that keeps it, and what the study was made with.

    A name that is typed and not saved yet is kept as a draft, as in forms.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._began = ""  # the name that the line began with: what differs from it was typed
        self._draft = FormDraft(workspace, SITE_NAME, self._texts, self, Right.CONFIGURE)
        self.message = Banner("settingsSiteMessage")
        self.name = named(QLineEdit(), "settingsSiteName", "Name of the site")
        self.name.setMaxLength(LONGEST_NAME)
        self.save = make_button("settingsSiteSave", "Save the name")
        self.history = make_button("settingsSiteHistory", "History", look="link", tip="Every name the site had")
        workspace.permit(Right.CONFIGURE, self.save)
        self.name.setReadOnly(bool(workspace.refusal(Right.CONFIGURE)))
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(7)
        site = Card("Site")
        site.body.addWidget(self.message)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        caption = label("&Name", "muted")
        caption.setBuddy(self.name)
        caption.setMinimumWidth(90)
        form.addRow(caption, self.name)
        site.body.addLayout(form)
        site.body.addWidget(
            label("Printed on every visit summary. The name before is kept with who changed it.", "small", wrap=True)
        )
        site.corner.addWidget(self.history)
        site.corner.addWidget(self.save)
        study = Card("Study", "cannot be changed")
        study.body.addLayout(self._facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(site)
        column.addWidget(study)
        column.addStretch(1)
        self.name.setText(self._draft.found().get(SITE_NAME, ""))
        if self.name.text():
            self.message.show_text(self._draft.found_words(), "due", "Discard draft")
        self.message.pressed.connect(self._discard)
        self.name.textChanged.connect(self._typed)
        self.name.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.history.clicked.connect(self._show_history)

    @property
    def _stored(self) -> str:
        return self._workspace.study.setting(SITE_NAME) or ""

    def refresh(self, changes: Changes | None) -> None:
        """Read the study's facts."""
        study = self._workspace.study
        untouched = self.name.text() == self._began
        self._began = self._stored
        if untouched:
            self.name.setText(self._began)
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for words, text in (
            ("Site number", study.info.site_code),
            ("Protocol", f"{study.protocol.acronym} ({study.protocol.id}), version {study.protocol.version}"),
            ("Made on", write_moment(study.info.created_at, self._workspace.desk)),
            ("File", str(study.path)),
            ("Patients", "made up, for demonstration" if study.info.synthetic else "real"),
        ):
            caption = label(words, "muted")
            caption.setMinimumWidth(90)
            self._facts.addRow(caption, label(text, wrap=True, selectable=True))
        self._typed()

    @Slot()
    def _show_history(self) -> None:
        HistoryDialog(self._workspace, ValueRef(STUDY_FACT, 0, SITE_NAME), self.window()).show()

    def hideEvent(self, event: QHideEvent) -> None:
        """However the section goes out of sight, the typing is kept."""
        self._draft.keep()
        super().hideEvent(event)

    def _texts(self) -> dict[str, str]:
        return {SITE_NAME: self.name.text()} if self.name.text() != self._began else {}

    @Slot()
    def _discard(self) -> None:
        self._draft.drop()
        self.message.hide()
        self.name.setText(self._began)

    @Slot()
    def _typed(self) -> None:
        self._draft.note_change()
        name = " ".join(self.name.text().split())
        self.save.setEnabled(bool(name) and name != self._stored)

    @Slot()
    def _save(self) -> None:
        name = " ".join(self.name.text().split())
        if not self.save.isEnabled():
            return
        reason = self._workspace.ask_reason(self, f"Change the name of the site\n{self._stored}  →  {name}", ())
        if reason is None:
            return
        try:
            self._workspace.study.set_setting(SITE_NAME, name, self._workspace.context(reason))
        except TrialError as refused:
            self.message.show_text(f"Not saved. {refused} What you typed is kept.")
            return
        self._draft.drop()
        self.message.hide()
        self._began = name
        self.name.setText(name)
        self._workspace.changed(Changes(None, frozenset({"study"})))
        self._workspace.say("Name of the site saved")
        self._typed()
