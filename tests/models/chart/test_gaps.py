"""What must follow from the record and is not there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.chart.patient_chart import PatientChart
from models.chart.visits import Entry
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.sentence import write_sentence
from models.protocols.schedule import VisitState
from models.records.disease import Relapse
from models.records.molecular import Mutation
from models.records.outcome import Death, Disposition
from models.records.patient import Consent
from models.records.treatment import Exposure, PhaseRun, Transplant
from models.records.visits import Sample
from tests.builders import DAY_ONE, PatientBuilder, a_patient


@pytest.fixture
def builder() -> PatientBuilder:
    return a_patient().phase("prephase", -7, -1).phase("induction", 1, 85).phase("blina-1", 86, 127)


def said(chart: PatientChart) -> list[tuple[str, str, int]]:
    return [(write_sentence(gap.said, Desk.ENGLISH), gap.kind, gap.record_id) for gap in chart.gaps]


def entry(code: str, status: str) -> Entry:
    return Entry(code, status=status)


def withdrawn(builder: PatientBuilder) -> Consent:
    return Consent(version="3.0", signed=builder.on(-10), withdrawn=builder.on(100))


def test_a_patient_in_the_middle_of_treatment_lacks_nothing(builder: PatientBuilder) -> None:
    assert builder.chart().gaps == ()


def test_before_treatment_nothing_is_missing() -> None:
    assert a_patient().chart().gaps == ()


def test_a_relapse_asks_for_the_end_of_treatment(builder: PatientBuilder) -> None:
    builder.add(Relapse(found=builder.on(100)))
    [(words, kind, _)] = said(builder.chart())
    assert words.startswith("Relapse on ")
    assert kind == "disposition"


def test_a_phase_begun_after_the_transplant_answers_it(builder: PatientBuilder) -> None:
    builder.add(Transplant(done=builder.on(140)))
    assert said(builder.chart())[0][0].startswith("Transplant on ")
    assert builder.phase("post", 160).chart().gaps == ()


def test_the_end_of_treatment_asks_for_follow_up(builder: PatientBuilder) -> None:
    builder.add(Disposition(event="END OF TREATMENT", date=builder.on(130)))
    [(words, kind, _)] = said(builder.chart())
    assert "has no beginning, so no visit of it can be planned" in words
    assert kind == "phase"
    assert builder.phase("post", 131).chart().gaps == ()


def test_a_beginning_without_its_day_is_named_with_its_record(builder: PatientBuilder) -> None:
    chart = builder.phase("blina-2", PartialDate(2026, 6)).chart()
    [run] = [run.id for run in chart.of(PhaseRun) if run.phase == "blina-2"]
    [(words, kind, record)] = said(chart)
    assert "without the day no visit of it can be planned" in words
    assert (kind, record) == ("phase", run)


def test_a_cycle_that_was_passed_over_is_named(builder: PatientBuilder) -> None:
    [(words, _, _)] = said(builder.phase("blina-3", 130).chart())
    assert words == (
        "Blinatumomab cycle 3 began, but Blinatumomab cycle 2 has no beginning: enter it, or the visit "
        "“Cycle 2, day 1” as skipped, with the reason."
    )


def test_a_cycle_that_was_passed_over_is_asked_for_once(builder: PatientBuilder) -> None:
    chart = builder.phase("blina-3", 130).chart()
    state = {visit.code: visit.state for visit in chart.visits}
    assert (state["C2D1"], state["C2"]) == (VisitState.CANCELLED, VisitState.CANCELLED)
    assert len(chart.gaps) == 1


@pytest.mark.parametrize("status", ["MISSED", "SKIPPED"])
def test_the_reason_for_which_a_cycle_was_passed_over_answers_it(builder: PatientBuilder, status: str) -> None:
    chart = builder.phase("blina-3", 130).visit("C2D1", status=status, reason="Infection").chart()
    assert chart.gaps == ()
    known_by_entry = replace(chart, records={**chart.records, "visit": ()}, entries={"visit": (entry("C2D1", status),)})
    assert known_by_entry.gaps == ()


def test_a_first_visit_that_took_place_leaves_the_beginning_of_its_cycle_missing(builder: PatientBuilder) -> None:
    assert len(builder.phase("blina-3", 130).visit("C2D1", 128).chart().gaps) == 1


def test_an_optional_cycle_that_was_passed_over_is_not_asked_for(builder: PatientBuilder) -> None:
    chart = builder.phase("blina-2", 128).phase("blina-4", 170).chart()
    assert chart.gaps == ()
    assert {visit.state for visit in chart.visits if visit.code in ("C3D1", "C3")} == {VisitState.NOT_TAKEN}


def test_consent_withdrawn_ends_the_visits_and_asks_how_it_ended(builder: PatientBuilder) -> None:
    builder.add(withdrawn(builder))
    chart = builder.chart()
    assert said(chart)[0][0].startswith("Consent was withdrawn on ")
    [after] = [visit for visit in chart.visits if visit.code == "C1"]
    assert after.state is VisitState.CANCELLED
    assert after.reason.endswith("before the window closed: withdrawal of consent.")


@pytest.mark.parametrize("day", ["UNK", "2026"])
def test_consent_withdrawn_on_a_day_not_known_ends_the_visits_all_the_same(builder: PatientBuilder, day: str) -> None:
    builder.add(Consent(version="3.0", signed=builder.on(-10), withdrawn=PartialDate.from_iso(day)))
    chart = builder.chart()
    assert chart.due == ()
    assert {visit.state for visit in chart.visits} == {VisitState.CANCELLED}


def test_consent_withdrawn_on_a_day_not_known_still_asks_how_it_ended(builder: PatientBuilder) -> None:
    builder.add(Consent(version="3.0", signed=builder.on(-10), withdrawn=PartialDate.from_iso("UNK")))
    assert said(builder.chart())[0][0] == (
        "Consent was withdrawn, on a day that is not known: record how the participation ended."
    )


def test_consent_of_which_it_is_said_that_it_was_not_withdrawn_stands(builder: PatientBuilder) -> None:
    builder.add(Consent(version="3.0", signed=builder.on(-10), withdrawn=PartialDate.from_iso("ND")))
    assert builder.chart().left is None


def test_nothing_is_asked_of_who_died_on_a_day_not_known(builder: PatientBuilder) -> None:
    builder.add(Death(date=PartialDate.from_iso("UNK")))
    chart = builder.chart()
    assert chart.due == ()
    assert [visit.findings for visit in chart.visits if visit.findings] == []


@pytest.mark.parametrize("day", ["2026-04-18", "UNK"])
def test_an_earlier_version_of_the_consent_ends_with_the_one_that_is_withdrawn(
    builder: PatientBuilder, day: str
) -> None:
    builder.add(Consent(version="2.0", signed=builder.on(-20)))
    builder.add(Consent(version="3.0", signed=builder.on(-10), withdrawn=PartialDate.from_iso(day)))
    assert said(builder.chart())[0][0].startswith("Consent was withdrawn")


def test_a_withdrawal_told_of_the_first_version_ends_the_later_one_too(builder: PatientBuilder) -> None:
    builder.add(withdrawn(builder))
    builder.add(Consent(version="4.0", signed=builder.on(50)))
    assert said(builder.chart())[0][0].startswith("Consent was withdrawn")


def test_a_newer_consent_stands(builder: PatientBuilder) -> None:
    builder.add(withdrawn(builder))
    builder.add(Consent(version="4.0", signed=builder.on(101)))
    assert builder.chart().left is None


def haematologic(builder: PatientBuilder) -> Relapse:
    return Relapse(found=builder.on(100), sites=("MARROW",))


def asked_for_a_test(builder: PatientBuilder) -> bool:
    """After the end of protocol treatment, so that a relapse asks for nothing else."""
    builder.add(Disposition(event="END OF TREATMENT", date=builder.on(101)))
    return "mutation" in {kind for _, kind, _ in said(builder.phase("post", 101).chart())}


def test_a_haematologic_relapse_asks_for_a_mutation_test(builder: PatientBuilder) -> None:
    builder.add(haematologic(builder))
    words = {kind: words for words, kind, _ in said(builder.chart())}
    assert words["mutation"] == (
        "Relapse in marrow or blood on 18 Apr 2026: ask for an ABL1 mutation test and enter it, with the day "
        "“not done” if there is none."
    )


def test_a_relapse_outside_the_marrow_asks_for_no_mutation_test(builder: PatientBuilder) -> None:
    builder.add(Relapse(found=builder.on(100), sites=("CNS",)))
    assert not asked_for_a_test(builder)


def test_a_protocol_that_tests_no_relapse_asks_for_no_mutation_test(builder: PatientBuilder) -> None:
    builder.add(haematologic(builder))
    chart = builder.chart()
    trial = chart.protocol._replace(mrd=chart.protocol.mrd._replace(mutation_test_at_relapse=False))
    assert "mutation" not in {gap.kind for gap in replace(chart, protocol=trial).gaps}


@pytest.mark.parametrize(("day", "result", "asked"), [(99, "FOUND", True), (100, "NONE", False), (104, None, False)])
def test_a_mutation_test_from_the_relapse_on_answers_it(
    builder: PatientBuilder, day: int, result: str | None, asked: bool
) -> None:
    builder.add(haematologic(builder))
    builder.add(Mutation(collected=builder.on(day), result=result))
    assert asked_for_a_test(builder) is asked


def test_a_sample_sent_for_the_mutation_test_answers_the_relapse(builder: PatientBuilder) -> None:
    builder.add(haematologic(builder))
    builder.add(Sample(purpose="MUTATION", sent=builder.on(101)))
    assert not asked_for_a_test(builder)


@pytest.mark.parametrize("day", ["ND", "2026"])
def test_a_mutation_test_not_done_or_of_a_day_not_known_answers_the_relapse(builder: PatientBuilder, day: str) -> None:
    builder.add(haematologic(builder))
    builder.add(Mutation(collected=PartialDate.from_iso(day)))
    assert not asked_for_a_test(builder)


def test_a_day_that_is_not_known_is_said_in_words(builder: PatientBuilder) -> None:
    builder.add(Disposition(event="END OF TREATMENT", date=PartialDate.from_iso("UNK")))
    [(words, *_)] = said(builder.chart())
    assert words.startswith("Protocol treatment ended, on a day that is not known: ")


def test_nothing_is_asked_of_the_dead(builder: PatientBuilder) -> None:
    builder.add(haematologic(builder))
    builder.add(Death(date=builder.on(120)))
    assert builder.chart().gaps == ()


@pytest.mark.parametrize(
    ("on_day", "ended", "asked"), [(113, None, False), (114, None, True), (114, 113, False), (140, None, True)]
)
def test_an_infusion_that_goes_on_past_its_days_asks_for_its_last_day(
    on_day: int, ended: int | None, asked: bool
) -> None:
    builder = a_patient(today=DAY_ONE + timedelta(days=on_day - 1)).phase("induction", 1, 85).phase("blina-1", 86)
    builder.dose("blinatumomab", 28, 86, ended, unit="µg/day")
    words = f"Blinatumomab cycle 1: the infusion is still running, on day {on_day - 85} of 28. Enter its last day."
    chart = builder.chart()
    dose = chart.of(Exposure)[0].id
    assert said(chart) == ([(words, "exposure", dose)] if asked else [])
