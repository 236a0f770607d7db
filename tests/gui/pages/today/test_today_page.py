"""What has to be done today, and that every line opens its exact form."""

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.print.paper_dialog import PaperDialog
from gui.pages.today import reading
from gui.pages.today.lines import LineList
from gui.pages.today.page import Page
from gui.pages.today.section_card import FIRST
from gui.workspace import Workspace
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.study import Edit, Study, Urgency, WorkItem, Worklist
from tests.backup_fixtures import HandClock
from tests.gui.fakes import NotingHost
from tests.gui.pages.desk import Keyboard, view_of
from tests.gui.showing import in_front

BY = Context("C. Rossi")


def page_of(bare: Workspace, qtbot: QtBot) -> Page:
    page = Page(bare)
    page.resize(1150, 700)
    in_front(qtbot, page)
    page.refresh(None)
    qtbot.waitUntil(lambda: not page.reading.isVisible())
    return page


def screened(study: Study, number: int) -> None:
    values = {"screening_number": f"S042-{number:03d}", "screened": PartialDate(2026, 10, 1), "sex": "F", "age": 58}
    study.screen((Edit("patient", values),), BY)


def serious(study: Study, patient: int) -> int:
    values = {"term": "Sepsis", "version": study.protocol.ctcae_version, "began": PartialDate(2026, 10, 1),
              "serious": True, "aware": study.clock.now() - timedelta(hours=15)}  # fmt: skip
    grade = Edit("ae_grade", {"grade": "4", "since": PartialDate(2026, 10, 1)})
    edit = Edit("adverse_event", values, children=(grade,))
    changes = study.save(patient, [edit], Context("C. Rossi", "Checked"))
    return next(id_ for kind, id_ in changes.records if kind == "adverse_event")


def shown(page: Page, code: str) -> list[str]:
    return [item.text for item in page.cards[code].lines.items]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
    ],
)
def test_a_running_clock_opens_its_event_with_either_enter(
    bare: Workspace,
    host: NotingHost,
    qtbot: QtBot,
    study: Study,
    patient: int,
    keyboard: Keyboard,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
) -> None:
    event = serious(study, patient)
    page = page_of(bare, qtbot)
    keyboard.go_to(page.cards["clocks"].lines.objectName())
    keyboard.press(key, modifier)
    target = host.targets[-1]
    assert (target.patient, target.record) == (patient, ("adverse_event", event))


def test_a_running_clock_is_told_anew_while_nothing_is_saved(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int
) -> None:
    serious(study, patient)
    study.clock = clock = HandClock(study.clock.now())
    page = page_of(bare, qtbot)
    lines = page.cards["clocks"].lines
    assert [item.badge for item in lines.items] == ["9 h left"]
    clock.go(hours=2)
    page.hide()
    page.show()
    assert [item.badge for item in lines.items] == ["7 h left"]
    clock.go(hours=8)
    page.print_list()
    assert [item.badge for item in lines.items] == ["1 h overdue"]
    dialog = page.findChild(PaperDialog)
    assert dialog is not None
    dialog.close()


def test_a_visit_opens_its_form_with_a_click(bare: Workspace, host: NotingHost, qtbot: QtBot, patient: int) -> None:
    page = page_of(bare, qtbot)
    lines = page.cards["visits"].lines
    qtbot.mouseClick(
        lines.viewport(), Qt.MouseButton.LeftButton, pos=lines.visualRect(lines.model().index(1, 0)).center()
    )
    target, item = host.targets[-1], lines.items[1]
    assert (target.patient, target.record) == (patient, ("visit", 0))
    assert target.values["visit"] == item.visit


def test_down_walks_from_one_section_into_the_next(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int, keyboard: Keyboard
) -> None:
    serious(study, patient)
    page = page_of(bare, qtbot)
    keyboard.go_to(page.cards["clocks"].lines.objectName())
    keyboard.press(Qt.Key.Key_Down)
    assert keyboard.focus.objectName() == "today_visits"


