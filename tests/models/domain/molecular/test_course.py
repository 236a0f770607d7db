from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.molecular.course import Course, follow
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from tests.wording import english, english_inputs

RULES = MrdRules("d-alba", "1", "for tests")
DAY_1 = date(2026, 1, 1)
MUTATION_TEST = "Ask for an ABL1 kinase-domain mutation test."


def a_sample(
    day: int, copies: str, specimen: str = "BONE MARROW", transcript: str = "p190", key: str = ""
) -> MrdSample:
    """Copies in 50,000 copies of ABL1; "pnq 2" for positive non-quantifiable, "ne" for a failed reaction."""
    number = copies.removeprefix("pnq ").replace("ne", "0")
    return MrdSample(
        key=key or f"{transcript} {specimen} {day}",
        collected=PartialDate.from_date(DAY_1 + timedelta(days=day - 1)),
        day=day,
        specimen=specimen,
        transcript=transcript,
        target_copies=Quantity(Decimal(number), "copies"),
        control_copies=Quantity(Decimal(500 if copies == "ne" else 50_000), "copies"),
        lab_category="positive non-quantifiable" if copies.startswith("pnq") else None,
    )


def the_course(*results: tuple[int, str]) -> Course:
    return follow([a_sample(day, copies) for day, copies in results], RULES)


def milestones(course: Course) -> list[tuple[str, int | None, str]]:
    return [(one.kind, one.day, one.confirmation) for one in course.milestones]


def alerts(course: Course) -> list[tuple[str, int | None]]:
    return [(one.kind.value, one.day) for one in course.alerts]


def test_a_response_is_reached_and_sustained() -> None:
    course = the_course((-8, "30000"), (85, "10"), (130, "pnq 2"), (172, "0"), (214, "0"))
    assert milestones(course) == [
        ("first molecular response", 130, ""),
        ("first complete molecular response", 172, ""),
        ("sustained molecular response", 172, ""),
    ]
    assert course.alerts == ()


def test_the_standing_is_the_class_of_the_last_results_since_its_first_day() -> None:
    standing = the_course((85, "10"), (130, "pnq 2"), (172, "0"), (214, "0"), (256, "ne")).standing
    assert standing is not None
    assert (standing.headline.value, standing.since_day) == ("complete", 172)


def test_samples_are_followed_in_the_order_of_time_whatever_the_order_given() -> None:
    results = [a_sample(day, copies) for day, copies in ((-8, "30000"), (85, "10"), (130, "0"), (172, "0"))]
    assert follow(reversed(results), RULES) == follow(results, RULES)


def test_log_reduction_counts_from_the_first_positive_baseline_sample() -> None:
    (series,) = the_course((-8, "0"), (-3, "50000"), (1, "5000"), (85, "50")).series
    assert series.baseline is not None
    assert series.baseline.day == -3
    assert series.points[-1].result.log_reduction == Quantity(Decimal(3), "log10")


def test_without_a_baseline_sample_there_is_no_log_reduction() -> None:
    (series,) = the_course((22, "5000"), (85, "50")).series
    assert [point.result.log_reduction for point in series.points] == [None, None]


def test_a_sample_can_be_named_as_baseline() -> None:
    samples = [a_sample(3, "50000", key="diagnosis"), a_sample(85, "50")]
    (series,) = follow(samples, RULES, baseline_keys=["diagnosis"]).series
    assert series.points[1].result.log_reduction == Quantity(Decimal(3), "log10")


def test_nothing_is_lost_before_treatment() -> None:
    assert alerts(the_course((-8, "0"), (-3, "50000"), (22, "5000"))) == []
    assert alerts(the_course((-3, "0"), (22, "5000"), (45, "50000"))) == [("rise of MRD", 45)]


def test_an_undetected_baseline_sample_is_no_response() -> None:
    assert milestones(the_course((-3, "0"), (85, "10"))) == []


def test_changes_count_from_the_last_and_from_the_lowest_result() -> None:
    (series,) = the_course((1, "50000"), (85, "5"), (130, "10"), (172, "20")).series
    point = series.points[-1]
    assert point.since_last is not None
    assert point.since_nadir is not None
    assert [point.since_last.shown.value, point.since_nadir.shown.value] == [Decimal("0.30"), Decimal("0.60")]


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("50", "0", Quantity(Decimal("-1.69"), "log10", "<")),
        ("0", "50", Quantity(Decimal("1.69"), "log10", ">")),
        ("0", "0", None),
    ],
)
def test_a_change_to_or_from_undetected_is_a_limit(first: str, second: str, shown: Quantity | None) -> None:
    (series,) = the_course((22, first), (85, second)).series
    change = series.points[1].since_last
    assert (change.shown if change else None) == shown


