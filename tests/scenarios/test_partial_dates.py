"""What a patient remembers of dates is kept as it was said: a month, a year, or that nobody knows."""

from models.domain.partial_dates import PartialDate, Special
from models.records.disease import History
from models.records.treatment import Medication
from tests.scenarios.person import Person

UNKNOWN = PartialDate(special=Special.UNKNOWN)


def test_an_illness_of_which_the_month_is_known_and_its_end_is_not(nurse: Person) -> None:
    nurse.find("042-001")
    nurse.keys("Ctrl+7")
    nurse.go_to("history_table_offer")
    nurse.keys("Space")
    nurse.front("history_dialog")
    nurse.fill(history_term="Diabetes mellitus", history_began="2026-03", history_ended="unk")
    nurse.save()
    nurse.gone("history_dialog")
    (stored,) = nurse.chart("042-001").of(History)
    assert (stored.began, stored.ended) == (PartialDate(2026, 3), UNKNOWN)
    (row,) = nurse.rows("history_table")
    assert row[0] == "Diabetes mellitus"
    assert {"Mar 2026", "unknown"} <= set(row)

    nurse.go_to("history_table")
    nurse.keys("Home", "Return")
    nurse.front("history_dialog")
    assert nurse.entered("history_began") == "Mar 2026"
    assert nurse.entered("history_ended") == "unknown"
    nurse.keys("Esc")
    nurse.gone("history_dialog")
    assert nurse.study.drafts() == ()


def test_a_medicine_taken_since_a_year(nurse: Person) -> None:
    nurse.find("042-001")
    nurse.keys("Ctrl+5")
    nurse.go_to("medication_table_offer")
    nurse.keys("Space")
    nurse.front("medication_dialog")
    nurse.fill(medication_name="Metformin", medication_began="2019", medication_ended="unk")
    nurse.save()
    nurse.gone("medication_dialog")
    (stored,) = nurse.chart("042-001").of(Medication)
    assert (stored.began, stored.ended) == (PartialDate(2019), UNKNOWN)
    (row,) = nurse.rows("medication_table")
    assert "2019" in row
    assert "unknown" in row