def test_a_section_that_comes_later_takes_its_place(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int, keyboard: Keyboard
) -> None:
    """With the eyes and with the keyboard: above those that stood there before, and before the button of the long."""
    for number in range(11, 11 + FIRST):
        screened(study, number)
    page = page_of(bare, qtbot)
    assert list(page.cards) == ["visits"]
    serious(study, patient)
    page.refresh(None)
    assert page.cards["clocks"].y() < page.cards["visits"].y()
    page.enrol_button.setFocus()
    stops = []
    for _ in range(3):
        keyboard.press(Qt.Key.Key_Tab)
        stops.append(keyboard.focus.objectName())
    assert stops == ["today_clocks", "today_visits", "today_visits_more"]


def test_a_visit_before_the_first_phase_is_listed_without_a_window(bare: Workspace, qtbot: QtBot, study: Study) -> None:
    screened(study, 1)
    page = page_of(bare, qtbot)
    assert any("before" in item.detail for item in page.cards["visits"].lines.items)


def test_a_long_section_shows_its_first_lines_until_all_are_asked_for(
    bare: Workspace, qtbot: QtBot, study: Study
) -> None:
    for number in range(FIRST + 3):
        screened(study, number)
    page = page_of(bare, qtbot)
    card = page.cards["visits"]
    everything = len(bare.study.worklist().section("visits").items)
    assert everything > FIRST
    assert card.more is not None
    assert (len(card.lines.items), card.more.text()) == (FIRST, f"Show all {everything}")
    card.more.click()
    assert len(card.lines.items) == everything
    card.more.click()
    assert len(card.lines.items) == FIRST


def test_empty_sections_are_told_in_one_line(bare: Workspace, qtbot: QtBot, patient: int) -> None:
    page = page_of(bare, qtbot)
    assert list(page.cards) == ["visits"]
    assert page.quiet.text().startswith("Nothing to report under: must be reported")


def test_an_unsaved_form_is_listed_and_opens(
    bare: Workspace, host: NotingHost, qtbot: QtBot, study: Study, patient: int
) -> None:
    study.save_draft(f"mrd/{patient}/0", {"target_copies": "12"})
    page = page_of(bare, qtbot)
    assert shown(page, "drafts") == ["New: MRD result"]
    page.cards["drafts"].lines.setFocus()
    qtbot.keyClick(page.cards["drafts"].lines, Qt.Key.Key_Return)
    assert host.targets[-1].record == ("mrd", 0)


def test_the_sidebar_counts_what_is_to_do(
    bare: Workspace, host: NotingHost, qtbot: QtBot, study: Study, patient: int
) -> None:
    serious(study, patient)
    page_of(bare, qtbot)
    assert host.badges["today"] == (study.worklist().total, "urgent")
    assert host.badges["patients"] == (1, "")


def test_a_study_without_patients_offers_the_first_enrolment(bare: Workspace, host: NotingHost, qtbot: QtBot) -> None:
    page = page_of(bare, qtbot)
    assert page.empty is not None
    assert page.empty.isVisible()
    assert page.empty.button is not None
    page.empty.button.click()
    assert host.targets[-1].page == "enrolment"


def test_an_italian_desk_reads_italian_dates(bare: Workspace, qtbot: QtBot, patient: int) -> None:
    bare.settings.change(language="it")
    page = page_of(bare, qtbot)
    assert page.header.title.text() == "Venerdì 2 ottobre 2026"
    details = " ".join(item.detail for item in page.cards["visits"].lines.items)
    assert any(month in details for month in (" gen ", " mag ", " giu ", " lug ", " ago ", " set ", " ott ", " dic "))


