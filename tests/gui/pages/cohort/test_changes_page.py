"""The tab of changes: two counts held against each other, each named for what it is."""

from datetime import date
from decimal import Decimal

from pytestqt.qtbot import QtBot

from gui.pages.cohort.basis import Basis
from gui.pages.cohort.cut_dialogs import CutDialog
from gui.pages.cohort.page import Page
from gui.workspace import Workspace
from models.domain.context import Changes, Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.visits import Visit
from models.study import Edit, Study
from tests.gui.pages.cohort.conftest import choose, rows, settle, turn


def heads(page: Page) -> list[str]:
    """What stands above the two values of a change."""
    table = page.content.cells.cells.table
    assert table is not None
    return [column.label for column in table.columns[3:5]]


def test_a_cut_is_made_compared_with_and_counted(qtbot: QtBot, page: Page, workspace: Workspace, demo: Study) -> None:
    dialog = CutDialog(workspace, page)
    dialog.name.set_typed("Meeting of October")
    dialog.finish()
    assert dialog.made == "Meeting of October"
    page.refresh(Changes(None, frozenset({"data_cut"})))
    turn(qtbot, page, "changes")
    assert page.nothing.accessibleDescription().startswith("Nothing has changed")
    _correct(demo, page)
    settle(qtbot, page)
    changed = rows(page)
    line = next(row for row in changed if row[1:3] == ["all patients, After cycle 2", "Response"])
    assert line[3:5] == ["33", "34"]
    (told,) = choose(page, str(changed.index(line)), "patients")
    assert told[1].startswith(
        "counted now, not at Meeting of October: MRD result changed (BCR::ABL1 copies 71 copies → 0 copies; "
    )
    assert heads(page) == ["At Meeting of October", "Now"]
    assert page.content.side.remark.text().endswith(", all patients, After cycle 2, Response: 33 → 34")
    turn(qtbot, page, "response", cut="Meeting of October")
    assert page.header.data.text() == "Data: Meeting of October"
    assert len(choose(page, "all patients/C2", "response")) == 33


def test_the_name_of_a_cut_reads_as_it_was_typed(qtbot: QtBot, page: Page, demo: Study) -> None:
    demo.cohorts.cuts.make("ASH & EHA", PartialDate(2026, 9, 1))
    page.refresh(Changes(None, frozenset({"data_cut"})))
    turn(qtbot, page, "response", cut="ASH & EHA")
    assert page.header.data.accessibleName() == "Data: ASH & EHA"
    menus = (page.header.data.menu(), page.header.compare.menu())
    assert page.header.data.text() == "Data: ASH && EHA"
    for menu in menus:
        assert "ASH && EHA (up to 1 Sep 2026)" in [action.text() for action in menu.actions()]


def test_a_day_is_held_by_itself_against_no_cut_that_goes_further(qtbot: QtBot, page: Page) -> None:
    turn(qtbot, page, "changes", until="2026-03-01")
    assert page.nothing.accessibleDescription().startswith("No earlier data cut")


def test_a_day_held_against_a_later_cut_is_called_by_its_day_and_not_now(qtbot: QtBot, page: Page, demo: Study) -> None:
    (cut,) = demo.cohorts.cuts.all()
    turn(qtbot, page, "changes", until="2026-03-01", since=cut.name)
    assert heads(page) == [f"At {cut.name}", "Up to 1 Mar 2026"]
    table = page.content.cells.cells.table
    assert table is not None
    line = next(row for row in table.rows if row.cells[1].values[0] == "Transplanted")
    told = choose(page, line.key, "patients")
    assert {words.partition(": ")[0] for _, words in told} == {f"counted at {cut.name}, not up to 1 Mar 2026"}
    assert any("Transplant no longer within the days counted" in words for _, words in told)
    assert "data up to 1 Mar 2026" in table.methods[0].wording


def test_another_state_of_the_records_is_held_against_the_cut_that_suits_it(qtbot: QtBot, page: Page) -> None:
    turn(qtbot, page, "changes")
    assert page.place.values.get("since")
    page.header.based.emit(Basis(until=date(2026, 3, 1)))
    settle(qtbot, page)
    assert "since" not in page.place.values


def test_a_changed_completeness_is_a_line_of_the_changes(qtbot: QtBot, page: Page, demo: Study) -> None:
    chart = demo.chart(demo.find("042-003"))
    visit = next(visit for visit in chart.of(Visit) if visit.code == "C1")
    page.refresh(demo.void(chart.patient.id, "visit", visit.id, Context("", "Another patient's visit")))
    turn(qtbot, page, "changes")
    line = next(row for row in rows(page) if row[:3] == ["Data completeness by visit", "After cycle 1", "Received"])
    assert int(line[3]) == int(line[4]) + 1


def _correct(demo: Study, page: Page) -> None:
    """A positive sample of 042-003 after cycle 2 turns out to be negative."""
    chart = demo.chart(demo.find("042-003"))
    result = next(
        r for r in chart.records["mrd"] if r.values()["visit"] == "C2" and r.values()["specimen"] == "BONE MARROW"
    )
    values = {"target_copies": Quantity(Decimal(0), "copies"), "lab_category": None}
    page.refresh(demo.save(chart.patient.id, [Edit("mrd", values, result.id)], Context("", "Typing error")))
