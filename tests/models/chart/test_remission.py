"""Haematologic remission over time."""

from datetime import date

import pytest

from models.chart.patient_chart import PatientChart
from models.records.disease import Assessment, Relapse
from tests.builders import PatientBuilder, a_patient


def assessed(builder: PatientBuilder, day: int, response: str) -> PatientBuilder:
    builder.add(Assessment(assessed=builder.on(day), response=response))
    return builder


@pytest.fixture
def builder() -> PatientBuilder:
    builder = assessed(a_patient().phase("induction", 1), 45, "CR")
    builder.add(Relapse(found=builder.on(200)))
    return builder


def on(chart: PatientChart, builder: PatientBuilder, *days: int) -> list[bool | None]:
    found: list[bool | None] = []
    for number in days:
        day = builder.on(number).full
        assert isinstance(day, date)
        found.append(chart.in_remission(day))
    return found


def test_it_begins_with_the_assessment_and_ends_with_a_relapse(builder: PatientBuilder) -> None:
    assert on(builder.chart(), builder, 44, 45, 199, 200, 250) == [False, True, True, False, False]


def test_it_begins_anew_with_an_assessment_after_the_relapse(builder: PatientBuilder) -> None:
    assert on(assessed(builder, 240, "CRi").chart(), builder, 239, 240) == [False, True]


def test_without_an_assessment_of_remission_it_is_not_known() -> None:
    builder = assessed(a_patient(), 45, "NR")
    assert on(builder.chart(), builder, 50) == [None]


def test_the_european_terms_are_not_applied_after_a_relapse(builder: PatientBuilder) -> None:
    chart = builder.mrd(130, 0, 50_000).mrd(210, 900, 50_000).chart()
    (series,) = chart.course.series
    assert [point.result.european_class.value for point in series.points] == ["MRD CR", "not evaluable"]
