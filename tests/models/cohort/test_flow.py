from models.cohort.cohort import Cohort
from models.cohort.flow import as_table
from models.domain.partial_dates import PartialDate, Special
from models.records.outcome import Disposition
from tests.models.cohort.people import count, person


def test_the_flow_of_the_demo_study_is_as_published(counted: Cohort) -> None:
    flow = counted.flow
    assert len(flow.step("enrolled").patients) == 63
    assert [len(flow.step(f"blina-{cycle}").patients) for cycle in range(1, 6)] == [58, 56, 45, 37, 29]


def test_relapses_deaths_and_transplants_are_as_published(counted: Cohort) -> None:
    found = {label: len(patients) for label, patients in counted.flow.outcomes}
    assert (found["Relapsed"], found["Died"], found["Died without relapse"]) == (6, 3, 1)
    assert found["Transplanted in first remission"] == 24
    assert found["Relapse: marrow or blood"] == 3
    assert found["Relapse: central nervous system"] == 2
    assert found["Relapse: lymph node"] == 1
    assert found["Death: transplant-related"] == 1


def test_whoever_does_not_come_to_a_step_is_named_with_the_reason(counted: Cohort) -> None:
    before = counted.flow.steps[0].patients
    for step in counted.flow.steps:
        left = [who for _, patients in step.left for who in patients]
        assert sorted([*step.patients, *left]) == sorted(before)
        before = step.patients


def test_the_reason_is_the_recorded_end_else_where_the_patient_stands() -> None:
    one, two = person(1), person(2)
    one.add(Disposition(event="END OF TREATMENT", date=one.on(60), reason="PATIENT DECISION"))
    (left, reasons) = as_table(count([one, two]).flow).rows[4].cells[2:]
    assert left.values == (2,)
    assert reasons.values == ("On treatment 1; Patient's decision 1",)


def test_a_screen_failure_is_screened_and_not_enrolled() -> None:
    flow = count([person(1, enrolled=None, begun=False), person(2)]).flow
    assert (len(flow.step("screened").patients), len(flow.step("enrolled").patients)) == (2, 1)


def test_a_transplant_after_relapse_is_not_in_first_remission() -> None:
    found = dict(count([person().assessed(57).relapsed(100).transplanted(150)]).flow.outcomes)
    assert (len(found["Transplanted"]), len(found["Transplanted in first remission"])) == (1, 0)


def test_whoever_began_on_a_day_that_is_not_fully_known_came_to_it_all_the_same() -> None:
    flow = count([person(begun=False).phase("induction", "2026-01").phase("blina-1", 90)]).flow
    assert [len(flow.step(code).patients) for code in ("day-one", "blina-1")] == [1, 1]


def test_every_site_of_the_day_of_the_first_relapse_counts() -> None:
    one = person().relapsed(100, "MARROW").relapsed(100, "CNS").relapsed(150, "NODE")
    found = {label for label, patients in count([one]).flow.outcomes if patients and label.startswith("Relapse: ")}
    assert found == {"Relapse: marrow or blood", "Relapse: central nervous system"}


def test_a_transplant_before_any_remission_is_not_in_first_remission() -> None:
    found = dict(count([person().transplanted(60).assessed(90)]).flow.outcomes)
    assert (len(found["Transplanted"]), len(found["Transplanted in first remission"])) == (1, 0)


def test_a_cohort_of_nobody_flows_nowhere() -> None:
    assert [step.patients for step in count([]).flow.steps] == [()] * 9


def test_a_remission_and_a_transplant_on_a_day_that_is_not_known_are_counted() -> None:
    unknown = PartialDate(special=Special.UNKNOWN)
    found = {
        label: len(patients)
        for label, patients in count([person().assessed(unknown).transplanted(unknown)]).flow.outcomes
    }
    assert (found["In haematologic remission at any time"], found["Transplanted"]) == (1, 1)


def test_a_relapse_of_which_no_day_is_known_is_counted_as_one() -> None:
    one = person().assessed(57).relapsed(PartialDate(special=Special.UNKNOWN), "CNS").died(200)
    found = {label: len(patients) for label, patients in count([one]).flow.outcomes}
    assert (found["Relapsed"], found["Relapse: central nervous system"], found["Died without relapse"]) == (1, 1, 0)
