"""The page of the audit trail: who did what, when and why, narrowed, paged, exported and verified."""

import csv
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.audit import reading
from gui.pages.audit.page import Page
from gui.pages.audit.presenter import details
from gui.settings import SettingsFile
from gui.widgets.redact_dialog import RedactDialog
from gui.workspace import Workspace
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.persistence.verify import Head, Problem, Verification
from models.study import Edit, Study
from tests.forging import forge
from tests.gui.fakes import NotingHost, workspace_of
from tests.gui.showing import page_in_use
from tests.study_fixtures import open_as

WHY = Context("C. Rossi", "Typing error")


def page_of(qtbot: QtBot, workspace: Workspace) -> Page:
    made = Page(workspace)
    page_in_use(qtbot, made, workspace)
    settle(qtbot, workspace)
    return made


def settle(qtbot: QtBot, workspace: Workspace) -> None:
    qtbot.waitUntil(lambda: not workspace.jobs.running)


def cells(page: Page, *titles: str) -> list[tuple[str, ...]]:
    model = page.list.table.model
    columns = [column for title in titles for column in model.columns if column.title == title]
    return [tuple(column.text(row) for column in columns) for row in model.rows]


@pytest.fixture
def corrected(study: Study, patient: int) -> int:
    """A visit whose day was corrected."""
    values = {"code": "D22", "status": "DONE", "date": PartialDate(2026, 1, 30)}
    [(_, id_)] = study.save(patient, [Edit("visit", values)], WHY).records[:1]
    study.save(patient, [Edit("visit", {"date": PartialDate(2026, 1, 31)}, id_)], WHY)
    return id_


@pytest.fixture
def page(qtbot: QtBot, bare: Workspace, corrected: int) -> Page:
    return page_of(qtbot, bare)


def test_a_correction_shows_old_and_new_value_who_when_and_why(page: Page) -> None:
    newest = cells(page, "When", "Who", "Patient", "What", "Old value", "New value", "Reason")[0]
    assert newest == (
        "2 Oct 2026, 09:00 UTC+01:00", "C. Rossi", "042-001", "Visit: Date", "30 Jan 2026", "31 Jan 2026",
        "Typing error",
    )  # fmt: skip


def test_a_line_says_which_visit_it_is_about(page: Page) -> None:
    assert cells(page, "What", "Which")[0] == ("Visit: Date", "Day 22, 31 Jan 2026")
    assert page.list.detail.text().startswith("Visit: Date · Day 22, 31 Jan 2026 · 042-001\n")


def test_what_is_named_has_its_day_as_the_desk_writes_it(qtbot: QtBot, bare: Workspace, corrected: int) -> None:
    bare.settings.change(language=Desk.ITALIAN.value)
    assert cells(page_of(qtbot, bare), "Which")[0] == ("Day 22, 31 gen 2026",)


def test_a_row_that_somebody_forged_is_shown_and_names_no_moment(
    qtbot: QtBot, bare: Workspace, study: Study, corrected: int
) -> None:
    forge(study.path, "at = x'ff00', actor = 'nobody', new = '[[1]]' WHERE seq = (SELECT max(seq) FROM audit)")
    newest = cells(page_of(qtbot, bare), "When", "Who", "What")[0]
    assert newest[:2] == ("[no moment that can be read]", "nobody")


def test_a_first_entry_tells_its_values_in_words(page: Page) -> None:
    assert ("Visit entered", "Visit: Day 22; What happened: Took place; Date: 30 Jan 2026") in cells(
        page, "What", "New value"
    )


def test_an_event_is_told_in_words(qtbot: QtBot, page: Page, bare: Workspace) -> None:
    bare.study.trail.note("visit summary printed", {"visit": "D22", "pages": 1}, 1)
    page.refresh(None)
    settle(qtbot, bare)
    assert cells(page, "What", "Which", "Patient", "New value")[0] == (
        "Visit summary printed",
        "Day 22",
        "042-001",
        "pages: 1",
    )


def test_a_withdrawn_record_says_so_and_why(
    qtbot: QtBot, page: Page, bare: Workspace, patient: int, corrected: int
) -> None:
    bare.study.void(patient, "visit", corrected, Context("C. Rossi", "Wrong patient"))
    page.refresh(None)
    settle(qtbot, bare)
    assert cells(page, "What", "Reason")[0] == ("Visit withdrawn", "Wrong patient")


