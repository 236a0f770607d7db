"""The Today page: what has to be done, the most pressing first, each line one key from its form."""

from io import BytesIO
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gui.minutes import each_minute
from gui.pages.today import presenter
from gui.pages.today.reading import Reading
from gui.pages.today.section_card import SectionCard
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.empty import Empty
from gui.widgets.header import PageHeader
from gui.workspace import Target, Workspace
from models.domain.context import Changes
from models.study import Right, Section, WorkItem, Worklist

if TYPE_CHECKING:
    from gui.pages.today.lines import LineList
    from gui.pages.today.site_side import SiteSide

_SIDE_WIDTH = 320
_SIDE_BESIDE = 860
"""Width of the page from which on the side column stands beside the main one."""

_PAINTED_FIRST = 200
"""Milliseconds after the list is complete: it is painted before anything else is loaded and counted."""


_MAIN = ("clocks", "visits", "awaited", "flags", "queries", presenter.DRAFTS)
_SIDE = ("rising",)
_ORDER = (*_MAIN, *_SIDE)
"""As they stand, and as the keyboard goes through them."""


class Page(QWidget):
    """Header, cards, and one quiet line for what has nothing to report."""

    title = "Today"

    def __init__(self, workspace: Workspace) -> None:
        """Filled by the first `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._shown = Worklist((), {}, complete=False)
        self._site: SiteSide | None = None
        self._site_due = False
        self._wanted: tuple[str, Target] | None = None
        self._put: QWidget | None = None
        self._reading = Reading(workspace, self)
        self._reading.advanced.connect(self._show)
        self._reading.stopped.connect(self._say_incomplete)
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(_PAINTED_FIRST)
        self._painted.timeout.connect(self._show_site)
        each_minute(self, self._tell_clocks)
        self._lay_out()

    def _lay_out(self) -> None:
        self.header = PageHeader("Today", parent=self)
        self.print_button = self.header.add_button("today_print", "Print the &list", tip="The list as a page to carry")
        self.enrol_button = self.header.add_button("today_enrol", "&Enrol a patient", primary=True, tip="Ctrl+E")
        self.print_button.clicked.connect(self.print_list)
        self.enrol_button.clicked.connect(self._enrol)
        self._side = QWidget(self)
        self.cards: dict[str, SectionCard] = {}
        self.quiet = named(label("", "muted", wrap=True), "today_quiet")
        self.reading = named(label("Reading results…", "muted", wrap=True), "today_reading")
        self.stopped = Banner("today_stopped", self)
        self.stopped.pressed.connect(self._read_again)
        self.empty: Empty | None = None
        self._workspace.permit(Right.ENTER, self.enrol_button)
        self._workspace.permit(Right.PRINT, self.print_button)
        self._main = QVBoxLayout()
        self._main.setSpacing(10)
        self._main.addWidget(self.quiet)
        self._main.addWidget(self.reading)
        self._main.addWidget(self.stopped)
        self._main.addStretch(1)
        self._column = QVBoxLayout(self._side)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(12)
        self._box.addLayout(self._main, 1)
        self._box.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        column.addWidget(self.header)
        column.addLayout(self._box, 1)
        self._body = column

    def _card(self, code: str) -> SectionCard:
        """The card of a section, made when it first has a line: most days leave some sections empty."""
        if code not in self.cards:
            narrow = code in _SIDE
            card = SectionCard(code, *presenter.TITLES[code], narrow=narrow, parent=self._side if narrow else self)
            card.opened.connect(self._open)
            before = [each for each in _ORDER[: _ORDER.index(code)] if each in self.cards]
            in_column = sum((each in _SIDE) == narrow for each in before)
            (self._column if narrow else self._main).insertWidget(in_column, card)
            self.setTabOrder(self.cards[before[-1]].last_stop if before else self.enrol_button, card.lines)
            self.cards[code] = card
        return self.cards[code]

    # ---- reading and showing

    def refresh(self, changes: Changes | None) -> None:
        """Read again what is to be done."""
        study = self._workspace.study
        count = study.patient_count()
        self.header.title.setText(presenter.day_in_full(study.today, self._workspace.desk))
        self._workspace.set_badge("patients", count)
        self._reading.refresh(count)

    def show_target(self, target: Target) -> None:
        """A form may have been left unsaved since the page was last in view, which changes nothing in the record.

        `Target.values["line"]` puts the cursor on a line: the code of its section, and the place that it opens.
        """
        self._wanted = cast("tuple[str, Target] | None", target.values.get("line"))  # as `place` has made it
        if self._drafts().items != self._lines(presenter.DRAFTS):
            self._show(self._shown)
        if self._wanted:
            self.take_cursor()

    @property
    def place(self) -> Target:
        """The line with the cursor, by its section and the place that it opens."""
        for code, card in self.cards.items():
            if card.lines is self.focusWidget() and (item := card.lines.current):
                return Target("today", values={"line": (code, presenter.target_of(item))})
        return Target("today")

    def take_cursor(self) -> None:
        """Put the cursor on the line that it is to come back to, else on the most pressing one."""
        lines, item = self._wanted_line()
        if lines and item:
            self._wanted = None
            lines.go_to(item)
        else:
            self._first_stop().setFocus()
        self._put = self.focusWidget()

    @Slot(object)
    def _show(self, worklist: Worklist) -> None:
        self._shown = worklist
        drafts = self._drafts()
        sections = {section.code: section for section in (*worklist.sections, drafts)}
        for code in _ORDER:
            if code in sections and (code in self.cards or sections[code].items):
                self._card(code).show_section(sections[code])
        empty = worklist.complete and not worklist.counts and not drafts.items
        self._show_empty(empty=empty)
        self.print_button.setEnabled(worklist.complete and not empty)
        self.header.remark.setText(presenter.standing(worklist.counts))
        self.stopped.hide()
        self.reading.setVisible(not worklist.complete)
        quiet = presenter.empty_words(tuple(sections.values())) if worklist.complete and not empty else ""
        self.quiet.setText(quiet)
        self.quiet.setVisible(bool(quiet))
        self._side.setVisible(not empty)
        if worklist.complete and not empty:
            self._site_due = True
            self._painted.start()
        if worklist.complete:
            self._workspace.set_badge("today", *presenter.badge(worklist))
            self._workspace.set_badge("adverse_events", len(worklist.section("clocks").items), "urgent")
            self._workspace.set_badge("queries", len(worklist.section("queries").items), "due")
        cursor = cast("QWidget | None", self.window().focusWidget())
        if cursor is None or (self._wanted and cursor is self._put):
            self.take_cursor()
        if worklist.complete:
            self._wanted = None

    def _show_empty(self, *, empty: bool) -> None:
        """What stands here before the first patient: made for the day that needs it."""
        if empty and self.empty is None:
            self.empty = Empty(
                "No patients yet",
                "Visits, awaited results and reporting clocks appear here as soon as somebody is in screening.",
                "Enrol a patient",
                "today_first",
            )
            self.empty.button.clicked.connect(self._enrol)
            self._workspace.permit(Right.ENTER, self.empty.button)
            self._body.insertWidget(1, self.empty, 1)
        if self.empty is not None:
            self.empty.setVisible(empty)

    @Slot()
    def _tell_clocks(self) -> None:
        """A clock runs on while nothing is saved."""
        if self.isVisible() and (told := self._reading.with_clocks_of_now()):
            self._shown = told
            self._card("clocks").show_section(told.section("clocks"))

    def _lines(self, code: str) -> tuple[WorkItem, ...]:
        return self.cards[code].lines.items if code in self.cards else ()

    def _wanted_line(self) -> "tuple[LineList | None, WorkItem | None]":
        code, target = self._wanted or ("", None)
        lines = self.cards[code].lines if code in self.cards else None
        found = (item for item in (lines.items if lines else ()) if presenter.target_of(item) == target)
        return lines, next(found, None)

    @Slot()
    def _show_site(self) -> None:
        """Fill the rest of the side column, which nobody waits for: it is not even loaded before.

        Whoever went on to a patient by then is not slowed down by it: it waits until the page is in view again.
        """
        from gui.pages.today.site_side import SiteSide

        if not self.isVisible():
            return
        self._site_due = False
        if self._site is None:
            self._site = SiteSide(self._workspace, self._side)
            self._site.opened.connect(self._open)
            self._column.insertWidget(self._column.count() - 1, self._site)
        self._site.refresh(sum(self._shown.counts.values()))

    def showEvent(self, event: QShowEvent) -> None:
        """What was put off while another page was in view."""
        super().showEvent(event)
        self._tell_clocks()
        if self._site_due:
            self._painted.start()

    @property
    def settled(self) -> bool:
        """Whether all that the page reads by itself is read or being read."""
        return self._shown.complete and not self._site_due

    @Slot()
    def _say_incomplete(self) -> None:
        self.reading.hide()
        self.stopped.show_text("Reading was stopped: the list is not complete.", "due", "Read again")

    @Slot()
    def _read_again(self) -> None:
        self.stopped.hide()
        self.refresh(None)

    def _first_stop(self) -> QWidget:
        """Where the keyboard begins: the most pressing line, or the button that enrols."""
        filled = (self.cards[code] for code in _MAIN if self._lines(code))
        return next((card.lines for card in filled), self.enrol_button)

    def _drafts(self) -> Section:
        drafts = self._workspace.study.drafts()
        ids = presenter.patients_of(drafts)
        labels = {chart.patient.id: chart.label for chart in self._workspace.study.charts(ids)} if ids else {}
        return presenter.drafts_section(drafts, labels, self._workspace.desk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the side column beside the main one, or below it."""
        super().resizeEvent(event)
        beside = event.size().width() >= _SIDE_BESIDE
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._side.setMinimumWidth(_SIDE_WIDTH if beside else 0)
        self._side.setMaximumWidth(_SIDE_WIDTH if beside else 16_777_215)

    # ---- going on

    @Slot(object)
    def _open(self, item: WorkItem) -> None:
        self._workspace.host.show_target(presenter.target_of(item))

    @Slot()
    def _enrol(self) -> None:
        self._workspace.open_page(presenter.ENROLMENT)

    @Slot()
    def print_list(self) -> None:
        """Show the list as the page that is printed."""
        from gui.pages.print.lists import printing_of
        from gui.pages.print.noting import PrintNoting
        from gui.pages.print.paper_dialog import PaperDialog
        from models.reports.worklist import worklist

        self._tell_clocks()
        study, out = self._workspace.study, BytesIO()
        worklist(self._shown.sections, out, printing_of(self._workspace))
        file_name = f"list-{study.today.isoformat()}.pdf"
        dialog = PaperDialog("List of today", "List of today", file_name, self)
        PrintNoting(dialog, study, "list")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_pdf(out.getvalue())
        dialog.open()
