"""The Settings page: a list of sections at the left, the chosen one at the right."""

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from gui.text import named
from gui.widgets.header import PageHeader
from gui.widgets.refused import Refused
from gui.workspace import Target, Workspace
from models.domain.context import Changes
from models.study import Right


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section: its name, its words, the module that holds its class `Section`, made when first shown.

    Who has not the `right` that it needs sees a sentence in its place.
    """

    name: str
    title: str
    module: str
    right: Right | None = None


SECTIONS: tuple[SectionEntry, ...] = (
    SectionEntry("desk", "This desk", "gui.pages.settings.desk"),
    SectionEntry("site", "Site and study", "gui.pages.settings.site"),
    SectionEntry("ranges", "Reference ranges", "gui.pages.settings.ranges", Right.READ_RECORD),
    SectionEntry("freezing", "Freezing the study", "gui.pages.settings.freezing"),
    SectionEntry("dictionary", "Event dictionary", "gui.pages.settings.dictionary"),
)
"""The sections in order."""


class Section(Protocol):
    """What the page expects of a section: a QWidget made as `Section(workspace)` with this."""

    def refresh(self, changes: Changes | None) -> None:
        """Read again; None: everything may have changed."""


class Page(QWidget):
    """Shows one section at a time. `Target.values["section"]` opens one by name."""

    title = "Settings"

    def __init__(self, workspace: Workspace) -> None:
        """Filled by the first `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._made: dict[str, QWidget] = {}
        self.list = named(QListWidget(), "settingsSections", "Sections of the settings")
        self.list.setProperty("look", "index")
        self.list.ensurePolished()  # else the lines are laid out as high as they were before they were dressed
        self.list.addItems([section.title for section in SECTIONS])
        self.list.setFixedWidth(170)
        self._stack = named(QStackedWidget(), "settingsStack")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        column.addWidget(PageHeader("Settings", "of this desk and of the study"))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.list)
        line.addWidget(self._stack, 1)
        column.addLayout(line, 1)
        self.list.currentRowChanged.connect(self._show)

    def refresh(self, changes: Changes | None) -> None:
        """Read every section that was made."""
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
            return
        for section in self._made.values():
            cast("Section", section).refresh(changes)

    def show_target(self, target: Target) -> None:
        """Open the section named."""
        names = [section.name for section in SECTIONS]
        if target.values.get("section") in names:
            self.list.setCurrentRow(names.index(str(target.values["section"])))

    @property
    def place(self) -> Target:
        """The section in view."""
        return Target("settings", values={"section": SECTIONS[max(self.list.currentRow(), 0)].name})

    @Slot(int)
    def _show(self, row: int) -> None:
        entry = SECTIONS[row]
        if entry.name not in self._made:
            sentence = self._workspace.refusal(entry.right) if entry.right else ""
            made = Refused(entry.title, sentence) if sentence else import_module(entry.module).Section(self._workspace)
            section = cast("QWidget", made)
            self._made[entry.name] = section
            self._stack.addWidget(section)
        section = self._made[entry.name]
        cast("Section", section).refresh(None)
        self._stack.setCurrentWidget(section)