def test_the_patient_is_found_by_the_number(qtbot: QtBot, page: Page, bare: Workspace) -> None:
    page.patient.setText("042-001")
    qtbot.keyClick(page.patient, Qt.Key.Key_Return)
    settle(qtbot, bare)
    assert set(cells(page, "Patient")) == {("042-001",)}


def test_a_number_that_nobody_has_is_said(qtbot: QtBot, page: Page, bare: Workspace) -> None:
    page.patient.setText("999")
    qtbot.keyClick(page.patient, Qt.Key.Key_Return)
    settle(qtbot, bare)
    assert page.list.failure.text.text() == "There is no patient 999 in this study. Check the number."
    assert cells(page, "What") == []


def test_nothing_is_written_for_a_number_that_nobody_has(
    qtbot: QtBot, page: Page, bare: Workspace, tmp_path: Path
) -> None:
    page.patient.setText("999")
    qtbot.keyClick(page.patient, Qt.Key.Key_Return)
    settle(qtbot, bare)
    page.export.save_to(tmp_path / "trail.csv")
    settle(qtbot, bare)
    assert not (tmp_path / "trail.csv").exists()
    assert page.result.text.text() == "There is no patient 999 in this study. Check the number."


def test_no_lines_are_counted_where_none_is_shown(qtbot: QtBot, page: Page, bare: Workspace) -> None:
    assert page.list.count.isVisible()
    page.patient.setText("999")
    qtbot.keyClick(page.patient, Qt.Key.Key_Return)
    settle(qtbot, bare)
    assert (page.list.count.isVisible(), page.list.older.isVisible()) == (False, False)


def test_everybody_the_trail_knows_can_be_chosen(qtbot: QtBot, page: Page, bare: Workspace) -> None:
    people = [page.person.itemData(place) for place in range(page.person.count())]
    assert people == ["", "A. Verdi", "C. Rossi"]
    page.person.setCurrentIndex(1)
    settle(qtbot, bare)
    assert set(cells(page, "Who")) == {("A. Verdi",)}
    assert page.person.currentData() == "A. Verdi"


