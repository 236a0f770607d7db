"""An open study in the window: the sidebar, the page in view, the line at the bottom."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui.jobs import Jobs
from gui.notifier import Notifier
from gui.page_table import PAGES, entry
from gui.settings import SettingsFile
from gui.text import named
from gui.widgets.sidebar import Sidebar
from gui.widgets.status_line import StatusLine
from gui.workspace import AskReason, LeavingPage, Target, TargetPage, Workspace
from models.domain.context import Changes
from models.study import Study

NARROW_BELOW = 900
"""Widths of the window, in device independent pixels, at which the sidebar shows icons only."""

_EACH_MINUTE = 60_000


class StudyView(QWidget):
    """Shows one page at a time and keeps the others: made when first shown, read again when they are stale.

    `moved` is emitted when another page or patient has come into view.
    """

    moved = Signal()

    def __init__(
        self, study: Study, jobs: Jobs, settings: SettingsFile, ask_reason: AskReason, parent: QWidget | None = None
    ) -> None:
        """Nothing is shown until `show_target`."""
        super().__init__(parent)
        named(self, "studyView")
        self.notifier = Notifier(self)
        self.workspace = Workspace(study, self.notifier, jobs, settings, self, ask_reason)
        self.target = Target("")
        self._pages: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self._day = study.today
        self._lay_out(jobs)
        self.sidebar.opened.connect(self._open)
        self.notifier.changed.connect(self._changed)
        self._clock = QTimer(self)
        self._clock.setInterval(_EACH_MINUTE)
        self._clock.timeout.connect(self._look_at_clock)
        self._clock.start()

    def _lay_out(self, jobs: Jobs) -> None:
        self.sidebar = Sidebar(PAGES)
        self._stack = named(QStackedWidget(), "pages", "Page")
        area = named(QWidget(), "pageArea")
        inner = QVBoxLayout(area)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._stack)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addWidget(area, 1)
        self.status = StatusLine(self.workspace, jobs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)

    # ---- what the pages ask of their host

    def show_target(self, target: Target) -> None:
        """Open a page, or a place within the page in view. A page that does not let go keeps the view."""
        moving = (target.page, target.patient) != (self.target.page, self.target.patient)
        if moving and not self.may_leave():
            return
        page = self._page(target.page)
        self.target = target
        self._stack.setCurrentWidget(self._frame_of(page))
        if target.page in self._stale:
            self._stale.discard(target.page)
            self._refresh(page, None)
        if isinstance(page, TargetPage):
            page.show_target(target)
        self.sidebar.mark(entry(target.page).parent or target.page)
        self.status.read()
        if moving:
            self.moved.emit()

    def set_badge(self, page: str, count: int, tone: str = "") -> None:
        """Put a number beside a page's name; a page that is not there is passed over."""
        button = self.sidebar.button(page)
        if button:
            button.set_badge(count, tone)

    def say(self, text: str) -> None:
        """Show a sentence in the bottom line for a few seconds."""
        self.status.say(text)

    # ---- what the window asks

    @property
    def page(self) -> QWidget | None:
        """The page in view."""
        return self._pages.get(self.target.page)

    def page_named(self, name: str) -> QWidget | None:
        """A page that has been made, None for one that was never shown."""
        return self._pages.get(name)

    @property
    def patient(self) -> int:
        """The id of the patient in view, 0 for none."""
        return self.target.patient if self.target.page == "patient" else 0

    def may_leave(self) -> bool:
        """Whether the page in view lets go: it has kept its drafts, or the person has agreed."""
        page: object = self.page
        return page.leave() if isinstance(page, LeavingPage) else True

    # ---- keeping pages fresh

    def _page(self, name: str) -> QWidget:
        if name not in self._pages:
            page = entry(name).create(self.workspace)
            if not page.objectName():
                page.setObjectName(f"page_{name}")
            self._pages[name] = page
            self._stale.add(name)
            frame = named(QScrollArea(), f"frame_{name}")
            frame.setFrameShape(QFrame.Shape.NoFrame)
            frame.setWidgetResizable(True)
            frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            frame.setWidget(page)
            self._stack.addWidget(frame)
        return self._pages[name]

    def _frame_of(self, page: QWidget) -> QWidget:
        return next(
            frame
            for frame in (self._stack.widget(place) for place in range(self._stack.count()))
            if isinstance(frame, QScrollArea) and frame.widget() is page
        )

    def _refresh(self, page: QWidget, changes: Changes | None) -> None:
        page.refresh(changes)  # type: ignore[attr-defined]  # every page of the table is a `Page`

    @Slot(object)
    def _changed(self, changes: Changes | None) -> None:
        self._stale.update(name for name in self._pages if name != self.target.page)
        if self.page:
            self._refresh(self.page, changes)
        self.status.saved()

    def read_again(self) -> None:
        """Another language, theme or day: the page in view reads everything again now, the others when shown."""
        self._stale.update(name for name in self._pages if name != self.target.page)
        if self.page:
            self._refresh(self.page, None)
        self.status.read()

    @Slot()
    def _look_at_clock(self) -> None:
        today = self.workspace.study.today
        if today != self._day:
            self._day = today
            self.read_again()

    @Slot(str)
    def _open(self, name: str) -> None:
        self.show_target(Target(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page the room of the sidebar where the window is narrow."""
        self.sidebar.set_narrow(narrow=event.size().width() < NARROW_BELOW)
        super().resizeEvent(event)
