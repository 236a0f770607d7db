from dataclasses import replace
from decimal import Decimal

import pytest

from models.chart.patient_chart import PatientChart
from models.cohort.cohort import Cohort, cohort
from models.cohort.comparison import compare
from models.cohort.landmarks import IN_REMISSION, MISSING, NO_REMISSION, NOT_REACHED
from models.cohort.response import (
    EUROPEAN,
    HAEMATOLOGIC,
    PRIMARY_ROW,
    PROTOCOL,
    RULE_SETS,
    SUSTAINED_RESPONSE,
    ResponseRow,
    as_table,
    methods,
)
from models.cohort.sustained import LOST, NO_RESPONSE, SUSTAINED, TOO_EARLY
from models.domain.molecular.terms import COMPLETE, NON_QUANTIFIABLE, NOT_EVALUABLE, POSITIVE
from models.domain.notation import Desk
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.protocols.model import Protocol
from models.records import Record
from models.records.molecular import MrdResult
from models.records.visits import Sample
from tests.builders import dalba as the_trial
from tests.models.cohort.conftest import TODAY
from tests.models.cohort.people import Person, count, person


def row(found: Cohort, visit: str = "D85", rule_set: str = PROTOCOL) -> ResponseRow:
    return found.response[rule_set][0].row(visit)


def outcome(of: Person, visit: str = "D85", rule_set: str = PROTOCOL) -> str:
    found = row(count([of], protocol=of.chart().protocol), visit, rule_set)
    (name,) = [name for name, patients in found.outcomes if patients]
    return name


def by_rule(rule: str) -> Protocol:
    trial = the_trial()
    return trial._replace(analysis=trial.analysis._replace(landmark_sample=rule))


# ---------------------------------------------------------------- the published table


@pytest.mark.parametrize(
    ("visit", "response", "evaluable", "limits"),
    [
        ("D85", 17, 59, (28.8, 17.8, 42.1)),
        ("C2", 33, 55, (60.0, 45.9, 73.0)),
        ("C3", 28, 40, (70.0, 53.5, 83.4)),
        ("C4", 29, 36, (80.6, 64.0, 91.8)),
        ("C5", 21, 29, (72.4, 52.8, 87.3)),
    ],
)
def test_the_demo_study_gives_the_published_molecular_response(
    counted: Cohort, visit: str, response: int, evaluable: int, limits: tuple[float, float, float]
) -> None:
    found = row(counted, visit)
    assert (len(found.response), len(found.evaluable), len(found.enrolled)) == (response, evaluable, 63)
    share = found.of_evaluable
    assert share.estimate is not None
    assert share.lower is not None
    assert share.upper is not None
    assert (round(100 * share.estimate, 1), round(100 * share.lower, 1), round(100 * share.upper, 1)) == limits
    assert found.of_enrolled.total == 63


def test_the_demo_study_gives_the_published_remission(counted: Cohort) -> None:
    found = row(counted, "D85", HAEMATOLOGIC)
    share = found.of_evaluable
    assert (share.events, share.total) == (62, 63)
    assert round(100 * (share.estimate or 0), 1) == 98.4
    assert round(100 * (share.lower or 0), 1) == 91.5


def test_the_primary_endpoint_has_a_row_of_its_own(counted: Cohort) -> None:
    primary = row(counted, PRIMARY_ROW)
    assert primary.response == row(counted, "C2").response
    assert primary.label == "Primary endpoint: molecular response after cycle 2"


def test_a_time_point_that_the_protocol_writes_with_capitals_keeps_them() -> None:
    visits = (each._replace(label="Week 24 MRD") if each.code == "C2" else each for each in the_trial().visits)
    protocol = the_trial()._replace(visits=tuple(visits))
    found = count([person(protocol=protocol)], protocol=protocol)
    assert row(found, PRIMARY_ROW).label == "Primary endpoint: molecular response week 24 MRD"


def test_sustained_response_of_the_demo_study(counted: Cohort) -> None:
    found = row(counted, "C2", SUSTAINED_RESPONSE)
    responders = set(row(counted, "C2").response)
    assert set(found.patients(SUSTAINED)) | set(found.patients(LOST)) | set(found.patients(TOO_EARLY)) == responders
    assert (len(found.response), len(found.evaluable)) == (31, 53)


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_everybody_enrolled_is_in_one_outcome_of_every_row(counted: Cohort, rule_set: str) -> None:
    for table in counted.response[rule_set]:
        for found in table.rows:
            everybody = [who for _, patients in found.outcomes for who in patients]
            assert sorted(everybody) == sorted(found.enrolled)


