from decimal import Decimal

import pytest

from models.cohort.cohort import Cohort
from models.cohort.monitoring import Watch, as_table
from models.protocols.model import Monitoring, Protocol
from models.statistics.boundaries import beta_binomial_boundary, binomial_boundary
from tests.builders import dalba as the_trial
from tests.models.cohort.people import Person, count, person

TOXICITY = Monitoring(
    "TOX", "Toxicity", "toxicity", "binomial", limit=Decimal("0.2"), patients=20, alpha=Decimal("0.05")
)
RESPONSE = TOXICITY._replace(code="R", watches="response", landmark="D85")
RELATED = {"dasatinib": ("RELATED", "DOSE NOT CHANGED")}


def watched(rule: Monitoring, *people: Person) -> Watch:
    (found,) = count(people, protocol=the_trial()._replace(monitoring=(rule,))).monitoring
    return found


def path(found: Watch) -> list[tuple[int, int, bool]]:
    return [(step.n, step.so_far, step.crossed) for step in found.path]


def toxic(number: int) -> Person:
    return person(number).event("Fever", 10, grade=3)


# ---------------------------------------------------------------- what is counted


def test_patients_count_in_the_order_in_which_treatment_began() -> None:
    late = person(1, begun=False).phase("induction", 5).event("Fever", 10, grade=3)
    found = watched(TOXICITY, late, person(2))
    assert [(step.who.label, step.so_far) for step in found.path] == [("042-002", 0), ("042-001", 1)]


def test_a_patient_counts_once_however_many_events_there_are() -> None:
    assert path(watched(TOXICITY, toxic(1).event("Headache", 20, grade=4))) == [(1, 1, False)]


@pytest.mark.parametrize(
    ("narrower", "expected"),
    [
        ({}, 1),
        ({"grade": 4}, 0),
        ({"drugs": ("dasatinib",)}, 1),
        ({"drugs": ("prednisone",)}, 0),
        ({"phases": ("induction",)}, 1),
        ({"phases": ("prephase",)}, 0),
    ],
    ids=str,
)
def test_only_events_of_the_rule_count(narrower: dict[str, object], expected: int) -> None:
    one = person().event("Fever", 10, grade=3, drugs=RELATED)
    assert watched(TOXICITY._replace(**narrower), one).path[-1].so_far == expected  # type: ignore[arg-type]


def test_a_rule_about_a_drug_counts_those_who_were_to_get_it() -> None:
    rule = TOXICITY._replace(drugs=("blinatumomab",))
    assert [step.who.label for step in watched(rule, person(1), person(2).phase("blina-1", 86)).path] == ["042-002"]


def test_response_counts_the_evaluable_by_the_day_of_their_sample() -> None:
    people = [person(1).mrd(88, 0), person(2).mrd(84, 400), person(3).mrd(85, 0, 500), person(4)]
    found = watched(RESPONSE, *people)
    assert [(step.who.label, step.had) for step in found.path] == [("042-002", False), ("042-001", True)]
    assert found.path[1].record == ("mrd", people[0].chart().records["mrd"][0].id)


# ---------------------------------------------------------------- boundaries


def test_too_many_toxicities_cross_the_boundary() -> None:
    found = watched(TOXICITY, *(toxic(number) for number in range(1, 4)), person(4))
    assert path(found) == [(1, 1, False), (2, 2, True), (3, 3, True), (4, 3, True)]
    assert found.crossed_at is not None
    assert found.crossed_at.n == 2
    assert found.state == "The boundary was reached at patient 2 (042-002); now 3 of 4 with a toxicity."


def test_the_boundary_is_the_exact_binomial_one_from_the_first_look_on() -> None:
    found = watched(TOXICITY._replace(first_look=5), *(toxic(number) for number in range(1, 4)))
    assert found.boundary == binomial_boundary(0.2, 0.05, 20, "too many")[4:]
    assert found.crossed_at is None
    assert found.state == "Inside the boundary: 3 of 3 with a toxicity."


def test_a_bayesian_boundary_is_that_of_its_prior() -> None:
    rule = TOXICITY._replace(
        method="beta-binomial", alpha=None, certainty=Decimal("0.9"), prior=(Decimal(1), Decimal(1))
    )
    assert watched(rule).boundary == beta_binomial_boundary((1, 1), 0.2, 0.9, 20, "too many")


def test_too_few_responses_cross_the_boundary() -> None:
    rule = RESPONSE._replace(limit=Decimal("0.6"))
    found = watched(rule, *(person(number).mrd(85, 400) for number in range(1, 6)))
    assert [step.crossed for step in found.path] == [False, False, False, True, True]


def test_simons_design_looks_twice() -> None:
    rule = RESPONSE._replace(
        method="simon",
        limit=Decimal("0.4"),
        target=Decimal("0.6"),
        beta=Decimal("0.1"),
        design="minimax",
        patients=0,
    )
    found = watched(rule, *(person(number).mrd(85, 400) for number in range(1, 31)))
    assert found.design
    assert (found.design.r1, found.design.n1, found.design.r, found.design.n) == (12, 29, 27, 54)
    assert [step.n for step in found.path if step.crossed] == [29]


@pytest.mark.parametrize(("rule", "words"), [(TOXICITY, "Stops at or above"), (RESPONSE, "Stops at or below")])
def test_the_table_says_on_which_side_the_boundary_stops(rule: Monitoring, words: str) -> None:
    assert words in [column.label for column in as_table(watched(rule)).columns]


def test_without_patients_there_is_a_boundary_and_no_path() -> None:
    found = watched(TOXICITY)
    assert (found.path, found.state) == ((), "No patient counts yet.")
    assert len(as_table(found).rows) == 20


# ---------------------------------------------------------------- the demo study


def test_the_demo_study_is_inside_both_boundaries(counted: Cohort) -> None:
    toxicity, response = counted.monitoring
    assert toxicity.state == "Inside the boundary: 3 of 58 with a toxicity."
    assert response.state == "Inside the boundary: 33 of 55 in molecular response."


def test_every_rule_states_what_it_counts_and_that_it_decides_nothing(counted: Cohort, dalba: Protocol) -> None:
    for watch, rule in zip(counted.monitoring, dalba.monitoring, strict=True):
        assert watch.method.source == rule.source
        assert watch.method.wording.endswith("Information: the boundary decides nothing.")
    assert "possibly related or related to Blinatumomab" in counted.monitoring[0].method.wording
    assert "stop with 12 or fewer of 29" in counted.monitoring[1].method.wording


def test_the_table_lists_boundary_and_path(counted: Cohort) -> None:
    table = as_table(counted.monitoring[0])
    assert table.cell("58", "count").values == (3,)
    assert len(table.cell("58", "count").patients) == 3
    assert table.cell("63", "patient").values == ("",)
