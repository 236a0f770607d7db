"""A main window that only notes what a page asks of it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.jobs import Jobs
from gui.notifier import Notifier
from gui.settings import SettingsFile
from gui.workspace import Target, Workspace
from models.domain.findings import Finding
from models.study import Study


class NotingHost:
    """Keeps the places asked for, the badges set and the sentences said."""

    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.badges: dict[str, tuple[int, str]] = {}
        self.said: list[str] = []
        self.asked: list[Target] = []
        self.locked = 0

    def show_target(self, target: Target) -> None:
        self.targets.append(target)

    def ask_patient(self, target: Target) -> None:
        self.asked.append(target)

    def set_badge(self, page: str, count: int, tone: str = "") -> None:
        self.badges[page] = (count, tone)

    def say(self, text: str) -> None:
        self.said.append(text)

    def lock(self) -> None:
        self.locked += 1


def give_a_reason(parent: QWidget, question: str, findings: Sequence[Finding], workspace: Workspace) -> str | None:
    """Answer every question for a reason."""
    return "Typing error"


def workspace_of(study: Study, settings: SettingsFile) -> Workspace:
    """What a page is given, without a window."""
    return Workspace(study, Notifier(), Jobs(), settings, NotingHost(), give_a_reason)