def test_the_groups_add_up_to_everybody(counted: Cohort) -> None:
    everybody, *groups = counted.response[PROTOCOL]
    for found in everybody.rows:
        assert sum(len(group.row(found.code).response) for group in groups) == len(found.response)


def test_the_european_terms_count_complete_responses_only(counted: Cohort) -> None:
    for visit in ("D85", "C2", "C5"):
        assert set(row(counted, visit, EUROPEAN).response) <= set(row(counted, visit).patients(COMPLETE))


def test_moving_one_value_across_the_limit_moves_the_table_by_one_patient(
    charts: list[PatientChart], counted: Cohort, dalba: Protocol
) -> None:
    place = next(n for n, chart in enumerate(charts) if chart.label == row(counted, "C2").patients(POSITIVE)[0].label)

    def with_copies(target: str) -> Cohort:
        changed = [*charts]
        changed[place] = replace(charts[place], records=_with_c2(charts[place], Decimal(target)))
        return cohort(changed, dalba, TODAY)

    above, below = with_copies("4.00"), with_copies("3.99")  # of 40 000, at a limit of 0.01 %
    assert [len(row(above, "C2").patients(name)) for name in (COMPLETE, NON_QUANTIFIABLE, POSITIVE)] == [22, 11, 22]
    assert [len(row(below, "C2").patients(name)) for name in (COMPLETE, NON_QUANTIFIABLE, POSITIVE)] == [22, 12, 21]
    assert len(row(below, "C2").response) == 34
    tables = [change for change in compare(above, below) if change.table == "response-protocol"]
    assert {change.row for change in tables} == {"all patients/C2", "all patients/primary"}
    assert {who for change in tables for who in change.concerned} == {above.members[place].who}


def _with_c2(chart: PatientChart, target: Decimal) -> dict[str, tuple[Record, ...]]:
    """The records with the C2 marrow result at that many copies in 40 000, judged by the number alone."""
    results: list[Record] = []
    for result in chart.of(MrdResult):
        if result.visit == "C2" and result.specimen == "BONE MARROW":
            result = replace(
                result,
                lab_category=None,
                lab_ratio=None,
                positive_replicates=None,
                target_copies=Quantity(target, "copies"),
                control_copies=Quantity(Decimal(40_000), "copies"),
                quantifiable_limit=Quantity(Decimal("0.01"), "%"),
            )
        results.append(result)
    return {**chart.records, "mrd": tuple(results), "replicate": ()}


# ---------------------------------------------------------------- which sample speaks


def test_a_sample_without_a_visit_counts_for_the_window_it_lies_in() -> None:
    assert outcome(person().mrd(86, 0)) == COMPLETE


def test_a_sample_outside_of_the_window_counts_if_it_names_the_visit() -> None:
    assert outcome(person().mrd(95, 0)) == MISSING
    assert outcome(person().mrd(95, 0, visit="D85")) == COMPLETE


def test_a_sample_in_the_window_that_names_another_visit_does_not_count() -> None:
    assert outcome(person().mrd(83, 0, visit="D57")) == MISSING


def test_an_unscheduled_sample_counts_for_the_window_it_lies_in() -> None:
    assert outcome(person().mrd(84, 0, visit="UNS")) == COMPLETE


def test_blood_does_not_speak_for_marrow() -> None:
    assert outcome(person().mrd(85, 0, specimen="BLOOD", visit="D85")) == MISSING


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("nearest", NON_QUANTIFIABLE), ("deepest", COMPLETE), ("first", COMPLETE), ("last", POSITIVE)],
)
def test_of_several_samples_the_one_that_the_protocol_names_counts(rule: str, expected: str) -> None:
    found = person(protocol=by_rule(rule)).mrd(82, 0).mrd(88, 400)
    found.mrd(84, 1, category="positive non-quantifiable")
    assert outcome(found) == expected


