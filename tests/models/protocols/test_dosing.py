from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.resources import RESOURCES
from models.protocols.dosing import DoseInterval, InfusionDays, dose_intensity, infusion_days, pauses
from models.protocols.loading import load_protocol
from models.protocols.model import Drug, Phase, Protocol
from tests.wording import english

DALBA = load_protocol(RESOURCES / "protocols" / "dalba.toml")
BEGAN = date(2026, 1, 5)


def drug_of(protocol: Protocol, code: str) -> Drug:
    found = protocol.drug(code)
    assert found is not None
    return found


def phase_of(protocol: Protocol, code: str) -> Phase:
    found = protocol.phase(code)
    assert found is not None
    return found


DASATINIB, BLINA = drug_of(DALBA, "dasatinib"), drug_of(DALBA, "blinatumomab")
INDUCTION, CYCLE = phase_of(DALBA, "induction"), phase_of(DALBA, "blina-1")


def day(number: int) -> date:
    return BEGAN + timedelta(days=number - 1)


def given_dose(drug: Drug, first: int, last: int | None, dose: str | None, reason: str = "") -> DoseInterval:
    return DoseInterval(
        drug.code,
        PartialDate.from_date(day(first)),
        PartialDate.from_date(day(last)) if last else None,
        None if dose is None else Quantity(Decimal(dose), drug.unit),
        reason,
    )


def intensity(*intervals: DoseInterval, through: int = 85) -> Decimal | None:
    return dose_intensity(DASATINIB, INDUCTION, BEGAN, intervals, day(through)).value


# ---- intensity


def test_every_dose_given_as_planned_is_100_percent() -> None:
    assert intensity(given_dose(DASATINIB, 1, 85, "140")) == 100


def test_a_course_still_going_on_is_held_against_the_days_that_have_passed() -> None:
    assert intensity(given_dose(DASATINIB, 1, None, "140"), through=10) == 100


def test_a_reduced_dose_and_an_interruption_lower_the_intensity() -> None:
    intervals = (
        given_dose(DASATINIB, 1, 5, "140"),
        given_dose(DASATINIB, 6, 7, "0", "ADVERSE EVENT"),
        given_dose(DASATINIB, 8, 10, "70"),
    )
    assert intensity(*intervals, through=10) == Decimal(5 * 140 + 3 * 70) * 100 / Decimal(1400)


def test_a_day_without_a_recorded_dose_counts_as_not_given_and_is_said() -> None:
    derived = dose_intensity(DASATINIB, INDUCTION, BEGAN, [given_dose(DASATINIB, 1, 5, "140")], day(10))
    assert derived.value == 50
    assert "5 of them have no dose recorded" in english(derived.reason)


def test_days_after_the_phase_do_not_count() -> None:
    assert intensity(given_dose(DASATINIB, 1, 200, "140"), through=200) == 100


def test_infusion_days_moved_back_by_a_pause_count_until_the_next_cycle_begins() -> None:
    intervals = (given_dose(BLINA, 1, 7, "9"), given_dose(BLINA, 8, 23, "28"), given_dose(BLINA, 29, 33, "28"))
    through = [
        dose_intensity(BLINA, CYCLE, BEGAN, (*intervals, given_dose(BLINA, 43, 50, "28")), day(last)).value
        for last in (28, 42)
    ]
    assert through == [Decimal(511) * 100 / 784, Decimal(651) * 100 / 784]


def test_another_drug_does_not_count() -> None:
    assert intensity(given_dose(BLINA, 1, 85, "28")) == 0


def test_while_the_first_dose_is_awaited_there_is_no_intensity() -> None:
    derived = dose_intensity(DASATINIB, INDUCTION, BEGAN, [], day(3), awaited=True)
    assert derived.value is None
    assert english(derived.reason) == "No dose of Dasatinib is recorded in this phase yet, which goes on."


def test_where_doses_overlap_the_later_one_counts() -> None:
    assert intensity(given_dose(DASATINIB, 1, 10, "140"), given_dose(DASATINIB, 6, 10, "70"), through=10) == 75


@pytest.mark.parametrize(
    ("interval", "reason"),
    [
        (given_dose(DASATINIB, 1, 85, None), "not known exactly"),
        (DoseInterval("dasatinib", PartialDate(2026, 1), None, Quantity(Decimal(140), "mg")), "not fully known"),
        (
            DoseInterval("dasatinib", PartialDate.from_date(BEGAN), None, Quantity(Decimal(140), "mg/kg")),
            "is in mg/kg, the plan in mg",
        ),
    ],
)
def test_what_cannot_be_summed_gives_no_intensity_but_a_reason(interval: DoseInterval, reason: str) -> None:
    derived = dose_intensity(DASATINIB, INDUCTION, BEGAN, [interval], day(85))
    assert derived.value is None
    assert reason in english(derived.reason)


def test_a_partial_date_in_another_phase_does_no_harm() -> None:
    elsewhere = DoseInterval("dasatinib", PartialDate(2030), None, Quantity(Decimal(100), "mg"))
    assert intensity(given_dose(DASATINIB, 1, 85, "140"), elsewhere) == 100


def test_before_the_phase_begins_there_is_no_intensity() -> None:
    assert intensity(through=-3) is None


