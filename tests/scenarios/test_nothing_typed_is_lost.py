"""A half typed form is left by every exit there is: what was typed comes back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.scenarios.conftest import OpenDesk
from tests.scenarios.person import Person

Exit = Callable[[Person, Path], None]


def to_another_page(person: Person, other: Path) -> None:
    person.keys("Ctrl+T")
    assert person.view.target.page == "today"


def by_closing_the_study(person: Person, other: Path) -> None:
    person.keys("Ctrl+W")
    assert person.application.study is None


def by_opening_another_study(person: Person, other: Path) -> None:
    with person.file_named(other):
        person.keys("Ctrl+O")
    person.sign_in("C. Rossi")
    assert person.study.path == other


def by_locking(person: Person, other: Path) -> None:
    person.keys("Ctrl+L")
    assert person.application.study is None
    person.sign_in()


def by_ending_the_program(person: Person, other: Path) -> None:
    person.keys("Ctrl+Q")
    assert not person.application.window.isVisible()


@pytest.mark.parametrize(
    "leave", [to_another_page, by_closing_the_study, by_opening_another_study, by_locking, by_ending_the_program]
)
def test_an_enrolment_comes_back(
    person: Person, leave: Exit, open_desk: OpenDesk, empty_study_file: Path, tmp_path: Path
) -> None:
    path = person.study.path
    person.keys("Ctrl+E")
    person.until(lambda: person.focus.objectName() == "patient_screened")
    person.fill(patient_screened="28 sep 2026", consent_version="4.0")
    leave(person, Path(shutil.copytree(empty_study_file, tmp_path / "other.albatrack")))
    if person.application.study is None or person.study.path != path or not person.application.window.isVisible():
        person.application.close_study()
        person.application.window.close()
        person = open_desk(path)
    person.keys("Ctrl+E")
    person.until(lambda: person.focus.objectName().startswith("patient_"))
    assert person.says("Typed earlier by C. Rossi on 2 Oct 2026, 09:00")
    assert person.entered("patient_screened") == "28 Sep 2026"
    assert person.entered("consent_version") == "4.0"


def by_escape(person: Person) -> None:
    person.keys("Esc")


def by_cancel(person: Person) -> None:
    person.go_to("mrd_cancel")
    person.keys("Space")


def by_the_frame_of_the_window(person: Person) -> None:
    """Alt+F4 never reaches the program as a key: the desktop closes the window."""
    person.window.windowHandle().close()


@pytest.mark.parametrize("leave", [by_escape, by_cancel, by_the_frame_of_the_window])
def test_a_result_comes_back_and_stands_on_the_list_of_today(nurse: Person, leave: Callable[[Person], None]) -> None:
    nurse.find("042-001")
    nurse.keys("Ctrl+M")
    nurse.front("mrd_dialog")
    nurse.fill(mrd_target_copies="12 and a bit", mrd_control_copies="45310")
    leave(nurse)
    nurse.gone("mrd_dialog")

    nurse.keys("Ctrl+T")
    nurse.go_to("today_drafts")
    nurse.keys("Return")
    nurse.front("mrd_dialog")
    assert nurse.says("Typed earlier by C. Rossi")
    assert nurse.entered("mrd_target_copies") == "12 and a bit"
    nurse.go_to("mrd_discard")
    nurse.keys("Space", "Esc")
    nurse.gone("mrd_dialog")
    assert nurse.study.drafts() == ()


def test_a_visit_comes_back_after_a_look_at_another_tab(nurse: Person) -> None:
    nurse.find("042-001 day 45")
    nurse.front("visit_dialog")
    nurse.fill(visit_date="22 feb 2026", vitals_weight="62.5")
    nurse.go_to("visit_lab_add")
    nurse.keys("Space")
    nurse.gone("visit_dialog")
    nurse.keys("Esc")
    nurse.until(lambda: nurse.window is nurse.application.window)
    nurse.keys("Ctrl+T")
    nurse.go_to("today_drafts")
    nurse.keys("Return")
    nurse.front("visit_dialog")
    assert nurse.entered("visit_date") == "22 Feb 2026"
    assert nurse.entered("vitals_weight") == "62.5"
    nurse.keys("Esc")
    nurse.gone("visit_dialog")


def test_a_program_that_is_ended_with_a_form_open_keeps_the_form(
    nurse: Person, open_desk: OpenDesk, qtbot: QtBot
) -> None:
    path = nurse.study.path
    nurse.find("042-001")
    nurse.keys("Ctrl+M")
    nurse.front("mrd_dialog")
    nurse.fill(mrd_target_copies="12")
    nurse.until(lambda: len(nurse.study.drafts()) == 1)
    nurse.window.windowHandle().close()
    nurse.gone("mrd_dialog")
    nurse.keys("Ctrl+Q")
    again = open_desk(path)
    again.find("042-001")
    again.keys("Ctrl+M")
    again.front("mrd_dialog")
    assert again.entered("mrd_target_copies") == "12"
    again.keys("Esc")
    again.gone("mrd_dialog")