def test_of_two_samples_as_near_the_later_one_counts() -> None:
    assert outcome(person().mrd(83, 400).mrd(87, 0)) == COMPLETE
    assert outcome(person().mrd(83, 0).mrd(87, 400)) == POSITIVE


def test_an_evaluable_sample_goes_before_a_nearer_one_that_is_not() -> None:
    assert outcome(person().mrd(85, 0, 500).mrd(82, 0)) == COMPLETE


def test_two_samples_on_one_day_count_as_one_by_the_worse() -> None:
    found = count([person().mrd(85, 0, visit="D85").mrd(85, 400, visit="D85")])
    assert row(found).patients(POSITIVE) == found.enrolled
    assert len(row(found).evaluable) == 1


def test_a_patient_with_both_transcripts_is_in_response_only_where_both_are() -> None:
    one = person(transcript="both").mrd(85, 0, transcript="p190")
    assert outcome(one) == NOT_EVALUABLE
    assert outcome(one, rule_set=EUROPEAN) == NOT_EVALUABLE
    assert outcome(one.mrd(85, 0, transcript="p210")) == COMPLETE


def test_too_few_control_copies_are_not_evaluable() -> None:
    assert outcome(person().mrd(85, 0, 900)) == NOT_EVALUABLE


def test_a_sample_whose_day_is_not_known_is_not_evaluable() -> None:
    assert outcome(person().mrd("2026-04", 0, visit="D85")) == NOT_EVALUABLE


def test_a_visit_whose_window_is_over_without_a_sample_is_missing() -> None:
    assert outcome(person()) == MISSING


def test_a_result_that_is_awaited_is_missing_and_says_so() -> None:
    one = person()
    one.add(Sample(purpose="MRD", specimen="BONE MARROW", collected=one.on(85), sent=one.on(85), visit="D85"))
    assert next(iter(row(count([one])).reasons.values())) == "The sample was sent; its result is awaited."


def test_a_cycle_that_never_began_is_not_reached_and_not_missing() -> None:
    assert outcome(person(), "C1") == NOT_REACHED


@pytest.mark.parametrize(
    ("assessments", "relapse", "expected"),
    [
        ([(85, "CRi")], None, IN_REMISSION),
        ([(22, "CR")], None, IN_REMISSION),
        ([(22, "CR"), (85, "NR")], None, NO_REMISSION),
        ([(-7, "CR")], None, MISSING),
        ([(85, "NE")], None, NOT_EVALUABLE),
        ([(22, "CR")], 60, NO_REMISSION),
        ([(22, "CR")], 120, IN_REMISSION),
        ([], 60, NO_REMISSION),
        ([(85, "NE")], 60, NO_REMISSION),
        ([(95, "CR")], None, MISSING),
        ([(22, "CR"), (85, "CR")], "UNK", IN_REMISSION),
        ([(22, "CR")], "UNK", NO_REMISSION),
        ([(85, "CR")], "2026-04", IN_REMISSION),
        ([(22, "CR")], "2026-03", NO_REMISSION),
    ],
)
def test_the_last_assessment_up_to_the_end_of_the_window_decides_on_remission(
    assessments: list[tuple[int, str]], relapse: int | str | None, expected: str
) -> None:
    one = person()
    for day, response in assessments:
        one.assessed(day, response)
    if relapse:
        one.relapsed(relapse)
    assert outcome(one, rule_set=HAEMATOLOGIC) == expected


@pytest.mark.parametrize("day", ["UNK", "2026-04"])
def test_an_assessment_of_a_visit_whose_day_is_not_fully_known_allows_no_judgement(day: str) -> None:
    assert outcome(person().assessed(day, visit="D85"), rule_set=HAEMATOLOGIC) == NOT_EVALUABLE


def test_whoever_died_before_the_time_point_without_an_assessment_did_not_miss_it() -> None:
    assert outcome(person().died(40), rule_set=HAEMATOLOGIC) == NOT_REACHED
    assert outcome(person().seen(40), rule_set=HAEMATOLOGIC) == MISSING


# ---------------------------------------------------------------- sustained response


