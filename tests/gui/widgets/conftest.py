"""A desk with an open study, whose questions for a reason are answered by the test."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.jobs import Jobs
from gui.notifier import Notifier
from gui.settings import SettingsFile
from gui.workspace import Target, Workspace
from models.domain.findings import Finding
from models.study import Changes, Study


@dataclass
class Person:
    """What the person at the desk answers and is told. `reason` None gives up."""

    reason: str | None = "Typing error"
    asked: list[tuple[str, tuple[Finding, ...]]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    broadcast: list[Changes] = field(default_factory=list)

    def ask_reason(self, parent: QWidget, what: str, findings: Sequence[Finding], workspace: Workspace) -> str | None:
        self.asked.append((what, tuple(findings)))
        return self.reason

    def show_target(self, target: Target) -> None:
        self.told.append(target.page)

    def ask_patient(self, target: Target) -> None:
        self.told.append(target.page)

    def set_badge(self, page: str, count: int, tone: str = "") -> None:
        self.told.append(page)

    def say(self, text: str) -> None:
        self.told.append(text)

    def lock(self) -> None:
        self.told.append("lock")


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def workspace(qapp: object, study: Study, person: Person, tmp_path: Path) -> Iterator[Workspace]:
    """The desk of C. Rossi."""
    settings = SettingsFile(tmp_path / "settings.json")
    notifier = Notifier()
    notifier.changed.connect(person.broadcast.append)
    yield Workspace(study, notifier, Jobs(), settings, person, person.ask_reason)
    notifier.deleteLater()


@pytest.fixture
def italian(workspace: Workspace) -> Workspace:
    """The same desk, writing numbers and dates in Italian."""
    workspace.settings.change(language="it")
    return workspace


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    """Show a widget and wait until it can take keys."""
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    return widget
