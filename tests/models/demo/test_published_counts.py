"""The demo cohort gives the published picture when the rules are run over its records. No number is stored anywhere."""

from collections import Counter
from collections.abc import Iterable
from statistics import median

import pytest

from models.chart.life import SHOWS_LIFE, seen_alive
from models.chart.patient_chart import PatientChart
from models.domain.genotype import IKZF1_ONLY, IKZF1_PLUS, NOT_EVALUABLE, WILD_TYPE
from models.domain.molecular.points import TimePoint
from models.records.disease import Assessment, Relapse
from models.records.molecular import MrdResult
from models.records.outcome import Death
from models.records.treatment import PhaseRun, Transplant

EIGHTEEN_MONTHS = 548


def landmark(chart: PatientChart, visit: str) -> TimePoint | None:
    """The evaluable marrow time point of a visit."""
    keys = {r.id for r in chart.of(MrdResult) if r.visit == visit and r.specimen == "BONE MARROW"}
    found = [t for t in chart.course.time_points if any(p.sample.key in keys for p in t.points)]
    return next((t for t in found if t.headline.value != "not evaluable"), None)


def survival(times: Iterable[tuple[int, bool]], at: int) -> float:
    """The Kaplan-Meier estimate at a day, from pairs of days and event."""
    pairs = list(times)
    share = 1.0
    for day in sorted({t for t, event in pairs if event and t <= at}):
        at_risk = sum(t >= day for t, _ in pairs)
        share *= 1 - sum(event and t == day for t, event in pairs) / at_risk
    return share


def overall(chart: PatientChart) -> tuple[int, bool]:
    """Days from enrolment to death or to the last day known alive."""
    entered, death = chart.patient.enrolled, chart.one(Death)
    assert entered
    assert entered.full
    if death and death.date.full:
        return (death.date.full - entered.full).days, True
    seen = (day.full for kind in SHOWS_LIFE for record in chart.records.get(kind, ()) if (day := seen_alive(record)))
    return (max(day for day in seen if day) - entered.full).days, False


def disease_free(chart: PatientChart) -> tuple[int, bool]:
    """Days from remission to relapse or death, or to the last response assessment."""
    start, relapse, death = chart.in_remission_since, chart.one(Relapse), chart.one(Death)
    assert start
    events = [d for d in (relapse and relapse.found.full, death and death.date.full) if d]
    if events:
        return (min(events) - start).days, True
    last = max(a.assessed.full for a in chart.of(Assessment) if a.assessed.full)
    return (last - start).days, False


def test_sixty_three_patients_are_enrolled_and_every_person_is_marked_synthetic(
    everybody: list[PatientChart], enrolled: list[PatientChart]
) -> None:
    assert len(enrolled) == 63
    assert all(chart.patient.synthetic for chart in everybody)


def test_age_and_sex_are_those_published(enrolled: list[PatientChart]) -> None:
    ages = [chart.patient.age or 0 for chart in enrolled]
    assert (median(ages), min(ages), max(ages)) == (54, 24, 82)
    assert sum(chart.patient.sex == "F" for chart in enrolled) == 34


def test_white_cells_at_diagnosis_have_the_published_median(enrolled: list[PatientChart]) -> None:
    counts = [c.disease.white_cells.value for c in enrolled if c.disease and c.disease.white_cells]
    assert len(counts) == 63
    assert median(counts) == 46


def test_transcripts_are_those_published(enrolled: list[PatientChart]) -> None:
    assert Counter(c.disease.transcript for c in enrolled if c.disease) == {"p190": 41, "p210": 17, "both": 5}


def test_the_rule_finds_the_published_ikzf1_classes(enrolled: list[PatientChart]) -> None:
    found = Counter(chart.ikzf1.value for chart in enrolled)
    assert found == {WILD_TYPE: 25, IKZF1_ONLY: 13, IKZF1_PLUS: 11, NOT_EVALUABLE: 14}


def test_all_but_one_patient_reach_remission_by_the_end_of_induction(enrolled: list[PatientChart]) -> None:
    days = [chart.day(chart.in_remission_since) for chart in enrolled if chart.in_remission_since]
    assert len(days) == 62
    assert all(day is not None and day <= 88 for day in days)