@pytest.mark.parametrize(
    ("samples", "relapse", "expected"),
    [
        ([(169, 0, 40_000), (260, 0, 40_000)], None, SUSTAINED),
        ([(169, 0, 40_000), (260, 400, 40_000)], None, LOST),
        ([(169, 0, 40_000)], None, TOO_EARLY),
        ([(169, 0, 40_000), (200, 0, 500)], None, TOO_EARLY),
        ([(169, 0, 40_000), (260, 0, 40_000)], 200, LOST),
        ([(169, 0, 40_000), (200, 0, 40_000)], 260, SUSTAINED),
        ([(169, 0, 40_000)], 260, LOST),
        ([(169, 0, 40_000)], "UNK", LOST),
        ([(169, 0, 40_000), (260, 0, 40_000)], "UNK", SUSTAINED),
        ([(169, 400, 40_000)], None, NO_RESPONSE),
        ([(169, 0, 500)], None, NOT_EVALUABLE),
        ([], None, MISSING),
    ],
)
def test_a_response_is_sustained_when_the_next_evaluable_sample_still_shows_it(
    samples: list[tuple[int, int, int]], relapse: int | str | None, expected: str
) -> None:
    one = person().assessed(85)
    one.phase("blina-1", 86, 127).phase("blina-2", 128, 169)
    for day, target, control in samples:
        one.mrd(day, target, control)
    if relapse:
        one.relapsed(relapse)
    assert outcome(one, "C2", SUSTAINED_RESPONSE) == expected


def test_the_method_of_sustained_response_names_its_visit_in_words() -> None:
    wordings = [one.wording for one in methods(SUSTAINED_RESPONSE, the_trial())]
    assert any(wording.startswith("In molecular response after cycle 2 and at") for wording in wordings)


def test_sustained_response_asks_for_as_many_samples_as_the_protocol_says() -> None:
    trial = the_trial()
    three = trial._replace(mrd=trial.mrd._replace(sustained_time_points=3))
    one = person(protocol=three).assessed(85)
    one.phase("blina-1", 86, 127).phase("blina-2", 128, 169).mrd(169, 0).mrd(200, 0)
    assert outcome(one, "C2", SUSTAINED_RESPONSE) == TOO_EARLY
    one.mrd(231, 0)
    assert outcome(one, "C2", SUSTAINED_RESPONSE) == SUSTAINED


def test_a_relapse_of_which_no_day_is_known_is_the_reason_in_words() -> None:
    responding = person().phase("blina-1", 86, 127).phase("blina-2", 128, 169).mrd(169, 0).relapsed("UNK")
    for one, visit, rule_set in (
        (person().assessed(22).relapsed("UNK"), "D85", HAEMATOLOGIC),
        (responding, "C2", SUSTAINED_RESPONSE),
    ):
        (reason,) = row(count([one]), visit, rule_set).reasons.values()
        assert write_sentence(reason, Desk.ENGLISH) == "Relapse, on a day that is not known."


# ---------------------------------------------------------------- small cohorts and words


def test_a_cohort_of_nobody_has_rows_without_shares() -> None:
    found = row(count([]))
    assert (found.enrolled, found.of_evaluable.estimate, found.of_enrolled.lower) == ((), None, None)


def test_a_cohort_of_one_has_exact_limits() -> None:
    share = row(count([person().mrd(85, 0)])).of_evaluable
    assert (share.estimate, share.upper) == (1.0, 1.0)
    assert share.lower == pytest.approx(0.025)


def test_somebody_who_was_screened_only_is_not_counted() -> None:
    assert row(count([person(enrolled=None).mrd(85, 0)])).enrolled == ()


@pytest.mark.parametrize("rule_set", RULE_SETS)
def test_every_table_states_its_rule_and_the_interval(rule_set: str, dalba: Protocol) -> None:
    found = methods(rule_set, dalba)
    assert found[0].source
    assert "Clopper-Pearson" in found[-1].wording
    assert all(method.wording.endswith(".") for method in found)


def test_the_title_names_the_rule_set(counted: Cohort, dalba: Protocol) -> None:
    titles = [as_table(counted.response[rule_set], dalba).title for rule_set in (PROTOCOL, EUROPEAN)]
    assert titles[0] == "Molecular response by time point, D-ALBA rules"
    assert titles[1] == "Molecular response by time point, European terms"


def test_the_rule_for_several_samples_is_stated(dalba: Protocol) -> None:
    words = " ".join(method.wording for method in methods(PROTOCOL, dalba))
    assert "nearest to the planned day" in words
    assert "the worst counts" in words