def test_a_person_whose_name_was_corrected_is_offered_by_the_new_one(
    qtbot: QtBot, page: Page, bare: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.person.setCurrentIndex(page.person.findData("C. Rossi"))
    monkeypatch.setattr(type(bare.study.trail), "people", lambda _: {"A. Verdi": "A. Verdi", "C. Rossi": "C. Bruno"})
    page.refresh(None)
    settle(qtbot, bare)
    assert page.person.currentText() == "C. Bruno (C. Rossi)"


def test_one_kind_can_be_asked_for(qtbot: QtBot, page: Page, bare: Workspace) -> None:
    page.kind.setCurrentIndex(page.kind.findText("Visit"))
    settle(qtbot, bare)
    assert cells(page, "What") == [("Visit: Date",), ("Visit entered",)]


def test_a_day_without_anything_says_so_and_clear_shows_everything_again(
    qtbot: QtBot, page: Page, bare: Workspace
) -> None:
    everything = len(cells(page, "What"))
    page.day.set_value(PartialDate(1999, 1, 1))
    page.day.settled.emit()
    settle(qtbot, bare)
    assert cells(page, "What") == []
    qtbot.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    settle(qtbot, bare)
    assert len(cells(page, "What")) == everything


@pytest.mark.parametrize(("day", "shown"), [(PartialDate(2026, 10), True), (PartialDate(2026, 9), False)])
def test_a_month_stands_for_all_its_days(
    qtbot: QtBot, page: Page, bare: Workspace, day: PartialDate, shown: bool
) -> None:
    page.day.set_value(day)
    page.day.settled.emit()
    settle(qtbot, bare)
    assert ("Visit: Date",) in cells(page, "What") if shown else cells(page, "What") == []


def test_older_lines_follow_below_until_the_first(
    qtbot: QtBot, bare: Workspace, corrected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = bare.study.trail.lines(limit=10_000)
    monkeypatch.setattr(reading, "PAGE", 5)
    page = page_of(qtbot, bare)
    assert page.list.count.text() == "5 lines shown, there are older ones"
    while page.list.older.isEnabled():
        qtbot.mouseClick(page.list.older, Qt.MouseButton.LeftButton)
        settle(qtbot, bare)
    assert page.list.count.text() == f"{len(every)} lines, back to the first"
    assert cells(page, "What")[-1] == ("Study made",)


def test_no_older_lines_are_promised_where_the_first_one_is_the_last_that_is_shown(
    qtbot: QtBot, bare: Workspace, corrected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = bare.study.trail.lines(limit=10_000)
    monkeypatch.setattr(reading, "PAGE", len(every))
    page = page_of(qtbot, bare)
    assert page.list.count.text() == f"{len(every)} lines, back to the first"
    assert not page.list.older.isEnabled()


def test_what_was_asked_for_last_is_shown_whatever_comes_back_first(qtbot: QtBot, page: Page, bare: Workspace) -> None:
    page.kind.setCurrentIndex(page.kind.findText("Visit"))
    page.kind.setCurrentIndex(page.kind.findText("Consent"))
    settle(qtbot, bare)
    assert set(cells(page, "What")) == {("Consent entered",)}


def test_a_refusal_of_what_was_asked_for_before_takes_nothing_away(
    qtbot: QtBot, page: Page, bare: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything, answered, find = len(cells(page, "What")), Event(), bare.study.find

    def find_late(label: str) -> int:
        answered.wait(10)
        return find(label)

    monkeypatch.setattr(bare.study, "find", find_late)
    page.patient.setText("999")
    qtbot.keyClick(page.patient, Qt.Key.Key_Return)
    page.clear.click()
    qtbot.waitUntil(lambda: len(bare.jobs.running) == 1)
    answered.set()
    settle(qtbot, bare)
    assert (len(cells(page, "What")), page.list.failure.isVisible()) == (everything, False)


def test_a_line_opens_its_record(qtbot: QtBot, page: Page, bare: Workspace, patient: int, corrected: int) -> None:
    qtbot.keyClick(page.list.table.view, Qt.Key.Key_Return)
    assert isinstance(bare.host, NotingHost)
    target = bare.host.targets[-1]
    assert (target.page, target.patient, target.tab, target.record) == (
        "patient", patient, "visits", ("visit", corrected),
    )  # fmt: skip


def test_a_line_of_a_paper_opens_the_papers_of_the_patient(
    qtbot: QtBot, page: Page, bare: Workspace, patient: int, tmp_path: Path
) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.7\nA report of a made-up patient\n%%EOF")
    added = dict(bare.study.documents.add(patient, "Report", None, report).records)["document"]
    page.refresh(None)
    settle(qtbot, bare)
    page.list.table.choose(page.list.table.model.rows[0])
    qtbot.keyClick(page.list.table.view, Qt.Key.Key_Return)
    assert isinstance(bare.host, NotingHost)
    assert [(target.tab, target.record) for target in bare.host.targets] == [("documents", ("document", added))]


def test_a_line_of_a_withdrawn_record_says_that_there_is_nothing_to_open(
    qtbot: QtBot, page: Page, bare: Workspace, patient: int, corrected: int
) -> None:
    bare.study.void(patient, "visit", corrected, WHY)
    qtbot.keyClick(page.list.table.view, Qt.Key.Key_Return)
    assert isinstance(bare.host, NotingHost)
    assert bare.host.targets == []
    assert bare.host.said == ["This record was withdrawn: its history is all there is of it."]


def test_the_line_chosen_stands_below_in_full(page: Page) -> None:
    assert "30 Jan 2026  →  31 Jan 2026\nReason: Typing error" in page.list.detail.text()
    assert page.list.detail.text() == details(page.list.table.chosen())


# ---- exporting and verifying


def test_the_export_holds_the_lines_that_fit(qtbot: QtBot, page: Page, bare: Workspace, tmp_path: Path) -> None:
    page.kind.setCurrentIndex(page.kind.findText("Visit"))
    settle(qtbot, bare)
    page.export.save_to(tmp_path / "trail.csv")
    settle(qtbot, bare)
    with (tmp_path / "trail.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["record"].split()[0] for row in rows} == {"Visit"}
    assert page.result.text.text() == f"{len(rows)} lines written to {tmp_path / 'trail.csv'}"
    assert bare.study.trail.lines()[0].act == "audit trail exported"


def test_a_place_that_cannot_be_written_is_said(qtbot: QtBot, page: Page, bare: Workspace, tmp_path: Path) -> None:
    page.export.save_to(tmp_path / "missing" / "trail.csv")
    settle(qtbot, bare)
    assert "does not exist. Make it first" in page.result.text.text()


def test_a_whole_trail_is_said_to_be_whole_with_its_end(qtbot: QtBot, page: Page, bare: Workspace) -> None:
    qtbot.mouseClick(page.verify_button, Qt.MouseButton.LeftButton)
    assert not page.verify_button.isEnabled()
    settle(qtbot, bare)
    head = bare.study.trail.head()
    assert page.result.text.text() == (
        f"All {head.rows} rows of the audit trail are there and unchanged, and the data are what they say. The trail "
        f"ends at {head.short}."
    )
    assert page.verify_button.isEnabled()


def test_a_broken_trail_is_said_in_words(
    qtbot: QtBot, page: Page, bare: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Problem(7, "patient", 1, "was changed, or a row before it was changed or removed")
    found = Verification(9, Head(9, "ab"), (broken, broken))
    monkeypatch.setattr(bare.study.trail, "verify_copy", lambda _progress: found)
    page.verify()
    settle(qtbot, bare)
    assert page.result.text.text() == (
        "The study does not agree with its audit trail: row 7 of the audit trail, patient 1: was changed, or a row "
        "before it was changed or removed. There is 1 more. Do not work on it: keep it as it is, and tell the "
        "administrator."
    )


# ---- other people


@pytest.fixture
def administered(study: Study, corrected: int, clock: FixedClock, desk_settings: SettingsFile) -> Workspace:
    study.close()
    opened = open_as(study.path, clock, "A. Verdi")
    return workspace_of(opened, desk_settings)


def test_an_administrator_sees_what_is_about_no_patient_and_may_not_export(
    qtbot: QtBot, administered: Workspace
) -> None:
    page = page_of(qtbot, administered)
    assert {patient for (patient,) in cells(page, "Patient")} == {""}
    assert ("Account entered",) in cells(page, "What")
    assert not page.patient.isVisible()
    qtbot.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    assert administered.jobs.running == ()
    administered.study.close()


@pytest.mark.parametrize("login", ["C. Rossi", "M. Neri"])
def test_a_changed_identity_is_told_and_not_shown(
    qtbot: QtBot, study: Study, patient: int, clock: FixedClock, desk_settings: SettingsFile, login: str
) -> None:
    study.save(patient, [Edit("identity", {"family_name": "Zanardi"}, 1)], WHY)
    study.close()
    workspace = workspace_of(open_as(study.path, clock, login), desk_settings)
    page = page_of(qtbot, workspace)
    assert ("Identity: Family name", "identity, not shown", "Typing error") in cells(
        page, "What", "New value", "Reason"
    )
    assert not any("Zanardi" in text for row in page.list.table.model.rows for text in (row.old, row.new))
    workspace.study.close()


def test_what_was_said_in_a_query_can_be_removed_from_here(
    qtbot: QtBot, study: Study, patient: int, corrected: int, clock: FixedClock, desk_settings: SettingsFile
) -> None:
    study.close()
    with open_as(study.path, clock, "M. Neri") as monitor:
        monitor.review.ask(patient, "visit", corrected, "date", "Is Mr Esposito meant?", "coordinator")
    workspace = workspace_of(open_as(study.path, clock, "I. Bianchi"), desk_settings)
    page = page_of(qtbot, workspace)
    page.kind.setCurrentIndex(page.kind.findText("Step of a query"))
    settle(qtbot, workspace)
    page.list.remove_button.click()
    [dialog] = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, RedactDialog)]
    dialog.why.box.setPlainText("Names somebody")
    dialog.remove.click()
    assert dialog.failure.text.text() == ""
    settle(qtbot, workspace)  # the page reads the trail again
    [query] = workspace.study.review.queries(patient)
    assert query.asked.words == "[removed from the audit trail]"
    workspace.study.close()
