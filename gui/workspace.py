"""What a page is given: the open study, the one broadcast, the background jobs, the desk, the way to other pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from gui.jobs import Jobs
from gui.notifier import Notifier
from gui.permits import refusal
from gui.settings import SettingsFile
from gui.widgets.header import Button
from models.domain.context import Changes, Context
from models.domain.findings import Finding
from models.domain.notation import Desk
from models.study import Right, Study, User

AskReason = Callable[[QWidget, str, Sequence[Finding], "Workspace"], str | None]
"""Asks why: (parent, what is about to be done, the findings in doubt, the desk) -> the reason, None if given up."""


class Target(NamedTuple):
    """A place in the window: what a line of a list, a menu entry or the find box leads to.

    `page` is a name of `gui.page_table.PAGES`. For the patient page, `patient` is the patient's id, `tab` the name of a
    tab ("" keeps the one in view), and `record` a (kind, id) to open there; id 0 opens a new, empty form of that kind.
    `values` are starting values for such a new form, and anything else that a page documents (`visit`: a visit code).
    `field` names the field of the record that the cursor goes to.
    """

    page: str
    patient: int = 0
    tab: str = ""
    record: tuple[str, int] | None = None
    values: Mapping[str, object] = MappingProxyType({})
    field: str = ""


class Host(Protocol):
    """What the main window does for a page. Tests hand in their own."""

    def show_target(self, target: Target) -> None:
        """Open that place."""

    def ask_patient(self, target: Target) -> None:
        """Ask for a patient, then open that place of theirs; `target` names none."""

    def set_badge(self, page: str, count: int, tone: str = "") -> None:
        """Put a number beside a page's name; 0 takes it away. `tone` is "", "due" or "urgent"."""

    def say(self, text: str) -> None:
        """Show a short sentence in the status bar for a few seconds ("MRD result saved")."""

    def lock(self) -> None:
        """Hide everything and let the study go, until somebody signs in again."""


class Page(Protocol):
    """What the main window expects of a page: a QWidget with these.

    A page is made as `Page(workspace)` the first time it is shown, and reads the study only in `refresh`.
    """

    title: str

    def refresh(self, changes: Changes | None) -> None:
        """Read again. None: everything may have changed (first showing, other language, theme or day)."""


@runtime_checkable
class TargetPage(Protocol):
    """A page that can open something inside itself."""

    def show_target(self, target: Target) -> None:
        """Open the patient, tab or record named; called after `refresh` when the page was stale."""


@runtime_checkable
class LeavingPage(Protocol):
    """A page that may hold unsaved typing."""

    def leave(self) -> bool:
        """Keep drafts, ask where needed; False stays on the page."""


@runtime_checkable
class PlacedPage(Protocol):
    """A page with places of its own, such as tabs, that a person comes back to after the window was locked."""

    @property
    def place(self) -> Target:
        """What opens the page as it stands now."""


@runtime_checkable
class CursorPage(Protocol):
    """A page that knows better than its first field where the cursor begins."""

    def take_cursor(self) -> None:
        """Put the cursor there."""


@dataclass(frozen=True, eq=False, repr=False)
class Workspace:
    """Everything a page may use. `reasons` is injectable so that tests can answer without a dialog."""

    study: Study
    notifier: Notifier
    jobs: Jobs
    settings: SettingsFile
    host: Host
    reasons: AskReason

    @property
    def desk(self) -> Desk:
        """How this desk writes and reads numbers and dates."""
        return self.settings.current.desk

    @property
    def user(self) -> User:
        """Who has signed in: every command is this person's, and every page printed says so."""
        return self.study.user

    def refusal(self, right: Right) -> str:
        """Why the person may not do that in this study now; empty where nothing stands against it."""
        return refusal(self.study, right)

    def permit(self, right: Right, *buttons: Button | None) -> None:
        """Hold back buttons that the person may not press, each with the sentence that says who may."""
        sentence = self.refusal(right)
        for button in buttons:
            if button is not None:
                button.hold_back(sentence)

    def ask_reason(self, parent: QWidget, what: str, findings: Sequence[Finding]) -> str | None:
        """Ask the person why: `what` is about to be done, and `findings` speak against it. None if given up."""
        return self.reasons(parent, what, findings, self)

    def context(self, reason: str = "") -> Context:
        """Who acts, and why: for every command of the study."""
        return Context(self.user.login, reason)

    def changed(self, changes: Changes) -> None:
        """Tell every page what a command has changed: call it once after each command that was saved."""
        self.notifier.changed.emit(changes)

    def change_settings(self, **values: object) -> None:
        """Change settings of this desk, keep them, and let every page follow."""
        self.notifier.settings_changed.emit(self.settings.change(**values))

    def open_page(self, name: str, **values: object) -> None:
        """Open a page of the sidebar."""
        self.host.show_target(Target(name, values=MappingProxyType(values)))

    def open_patient(
        self, patient: int, tab: str = "", record: tuple[str, int] | None = None, **values: object
    ) -> None:
        """Open a patient, at a tab and a record if named; record id 0 is a new form, `values` what it starts with."""
        self.host.show_target(Target("patient", patient, tab, record, MappingProxyType(values)))

    def choose_patient(self, tab: str = "", record: tuple[str, int] | None = None) -> None:
        """Ask for a patient, then open them, at a tab and a record if named."""
        self.host.ask_patient(Target("patient", 0, tab, record))

    def say(self, text: str) -> None:
        """Show a short sentence in the status bar for a few seconds."""
        self.host.say(text)

    def lock(self) -> None:
        """Hide everything and let the study go, until somebody signs in again."""
        self.host.lock()

    def set_badge(self, page: str, count: int, tone: str = "") -> None:
        """Put a number beside a page's name in the sidebar; 0 takes it away. `tone` is "", "due" or "urgent"."""
        self.host.set_badge(page, count, tone)
