"""The Protocol page: everything that the study's protocol says, to read. It changes only by an amendment."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from gui.pages.protocol.presenter import Block, Tab, identity, tabs
from gui.text import label, named
from gui.widgets.card import Card
from gui.widgets.header import PageHeader
from gui.widgets.text_grid import TextGrid
from gui.workspace import Target, Workspace
from models.domain.context import Changes


class Page(QWidget):
    """Tabs of tables, plain text throughout. `Target.values["tab"]` opens one by its title."""

    title = "Protocol"

    def __init__(self, workspace: Workspace) -> None:
        """Filled by the first `refresh`."""
        super().__init__()
        self._workspace = workspace
        protocol = workspace.study.protocol
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addWidget(PageHeader(protocol.acronym, identity(protocol)))
        column.addWidget(label(protocol.title, wrap=True, selectable=True))
        self.tabs = named(QTabWidget(), "protocolTabs", "Parts of the protocol")
        self.tabs.setDocumentMode(True)
        # Its tabs scroll on their own: it takes what room there is and never makes the page scroll as well.
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.tabs.setMinimumHeight(180)
        column.addWidget(self.tabs, 1)
        self._desk = workspace.desk

    def refresh(self, changes: Changes | None) -> None:
        """Write the tables anew: only the language of numbers can have changed."""
        if self.tabs.count() and self._desk is self._workspace.desk:
            return
        self._desk = self._workspace.desk
        shown = max(self.tabs.currentIndex(), 0)
        while self.tabs.count():
            old = self.tabs.widget(0)
            self.tabs.removeTab(0)
            if old:
                old.deleteLater()
        for tab in tabs(self._workspace.study.protocol, self._desk):
            self.tabs.addTab(_tab(tab), tab.title)
        self.tabs.setCurrentIndex(shown)

    @property
    def place(self) -> Target:
        """The tab in view."""
        return Target("protocol", values={"tab": self.tabs.tabText(self.tabs.currentIndex())})

    def show_target(self, target: Target) -> None:
        """Open the tab named."""
        for number in range(self.tabs.count()):
            if self.tabs.tabText(number) == target.values.get("tab"):
                self.tabs.setCurrentIndex(number)


def _tab(tab: Tab) -> QWidget:
    body = named(QWidget(), "pageBody")
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 10, 6, 10)
    column.setSpacing(10)
    for block in tab.blocks:
        column.addWidget(_card(block))
    column.addStretch(1)
    frame = QScrollArea()
    named(frame, "protocolTab", tab.title)
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setWidgetResizable(True)
    frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    frame.setWidget(body)
    return frame


def _card(block: Block) -> Card:
    card = Card(block.title, block.remark)
    card.body.addWidget(TextGrid(block.headings, block.rows))
    return card
