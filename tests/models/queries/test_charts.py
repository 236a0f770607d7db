"""Reading patients: the same number of statements whatever a patient has, and nothing writable."""

from decimal import Decimal

import pytest
from sqlalchemy import text

from benchmarks.counting import counted
from models.chart.visits import Entry
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.queries.charts import charts_of
from models.records import KINDS
from models.records.laboratory import LabResult
from models.study import Edit, Study
from tests.study_fixtures import BY


def enter_values(study: Study, patient: int, count: int) -> None:
    value = Quantity(Decimal("11.2"), "g/dL")
    edits = [
        Edit("lab", {"test": "HGB", "collected": PartialDate(2026, 1 + n // 27, 1 + n % 27), "value": value})
        for n in range(count)
    ]
    study.save(patient, edits, BY)


def test_a_patient_page_takes_the_same_number_of_statements_however_much_there_is(study: Study, patient: int) -> None:
    with counted() as few:
        study.chart(patient)
    enter_values(study, patient, 60)
    with counted() as many:
        assert len(study.chart(patient).of(LabResult)) == 60
    assert 1 < len(many) == len(few) <= len(KINDS) + 1


def test_many_charts_take_no_more_statements_than_one(study: Study, patient: int) -> None:
    for number in range(5):
        values = {"screening_number": f"S{number}", "screened": PartialDate(2026, 1, 2), "sex": "M"}
        study.screen([Edit("patient", values)], BY)
    with counted() as asked:
        assert len(list(study.charts(laboratory=True))) == 6
    assert 1 < len(asked) <= len(KINDS) + 2
    assert patient in [chart.patient.id for chart in study.charts()]


def test_lists_leave_laboratory_values_unread(study: Study, patient: int) -> None:
    enter_values(study, patient, 3)
    [line] = study.charts([patient])
    [whole] = study.charts([patient], laboratory=True)
    assert len(line.of(LabResult)) == 0
    assert len(whole.of(LabResult)) == 3


@pytest.mark.parametrize("laboratory", [False, True])
def test_lists_and_batches_of_papers_leave_it_unread_who_the_patients_are(
    study: Study, patient: int, laboratory: bool
) -> None:
    assert study.chart(patient).identity is not None
    assert [chart.identity for chart in study.charts(laboratory=laboratory)] == [None]


def test_an_unknown_patient_is_said_to_be_gone(study: Study) -> None:
    with pytest.raises(TrialError, match="not in the study"):
        study.chart(999)


def test_the_reading_engine_cannot_write(study: Study) -> None:
    engine = study._folder.read  # noqa: SLF001 - used past the queries
    with engine.begin() as connection, pytest.raises(TrialError, match="readonly"):
        connection.execute(text("DELETE FROM patient"))
    engine.dispose()


def test_of_a_kind_it_can_be_read_when_there_is_a_record_and_nothing_else(study: Study, patient: int) -> None:
    day = PartialDate(2026, 2, 3)
    what = ({"test": "HGB", "collected": day}, {"test": "PLT", "collected": day})
    named = {"test": "HGB", "collected": PartialDate(2026, 3), "visit": "D45"}
    edits = [Edit("lab", {**values, "not_done": "clotted"}) for values in (*what, named)]
    _, _, (_, last) = study.save(patient, edits, BY).records
    engine = study._folder.records  # noqa: SLF001 - the reading below the verbs is tried
    [read] = charts_of(engine, [patient], study.protocol, study.today, (), ("lab", "vitals"))
    assert (len(read.of(LabResult)), "vitals" in read.entries) == (0, False)
    assert set(read.entries["lab"]) == {Entry(None, day), Entry("D45", PartialDate(2026, 3))}
    assert len(read.entries["lab"]) == 2
    assert read.answers("lab").named == study.chart(patient).answers("lab").named
    study.void(patient, "lab", last, BY._replace(reason="entered twice"))
    [read] = charts_of(engine, [patient], study.protocol, study.today, (), ("lab",))
    assert read.entries["lab"] == (Entry(None, day),)
