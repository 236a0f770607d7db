from decimal import Decimal

import pytest

from models.protocols.model import Phase, Protocol, VisitPlan


def phase(protocol: Protocol, code: str) -> Phase:
    found = protocol.phase(code)
    assert found is not None
    return found


def visit(protocol: Protocol, code: str) -> VisitPlan:
    found = protocol.visit(code)
    assert found is not None
    return found


def test_dalba_has_its_visits_in_the_order_of_treatment(dalba: Protocol) -> None:
    codes = " ".join(v.code for v in dalba.visits)
    assert codes.startswith("BL D0 D22 D45 D57 D85 C1D1 C1 C2D1 C2 C3D1 C3 C4D1 C4 C5D1 C5 FU3 FU6 ")


def test_dalba_follows_patients_up_every_three_months_for_five_years(dalba: Protocol) -> None:
    follow_up = [v for v in dalba.visits if v.code.startswith("FU")]
    assert [v.code for v in follow_up] == [f"FU{month}" for month in range(3, 61, 3)]
    assert (follow_up[0].day, follow_up[-1].day) == (92, 1827)


def test_dalba_gives_dasatinib_for_85_days_and_blinatumomab_for_28_of_42(dalba: Protocol) -> None:
    induction = next(d for d in phase(dalba, "induction").doses if d.drug == "dasatinib")
    assert (induction.dose, induction.first_day, induction.last_day) == (Decimal(140), 1, 85)
    cycle = phase(dalba, "blina-1")
    infusion = next(d for d in cycle.doses if d.drug == "blinatumomab")
    assert (cycle.days, infusion.dose, infusion.last_day) == (42, Decimal(28), 28)


def test_dalba_asks_for_two_cycles_and_allows_five(dalba: Protocol) -> None:
    cycles = [p for p in dalba.phases if p.cycle]
    assert [p.optional for p in cycles] == [False, False, True, True, True]


def test_dalba_asks_for_its_primary_endpoint_after_cycle_two(dalba: Protocol) -> None:
    assert dalba.primary_landmark == "C2"
    assert [v.code for v in dalba.visits if v.landmark] == ["D85", "C1", "C2", "C3", "C4", "C5"]


def test_a_serious_event_of_dalba_is_reported_within_a_day(dalba: Protocol) -> None:
    assert [(c.code, c.hours, c.responsible) for c in dalba.clocks] == [
        ("SAE", 24, "site"),
        ("SUSAR-7", 7 * 24, "sponsor"),
        ("SUSAR-15", 15 * 24, "sponsor"),
    ]


def test_both_trials_test_for_mutations_at_relapse_and_say_that_this_is_not_confirmed(
    dalba: Protocol, all2820: Protocol
) -> None:
    for trial in (dalba, all2820):
        assert trial.mrd.mutation_test_at_relapse
        [said] = [setting.note for setting in trial.settings if setting.name == "ABL1 mutation test at relapse"]
        assert said.endswith("Not confirmed.")


def test_relapse_is_never_counted_against_deaths_without_competing_risks(dalba: Protocol) -> None:
    endpoints = {e.code: e for e in dalba.endpoints}
    assert endpoints["CIR"].competing == ("death-without-relapse",)
    assert endpoints["NRM"].competing == ("relapse",)


def test_what_the_publications_leave_open_is_a_setting(dalba: Protocol) -> None:
    assert {"Study day 1", "Visit windows", "CTCAE version"} <= {s.name for s in dalba.settings}


@pytest.mark.parametrize("name", ["dalba", "all2820"])
def test_every_visit_can_be_reached(name: str, request: pytest.FixtureRequest) -> None:
    protocol: Protocol = request.getfixturevalue(name)
    started = {v.starts_phase for v in protocol.visits}
    recorded_by_hand = {"prephase", "post"}
    assert {v.anchor for v in protocol.visits} <= started | recorded_by_hand


def test_the_second_protocol_starts_its_cycles_after_70_days(all2820: Protocol) -> None:
    assert phase(all2820, "induction").days == 70
    assert visit(all2820, "C1D1").day == 71
    assert visit(all2820, "D70").landmark


def test_the_second_protocol_doses_ponatinib_by_age(all2820: Protocol) -> None:
    doses = phase(all2820, "induction").doses
    assert [(d.dose, d.under_age, d.from_age) for d in doses] == [
        (Decimal(45), 65, None),
        (Decimal(30), 65, None),
        (Decimal(30), None, 65),
    ]
