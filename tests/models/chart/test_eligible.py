"""A patient who was enrolled against the criteria is told from one who was not enrolled."""

from dataclasses import replace

from models.chart.eligible import enrolled_against_criteria, judged_answers
from models.domain.partial_dates import PartialDate
from models.protocols.eligibility import Eligibility
from models.records.patient import EligibilityAnswer
from tests.builders import a_patient, dalba


def test_only_an_enrolled_patient_was_enrolled_against_the_criteria() -> None:
    criterion = next(each for each in dalba().criteria if each.exclusion)
    builder = a_patient()
    assert enrolled_against_criteria(builder.chart()) == ""
    builder.add(EligibilityAnswer(criterion=criterion.code, answer="YES"))
    chart = builder.chart()
    assert enrolled_against_criteria(chart) == f"Not satisfied: {criterion.code}."
    assert enrolled_against_criteria(replace(chart, patient=replace(chart.patient, enrolled=None))) == ""


def test_of_two_answers_the_one_recorded_last_counts_whenever_it_was_assessed() -> None:
    criterion = next(each for each in dalba().criteria if each.exclusion)
    first = EligibilityAnswer(id=1, criterion=criterion.code, answer="NO", assessed=PartialDate(2026, 1, 5))
    last = EligibilityAnswer(id=2, criterion=criterion.code, answer="YES")
    for answers in ((first, last), (last, first)):
        assert judged_answers(dalba(), answers).value.status is Eligibility.NOT_ELIGIBLE
