from decimal import Decimal

from models.cohort.cohort import Cohort
from models.cohort.doses import DoseRow, as_table
from tests.models.cohort.people import Person, count, person


def dasatinib(*people: Person) -> DoseRow:
    found = count(people)
    return next(row for row in found.doses if (row.drug, row.phase) == ("dasatinib", "induction"))


def test_the_median_and_quartiles_are_of_the_planned_dose() -> None:
    people = [person(n).dose("dasatinib", 140, 1, days) for n, days in enumerate((85, 68, 51, 34, 17), start=1)]
    row = dasatinib(*people)
    assert (row.lower_quartile, row.median, row.upper_quartile) == (40, 60, 80)
    assert (row.lowest, row.highest) == (Decimal(20), Decimal(100))


def test_a_pause_is_an_interruption() -> None:
    one = person().dose("dasatinib", 140, 1, 40).dose("dasatinib", 0, 41, 50).dose("dasatinib", 100, 51, 85)
    assert [who.label for who in dasatinib(one, person(2).dose("dasatinib", 140, 1, 85)).interrupted] == ["042-001"]


def test_doses_that_cannot_be_summed_are_counted_apart() -> None:
    row = dasatinib(person(1).dose("dasatinib", 140, "2026-01", 85), person(2).dose("dasatinib", 140, 1, 85))
    assert [who.label for who in row.not_reckoned] == ["042-001"]
    assert row.median == 100


def test_a_phase_whose_first_day_is_not_fully_known_is_counted_apart_too() -> None:
    row = dasatinib(person(1, begun=False).phase("induction", "2026-01"), person(2).dose("dasatinib", 140, 1, 85))
    assert [who.label for who, _ in row.given] == ["042-001", "042-002"]
    assert [who.label for who in row.not_reckoned] == ["042-001"]
    assert row.median == 100


def test_where_no_dose_can_be_summed_there_is_no_median() -> None:
    row = dasatinib(person(1).dose("dasatinib", 140, "2026-01", 85))
    assert (row.median, row.lowest) == (None, None)


def test_the_table_has_a_line_for_each_drug_in_each_phase(counted: Cohort) -> None:
    table = as_table(counted.doses, counted.protocol)
    assert table.cell("blinatumomab/blina-1", "patients").values == (58,)
    assert table.cell("dasatinib/induction", "patients").values == (63,)


def test_a_cohort_of_nobody_has_no_line() -> None:
    assert count([]).doses == ()
