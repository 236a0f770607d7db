from dataclasses import replace
from datetime import timedelta

from models.records.patient import Identity
from models.reports.record_state import record_state
from tests.builders import a_treated_patient


def test_it_is_the_same_on_another_day() -> None:
    chart = a_treated_patient().chart()
    assert record_state(replace(chart, today=chart.today + timedelta(days=1))) == record_state(chart)


def test_it_changes_with_any_value() -> None:
    assert record_state(a_treated_patient().lab("K", 2, 4, "mmol/L").chart()) != record_state(
        a_treated_patient().chart()
    )


def test_it_does_not_depend_on_how_a_number_was_typed() -> None:
    one = a_treated_patient().lab("K", 2, "4.0", "mmol/L").chart()
    assert record_state(one) == record_state(a_treated_patient().lab("K", 2, "4", "mmol/L").chart())


def test_it_says_nothing_about_who_the_patient_is() -> None:
    builder = a_treated_patient()
    builder.add(Identity(family_name="Bianchi"))
    assert record_state(builder.chart()) == record_state(a_treated_patient().chart())


def test_it_is_sixteen_hexadecimal_digits_in_groups() -> None:
    groups = record_state(a_treated_patient().chart()).split(" ")
    assert [len(g) for g in groups] == [4, 4, 4, 4]
    assert int("".join(groups), 16) >= 0
