import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.statistics.incidence import IncidenceLandmark, IncidenceStep, cumulative_incidence
from models.statistics.survival import kaplan_meier
from tests.models.statistics.data_sets import causes, printed, rows

PATIENTS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2)), min_size=1, max_size=40)
# As cmprsk prints them in its own tests, at the times 1, 2, 3, …: estimates, then variances.
EXAMPLE = [
    (
        {},
        1,
        "0.2352861 0.3287068 0.4247898 0.4247898 0.4247898",
        "0.002062112 0.002957844 0.004170634 0.004170634 0.004170634",
    ),
    (
        {},
        2,
        "0.2567862 0.3931580 0.4631781 0.4911861 0.4911861",
        "0.002190305 0.003273248 0.004004514 0.004369940 0.004369940",
    ),
    (
        {"group": "a"},
        1,
        "0.1311269 0.2699184 0.3420625 0.3420625 0.3420625",
        "0.003922836 0.009113464 0.012507959 0.01250796 0.01250796",
    ),
    ({"group": "b"}, 1, "0.2176471 0.2615686", "0.005528913 0.006916070"),
    ({"group": "c"}, 1, "0.3816280 0.4889137 0.5723581", "0.009854126 0.012351948 0.015575726"),
    (
        {"group": "a"},
        2,
        "0.2257601 0.2972171 0.4415053 0.4415053 0.4415053",
        "0.005947601 0.007356628 0.014479506 0.01447951 0.01447951",
    ),
    ({"group": "b"}, 2, "0.3117647 0.5878431", "0.007033454 0.010927780"),
    ({"group": "c"}, 2, "0.2160508 0.2607532 0.2607532", "0.006497566 0.007867543 0.007867543"),
]


def apart(patients: list[tuple[int, int]]) -> tuple[list[float], list[int]]:
    return [float(time) for time, _ in patients], [cause for _, cause in patients]


@pytest.mark.parametrize(("wanted", "cause", "estimates", "variances"), EXAMPLE)
def test_the_example_of_cmprsk(wanted: dict[str, str], cause: int, estimates: str, variances: str) -> None:
    curve = cumulative_incidence(*causes(rows("cmprsk", **wanted)))[cause]
    for time, (estimate, variance) in enumerate(zip(estimates.split(), variances.split(), strict=True), start=1):
        last = [step for step in curve.steps if step.time <= time][-1]
        assert printed(curve.at(time).incidence, estimate) == estimate
        assert printed(last.std_err**2, variance) == variance
    assert curve.at(6).incidence is None


def test_a_cause_alone_is_one_less_kaplan_meier() -> None:
    times, happened = [1.0, 2, 2, 3, 5, 8], [1, 1, 0, 1, 0, 1]
    (curve,) = cumulative_incidence(times, happened).values()
    survival = kaplan_meier(times, [cause == 1 for cause in happened])
    assert [1 - step.incidence for step in curve.steps] == pytest.approx([step.survival for step in survival.steps])


def test_no_patient_gives_curves_without_steps() -> None:
    assert cumulative_incidence([], []) == {}
    curve = cumulative_incidence([], [], of=[1])[1]
    assert (curve.steps, curve.total, curve.events) == ((), 0, 0)
    assert curve.at(12) == IncidenceLandmark(12, 0, None, None, None)


def test_one_patient_with_the_event_has_had_it_for_certain() -> None:
    assert cumulative_incidence([5], [2])[2].steps == (IncidenceStep(5.0, 1, 1, 1.0, 1.0, None, None),)


def test_all_censored_have_no_curve_unless_it_is_asked_for() -> None:
    assert cumulative_incidence([3, 4], [0, 0]) == {}
    curve = cumulative_incidence([3, 4], [0, 0], of=[1])[1]
    assert curve.steps == (
        IncidenceStep(3.0, 2, 0, 0.0, 0.0, None, None),
        IncidenceStep(4.0, 1, 0, 0.0, 0.0, None, None),
    )


def test_none_censored_is_the_share_that_had_each_event() -> None:
    curves = cumulative_incidence([1, 2, 3, 4, 5], [1, 2, 1, 2, 2])
    assert curves[1].at(5).incidence == pytest.approx(2 / 5)
    assert curves[2].at(5).incidence == pytest.approx(3 / 5)


def test_ties_of_two_causes_share_the_patients_at_risk() -> None:
    curves = cumulative_incidence([7, 7, 7, 9], [1, 2, 0, 0])
    assert [(step.at_risk, step.events, step.incidence) for step in curves[1].steps] == [(4, 1, 0.25), (1, 0, 0.25)]
    assert curves[2].at(7).incidence == 0.25


def test_an_event_at_day_0_is_a_step_at_0() -> None:
    curves = cumulative_incidence([0, 10, 10, 10], [2, 0, 0, 0])
    assert curves[2].at(0).incidence == 0.25
    assert curves[2].at_risk(0) == 4


def test_nothing_has_happened_before_the_first_step_and_nothing_is_known_after_the_last() -> None:
    curve = cumulative_incidence([3, 5], [1, 0])[1]
    assert curve.at(2) == IncidenceLandmark(2, 2, 0.0, None, None)
    assert curve.at(5.1) == IncidenceLandmark(5.1, 0, None, None, None)


def test_a_sum_that_misses_1_by_its_rounding_has_no_limits() -> None:
    last = cumulative_incidence([0, 0, 0, 1, 1, 2], [0, 1, 1, 1, 1, 1])[1].steps[-1]
    assert last.incidence == pytest.approx(1)
    assert (last.lower, last.upper) == (None, None)


@given(PATIENTS)
def test_the_incidences_and_the_rest_make_one(patients: list[tuple[int, int]]) -> None:
    times, happened = apart(patients)
    curves = cumulative_incidence(times, happened, of=[1, 2])
    without = kaplan_meier(times, [cause != 0 for cause in happened])
    for first, second, rest in zip(curves[1].steps, curves[2].steps, without.steps, strict=True):
        assert first.incidence + second.incidence + rest.survival == pytest.approx(1)


@given(PATIENTS)
def test_the_limits_hold_the_incidence(patients: list[tuple[int, int]]) -> None:
    for curve in cumulative_incidence(*apart(patients)).values():
        for step in curve.steps:
            if step.lower is not None and step.upper is not None:
                assert 0 <= step.lower <= step.incidence <= step.upper <= 1
