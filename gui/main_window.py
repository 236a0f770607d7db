"""The window: menus, the find box, and either an open study or a page that leads to one. Navigation only."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from gui.actions import ACTIONS, Action
from gui.keys import FIND_KEYS, native
from gui.menus import Menus, spoken
from gui.study_view import StudyView
from gui.text import named
from gui.widgets.header import make_button
from gui.workspace import Target
from models.domain.context import Changes
from models.domain.date_notation import write_date
from models.records.patient import Patient
from models.study import Right

# The find box is loaded when it is shown.
if TYPE_CHECKING:
    from gui.finder import Finder, Hit, PatientLine
    from gui.widgets.palette import CommandPalette


class Owner(Protocol):
    """What the window needs of the application. Actions are called on it by name."""

    def may_quit(self) -> bool:
        """Drafts kept, jobs ended, the person asked."""


class MainWindow(QMainWindow):
    """Menus and find box over a stack: start and sign-in page, the study. `closed` is emitted when it has closed.

    What is shown in it is best made as a child of `stack`: style is laid over all that a widget holds each time that it
    gets a parent.
    """

    closed = Signal()

    def __init__(self, owner: Owner) -> None:
        """Empty until `show_page` or `show_study`."""
        super().__init__()
        named(self, "mainWindow", "AlbaTrack")
        self.setWindowTitle("AlbaTrack")
        self.setMinimumSize(560, 340)
        self._owner = owner
        self.view: StudyView | None = None
        self._finder: Finder | None = None
        self._wanted: Target | None = None
        self.stack = named(QStackedWidget(), "windowStack")
        self.setCentralWidget(self.stack)
        bar = self.menuBar()
        bar.setNativeMenuBar(False)
        self.menus = Menus(bar)
        self.menus.chosen.connect(self.run)
        self.find_button = make_button("findBox", f"Find patient, visit or action    {native(FIND_KEYS)}", look="find")
        self.find_button.setAccessibleName("Find patient, visit or action")
        # It keeps its place while hidden: a menu bar does not lay out its corner again when something appears in it.
        keeps_place = self.find_button.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.find_button.setSizePolicy(keeps_place)
        self.find_button.clicked.connect(self.open_find_box)
        corner = QWidget(bar)
        line = QHBoxLayout(corner)
        line.setContentsMargins(0, 3, 8, 3)
        line.addWidget(self.find_button)
        bar.setCornerWidget(corner, Qt.Corner.TopRightCorner)
        self._palette: CommandPalette | None = None
        self.update_actions()

    # ---- a study, or a page on the way to one

    def show_page(self, page: QWidget) -> None:
        """Show a page that belongs to no open study."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def show_study(self, view: StudyView) -> None:
        """Put an open study in the place of such a page."""
        self.view = view
        self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)
        view.moved.connect(self.update_actions)
        view.patient_asked.connect(self._ask_patient)
        view.notifier.changed.connect(self._changed)
        study = view.workspace.study
        self.setWindowTitle(f"AlbaTrack: {study.protocol.acronym}, site {study.info.site_code}")
        self._finder = None
        self.update_actions()

    def read_again(self) -> None:
        """Another language or theme: everything shown is read and drawn anew."""
        self._finder = None
        if self.view:
            self.view.read_again()

    def take_study(self) -> StudyView | None:
        """Take the study out of the window, for the caller to delete; another page is to be shown already."""
        view, self.view, self._finder = self.view, None, None
        if self._palette:
            self._palette.hide()
        self.setWindowTitle("AlbaTrack")
        if view:
            self.stack.removeWidget(view)
            view.setParent(None)
        self.update_actions()
        return view

    # ---- actions

    @property
    def available(self) -> frozenset[str]:
        """The ids of the actions that can be done now."""
        return self._available(self._refusals())

    def _available(self, refusals: Mapping[str, str]) -> frozenset[str]:
        return frozenset(action.id for action in ACTIONS if action.id not in refusals and self._possible(action))

    def _possible(self, action: Action) -> bool:
        if not action.needs:
            return True
        if self.view is None or (action.needs == "patient" and not self.view.patient):
            return False
        return action.page != "" or self._callable(action.method)

    def _refusals(self) -> dict[str, str]:
        """The actions that the person may not do in this study now, each with the sentence that says why."""
        if self.view is None:
            return {}
        rights = {action.right for action in ACTIONS if action.right}
        refused = {right: sentence for right in rights if (sentence := self.view.workspace.refusal(right))}
        return {action.id: refused[action.right] for action in ACTIONS if action.right in refused}

    def _callable(self, method: str) -> bool:
        page = self.view.page if self.view else None
        return any(hasattr(place, method) for place in (page, self, self._owner))

    @Slot()
    def update_actions(self) -> None:
        """Grey out what cannot be done now."""
        refusals = self._refusals()
        self.menus.enable(self._available(refusals), refusals)
        self.find_button.setVisible(self.view is not None)

    @Slot(object)
    def run(self, action: Action) -> None:
        """Open the place that the action names, then call its method on the page, the window or the application."""
        self._run(action)

    def _run(self, action: Action, of: int = 0) -> None:
        """`of` is the id of the patient whom the find box found; without it, the one in view."""
        view = self.view
        named_page = action.page or ("patient" if of else "")
        if view and named_page:
            patient = of or (view.patient if action.needs == "patient" else 0)
            view.show_target(Target(named_page, patient, record=(action.kind, 0) if action.kind else None))
            if of and view.patient != of:  # the page in view does not let go
                return
        if action.method:
            page = self.view.page if self.view else None
            place = next(place for place in (page, self, self._owner) if hasattr(place, action.method))
            getattr(place, action.method)()

    # ---- the find box

    @Slot()
    def open_find_box(self) -> None:
        """Open the find box."""
        self._open_palette(None)

    @Slot(object)
    def _ask_patient(self, target: Target) -> None:
        """Ask in the find box for whom that place is to be opened."""
        self._open_palette(target)

    def _open_palette(self, wanted: Target | None) -> None:
        """`wanted` is what will be opened of the patient who is chosen; None finds everything."""
        if self.view is None:
            return
        self._wanted = wanted
        if self._finder is None:
            self._finder = self._make_finder(self.view)
        bar = self.menuBar()
        below = bar.mapTo(self, QPoint(bar.width() - 8, 3))
        only = wanted is not None
        self.palette_panel.open_with(self._finder, self._refusals(), self.view.patient, below, patients_only=only)

    @property
    def palette_panel(self) -> "CommandPalette":
        """The panel of the find box."""
        if self._palette is None:
            from gui.widgets.palette import CommandPalette

            self._palette = CommandPalette(self)
            self._palette.chosen.connect(self._found)
        return self._palette

    def _make_finder(self, view: StudyView) -> "Finder":
        from gui.finder import Finder, NamedThing, PatientIndex

        workspace = view.workspace
        visits = [NamedThing(plan.code, plan.label, plan.code) for plan in workspace.study.protocol.visits]
        actions = [
            NamedThing(action.id, spoken(action), action.words, native(action.shortcut), action.needs == "patient")
            for action in sorted(ACTIONS, key=lambda action: action.menu in ("File", "Help"))
            if action.id != "find"
        ]
        seen = () if workspace.refusal(Right.READ_RECORD) else workspace.study.patients()
        index = PatientIndex(self._line(patient) for patient in seen)
        return Finder(index, visits, actions)

    def _line(self, patient: Patient) -> "PatientLine":
        from gui.finder import PatientLine

        assert self.view is not None
        facts = [patient.sex, f"{patient.age} y" if patient.age is not None else ""]
        if patient.enrolled:
            facts.append(f"enrolled {write_date(patient.enrolled, self.view.workspace.desk)}")
        elif patient.screen_failure:
            facts.append("screen failure")
        else:
            facts.append("in screening")
        numbers = (patient.subject_number or "", patient.screening_number)
        return PatientLine(patient.id, tuple(number for number in numbers if number), " · ".join(filter(None, facts)))

    @Slot(object)
    def _found(self, hit: "Hit") -> None:
        if self.view is None:
            return
        if self._wanted is not None:
            self.view.show_target(self._wanted._replace(patient=hit.patient))
        elif hit.sort == "action":
            self._run(next(action for action in ACTIONS if action.id == hit.code), hit.patient)
        elif hit.sort == "visit":
            self.view.workspace.open_patient(hit.patient, "visits", visit=hit.code)
        else:
            self.view.workspace.open_patient(hit.patient)

    @Slot(object)
    def _changed(self, changes: Changes | None) -> None:
        if changes is None or "patient" in changes.kinds:
            self._finder = None
        self.update_actions()

    def print_clinic(self) -> None:
        """Offer the visit summaries of everybody expected on a day."""
        if self.view:
            from gui.pages.print.clinic import ClinicDialog  # loads the PDF library: not before somebody prints

            ClinicDialog(self.view.workspace, self).show()

    def print_identities(self) -> None:
        """Show the subject identification list as it will print."""
        if self.view:
            from gui.pages.accounts.papers import IdentificationPaper  # loads the PDF library

            IdentificationPaper(self.view.workspace, self).show()

    def change_password(self) -> None:
        """Ask for a new password of one's own."""
        if self.view:
            from gui.pages.accounts.own_password import OwnPasswordDialog

            OwnPasswordDialog(self.view.workspace, self).show()

    def show_shortcuts(self) -> None:
        """Show the keys of the keyboard."""
        from gui.shortcuts import ShortcutsDialog  # not before somebody asks

        ShortcutsDialog(self).show()

    # ---- closing

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when nothing is lost by it."""
        if self._owner.may_quit():
            event.accept()
            self.closed.emit()
        else:
            event.ignore()