@pytest.mark.parametrize(("age", "percent"), [(40, Decimal(3000) / Decimal(45)), (65, Decimal(100))])
def test_a_dose_that_depends_on_age_is_held_against_that_age(all2820: Protocol, age: int, percent: Decimal) -> None:
    ponatinib = drug_of(all2820, "ponatinib")
    doses = [given_dose(ponatinib, 1, 9, "30")]
    derived = dose_intensity(ponatinib, phase_of(all2820, "induction"), BEGAN, doses, day(9), age=age)
    assert derived.value == percent


def test_a_dose_that_depends_on_age_needs_the_age(all2820: Protocol) -> None:
    derived = dose_intensity(drug_of(all2820, "ponatinib"), phase_of(all2820, "induction"), BEGAN, [], day(9))
    assert (derived.value, "age" in english(derived.reason)) == (None, True)


@given(st.lists(st.sampled_from(["140", "100", "80", "0"]), min_size=1, max_size=85))
def test_intensity_stays_between_0_and_100_for_doses_of_the_ladder(doses: list[str]) -> None:
    intervals = [given_dose(DASATINIB, n, n, dose) for n, dose in enumerate(doses, 1)]
    got = intensity(*intervals, through=len(doses))
    assert got is not None
    assert 0 <= got <= 100


# ---- infusion days


def delivered(*intervals: DoseInterval, until: int | None = None) -> InfusionDays | None:
    last = day(until) if until else None
    return infusion_days(BLINA, CYCLE, BEGAN, intervals, day(60), until=last).value


def test_a_full_cycle_delivers_28_days() -> None:
    assert delivered(given_dose(BLINA, 1, 28, "28")) == InfusionDays(28, 28, 0)


def test_a_day_on_which_the_dose_changed_counts_once() -> None:
    assert delivered(given_dose(BLINA, 1, 7, "9"), given_dose(BLINA, 7, 28, "28")) == InfusionDays(28, 28, 0)


def test_an_interruption_is_a_gap() -> None:
    intervals = (
        given_dose(BLINA, 1, 10, "28"),
        given_dose(BLINA, 11, 13, "0", "ADVERSE EVENT"),
        given_dose(BLINA, 14, 31, "28"),
    )
    assert delivered(*intervals) == InfusionDays(28, 28, 3)


def test_the_next_cycle_is_not_counted() -> None:
    intervals = (given_dose(BLINA, 1, 28, "28"), given_dose(BLINA, 43, 50, "28"))
    assert delivered(*intervals, until=42) == InfusionDays(28, 28, 0)


def test_nothing_given_is_nothing_delivered() -> None:
    assert delivered() == InfusionDays(0, 28, 0)


# ---- pauses


def test_a_short_pause_stays_in_the_cycle_and_a_long_one_does_not() -> None:
    for length, same in ((7, True), (8, False)):
        intervals = (given_dose(BLINA, 1, 10, "28"), given_dose(BLINA, 11 + length, 30, "9"))
        (found,) = pauses(BLINA, BEGAN, intervals, day(60))
        assert (found.value.days, found.value.same_cycle, found.value.restarted_at) == (length, same, Decimal(9))


def test_the_statement_about_a_restart_is_information_and_no_order() -> None:
    intervals = (given_dose(BLINA, 1, 10, "28"), given_dose(BLINA, 15, 30, "28"))
    (found,) = pauses(BLINA, BEGAN, intervals, day(60))
    assert "the label restarts at 9 µg/day; recorded: 28 µg/day. The physician decides." in english(found.reason)


def test_a_pause_keeps_the_reason_it_was_recorded_with() -> None:
    intervals = (
        given_dose(BLINA, 1, 10, "28"),
        given_dose(BLINA, 11, 12, "0", "ADVERSE EVENT"),
        given_dose(BLINA, 13, 30, "28"),
    )
    (found,) = pauses(BLINA, BEGAN, intervals, day(60))
    assert (found.value.first, found.value.last, found.value.reason) == (day(11), day(12), "ADVERSE EVENT")


def test_a_pause_that_goes_on_has_no_end() -> None:
    intervals = (given_dose(BLINA, 1, 10, "28"), given_dose(BLINA, 11, None, "0", "ADVERSE EVENT"))
    (found,) = pauses(BLINA, BEGAN, intervals, day(15))
    assert (found.value.last, found.value.days, found.value.restarted_at) == (None, 5, None)


def test_the_end_of_an_infusion_is_no_pause() -> None:
    assert pauses(BLINA, BEGAN, [given_dose(BLINA, 1, 28, "28")], day(40)) == ()


def test_a_drug_without_a_convention_says_only_how_long_it_paused() -> None:
    intervals = (given_dose(DASATINIB, 1, 10, "140"), given_dose(DASATINIB, 12, 30, "140"))
    (found,) = pauses(DASATINIB, BEGAN, intervals, day(60))
    assert (found.value.same_cycle, english(found.reason)) == (None, "1 day without Dasatinib.")


@given(st.lists(st.booleans(), min_size=1, max_size=42))
def test_days_delivered_and_paused_fill_the_time_from_first_to_last(treated: list[bool]) -> None:
    intervals = [given_dose(BLINA, n, n, "28" if on else "0", "ADVERSE EVENT") for n, on in enumerate(treated, 1)]
    got = infusion_days(BLINA, CYCLE, BEGAN, intervals, day(len(treated))).value
    assert got is not None
    ended = [p.value.days for p in pauses(BLINA, BEGAN, intervals, day(len(treated))) if p.value.last]
    assert (got.delivered, got.gap) == (sum(treated), sum(ended))
