"""The Cohort page: pick a tab, an endpoint, a subgroup, a cut; every number opens the patients it counts."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from gui.pages.cohort.basis import Basis, basis_words, sides
from gui.pages.cohort.cells_view import Place
from gui.pages.cohort.changes import change_heading, change_lines
from gui.pages.cohort.content import Content
from gui.pages.cohort.contributions import TABS, Asked, Line, contributions, heading, rule
from gui.pages.cohort.controls import Controls
from gui.pages.cohort.counting import Counts, Shown, Wanted
from gui.pages.cohort.exhibits import VIEWS, View, view
from gui.pages.cohort.giving_out import GivingOut
from gui.pages.cohort.header import CohortHeader
from gui.pages.cohort.nothing import Nothing, Why, why_nothing
from gui.pages.patient.tab import tab_of
from gui.widgets.banner import Banner
from gui.widgets.busy import SHOW_AFTER
from gui.widgets.keyed_tabs import KeyedTabs
from gui.workspace import Target, Workspace
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.figures.cohort.frame import PatientsHit
from models.figures.style import Hit
from models.records.review import DataCut
from models.study import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.jobs import Job
    from gui.pages.cohort.saving import Format


def shots(workspace: Workspace) -> "Iterator[tuple[str, QWidget | None]]":
    """The pictures of this page."""
    from gui.pages.cohort.shots import shots as drawn  # for the documentation only: no part of a day's work

    yield from drawn(workspace)


class Page(QWidget):
    """Counts beside the window and shows what was counted; what is shown stays until the next count is there.

    `Target.values`: "view" (a name of `exhibits.VIEWS`), "choice", "by", "cut" and "since" (names of cuts),
    "until" (a day, in ISO notation).
    """

    title = "Cohort"

    def __init__(self, workspace: Workspace) -> None:
        """Filled by the first `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._counts = Counts(workspace.study)
        self._cuts: tuple[DataCut, ...] = ()
        self._wanted = Wanted(Basis(), VIEWS[0].name)
        self._choices: dict[str, str] = {}
        self._by: str | None = None
        self._asked: Place | None = None
        self._job: Job | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(SHOW_AFTER)
        self._waiting.timeout.connect(self._say_counting)
        self.shown: Shown | None = None
        self.header = CohortHeader()
        self.tabs = KeyedTabs("cohortTabs", "Parts of the cohort", [each.title for each in VIEWS])
        self.controls = Controls()
        self.message = Banner("cohortMessage")
        self.content = Content(workspace)
        self.nothing = Nothing(workspace)
        self.giving = GivingOut(workspace, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        for widget in (self.header, self.tabs, self.controls, self.message):
            column.addWidget(widget)
        for shown in (self.content, self.nothing):  # no stack: it takes the room of the larger one for both
            column.addWidget(shown, 1)
        self.nothing.hide()
        workspace.permit(Right.PRINT, self.header.print, self.controls.save)
        self.header.cut_action.setEnabled(not workspace.refusal(Right.CONFIGURE))
        self.header.cut_action.setToolTip(workspace.refusal(Right.CONFIGURE))
        self._connect()

    def _connect(self) -> None:
        self.header.based.connect(self._base)
        self.header.compared.connect(self._compare)
        self.header.day_asked.connect(self._ask_day)
        self.header.cut_asked.connect(self.make_cut)
        self.header.printing.connect(self.print_report)
        self.tabs.currentChanged.connect(self._turn)
        self.controls.chosen.connect(self._choose)
        self.controls.how.clicked.connect(self.explain)
        self.controls.saving.connect(self._save)
        self.giving.failed.connect(self.message.show_text)
        self.giving.making.connect(self.header.print.setDisabled)
        self.message.pressed.connect(self._count)
        self.content.chosen.connect(self._list)
        self.content.hit.connect(self._open_hit)
        self.content.side.opened.connect(self._open)
        self.nothing.cut_asked.connect(self.make_cut)

    # ---- what the window asks

    def refresh(self, changes: Changes | None) -> None:
        """Count again where a record that counts has changed."""
        old = self._counts.forget(changes)
        if old or "data_cut" in (changes.kinds if changes else ()):
            self._cuts = self._workspace.study.cohorts.cuts.all()
            self._want(self._wanted)

    def show_target(self, target: Target) -> None:
        """Show the tab named, with its choice, subgroups and cuts."""
        values = target.values
        if values:
            named_cuts = {cut.name: cut for cut in self._cuts}
            day = values.get("until")
            until = date.fromisoformat(day) if isinstance(day, str) else None
            basis = Basis(named_cuts.get(str(values.get("cut"))), until)
            shape = view(str(values.get("view", self._wanted.view)))
            self._by = str(values["by"]) if "by" in values else None
            since = named_cuts.get(str(values.get("since")))
            self._want(Wanted(basis, shape.name, str(values.get("choice", "")), self._divided(shape), since))
        focus = QApplication.focusWidget()
        if focus is None or not (self.content.isAncestorOf(focus) or self.controls.isAncestorOf(focus)):
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def place(self) -> Target:
        """The tab in view with its choices."""
        wanted = self._wanted
        cuts = {"cut": wanted.basis.cut, "since": wanted.since}
        values = {"view": wanted.view, "choice": wanted.choice}
        if self._by is not None:
            values["by"] = self._by
        values |= {name: cut.name for name, cut in cuts.items() if cut}
        if wanted.basis.until:
            values["until"] = wanted.basis.until.isoformat()
        return Target("cohort", values=values)

    @property
    def settled(self) -> bool:
        """Whether what is shown is what was asked for, as the records stand now."""
        return self._job is None and self._shows_wanted

    # ---- what a person chooses

    @Slot(int)
    def _turn(self, number: int) -> None:
        shape = VIEWS[number]
        choice = self._choices.get(shape.name, "")
        self._want(self._wanted._replace(view=shape.name, choice=choice, by=self._divided(shape)))

    def _divided(self, shape: View) -> str:
        """The subgroups of a tab: those that were chosen, else its own."""
        return shape.by if self._by is None else self._by

    @Slot()
    def _choose(self) -> None:
        code = self.controls.code if self.controls.choice.count() else self._wanted.choice
        self._choices[self._wanted.view] = code
        if self.controls.by != self._wanted.by:
            self._by = self.controls.by
        self._want(self._wanted._replace(choice=code, by=self.controls.by))

    @Slot(object)
    def _base(self, basis: Basis) -> None:
        self._want(self._wanted._replace(basis=basis, since=None))

    @Slot(object)
    def _compare(self, cut: DataCut) -> None:
        self._want(self._wanted._replace(view="changes", choice="", since=cut))

    @Slot()
    def _ask_day(self) -> None:
        from gui.pages.cohort.cut_dialogs import DayDialog

        dialog = DayDialog(self._workspace, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._want(self._wanted._replace(basis=Basis(until=dialog.day), since=None))
        dialog.deleteLater()

    @Slot()
    def make_cut(self) -> None:
        """Ask for the name of a new data cut, and make it."""
        from gui.pages.cohort.cut_dialogs import CutDialog

        refused = self._workspace.refusal(Right.CONFIGURE)
        if refused:
            self.message.show_text(refused, "due")
            return
        dialog = CutDialog(self._workspace, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._workspace.say(f"Data cut {dialog.made} made")
            self._workspace.changed(Changes(None, frozenset({"data_cut"})))
        dialog.deleteLater()

    @Slot()
    def explain(self) -> None:
        """Show the rules behind what is shown."""
        from gui.pages.cohort.method_dialog import MethodDialog

        if self.shown and self.shown.exhibit:
            table = self.shown.exhibit.table
            MethodDialog(table.title, table.methods, self.window()).show()

    # ---- counting

    def _want(self, wanted: Wanted) -> None:
        """Show what is wanted: at once where it is known, else when it has been counted."""
        shape = view(wanted.view)
        if shape.show is None:
            wanted = wanted._replace(since=self._since(wanted))
        self._wanted = wanted
        self.tabs.mark(VIEWS.index(shape))
        self.controls.show_view(shape)
        self.header.show_cuts(self._cuts, wanted.basis, self._workspace.desk)
        self._count()

    def _since(self, wanted: Wanted) -> DataCut | None:
        """The cut to hold the count against: the one asked for, else the newest before what is counted.

        A day can be held against any cut; of itself it is held against none that goes further.
        """
        cut, until = wanted.basis
        before = [each for each in self._cuts if cut is None or each.as_of < cut.as_of]
        if wanted.since in before:
            return wanted.since
        return next((each for each in reversed(before) if until is None or (each.cut_off.full or until) <= until), None)

    @Slot()
    def _count(self) -> None:
        if self._job:
            job, self._job = self._job, None
            job.cancel()
        known = self._counts.ready(self._wanted)
        if known:
            self._show(known)
            return
        self._waiting.start()
        if not self._shows_wanted:
            self.controls.save.setEnabled(False)
        work = self._counts.work(self._wanted, self._workspace.desk)
        self._job = self._workspace.jobs.start("Counting the cohort", work, self._counted, self._refused)
        self._job.cancelled.connect(self._cancelled)

    @property
    def _shows_wanted(self) -> bool:
        """Whether what is shown is what was asked for, perhaps as the records stood before."""
        return self.shown is not None and self.shown.wanted == self._wanted

    @Slot()
    def _say_counting(self) -> None:
        """What is shown is no longer what is wanted: do not let it be taken for it."""
        if self._job and not self._shows_wanted:
            sentence = "A large study takes a moment. You can go on working meanwhile."
            self._show_nothing(Why("Counting the patients", sentence))

    @Slot(object)
    def _counted(self, shown: Shown | None) -> None:
        if shown is not None and shown.wanted == self._wanted and self._job is not None:
            self._job = None
            self._show(shown)

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        self._job = None
        self.message.show_text(str(refused), button="Count again")
        self._hide_unwanted()

    @Slot()
    def _cancelled(self) -> None:
        if self._job is not None and self.sender() is self._job:
            self._job = None
            old = " What is shown may be old." if self._shows_wanted else ""
            self.message.show_text(f"Counting was stopped.{old}", "due", "Count again")
            self._hide_unwanted()

    def _hide_unwanted(self) -> None:
        """Nothing is counted any more: take away what answers another question than the one asked."""
        self._waiting.stop()
        if not self._shows_wanted:
            self._show_nothing(Why("Not counted", "What is asked for now was not counted to the end."))

    # ---- showing

    def _show_nothing(self, why: Why) -> None:
        self.nothing.say(why)
        self.content.hide()
        self.nothing.show()

    def _show(self, shown: Shown) -> None:
        before, self.shown = self.shown, shown
        self.message.hide()
        shape = view(shown.wanted.view)
        self.header.remark.setText(shown.headline)
        self.controls.show_shown(shown, self._remark(shown))
        self.controls.setVisible(bool(shown.cohort.members))
        why = why_nothing(shown, shape, bool(self._cuts))
        if why is not None or shown.exhibit is None:
            self._show_nothing(why or Why("Nothing to show", ""))
            return
        self.nothing.hide()
        self.content.show()
        self.content.show_exhibit(shown.exhibit)
        same = (
            before is not None and before.exhibit is not None and before.exhibit.table.code == shown.exhibit.table.code
        )
        asked = self._asked if same else None
        if asked and self.content.cells.go_to(asked.row.key, asked.column.code):
            self.content.cells.choose_current()
        else:
            self._asked = None
            self.content.side.show_lines("", ())

    def _remark(self, shown: Shown) -> str:
        wanted, desk = shown.wanted, self._workspace.desk
        if wanted.since and view(wanted.view).show is None:
            return f"{basis_words(wanted.basis, desk)} held against {wanted.since.name}"
        return "" if wanted.basis == Basis() else f"counted {basis_words(wanted.basis, desk)}"

    @Slot(object)
    def _list(self, place: Place) -> None:
        """List the patients of a number."""
        shown = self.shown
        if shown is None or shown.exhibit is None:
            return
        self._asked = place
        desk = self._workspace.desk
        asked = Asked(shown.cohort, shown.exhibit.table, place.row, place.column, place.cell, desk)
        if place.nobody:
            self.content.side.show_nobody(heading(asked), rule(asked))
            return
        since, basis = shown.wanted.since, shown.wanted.basis
        if since is not None and view(shown.wanted.view).show is None:
            lines = change_lines(shown.changes[int(place.row.key)], sides(since, basis, desk), desk)
            self.content.side.show_lines(change_heading(place.row), lines)
        else:
            self.content.side.show_lines(heading(asked), contributions(asked))

    @Slot(object)
    def _open_hit(self, hit: Hit) -> None:
        """Open the patient whom a place of the drawing stands for; of several show the list."""
        if not isinstance(hit, PatientsHit):
            return
        if len(hit.patients) == 1:
            self._open(Line(hit.patients[0]))
        else:
            self._asked = None
            self.content.side.show_lines(hit.lines[0], [Line(who) for who in hit.patients])

    @Slot(object)
    def _open(self, line: Line) -> None:
        """Open a patient, at the record that counts where it is known."""
        if line.record and tab_of(line.record[0]):
            self._workspace.open_patient(line.who.id, tab_of(line.record[0]), line.record)
        else:
            table = self.shown.exhibit.table.code if self.shown and self.shown.exhibit else ""
            self._workspace.open_patient(line.who.id, TABS.get(table.partition("-")[0], ""))

    # ---- giving out

    @Slot(object)
    def _save(self, wanted: "Format") -> None:
        if self.shown and self.shown.exhibit:
            self.giving.save_as(self.shown, wanted)

    @Slot()
    def print_report(self) -> None:
        """Make the report of what is counted, and show it as it will print."""
        self.giving.print_report(self._wanted.basis, self._wanted.by, self._since(self._wanted))
