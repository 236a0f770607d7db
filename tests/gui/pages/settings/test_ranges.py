"""Reference ranges through their widgets."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.settings.range_form import RangeForm
from gui.pages.settings.ranges import Section
from gui.settings import SettingsFile
from gui.widgets.grid_form import GridDialog
from gui.widgets.history import HistoryDialog
from gui.widgets.record_dialog import RecordDialog
from gui.workspace import Workspace
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.findings import Finding
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.laboratory import LabRange
from models.study import Edit, Study
from tests.gui.fakes import workspace_of
from tests.signing_fixtures import sign
from tests.study_fixtures import open_as
from tests.wording import english

BY = Context("C. Rossi")


class Asked(NamedTuple):
    """A section, and the questions that it asked."""

    section: Section
    questions: list[str]


def limits(test: str, lower: str | None, upper: str, unit: str, since: str, sex: str | None = None) -> Edit:
    values = {
        "laboratory": "Central",
        "test": test,
        "valid_from": PartialDate.from_iso(since),
        "sex": sex,
        "lower": Quantity(Decimal(lower), unit) if lower else None,
        "upper": Quantity(Decimal(upper), unit),
    }
    return Edit("lab_range", {name: value for name, value in values.items() if value is not None})


@pytest.fixture
def workspace(study: Study, tmp_path: Path) -> Workspace:
    settings = SettingsFile(tmp_path / "settings.json")
    return workspace_of(study, settings)


@pytest.fixture
def section(qtbot: QtBot, workspace: Workspace) -> Iterator[Section]:
    made = Section(workspace)
    qtbot.addWidget(made)
    workspace.notifier.changed.connect(made.refresh)
    made.refresh(None)
    made.show()
    yield made
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.close()


@pytest.fixture
def filled(section: Section, study: Study) -> Section:
    edits = [
        limits("PLAT", "150", "400", "10^9/L", "2020-01-01"),
        limits("PLAT", "140", "400", "10^9/L", "2026-01-01"),
        limits("ALT", None, "35", "U/L", "2020-01-01", "F"),
        limits("HGB", "120", "160", "g/L", "2027-01-01"),
    ]
    study.save(0, edits, BY)
    section.refresh(None)
    return section


def form() -> RangeForm:
    found = next(w.form for w in QApplication.topLevelWidgets() if isinstance(w, GridDialog) and w.isVisible())
    assert isinstance(found, RangeForm)
    return found


def click(qtbot: QtBot, section: Section, name: str) -> None:
    qtbot.mouseClick(section.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def type_range(qtbot: QtBot, made: RangeForm, test: str, text: str) -> None:
    line = made.grid.findChild(QLineEdit, f"range_set_{test}")
    assert isinstance(line, QLineEdit)
    line.clear()
    qtbot.keyClicks(line, text)


def test_a_first_set_is_typed_and_saved_at_once(qtbot: QtBot, section: Section, study: Study) -> None:
    click(qtbot, section, "ranges_table_offer")
    made = form()
    made.rows["laboratory"].editor.set_typed("Central")
    made.rows["valid_from"].editor.set_typed("1/1/2026")
    type_range(qtbot, made, "PLAT", "150-400")
    type_range(qtbot, made, "ALT", "<41")
    type_range(qtbot, made, "HGB", "120-160 g/L")
    assert made.save()
    assert {(r.test, str(r.lower), str(r.upper)) for r in study.ranges()} == {
        ("PLAT", "150 10^9/L", "400 10^9/L"),
        ("ALT", "None", "41 U/L"),
        ("HGB", "120 g/L", "160 g/L"),
    }
    assert section.laboratory.currentText() == "Central"


def test_each_range_says_whether_it_is_in_force(filled: Section) -> None:
    shown = {(row.test, row.valid_from.iso): filled._state(row) for row in filled.table.model.rows}  # noqa: SLF001
    assert shown == {
        ("HGB", "2027-01-01"): "to come",
        ("PLAT", "2026-01-01"): "in force",
        ("PLAT", "2020-01-01"): "replaced",
        ("ALT", "2020-01-01"): "in force",
    }


@pytest.mark.parametrize(
    ("sexes", "states"),
    [
        (("M", None), ("replaced", "in force")),  # one for both, from a later day
        ((None, "M", "F"), ("replaced", "in force", "in force")),  # one for each sex, from later days
        ((None, "M"), ("in force", "in force")),  # women keep the one for both
    ],
)
def test_a_range_is_in_force_for_as_long_as_somebody_is_graded_by_it(
    section: Section, study: Study, sexes: tuple[str | None, ...], states: tuple[str, ...]
) -> None:
    days = ("2020-01-01", "2021-01-01", "2022-01-01")
    edits = [limits("HGB", "120", "160", "g/L", day, sex) for day, sex in zip(days, sexes, strict=False)]
    study.save(0, edits, BY)
    section.refresh(None)
    shown = {row.valid_from.iso: section._state(row) for row in section.table.model.rows}  # noqa: SLF001
    assert shown == dict(zip(days, states, strict=False))


def test_a_set_is_copied_to_a_new_date(qtbot: QtBot, filled: Section, study: Study) -> None:
    click(qtbot, filled, "ranges_copy")
    made = form()
    assert made.grid.texts()["PLAT"] == "140\N{EN DASH}400"
    assert made.grid.texts()["ALT"] == ""
    made.rows["valid_from"].editor.set_typed("1/9/2026")
    type_range(qtbot, made, "PLAT", "130-400")
    assert made.save()
    newest = max(study.ranges(), key=lambda row: row.id)
    assert (newest.test, str(newest.lower), newest.valid_from.iso) == ("PLAT", "130 10^9/L", "2026-09-01")
    assert len(study.ranges()) == 5


def test_the_ranges_of_one_sex_are_copied_where_one_of_them_is_chosen(qtbot: QtBot, filled: Section) -> None:
    filled.table.choose(next(row for row in filled.table.model.rows if row.sex == "F"))
    click(qtbot, filled, "ranges_copy")
    assert form().rows["sex"].editor.value() == "F"
    assert form().grid.texts()["ALT"] == "<35"


def test_a_range_from_a_day_that_has_one_is_refused(qtbot: QtBot, filled: Section, study: Study) -> None:
    click(qtbot, filled, "ranges_copy")
    made = form()
    made.rows["valid_from"].editor.set_typed("1/1/2026")
    assert not made.save()
    assert any("recorded already" in english(finding.message) for finding in made.edits()[1])
    assert len(study.ranges()) == 4


def test_a_set_needs_its_laboratory_and_its_day(qtbot: QtBot, section: Section) -> None:
    section.enter_ranges()
    made = form()
    type_range(qtbot, made, "PLAT", "150-400")
    assert not made.save()
    sentences = [english(finding.message) for finding in made.edits()[1]]
    assert "Laboratory is missing." in sentences
    assert "Valid from is missing." in sentences


def test_typing_that_is_no_range_is_marked_and_kept(qtbot: QtBot, section: Section) -> None:
    section.enter_ranges()
    made = form()
    type_range(qtbot, made, "PLAT", "150")
    line = made.grid.findChild(QLineEdit, "range_set_PLAT")
    assert isinstance(line, QLineEdit)
    assert line.accessibleDescription() == "cannot be read"
    assert not made.save()
    made.leave()
    section.enter_ranges()
    forms = [w.form for w in QApplication.topLevelWidgets() if isinstance(w, GridDialog)]
    again = next(each for each in forms if each is not made)
    assert dict(again.texts()) == {"test/PLAT": "150"}


def test_a_range_is_corrected_with_a_reason_and_shows_its_history(qtbot: QtBot, filled: Section, study: Study) -> None:
    row = next(row for row in filled.table.model.rows if row.test == "ALT")
    filled.table.choose(row)
    click(qtbot, filled, "ranges_open")
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog))
    dialog.form.editor("upper").set_typed("36")
    assert dialog.form.save()
    filled.table.choose(next(row for row in filled.table.model.rows if row.test == "ALT"))
    click(qtbot, filled, "ranges_history")
    history = next(w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryDialog))
    assert len(history.table.model.rows) == 1


@pytest.fixture
def signed_grade(filled: Section, study: Study, clock: FixedClock, patient: int, tmp_path: Path) -> Iterator[Asked]:
    """The section of an investigator who signed a patient with platelets of 145, and what the section asked."""
    platelets = Quantity(Decimal(145), "10^9/L")
    value = {"test": "PLAT", "collected": PartialDate(2026, 4, 3), "value": platelets, "laboratory": "Central"}
    study.save(patient, [Edit("lab", value)], Context("C. Rossi", "Late"))
    study.close()
    asked: list[str] = []

    def answer(parent: QWidget, what: str, findings: Sequence[Finding], workspace: Workspace) -> str:
        asked.append("\n".join((what, *(english(finding.message) for finding in findings))))
        return "Typing error"

    with open_as(study.path, clock, "I. Bianchi") as investigator:
        sign(investigator, patient, None)
        workspace = replace(workspace_of(investigator, SettingsFile(tmp_path / "settings.json")), reasons=answer)
        section = Section(workspace)
        section.refresh(None)
        yield Asked(section, asked)


def in_force(section: Section) -> LabRange:
    rows: Sequence[LabRange] = section.table.model.rows
    return next(row for row in rows if row.test == "PLAT" and str(row.lower).startswith("140"))


SETTLED = "CTCAE grades that change with it: 1, of these 1 in what is signed or locked."


def test_correcting_a_range_says_how_many_signed_values_get_another_grade(qtbot: QtBot, signed_grade: Asked) -> None:
    section, asked = signed_grade
    qtbot.addWidget(section)
    section.table.choose(in_force(section))
    click(qtbot, section, "ranges_open")
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog) and w.isVisible())
    dialog.form.editor("lower").set_typed("150")
    assert dialog.form.save()
    [question] = asked
    assert question.startswith("Reference range: correct\nLower limit")
    assert SETTLED in question


def test_withdrawing_a_range_says_how_many_signed_values_get_another_grade(qtbot: QtBot, signed_grade: Asked) -> None:
    section, asked = signed_grade
    qtbot.addWidget(section)
    section.table.choose(in_force(section))
    click(qtbot, section, "ranges_withdraw")
    assert SETTLED in asked[0]  # the range from before has a limit of 150


def test_a_new_range_from_a_day_in_the_past_is_asked_about_where_a_signed_value_gets_another_grade(
    qtbot: QtBot, signed_grade: Asked
) -> None:
    section, asked = signed_grade
    qtbot.addWidget(section)
    section.enter_ranges()
    made = form()
    made.rows["laboratory"].editor.set_value("Central")
    made.rows["valid_from"].editor.set_typed("1 Mar 2026")
    type_range(qtbot, made, "PLAT", "150-400")
    assert made.save()
    assert SETTLED in asked[0]


def test_a_withdrawn_range_is_gone(qtbot: QtBot, filled: Section, study: Study) -> None:
    filled.table.choose(filled.table.model.rows[0])
    click(qtbot, filled, "ranges_withdraw")
    assert len(study.ranges()) == 3
