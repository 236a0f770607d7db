"""What monitor and site did to the demo study: queries in each state, verified records, signed visits.

All of it goes through the same commands as in a real study, each in the name of the account that may do it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from models.chart.patient_chart import PatientChart
from models.domain.clock import Clock, FixedClock
from models.domain.context import Context
from models.records.kind import Record
from models.records.molecular import MrdResult
from models.records.patient import Consent
from models.records.visits import Visit
from models.study import DEMO_PASSWORD, Edit, Study

_PATIENTS = 3
"""However many there are in the study: the first ones whose record is far enough along."""
_VISITS = 4
REVIEWED_FOR = 38
"""Days for which the demo study has been under review."""
_COPIES = "The report gives another number of ABL1 copies. Please compare."
_CONSENT = "Is this the day that stands on both copies of the form?"
_DAY = "The appointment book has the day after. Which one is right?"
_CATEGORY = "The category is not on the report. Where was it taken from?"
_CORRECTED = Context("", "Source document corrected")


def add_review(path: Path, clock: Clock) -> None:
    """Let the demo's accounts review the first patients of a study that was made `REVIEWED_FOR` days before `clock`.

    What they said is days and weeks old, as in a study at work.
    """
    with _sitting(path, "monitor", clock, 34) as study:
        charts = _chosen(study)
        if not charts:
            return
        first, second, third = charts
        consent = _ask(study, second, second.of(Consent)[0], "signed", _CONSENT)
        day = _ask(study, third, _visits(third)[1], "date", _DAY, "investigator")
        _verify(study, first, [*first.of(Consent), *_visits(first)[:3], first.of(MrdResult)[0]])
    with _sitting(path, "investigator", clock, 30) as study:
        study.review.answer(day, "The patient came a day earlier than planned; the note of the day says so.")
        for visit in _visits(first)[1:3]:
            study.signing.sign(first.patient.id, visit.id, "review", DEMO_PASSWORD, "investigator")
    with _sitting(path, "coordinator", clock, 23) as study:
        study.review.answer(consent, "Yes, both copies carry this day.")
        comment = Edit("visit", {"comment": "Seen in the day hospital"}, _visits(first)[2].id)
        study.save(first.patient.id, [comment], _CORRECTED)
    with _sitting(path, "monitor", clock, 16) as study:
        study.review.close(day, "Seen on the source.")
        _verify(study, second, [second.of(Consent)[0]])
        _ask(study, first, first.of(MrdResult)[-1], "control_copies", _COPIES)
    with _sitting(path, "monitor", clock, 4) as study:
        _ask(study, first, first.of(MrdResult)[0], "lab_category", _CATEGORY, "investigator")


def days_before(clock: Clock, days: int) -> Clock:
    """A clock that stands that many days before another."""
    return FixedClock(clock.now() - timedelta(days=days))


@contextmanager
def _sitting(path: Path, login: str, clock: Clock, days: int) -> Iterator[Study]:
    with Study.open(path, login, DEMO_PASSWORD, clock=days_before(clock, days)) as study:
        yield study


def _chosen(study: Study) -> list[PatientChart]:
    """The first patients with results and visits enough; none in a study that is too small for them."""
    found: list[PatientChart] = []
    for patient in study.enrolled():
        chart = study.chart(patient)
        results, consents = chart.of(MrdResult), chart.of(Consent)
        if results and consents and len(_visits(chart)) >= _VISITS:
            found.append(chart)
        if len(found) == _PATIENTS:
            return found
    return []


def _visits(chart: PatientChart) -> list[Visit]:
    return sorted((v for v in chart.of(Visit) if v.status == "DONE" and v.date), key=_day)


def _day(visit: Visit) -> str:
    return visit.date.iso if visit.date else ""


def _ask(study: Study, chart: PatientChart, record: Record, field: str, words: str, role: str = "coordinator") -> int:
    changes = study.review.ask(chart.patient.id, record.kind.name, record.id, field, words, role)
    return dict(changes.records)["query"]


def _verify(study: Study, chart: PatientChart, records: Sequence[Record]) -> None:
    for record in records:
        study.review.verify(chart.patient.id, record.kind.name, record.id)