@pytest.mark.parametrize(
    ("visit", "response", "evaluable"),
    [("D85", 17, 59), ("C2", 33, 55), ("C3", 28, 40), ("C4", 29, 36), ("C5", 21, 29)],
)
def test_molecular_response_at_each_landmark_is_as_published(
    enrolled: list[PatientChart], visit: str, response: int, evaluable: int
) -> None:
    found = [point for chart in enrolled if (point := landmark(chart, visit))]
    assert (sum(point.response for point in found), len(found)) == (response, evaluable)


def test_cycles_started_are_those_published(enrolled: list[PatientChart]) -> None:
    started = Counter(run.phase for chart in enrolled for run in chart.of(PhaseRun))
    assert [started[f"blina-{n}"] for n in range(1, 6)] == [58, 56, 45, 37, 29]


def test_six_patients_relapse_at_the_published_sites(enrolled: list[PatientChart]) -> None:
    sites = Counter(site for chart in enrolled for relapse in chart.of(Relapse) for site in relapse.sites or ())
    assert sites == {"MARROW": 3, "CNS": 2, "NODE": 1}


def test_nobody_who_responded_by_day_85_relapses(enrolled: list[PatientChart]) -> None:
    responders = [c for c in enrolled if (point := landmark(c, "D85")) and point.response]
    assert responders
    assert not any(chart.of(Relapse) for chart in responders)


def test_mutations_are_found_on_a_rise_in_induction_and_clear(enrolled: list[PatientChart]) -> None:
    carriers = [c for c in enrolled if any(m.result == "FOUND" for m in c.mutations)]
    variants = Counter(m.variant for c in carriers for m in c.mutations if m.result == "FOUND")
    assert variants == {"T315I": 5, "E255K": 1}
    for chart in carriers:
        found = next(m for m in chart.mutations if m.result == "FOUND")
        assert any(alert.when == found.collected.full for alert in chart.course.alerts), chart.label
        assert (chart.day(found.collected) or 999) <= 85
        assert chart.mutations[-1].result == "NONE"


def test_twenty_four_are_transplanted_in_first_remission_and_one_of_them_dies_of_it(
    enrolled: list[PatientChart],
) -> None:
    transplanted = [c for c in enrolled if (t := c.one(Transplant)) and t.remission == "CR1"]
    assert len(transplanted) == 24
    deaths = [c for c in transplanted if (death := c.one(Death)) and death.cause == "TRANSPLANT"]
    assert len(deaths) == 1
    assert not any(chart.of(Relapse) for chart in transplanted)


def test_adverse_events_of_grade_3_or_more_are_those_published(enrolled: list[PatientChart]) -> None:
    events = [event for chart in enrolled for event in chart.events]
    severe = Counter(event.record.term for event in events if (event.worst or 0) >= 3)
    assert len(events) == 60
    assert sum(severe.values()) == 21
    assert severe["Infections and infestations - Other, specify"] == 6  # cytomegalovirus, without a term in CTCAE 4.03
    assert severe["Neutrophil count decreased"] == 4
    assert severe["Fever"] == 2
    assert severe["Pleural effusion"] == severe["Pulmonary hypertension"] == severe["Encephalopathy"] == 1


def test_survival_at_eighteen_months_is_95_and_88_percent(enrolled: list[PatientChart]) -> None:
    assert round(100 * survival(map(overall, enrolled), EIGHTEEN_MONTHS)) == 95
    remitted = [disease_free(chart) for chart in enrolled if chart.in_remission_since]
    assert round(100 * survival(remitted, EIGHTEEN_MONTHS)) == 88


def test_disease_free_survival_falls_from_wild_type_over_deletion_to_ikzf1plus(enrolled: list[PatientChart]) -> None:
    by_class = {
        name: survival(
            [disease_free(c) for c in enrolled if c.in_remission_since and c.ikzf1.value == name], EIGHTEEN_MONTHS
        )
        for name in (WILD_TYPE, IKZF1_ONLY, IKZF1_PLUS)
    }
    assert by_class[WILD_TYPE] > by_class[IKZF1_ONLY] > by_class[IKZF1_PLUS]


def test_median_follow_up_is_about_eighteen_months(enrolled: list[PatientChart]) -> None:
    followed = sorted(days for days, died in map(overall, enrolled) if not died)
    assert 17 <= median(followed) / 30.4375 <= 19
