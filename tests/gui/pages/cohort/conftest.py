"""The demo study counted, and the page over a copy of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.pages.cohort.page import Page
from gui.settings import SettingsFile
from gui.workspace import Target, Workspace
from models.domain.clock import FixedClock
from models.study import Study
from tests.demo_fixtures import demo_study_file, open_demo
from tests.gui.fakes import NotingHost, workspace_of
from tests.models.cohort.conftest import charts, counted, dalba

__all__ = ["charts", "counted", "dalba", "demo_study_file"]

OpenPage = Callable[[Workspace], Page]
SitDown = Callable[[Study], Workspace]


@pytest.fixture
def sit_down(desk_settings: SettingsFile) -> Iterator[SitDown]:
    """A workspace over a study, whose host only notes what is asked of it."""
    made: list[Workspace] = []

    def sit(study: Study) -> Workspace:
        made.append(workspace_of(study, desk_settings))
        return made[-1]

    yield sit
    for workspace in made:
        workspace.jobs.cancel_all()
        workspace.jobs.wait(30)
        workspace.notifier.deleteLater()


@pytest.fixture
def demo(demo_study_file: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Study]:
    """A copy of the demo study, signed in to by its coordinator."""
    with open_demo(Path(shutil.copytree(demo_study_file, tmp_path / "demo.albatrack")), clock) as study:
        yield study


@pytest.fixture
def workspace(sit_down: SitDown, demo: Study) -> Workspace:
    """The coordinator's desk over the demo study."""
    return sit_down(demo)


@pytest.fixture
def host(workspace: Workspace) -> NotingHost:
    """What was asked of the window."""
    assert isinstance(workspace.host, NotingHost)
    return workspace.host


@pytest.fixture
def open_page(qtbot: QtBot) -> OpenPage:
    """Shows the page and waits for the first count."""

    def open_(workspace: Workspace) -> Page:
        page = Page(workspace)
        qtbot.addWidget(page)
        page.resize(1190, 720)
        page.show()
        page.refresh(None)
        settle(qtbot, page)
        return page

    return open_


@pytest.fixture
def page(open_page: OpenPage, workspace: Workspace) -> Page:
    """The page over the demo study."""
    return open_page(workspace)


def settle(qtbot: QtBot, page: Page) -> None:
    """Wait until what is shown is what is wanted."""
    qtbot.waitUntil(lambda: page.settled, timeout=30_000)


def turn(qtbot: QtBot, page: Page, view: str, **values: object) -> None:
    """Show a tab with these choices, and wait for it."""
    page.show_target(Target("cohort", values={"view": view, **values}))
    settle(qtbot, page)


def rows(page: Page) -> list[list[str]]:
    """The cells as they stand on the screen, on one line each."""
    cells = page.content.cells.cells
    return [
        [str(cells.data(cells.index(row, column))).replace("\n", " ") for column in range(cells.columnCount())]
        for row in range(cells.rowCount())
    ]


def listed(page: Page) -> list[tuple[str, str]]:
    """The list of patients: number, and what each contributes."""
    return [(line.who.label, line.words) for line in page.content.side.table.model.rows]


def choose(page: Page, row: str, column: str) -> list[tuple[str, str]]:
    """Choose a number of the table; hands back whom it lists."""
    assert page.content.cells.go_to(row, column)
    page.content.cells.choose_current()
    return listed(page)
