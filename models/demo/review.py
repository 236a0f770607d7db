"""What monitor and site did to the demo study: queries in each state, verified records, signed visits, a data cut.

All of it goes through the same commands as in a real study, each in the name of the account that may do it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.chart.patient_chart import PatientChart
from models.demo.board import add_cut
from models.domain.clock import Clock
from models.domain.context import Context
from models.records.molecular import MrdResult
from models.records.patient import Consent
from models.records.visits import Visit
from models.study import DEMO_PASSWORD, Edit, Study

_PATIENTS = 3
"""However many there are in the study: the first ones whose record is far enough along."""
_VISITS = 4
_CONTROL, _CONSENT, _DATE, _CATEGORY = 0, 1, 2, 3
"""The queries, in the order in which they are asked."""
_CORRECTED = Context("", "Source document corrected")


def add_review(path: Path, clock: Clock) -> None:
    """Let the demo's accounts review the first patients of a study that has just been made."""
    with _sitting(path, "coordinator", clock) as study:
        add_cut(study)
    with _sitting(path, "monitor", clock) as study:
        charts = _chosen(study)
        if not charts:
            return
        queries = _ask(study, charts)
        _verify(study, charts)
    with _sitting(path, "investigator", clock) as study:
        study.review.answer(queries[_DATE], "The patient came a day earlier than planned; the note of the day says so.")
        for visit in _visits(charts[0])[1:3]:
            study.signing.sign(charts[0].patient.id, visit.id, "review", DEMO_PASSWORD, "investigator")
    with _sitting(path, "coordinator", clock) as study:
        study.review.answer(queries[_CONSENT], "Yes, both copies carry this day.")
        late = _visits(charts[0])[2]
        comment = Edit("visit", {"comment": "Seen in the day hospital"}, late.id)
        study.save(charts[0].patient.id, [comment], _CORRECTED)
    with _sitting(path, "monitor", clock) as study:
        study.review.close(queries[_DATE], "Seen on the source.")


@contextmanager
def _sitting(path: Path, login: str, clock: Clock) -> Iterator[Study]:
    with Study.open(path, login, DEMO_PASSWORD, clock=clock) as study:
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


def _ask(study: Study, charts: list[PatientChart]) -> list[int]:
    """Four queries about three patients; their ids, in the order of the constants above."""
    first, second, third = charts
    asked = (
        (
            first,
            "mrd",
            first.of(MrdResult)[-1].id,
            "control_copies",
            "The report gives another number of ABL1 copies. Please compare.",
            "coordinator",
        ),
        (
            second,
            "consent",
            second.of(Consent)[0].id,
            "signed",
            "Is this the day that stands on both copies of the form?",
            "coordinator",
        ),
        (
            third,
            "visit",
            _visits(third)[1].id,
            "date",
            "The appointment book has the day after. Which one is right?",
            "investigator",
        ),
        (
            first,
            "mrd",
            first.of(MrdResult)[0].id,
            "lab_category",
            "The category is not on the report. Where was it taken from?",
            "investigator",
        ),
    )
    found = []
    for chart, kind, record, field, words, role in asked:
        changes = study.review.ask(chart.patient.id, kind, record, field, words, role)
        found.append(next(id_ for name, id_ in changes.records if name == "query"))
    return found


def _verify(study: Study, charts: list[PatientChart]) -> None:
    """The consent, the first visits and the first MRD result of the first patient, the consent of the second."""
    first, second, _ = charts
    marks = [("consent", consent.id) for consent in first.of(Consent)]
    marks += [("visit", visit.id) for visit in _visits(first)[:3]]
    marks += [("mrd", first.of(MrdResult)[0].id)]
    for kind, record in marks:
        study.review.verify(first.patient.id, kind, record)
    study.review.verify(second.patient.id, "consent", second.of(Consent)[0].id)