def test_a_rise_of_exactly_one_log_asks_for_a_mutation_test() -> None:
    course = the_course((85, "20"), (130, "200"))
    assert [(one.kind.value, one.day, one.prompt) for one in course.alerts] == [("rise of MRD", 130, MUTATION_TEST)]


def test_a_rise_of_less_than_one_log_is_no_alert() -> None:
    assert the_course((85, "20"), (130, "199")).alerts == ()


def test_a_slow_rise_is_told_once_when_it_has_reached_one_log_above_the_lowest() -> None:
    course = the_course((85, "10"), (130, "40"), (172, "120"), (214, "200"))
    assert alerts(course) == [("rise of MRD", 172)]
    assert "above the lowest result" in english(course.alerts[0].kind.reason)


def test_complete_to_positive_is_an_alert_even_below_one_log() -> None:
    assert alerts(the_course((85, "0"), (130, "3"))) == [("complete response to positive", 130)]


def test_response_to_positive_without_a_rise_is_an_alert() -> None:
    assert alerts(the_course((85, "pnq 4"), (130, "9"))) == [("loss of molecular response", 130)]


def test_complete_to_non_quantifiable_keeps_the_response() -> None:
    course = the_course((85, "0"), (130, "pnq 2"))
    assert course.alerts == ()
    assert "loss of molecular response" not in [one.kind for one in course.milestones]


def test_a_result_that_is_not_evaluable_neither_breaks_nor_makes_a_response() -> None:
    course = the_course((85, "0"), (130, "ne"), (172, "0"))
    assert ("sustained molecular response", 172, "") in milestones(course)


def test_a_rise_is_seen_across_a_result_that_is_not_evaluable() -> None:
    assert alerts(the_course((85, "20"), (130, "ne"), (172, "300"))) == [("rise of MRD", 172)]


def test_the_rule_set_decides_which_alerts_ask_for_a_mutation_test() -> None:
    silent = replace(RULES, mutation_test_on=())
    course = follow([a_sample(85, "20"), a_sample(130, "300")], silent)
    assert [alert.prompt for alert in course.alerts] == [""]


@pytest.mark.parametrize(
    ("next_result", "confirmation"), [(None, "unconfirmed"), ("9", "confirmed"), ("0", "unconfirmed")]
)
def test_loss_and_relapse_are_confirmed_by_the_next_time_point(next_result: str | None, confirmation: str) -> None:
    results = [(85, "0"), (130, "0"), (172, "20")] + ([(200, next_result)] if next_result else [])
    found = milestones(the_course(*results))
    assert ("loss of molecular response", 172, confirmation) in found
    assert ("molecular relapse", 172, confirmation) in found


def test_positive_below_the_threshold_is_a_loss_but_no_molecular_relapse() -> None:
    assert [kind for kind, _, _ in milestones(the_course((85, "0"), (130, "3")))][-1] == "loss of molecular response"


def test_a_further_molecular_relapse_needs_a_further_mrd_cr() -> None:
    found = milestones(the_course((85, "0"), (130, "20"), (172, "30"), (200, "0"), (230, "20")))
    assert [day for kind, day, _ in found if kind == "molecular relapse"] == [130, 230]


def test_without_an_earlier_mrd_cr_there_is_no_molecular_relapse() -> None:
    assert "molecular relapse" not in [kind for kind, _, _ in milestones(the_course((85, "pnq 2"), (130, "200")))]


def test_blood_and_marrow_are_separate_series() -> None:
    course = follow([a_sample(85, "20"), a_sample(85, "0", "BLOOD"), a_sample(130, "300", "BLOOD")], RULES)
    assert [(one.specimen, len(one.points)) for one in course.series] == [("BONE MARROW", 1), ("BLOOD", 2)]
    assert [(one.kind, one.specimen) for one in course.milestones if one.kind.startswith("first molecular")] == [
        ("first molecular response", "BLOOD")
    ]


def test_two_samples_of_one_day_are_two_points_in_the_order_given() -> None:
    course = follow([a_sample(85, "20", key="a"), a_sample(85, "0", key="b")], RULES)
    assert [point.sample.key for point in course.series[0].points] == ["a", "b"]


def test_the_worse_of_two_samples_of_one_day_is_the_headline() -> None:
    course = follow([a_sample(85, "20", key="a"), a_sample(85, "0", key="b")], RULES)
    assert [(point.headline.value, point.keys) for point in course.time_points] == [("positive", ("a", "b"))]
    assert course.time_points[0].headline.reason == "The worst of the results of this day."


def test_a_repeated_assay_stands_in_for_one_that_failed() -> None:
    course = follow([a_sample(85, "ne", key="a"), a_sample(85, "0", key="b")], RULES)
    assert course.time_points[0].headline.value == "complete"


