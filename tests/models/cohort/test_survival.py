from dataclasses import replace

import pytest

from models.cohort.cohort import Cohort
from models.cohort.endpoints import CENSORED, COMPETING, EVENT
from models.cohort.grouping import EVERYBODY, grouping
from models.cohort.survival import EndpointEstimates, as_table, methods
from models.cohort.table import Table, shown
from models.domain.genotype import IKZF1_ONLY, IKZF1_PLUS, WILD_TYPE
from models.domain.notation import Desk
from models.protocols.model import Protocol
from models.statistics.survival import logrank
from tests.builders import dalba as the_trial
from tests.models.cohort.people import Person, count, person


def percent(found: EndpointEstimates, month: float) -> int:
    rate, _, _ = found.everybody.rate(month)
    assert rate is not None
    return round(100 * rate)


def cell(table: Table, row: str, column: str) -> str:
    named = next(one for one in table.columns if one.code == column)
    return shown(table.cell(row, column), named, Desk.ENGLISH)


# ---------------------------------------------------------------- the published figures


def test_survival_at_18_months_is_as_published(counted: Cohort) -> None:
    assert percent(counted.endpoints["OS"], 18) == 95
    assert percent(counted.endpoints["DFS"], 18) == 88


def test_median_follow_up_is_about_18_months(counted: Cohort) -> None:
    median = counted.endpoints["OS"].everybody.follow_up.median.value
    assert median is not None
    assert 17.5 <= median <= 19.5


def test_disease_free_survival_falls_from_wild_type_over_deletion_to_ikzf1plus(counted: Cohort) -> None:
    rates = {one.group: one.rate(18)[0] or 0 for one in counted.endpoints["DFS"].groups}
    assert rates[WILD_TYPE] > rates[IKZF1_ONLY] > rates[IKZF1_PLUS]


def test_six_relapses_and_one_death_without_relapse_end_remission(counted: Cohort) -> None:
    relapse = counted.endpoints["CIR"].everybody
    assert (len(relapse.ended(EVENT)), len(relapse.ended(COMPETING)), len(relapse.ended(CENSORED))) == (6, 1, 55)


def test_both_incidences_and_disease_free_survival_add_up_to_everybody(counted: Cohort) -> None:
    for month in (6, 12, 18, 24):
        relapse, death, free = (counted.endpoints[code].everybody.rate(month)[0] or 0 for code in ("CIR", "NRM", "DFS"))
        assert relapse + death + free == pytest.approx(1)


def test_the_table_names_patients_events_and_rates(counted: Cohort, dalba: Protocol) -> None:
    table = as_table(counted.endpoints["DFS"], dalba)
    assert [cell(table, EVERYBODY, column) for column in ("patients", "events", "median")] == ["62", "7", "not reached"]
    assert cell(table, EVERYBODY, "at_18_months").startswith("87.8 % (")
    assert cell(table, EVERYBODY, "at_48_months") == "not observed so long"
    assert len(table.cell(EVERYBODY, "events").patients) == 7


def test_numbers_at_risk_are_those_just_before_and_can_be_listed(counted: Cohort) -> None:
    for found in counted.endpoints.values():
        for one in (found.everybody, *found.groups):
            curve = one.survival or one.incidence
            assert curve
            for month in (0, 12, 18, 24, 48):
                assert len(one.at_risk(month)) == curve.at_risk(month)


# ---------------------------------------------------------------- groups and tests


def test_those_whose_group_is_not_known_are_shown_and_not_tested(counted: Cohort) -> None:
    found = counted.endpoints["DFS"]
    assert [one.group for one in found.groups] == [WILD_TYPE, IKZF1_ONLY, IKZF1_PLUS, "not evaluable"]
    assert found.test
    assert list(found.test.groups) == [WILD_TYPE, IKZF1_ONLY, IKZF1_PLUS]


def test_the_p_value_is_that_of_the_log_rank_test(counted: Cohort, dalba: Protocol) -> None:
    found = counted.endpoints["OS"]
    groups = {
        one.group: ([f.months for f in one.follow.followed], [f.cause == EVENT for f in one.follow.followed])
        for one in found.groups[:3]
    }
    assert found.test == logrank(groups)
    assert as_table(found, dalba).cell(EVERYBODY, "p").values == (logrank(groups).p,)


def test_incidence_is_compared_by_grays_test(counted: Cohort) -> None:
    assert [method.name for method in methods(counted.endpoints["CIR"], grouped=True)][1:] == [
        "Cumulative incidence",
        "Gray's test",
        "Median follow-up",
    ]
    assert counted.endpoints["CIR"].test


def test_without_groups_nothing_is_tested(dalba: Protocol) -> None:
    found = count([person().died(30)]).endpoints["OS"]
    assert (found.groups, found.test) == ((), None)
    assert "Log-rank" not in " ".join(method.name for method in methods(found, grouped=False))


@pytest.mark.parametrize("by", ["ikzf1", "transcript", "age", "sex"])
def test_the_groups_of_every_grouping_hold_everybody_once(counted: Cohort, by: str, dalba: Protocol) -> None:
    divided = replace(counted, by=grouping(by, dalba))
    members = [one.who for group in divided.groups for one in group.members]
    assert sorted(members) == sorted(divided.enrolled)


# ---------------------------------------------------------------- small cohorts


def table_of(*people: Person) -> Table:
    return as_table(count(people).endpoints["OS"], the_trial())


def test_a_cohort_of_nobody_has_no_estimate() -> None:
    table = table_of()
    assert cell(table, EVERYBODY, "patients") == "0"
    assert cell(table, EVERYBODY, "at_12_months") == "nobody followed"
    assert cell(table, EVERYBODY, "median") == "nobody followed"


def test_a_cohort_of_one_who_died_reaches_its_median() -> None:
    table = table_of(person().died(183))
    assert cell(table, EVERYBODY, "median") == "6.3"
    assert cell(table, EVERYBODY, "at_12_months") == "0.0 %"


def test_a_cohort_in_which_all_are_censored_stays_at_one_hundred_percent() -> None:
    one = count([person(number).seen(150 + number) for number in range(1, 6)]).endpoints["OS"].everybody
    assert one.survival
    assert one.survival.events == 0
    assert one.rate(4) == (1.0, None, None)
    assert one.follow_up.median.value is not None


def test_deaths_on_one_day_are_one_step() -> None:
    people = [person(number).died(100) for number in (1, 2)] + [person(3).seen(200)]
    survival = count(people).endpoints["OS"].everybody.survival
    assert survival
    assert [(step.at_risk, step.events, round(step.survival, 3)) for step in survival.steps] == [
        (3, 2, 0.333),
        (1, 0, 0.333),
    ]


def test_a_group_without_any_event_is_still_tested(dalba: Protocol) -> None:
    people = [person(1, transcript="p190").died(50), person(2, transcript="p190").died(90)]
    people += [person(number, transcript="p210").seen(200) for number in (3, 4)]
    test = count(people, grouping("transcript", dalba)).endpoints["OS"].test
    assert test
    assert test.groups["p210"].observed == 0
    assert test.p is not None
