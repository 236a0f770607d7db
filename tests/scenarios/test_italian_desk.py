"""An Italian desk types and reads its own numbers and dates; what can be read in two ways is refused with both."""

import pytest

from models.domain.partial_dates import PartialDate
from models.records.molecular import MrdResult
from tests.scenarios.person import Person


@pytest.fixture
def infermiera(nurse: Person) -> Person:
    """Sets the desk to Italian with the keyboard."""
    nurse.keys("Ctrl+,")
    nurse.go_to("settingsLanguage")
    nurse.keys("Down")
    nurse.until(lambda: nurse.text("settingsSample").startswith("21 set 2026"))
    return nurse


def test_numbers_and_dates_are_typed_and_shown_in_italian(infermiera: Person) -> None:
    infermiera.find("042-001")
    infermiera.keys("Ctrl+M")
    infermiera.front("mrd_dialog")
    infermiera.fill(
        mrd_visit="unscheduled", mrd_collected="12/3", mrd_target_copies="0,02", mrd_control_copies="40 000"
    )
    assert infermiera.understood() == "40 000 copies"
    infermiera.save()
    infermiera.gone("mrd_dialog")
    stored = next(r for r in infermiera.chart("042-001").of(MrdResult) if r.collected == PartialDate(2026, 3, 12))
    assert str(stored.target_copies) == "0.02 copies"
    infermiera.keys("Ctrl+3")
    row = next(row for row in infermiera.rows("mrd_table") if "0,02" in row)
    assert "12 mar 2026" in row


def test_a_month_has_its_italian_name(infermiera: Person) -> None:
    infermiera.find("042-001")
    infermiera.keys("Ctrl+M")
    infermiera.front("mrd_dialog")
    infermiera.fill(mrd_collected="18 maggio 2026", mrd_target_copies="")
    assert infermiera.entered("mrd_collected") == "18 mag 2026"
    infermiera.keys("Esc")
    infermiera.gone("mrd_dialog")


def test_what_can_be_read_in_two_ways_is_refused_and_both_are_named(infermiera: Person) -> None:
    infermiera.find("042-001")
    before = len(infermiera.chart("042-001").of(MrdResult))
    infermiera.keys("Ctrl+M")
    infermiera.front("mrd_dialog")
    infermiera.fill(mrd_collected="03/26", mrd_target_copies="1.234", mrd_control_copies="40000")
    infermiera.save()
    assert infermiera.says("can be read as 26 mar 2026 or as mar 2026")
    assert infermiera.says("1.234 can be read in two ways: 1234 or 1,234")
    assert len(infermiera.chart("042-001").of(MrdResult)) == before
    infermiera.keys("Esc")
    infermiera.gone("mrd_dialog")
