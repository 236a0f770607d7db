"""Whatever the seed, the counts of the plan come out of the cast, and every course fits before today."""

from collections import Counter
from datetime import date, timedelta
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from models.demo.casting import cast
from models.demo.cohort import cohort
from models.demo.plan import plan
from models.domain.partial_dates import PartialDate
from models.domain.resources import RESOURCES
from models.protocols.loading import load_protocol

SEEDS = st.integers(0, 1_000_000)


@settings(max_examples=25)
@given(SEEDS)
def test_the_counts_of_the_plan_come_out_for_any_seed(seed: int) -> None:
    targets, roles = plan(), cast(plan(), seed)
    assert median(role.age for role in roles) == targets.median_age
    assert Counter(role.transcript for role in roles) == targets.transcripts
    assert sum(role.transplant for role in roles) == sum(targets.transplants.values())
    assert sum(len(role.events) for role in roles) == sum(event.count for event in targets.events)
    for landmark in targets.landmarks:
        found = Counter(role.landmarks.get(landmark.visit) for role in roles)
        assert found["complete"] == landmark.complete
        assert found["complete"] + found["positive non-quantifiable"] == landmark.response
        assert found["complete"] + found["positive non-quantifiable"] + found["positive"] == landmark.evaluable


@settings(max_examples=10)
@given(SEEDS)
def test_a_patient_has_at_most_one_event_that_changes_doses(seed: int) -> None:
    for role in cast(plan(), seed):
        assert sum(event.pause is not None for event, _ in role.events) <= 1


@settings(max_examples=10)
@given(SEEDS)
def test_who_carries_a_mutation_has_no_event_on_dasatinib_after_treatment(seed: int) -> None:
    for role in cast(plan(), seed):
        assert not (role.mutation and any(event.phase == "post" for event, _ in role.events))


@settings(max_examples=8)
@given(SEEDS, st.integers(0, 800))
def test_no_course_runs_past_today_for_any_seed_and_day(seed: int, later: int) -> None:
    protocol = load_protocol(RESOURCES / "protocols" / "dalba.toml")
    today = date(2026, 1, 1) + timedelta(days=later)
    for records in cohort(protocol, patients=12, seed=seed, until=today):
        for record in records:
            for value in record.values().values():
                if isinstance(value, PartialDate) and value.earliest:
                    assert value.earliest <= today, record