def test_the_headline_of_two_transcripts_is_the_worse() -> None:
    course = follow([a_sample(85, "0"), a_sample(85, "20", transcript="p210")], RULES)
    assert (course.time_points[0].headline.value, course.time_points[0].percent) == ("positive", Decimal("0.04"))


def test_a_day_that_lacks_a_transcript_of_the_patient_is_no_response() -> None:
    course = follow([a_sample(85, "0")], RULES, transcripts=("p190", "p210"))
    headline = course.time_points[0].headline
    assert (headline.value, headline.reason) == ("not evaluable", "There is no evaluable result for p210.")


def test_a_day_that_lacks_a_transcript_but_is_positive_is_positive() -> None:
    course = follow([a_sample(85, "20")], RULES, transcripts=("p190", "p210"))
    assert course.time_points[0].headline.value == "positive"


def undated(copies: str, collected: PartialDate, key: str = "?") -> MrdSample:
    return replace(a_sample(100, copies, key=key), collected=collected, day=None)


@pytest.mark.parametrize("collected", [PartialDate(2026, 3), PartialDate(2026), PartialDate.from_iso("UNK")])
def test_a_sample_whose_place_nobody_can_tell_is_listed_last_and_takes_no_part(collected: PartialDate) -> None:
    course = follow([undated("300", collected), a_sample(85, "0"), a_sample(130, "0")], RULES)
    assert course.series[0].points[-1].sample.key == "?"
    assert not course.series[0].points[-1].placed
    assert course.series[0].points[-1].since_last is None
    assert course.alerts == ()
    assert len(course.time_points) == 2


def test_a_sample_of_a_month_in_which_no_other_was_taken_has_its_place() -> None:
    between = undated("300", PartialDate(2026, 4))  # day 85 is 26 March, day 130 is 10 May
    course = follow([a_sample(130, "0"), between, a_sample(85, "0")], RULES)
    assert [point.sample.day for point in course.series[0].points] == [85, None, 130]
    assert [(alert.kind.value, alert.collected, alert.when) for alert in course.alerts] == [
        ("complete response to positive", PartialDate(2026, 4), date(2026, 4, 30))
    ]
    assert english_inputs(course.alerts[0].kind)["This result"] == "positive, 0.6 %"


def test_what_rose_from_a_sample_of_a_known_month_is_an_alert_of_the_later_one() -> None:
    course = follow([undated("20", PartialDate(2026, 2)), a_sample(85, "300")], RULES)
    assert alerts(course) == [("rise of MRD", 85)]


def test_two_samples_of_one_month_have_no_order() -> None:
    two = [undated("0", PartialDate(2026, 4), "a"), undated("300", PartialDate(2026, 4), "b")]
    course = follow([a_sample(85, "0"), *two], RULES)
    assert [point.placed for point in course.series[0].points] == [True, False, False]
    assert course.alerts == ()


def test_the_first_day_of_a_month_overlaps_with_the_month() -> None:
    first_of_march = a_sample(60, "0")
    assert first_of_march.collected == PartialDate(2026, 3, 1)
    assert follow([first_of_march, undated("300", PartialDate(2026, 3))], RULES).alerts == ()


def below_limit(day: int, copies: str) -> MrdSample:
    return replace(a_sample(day, f"pnq {copies}"), quantifiable_limit=Decimal("0.01"))


def test_a_number_below_the_limit_is_none_from_which_a_change_counts() -> None:
    risen = follow([below_limit(85, "0.3"), below_limit(92, "4.5")], RULES)  # 0.0006 % and 0.009 %, both below 0.01 %
    assert risen.series[0].points[-1].since_last is None
    assert risen.alerts == ()


def test_a_rise_from_below_the_limit_counts_from_the_limit_and_is_at_least_that() -> None:
    (series,) = follow([below_limit(85, "0.3"), a_sample(92, "50")], RULES).series
    change = series.points[-1].since_last
    assert change is not None
    assert change.shown == Quantity(Decimal("1.00"), "log10", ">")
    assert change.reaches(Decimal(1))


@pytest.mark.parametrize(("first", "said"), [(below_limit(85, "0.3"), True), (a_sample(85, "5"), False)])
def test_an_alert_says_more_than_of_a_rise_that_is_a_limit_only(first: MrdSample, said: bool) -> None:
    (alert,) = follow([first, a_sample(92, "50")], RULES).alerts
    assert english(alert.kind.reason).startswith("More than 1 log" if said else "1 log")


