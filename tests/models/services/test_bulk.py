"""Many patients stored at once: what tells of a later day, and what belongs to it, waits until then."""

from datetime import date

import pytest

from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.records import Record
from models.records.patient import Consent, Patient
from models.records.safety import AdverseEvent, AeGrade
from models.services.bulk import insert_patients, insert_rows
from models.study import Study

MAKER = Context("Maker", "Made up")
MAY, JULY = PartialDate(2026, 5, 4), PartialDate(2026, 7, 6)
EARLY, LATE = FixedClock.at(2026, 6, 1).now(), FixedClock.at(2026, 8, 1).now()


def person(number: str, screened: PartialDate) -> tuple[Record, ...]:
    """Somebody with an event of May that got worse in July, and one of July."""
    return (
        Patient(screening_number=number, screened=screened, sex="F"),
        Consent(version="1", signed=screened),
        AdverseEvent(term="Cough", version="5.0", began=MAY),
        AeGrade(since=MAY, grade="1"),
        AeGrade(since=JULY, grade="2"),
        AdverseEvent(term="Fever", version="5.0", began=JULY),
        AeGrade(since=MAY, grade="3"),
    )


@pytest.fixture
def waiting(study: Study) -> dict[str, int]:
    """How many rows of each table wait, of one patient who was screened in May and one of July."""
    write = study._folder.write  # noqa: SLF001 - the maker of a study writes past its verbs
    assert write
    people = [person("S1", MAY), person("S2", JULY)]
    later = insert_patients(write, people, MAKER, EARLY, lambda _done: True, until=date(2026, 6, 1))
    assert later is not None
    before = study.patient_count()
    assert before == 1
    insert_rows(write, later, MAKER, LATE)
    return {kind: len(rows) for kind, rows in later.items()}


def test_a_record_of_a_later_day_waits_with_all_that_belongs_to_it(waiting: dict[str, int]) -> None:
    assert waiting == {"patient": 1, "consent": 1, "adverse_event": 3, "ae_grade": 5}


def test_each_record_was_entered_when_it_was_stored(study: Study, waiting: dict[str, int]) -> None:
    assert waiting
    first, second = (study.chart(study.find(number)).records for number in ("S1", "S2"))
    entered = [(event.entered_at, event.entered_by) for event in first["adverse_event"]]
    assert entered == [(EARLY, "Maker"), (LATE, "Maker")]
    assert {event.entered_at for event in second["adverse_event"]} == {LATE}
    assert sorted(grade.parent for grade in first["ae_grade"]) == [1, 1, 2]


def test_a_maker_who_is_told_to_stop_stores_no_more(study: Study) -> None:
    write = study._folder.write  # noqa: SLF001
    assert write
    assert insert_patients(write, [person("S1", MAY)], MAKER, LATE, lambda _done: False) is None