def test_a_line_of_the_side_column_is_as_high_as_all_of_its_words(qtbot: QtBot) -> None:
    short = WorkItem(1, "042-001", "Rise of MRD: p190", "Marrow.", "5 Aug 2026", Urgency.NOW, "mrd")
    long = short._replace(patient=2, detail="Ask for an ABL1 mutation test, and repeat the measurement. " * 3)
    lines = LineList("rising", "Rising MRD", narrow=True)
    qtbot.addWidget(lines)
    lines.resize(280, 100)
    lines.show_items((short, long))
    assert lines.sizeHintForRow(1) >= lines.sizeHintForRow(0) + 3 * lines.fontMetrics().height()
    assert lines.height() == lines.sizeHintForRow(0) + lines.sizeHintForRow(1)


def test_the_list_is_shown_as_paper_and_saving_it_stands_in_the_audit_trail(
    bare: Workspace, qtbot: QtBot, patient: int, tmp_path: Path
) -> None:
    page = page_of(bare, qtbot)
    page.print_list()
    dialog = page.findChild(PaperDialog)
    assert dialog is not None
    assert dialog.pdf.startswith(b"%PDF")
    assert dialog.save_to(tmp_path / "list.pdf")
    newest = bare.study.trail.lines()[0]
    assert (newest.act, newest.details) == ("list saved", {"pages": 1})
    dialog.close()


def test_a_big_study_is_read_as_a_job_and_follows_a_change_without_reading_all_again(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "DIRECT_UP_TO", 0)
    page = page_of(bare, qtbot)
    before = shown(page, "visits")
    changes = study.save(
        patient, [Edit("visit", {"code": page.cards["visits"].lines.items[0].visit, "status": "MISSED",
                                 "reason": "Holiday"})], BY)  # fmt: skip
    bare.notifier.changed.emit(changes)
    page.refresh(changes)
    assert bare.jobs.running == ()
    assert shown(page, "visits") == study_lines(study)
    assert shown(page, "visits") != before


class Endless:
    """Reads until somebody stops it."""

    complete = False

    def steps(self) -> Iterator[tuple[int, int]]:
        return itertools.repeat((0, 0))

    def worklist(self) -> Worklist:
        return Worklist((), {}, complete=False)


def stopped_page(bare: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The page of a study so big that it is read as a job, which somebody stopped."""
    monkeypatch.setattr(reading, "DIRECT_UP_TO", 0)
    page = Page(bare)
    qtbot.addWidget(page)
    page.show()
    with monkeypatch.context() as patch:
        patch.setattr(Study, "worklist_reader", lambda *_: Endless())
        page.refresh(None)
        bare.jobs.cancel_all()
        qtbot.waitUntil(lambda: not bare.jobs.running)
    return page


def test_a_stopped_reading_says_that_the_list_is_not_complete(
    bare: Workspace, qtbot: QtBot, patient: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = stopped_page(bare, qtbot, monkeypatch)
    assert page.stopped.text.text() == "Reading was stopped: the list is not complete."
    assert not page.reading.isVisible()
    assert not page.print_button.isEnabled()


def test_a_stopped_reading_is_taken_up_again_with_a_button(
    bare: Workspace, qtbot: QtBot, patient: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = stopped_page(bare, qtbot, monkeypatch)
    page.stopped.button.click()
    qtbot.waitUntil(lambda: not bare.jobs.running)
    assert not page.stopped.isVisible()
    assert page.print_button.isEnabled()
    assert shown(page, "visits") == study_lines(bare.study)


def study_lines(study: Study) -> list[str]:
    return [item.text for item in study.worklist().section("visits").items[:FIRST]]


def test_the_window_opens_on_today(open_window: Callable[[], Application], patient: int, qtbot: QtBot) -> None:
    view = view_of(open_window())
    page = view.page
    assert isinstance(page, Page)
    qtbot.waitUntil(lambda: not page.reading.isVisible())
    button = view.sidebar.button("today")
    assert button is not None
    assert button.badge[0] == len(page.cards["visits"].lines.items) or button.badge[0] > FIRST