def test_positive_after_below_the_limit_is_an_alert_though_the_rise_is_not_certain() -> None:
    course = follow([below_limit(85, "0.3"), a_sample(92, "20")], RULES)
    assert alerts(course) == [("loss of molecular response", 92)]
    assert english_inputs(course.alerts[0].kind)["Last result"] == "positive non-quantifiable, <0.01 %"
    assert course.alerts[0].prompt == MUTATION_TEST


def test_reduction_and_change_count_from_the_same_level() -> None:
    (series,) = follow([a_sample(-3, "50000"), below_limit(85, "0.3")], RULES).series
    point = series.points[-1]
    assert point.result.log_reduction == Quantity(Decimal("4.00"), "log10", ">")
    assert point.since_last is not None
    assert point.since_last.shown == Quantity(Decimal("-4.00"), "log10", "<")


def test_no_samples_are_an_empty_course() -> None:
    assert follow([], RULES) == Course((), (), (), (), None)


def test_the_european_class_follows_the_remission_known_for_each_sample() -> None:
    sample = a_sample(85, "0", key="a")
    course = follow([sample], RULES, in_remission={"a": False})
    assert course.series[0].points[0].result.european_class.value == "not evaluable"


@given(
    results=st.lists(
        st.tuples(
            st.integers(-10, 400),
            st.sampled_from(["0", "ne", "pnq 2", "3", "20", "300", "50000"]),
            st.sampled_from(["BONE MARROW", "BLOOD"]),
            st.sampled_from(["p190", "p210"]),
        ),
        max_size=12,
    )
)
def test_any_course_keeps_every_sample_and_its_order(results: list[tuple[int, str, str, str]]) -> None:
    samples = [a_sample(*result, key=str(number)) for number, result in enumerate(results)]
    course = follow(samples, RULES)
    assert sorted(int(point.sample.key) for one in course.series for point in one.points) == list(range(len(samples)))
    for one in course.series:
        days = [point.sample.day or 0 for point in one.points]
        assert days == sorted(days)
    firsts = {
        each.specimen: each.reached.value for each in course.milestones if each.kind == "first molecular response"
    }
    for each in course.milestones:
        if each.kind in ("sustained molecular response", "loss of molecular response"):
            assert each.reached.value >= firsts[each.specimen]


def test_another_specimen_that_turned_positive_since_is_said_beside_the_standing_one() -> None:
    blood = [a_sample(1, "900", "BLOOD"), a_sample(130, "12", "BLOOD"), a_sample(150, "20", "BLOOD")]
    course = follow([a_sample(85, "0"), *blood], RULES)
    assert course.standing
    assert (course.standing.specimen, course.standing.headline.value) == ("BONE MARROW", "complete")
    assert [(each.specimen, each.since_day) for each in course.elsewhere] == [("BLOOD", 130)]


@pytest.mark.parametrize(
    ("marrow", "blood"),
    [
        pytest.param((130, "0"), (85, "12"), id="the marrow is newer"),
        pytest.param((85, "0"), (85, "12"), id="both are of one day"),
        pytest.param((85, "20"), (130, "12"), id="the marrow is positive itself"),
        pytest.param((85, "0"), (130, "0"), id="the blood is complete too"),
    ],
)
def test_another_specimen_that_says_nothing_new_is_not_named(marrow: tuple[int, str], blood: tuple[int, str]) -> None:
    assert follow([a_sample(*marrow), a_sample(*blood, "BLOOD")], RULES).elsewhere == ()


def test_the_standing_says_which_specimen_and_time_point_decide() -> None:
    standing = the_course((85, "10"), (130, "0"), (172, "0")).standing
    assert standing is not None
    why = standing.explained
    assert (why.value, why.rule.id) == ("complete", "d-alba")
    assert english(why.reason).startswith("The last evaluable time point of the bone marrow, 21 Jun 2026, decides. ")
    assert english_inputs(why)["So since"] == "10 May 2026"


def test_a_sustained_response_names_every_time_point_of_the_run() -> None:
    sustained = the_course((85, "10"), (130, "pnq 2"), (172, "0")).milestones[-1]
    inputs = english_inputs(sustained.reached)
    assert inputs["Time point 1"] == "10 May 2026, positive non-quantifiable"
    assert inputs["This time point"] == "21 Jun 2026, complete"


@pytest.mark.parametrize(("after", "said"), [((), "none yet"), (((214, "60"),), "2 Aug 2026, positive")])
def test_a_loss_names_the_time_points_around_it(after: tuple[tuple[int, str], ...], said: str) -> None:
    course = the_course((85, "10"), (130, "0"), (172, "50"), *after)
    loss = next(one for one in course.milestones if one.kind == "loss of molecular response")
    inputs = english_inputs(loss.reached)
    assert inputs["Time point before"] == "10 May 2026, complete"
    assert inputs["Next time point"] == said
