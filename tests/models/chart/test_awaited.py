"""What is waited for, and the mutation test that answers an alert."""

import pytest

from models.chart.awaited import mutation_test_since
from models.domain.partial_dates import PartialDate
from models.records.molecular import Mutation
from models.records.visits import Sample
from tests.builders import PatientBuilder, a_patient


def _rising() -> PatientBuilder:
    """A patient whose MRD rose on day 85, 3 April 2026."""
    return a_patient().phase("induction", 1).mrd(57, 40).mrd(85, 4_000)


def _said(builder: PatientBuilder) -> str:
    chart = builder.chart()
    [alert] = chart.alerts
    return mutation_test_since(chart, alert)


def test_a_test_before_the_rise_does_not_answer_it() -> None:
    builder = _rising()
    assert _said(builder) == ""
    builder.add(Mutation(collected=builder.on(84), result="NONE"))
    builder.add(Sample(purpose="MUTATION", collected=builder.on(84)))
    assert _said(builder) == ""


@pytest.mark.parametrize("day", ["2026-04-03", "2026-04", "UNK"])
def test_a_test_that_may_have_followed_the_rise_is_not_asked_for_again(day: str) -> None:
    builder = _rising()
    builder.add(Mutation(collected=PartialDate.from_iso(day)))
    assert _said(builder) == "An ABL1 mutation test has been asked for since."
    builder.add(Mutation(collected=PartialDate.from_iso(day), result="NONE"))
    assert _said(builder) == "An ABL1 mutation test was taken since."


def test_a_sample_sent_for_the_test_answers_too_whether_its_result_came_or_not() -> None:
    builder = _rising()
    builder.add(Sample(purpose="MUTATION", sent=builder.on(86), received=builder.on(90)))
    assert _said(builder) == "An ABL1 mutation test has been asked for since."


def test_a_test_that_was_not_done_is_called_so() -> None:
    builder = _rising()
    builder.add(Mutation(collected=PartialDate.from_iso("ND"), comment="No material"))
    assert _said(builder) == "An ABL1 mutation test is recorded as not done."
