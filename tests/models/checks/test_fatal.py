"""Events that end in death, and moments that cannot be: nothing of it is saved unasked."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from models.domain.partial_dates import PartialDate
from models.records.safety import AdverseEvent, AeGrade
from tests.models.checks.asking import NOW, ON, messages, rules

EVENT: Mapping[str, Any] = {"term": "Lung infection", "version": "4.03", "began": ON}
SERIOUS = {**EVENT, "serious": True, "aware": NOW - timedelta(days=1)}
FATAL = {**SERIOUS, "outcome": "FATAL", "seriousness": ("AESDTH",)}
DIED = PartialDate(2026, 3, 9)


def grade(number: str) -> tuple[str, Mapping[str, Any]]:
    return "ae_grade", {"since": ON, "grade": number}


@pytest.mark.parametrize("answer", [{"serious": False}, {}])
@pytest.mark.parametrize(("outcome", "number"), [("FATAL", "5"), ("FATAL", "4"), (None, "5")])
def test_an_event_that_ends_in_death_is_serious_by_definition(
    answer: dict[str, bool], outcome: str | None, number: str
) -> None:
    found = rules("adverse_event", {**EVENT, **answer, "outcome": outcome}, grade(number), died=DIED)
    assert "event.fatal-serious!" in found


def test_what_would_make_it_agree_is_said() -> None:
    said = messages("adverse_event", {**EVENT, "serious": False, "outcome": "FATAL"}, died=DIED)
    assert any("Answer “Serious” with yes, or correct the outcome." in each for each in said)


def test_a_fatal_event_that_says_so_everywhere_raises_nothing() -> None:
    assert rules("adverse_event", FATAL, grade("5"), died=DIED) == set()


@pytest.mark.parametrize(
    ("values", "number", "expected"),
    [
        ({**FATAL, "seriousness": ("AESHOSP",)}, "5", "event.fatal-criterion"),
        ({**FATAL, "outcome": None}, "5", "event.fatal-outcome"),
        (FATAL, "4", "event.fatal-grade"),
        ({**FATAL, "outcome": "UNKNOWN"}, "4", "event.death-criterion"),
    ],
)
def test_grade_outcome_and_criterion_imply_each_other(values: Mapping[str, Any], number: str, expected: str) -> None:
    assert rules("adverse_event", values, grade(number), died=DIED) == {expected}


def test_a_fatal_event_asks_for_the_death_of_the_patient() -> None:
    assert rules("adverse_event", FATAL, grade("5")) == {"event.death-missing"}


def test_an_event_that_was_not_fatal_is_not_ongoing_after_death() -> None:
    ongoing = {**EVENT, "ongoing": True}
    assert rules("adverse_event", ongoing, grade("3"), died=DIED) == {"event.ongoing-after-death"}
    assert rules("adverse_event", ongoing, grade("3")) == set()


def test_a_death_asks_about_events_that_are_ongoing_and_not_fatal() -> None:
    events = (
        AdverseEvent(id=3, term="Fever", version="4.03", began=ON, ongoing=True),
        AdverseEvent(id=4, term="Sepsis", version="4.03", began=ON, ongoing=True),
    )
    deadly = AeGrade(id=9, parent=4, since=ON, grade="5")
    [said] = messages("death", {"date": DIED}, known={"adverse_event": events, "ae_grade": (deadly,)})
    assert "ongoing and not as fatal: Fever. Say there how it ended." in said
    ended = AdverseEvent(id=3, term="Fever", version="4.03", began=ON, ongoing=False)
    assert messages("death", {"date": DIED}, known={"adverse_event": (ended,)}) == []


@pytest.mark.parametrize("name", ["aware", "reported"])
def test_a_moment_after_now_is_refused(name: str) -> None:
    values = {**SERIOUS, "seriousness": ("AESHOSP",)}
    late, nearly = {name: NOW + timedelta(minutes=11)}, {name: NOW + timedelta(minutes=9)}
    assert "moment.after-now!" in rules("adverse_event", {**values, **late}, grade("3"))
    assert rules("adverse_event", {**values, **nearly}, grade("3")) == set()


def test_awareness_before_the_event_began_is_asked_about() -> None:
    early = {**SERIOUS, "seriousness": ("AESHOSP",), "aware": NOW.replace(month=2)}
    assert rules("adverse_event", early, grade("3")) == {"event.aware-early"}
