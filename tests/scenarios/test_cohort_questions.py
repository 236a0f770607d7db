"""The questions of a meeting, answered in front of the demo study with five clicks, and printed."""

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTabBar, QWidget

from gui.pages.cohort.cells_view import CellsView
from gui.pages.cohort.page import Page
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit
from tests.scenarios.person import Person


class Clicks:
    """The mouse of the person; a choice from a list counts as one click."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self.number = 0

    def on(self, widget: QWidget, place: QPoint | None = None) -> None:
        self.number += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())

    def tab(self, title: str) -> None:
        bar = self._person.see(QTabBar, "cohortTabs")
        number = next(number for number in range(bar.count()) if bar.tabText(number) == title)
        self.on(bar, bar.tabRect(number).center())

    def cell(self, row: str, column: str) -> None:
        cells = self._person.see(CellsView, "cohortTable")
        assert cells.go_to(row, column)
        self.on(cells.viewport(), cells.visualRect(cells.currentIndex()).center())

    def choose(self, name: str, words: str) -> None:
        self.number += 1
        box = self._person.see(QComboBox, name)
        box.setFocus()
        self._person.type(words)


def settled(person: Person) -> Page:
    person.until(lambda: isinstance(person.view.page, Page) and person.view.page.settled, 30_000)
    page = person.view.page
    assert isinstance(page, Page)
    return page


def shown(person: Person, row: str, column: str) -> str:
    """What stands in a cell of the table."""
    cells = person.see(CellsView, "cohortTable")
    table = cells.cells.table
    assert table is not None
    line = [each.key for each in table.rows].index(row)
    place = [each.code for each in table.columns].index(column)
    return str(cells.cells.data(cells.cells.index(line, place))).replace("\n", " ")


def test_the_questions_of_a_meeting_are_answered_with_five_clicks_and_printed(guide: Person, tmp_path: Path) -> None:
    _cut_and_correct(guide)
    click = Clicks(guide)

    click.on(guide.see(QAbstractButton, "nav_cohort"))
    settled(guide)
    assert shown(guide, "all patients/C2", "response") == "34"
    assert shown(guide, "all patients/C2", "of_evaluable") == "61.8 % (47.7–74.6)"

    click.cell("all patients/C2", "response")
    listed = guide.rows("cohortPatients")
    assert len(listed) == 34
    assert any(number == "042-003" and words.startswith("Complete, 18 Dec 2024") for number, words in listed)

    click.choose("cohortGroups", "by IKZF1")
    settled(guide)
    assert shown(guide, "IKZF1plus/C2", "of_evaluable").startswith("62.5 %")

    click.tab("Safety boundary")
    page = settled(guide)
    assert page.shown is not None
    assert page.shown.cohort.monitoring[0].state == "Inside the boundary: 3 of 58 with a toxicity."

    click.tab("Changes")
    settled(guide)
    changes = guide.rows("cohortTable")
    assert any(line[1] == "all patients, After cycle 2" and line[2:5] == ["Response", "33", "34"] for line in changes)
    assert click.number == 5

    guide.go_to("cohortPrint")
    guide.keys("Space")
    guide.until(lambda: guide.shows("paper_dialog") or guide.window.objectName() == "paper_dialog", 60_000)
    guide.front("paper_dialog")
    guide.go_to("paperSave")
    with guide.file_named(tmp_path / "cohort.pdf"):
        guide.keys("Space")
    assert (tmp_path / "cohort.pdf").read_bytes().startswith(b"%PDF")
    assert "cohort report saved" in [line.act for line in guide.study.trail.lines()]


def _cut_and_correct(guide: Person) -> None:
    """The cut of the last meeting; after it a result of 042-003 was corrected."""
    study = guide.study
    study.cohorts.cuts.make("Meeting of September", PartialDate.from_date(study.today))
    chart = study.chart(study.find("042-003"))
    result = next(
        record
        for record in chart.records["mrd"]
        if (record.values()["visit"], record.values()["specimen"]) == ("C2", "BONE MARROW")
    )
    values = {"target_copies": Quantity(Decimal(0), "copies"), "lab_category": None}
    study.save(chart.patient.id, [Edit("mrd", values, result.id)], Context("", "Source document corrected"))
