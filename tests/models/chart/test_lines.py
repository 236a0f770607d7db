"""One patient as one line of a list."""

from datetime import date

from models.chart.lines import patient_line
from models.domain.partial_dates import PartialDate
from models.records.outcome import Death
from tests.builders import a_patient


def test_nothing_comes_next_for_who_died_with_a_visit_unrecorded() -> None:
    builder = a_patient(day_one=date(2026, 1, 9)).phase("induction", 1)
    assert patient_line(builder.chart())["next_visit"] is not None
    builder.add(Death(date=PartialDate(2026, 9, 1)))
    assert patient_line(builder.chart())["next_visit"] is None
