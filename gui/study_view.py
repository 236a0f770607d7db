"""An open study in the window: the sidebar, the page in view, the line at the bottom."""

from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui.jobs import Jobs
from gui.minutes import each_minute
from gui.notifier import Notifier
from gui.page_table import PAGES, entry
from gui.permits import closed_words
from gui.settings import SettingsFile
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.refused import Refused
from gui.widgets.sidebar import Sidebar
from gui.widgets.status_line import StatusLine
from gui.workspace import AskReason, CursorPage, LeavingPage, PlacedPage, Target, TargetPage, Workspace
from models.domain.context import Changes
from models.study import Right, Study

NARROW_BELOW = 900
"""Widths of the window, in device independent pixels, at which the sidebar shows icons only."""

_QUERIES = frozenset({"query", "query_step"})


class StudyView(QWidget):
    """Shows one page at a time and keeps the others: made when first shown, read again when they are stale.

    `moved` is emitted when another page or patient has come into view. `patient_asked` carries the place that is to be
    opened once somebody has said of which patient.
    """

    moved = Signal()
    patient_asked = Signal(object)

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
        self._problem = ""
        self._wanted = ""
        self._found: tuple[str, ...] = ()
        self._lay_out(jobs)
        self.sidebar.opened.connect(self._open)
        self.notifier.changed.connect(self._changed)
        each_minute(self, self._look_at_clock)
        self._say_closed()

    def _lay_out(self, jobs: Jobs) -> None:
        self.sidebar = Sidebar(PAGES, self)
        area = named(QWidget(self), "pageArea")
        self._stack = named(QStackedWidget(area), "pages", "Page")
        inner = QVBoxLayout(area)
        inner.setContentsMargins(0, 0, 0, 0)
        self.banner = Banner("studyMessage", area)
        inner.addWidget(self.banner)
        inner.addWidget(self._stack)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addWidget(area, 1)
        self.status = StatusLine(self.workspace, jobs, self)
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

    def ask_patient(self, target: Target) -> None:
        """Let the window ask whose place it is that is to be opened."""
        self.patient_asked.emit(target)

    def set_badge(self, page: str, count: int, tone: str = "") -> None:
        """Put a number beside a page's name; a page that is not there is passed over."""
        button = self.sidebar.button(page)
        if button:
            button.set_badge(count, tone)

    def say(self, text: str) -> None:
        """Show a sentence in the bottom line for a few seconds."""
        self.status.say(text)

    def lock(self) -> None:
        """Hide everything and let the study go, until somebody signs in again."""
        self.status.lock_asked.emit()

    @Slot(str)
    def say_problem(self, sentence: str) -> None:
        """Show above every page what went wrong while nobody asked for it, besides what is said there."""
        self._problem = sentence
        self._say_closed()

    @Slot()
    def say_found(self) -> None:
        """More was found in the study after it was opened."""
        self._say_closed()

    # ---- what the window asks

    @property
    def page(self) -> QWidget | None:
        """The page in view."""
        return self._pages.get(self.target.page)

    @property
    def patient(self) -> int:
        """The id of the patient in view, 0 for none."""
        return self.target.patient if self.target.page == "patient" else 0

    @property
    def place(self) -> Target:
        """Where the person is now, to come back to."""
        page: object = self.page
        return page.place if isinstance(page, PlacedPage) else Target(self.target.page, self.target.patient)

    @property
    def field(self) -> str:
        """The name of what has the cursor, to go on there; "" where nothing has that is worth coming back to."""
        field = cast("QWidget | None", self.focusWidget())
        return "" if field is None or self.status.isAncestorOf(field) else field.objectName()

    def go_on_at(self, field: str) -> None:
        """Put the cursor there, as soon as the page in view has put its own somewhere; else into its first field."""
        self._wanted = field
        QTimer.singleShot(0, self, self._put_cursor)

    @Slot()
    def _put_cursor(self) -> None:
        there = [each for each in self.findChildren(QWidget, self._wanted) if each.isVisible() and each.isEnabled()]
        page, cursor = self.page, cast("QWidget | None", self.window().focusWidget())
        if self._wanted and there:
            there[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is not None and (cursor is None or not page.isAncestorOf(cursor)):
            if isinstance(page, CursorPage):
                page.take_cursor()
            else:
                page.setFocus(Qt.FocusReason.OtherFocusReason)
                page.focusNextChild()

    def may_leave(self) -> bool:
        """Whether the page in view lets go: it has kept its drafts, or the person has agreed."""
        page: object = self.page
        return page.leave() if isinstance(page, LeavingPage) else True

    def end(self) -> None:
        """Go, with all that a page still meant to read: the study is closed before this is deleted.

        Timers stop, and the cursor leaves its field now: the field would look at what stands in it later.
        """
        for timer in self.findChildren(QTimer):
            timer.stop()
        if (field := self.focusWidget()) is not None:
            field.clearFocus()
        self.deleteLater()

    # ---- keeping pages fresh

    def _page(self, name: str) -> QWidget:
        if name not in self._pages:
            declared = entry(name)
            refused = self.workspace.refusal(declared.right) if declared.right else ""
            page = Refused(declared.title, refused) if refused else declared.create(self.workspace)
            if not page.objectName():
                page.setObjectName(f"page_{name}")
            self._pages[name] = page
            self._stale.add(name)
            frame = named(QScrollArea(), f"frame_{name}")
            frame.setFrameShape(QFrame.Shape.NoFrame)
            frame.setWidgetResizable(True)
            frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._stack.addWidget(frame)  # first: the style is laid over the page each time that it gets a new parent
            frame.setWidget(page)
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
        if closed_words(self.workspace.study) != self._closed:
            self._begin_again()
            return
        self._stale.update(name for name in self._pages if name != self.target.page)
        if self.page:
            self._refresh(self.page, changes)
        if self.workspace.study.problems != self._found:  # the clock was set meanwhile
            self._say_closed()
        self.status.saved()
        if changes is None or changes.kinds & _QUERIES:
            self._count_queries()

    def _count_queries(self) -> None:
        """Put the number of queries that wait for this person beside their page."""
        if not self.workspace.refusal(Right.READ_RECORD):
            self.set_badge("queries", len(self.workspace.study.review.waiting()), "due")

    def _begin_again(self) -> None:
        """The study was frozen or unfrozen: what can be pressed on a page is settled when it is made."""
        place = self.place
        for name in tuple(self._pages):
            frame = self._frame_of(self._pages.pop(name))
            self._stack.removeWidget(frame)
            frame.deleteLater()
        self.target = Target("")
        self._say_closed()
        self.show_target(place)

    def _say_closed(self) -> None:
        """Say above every page that nothing can be entered, and what was found when the study was opened."""
        study = self.workspace.study
        self._closed, self._found = closed_words(study), study.problems
        words = " ".join(filter(None, (self._closed, *self._found, self._problem)))
        self.banner.show_text(words, "due") if words else self.banner.hide()

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
