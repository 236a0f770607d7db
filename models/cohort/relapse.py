"""The relapses of one patient, each on the day on which it counts, also where nobody knows that day in full."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.chart.remission import REMISSION
from models.cohort.who import When
from models.domain.sentence import Sentence, on_day
from models.records.disease import Assessment, Relapse
from models.records.outcome import Contact

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart

_DAY = timedelta(days=1)

REMISSION_ENDED = (
    "the day after remission was last shown (by an assessment or a contact, or by a sample in molecular response)"
)
"""The first day on which a relapse can have been, in words."""


def relapses(chart: "PatientChart", died: date | None) -> tuple[When, ...]:
    """Every relapse on the day on which it counts, the earliest first; `died` is the day of death as it counts.

    Of a day that is not fully known, or not at all, that is the first that it can have been: not before the day after
    the last response assessment or contact in remission, or sample in molecular response, as far as that lies within
    what is known of it, and not after death or an assessment that found a relapse. Where nothing shows remission, a
    relapse of an unknown day counts from enrolment. Beside others that have a day, one without counts as the last.
    """
    recorded = chart.of(Relapse)
    inexact = any(relapse.found.full is None for relapse in recorded)
    after_remission = _after_remission(chart, died) if inexact else ()
    dated = [_dated(relapse, after_remission) for relapse in recorded if relapse.found.earliest]
    undated = [relapse for relapse in recorded if relapse.found.earliest is None]
    entered = chart.patient.enrolled or chart.patient.screened
    first = max((*(when.day for when in dated), *after_remission), default=entered.earliest)
    unknown = [When(first, False, "relapse", relapse.id) for relapse in undated] if first else []
    return tuple(sorted((*dated, *unknown), key=lambda when: (when.day, when.record_id)))


def _dated(relapse: Relapse, after_remission: tuple[date, ...]) -> When:
    """A relapse of which at least the year is known."""
    first, last = relapse.found.earliest, relapse.found.latest
    assert first is not None
    assert last is not None
    if relapse.found.full:
        return When(first, True, "relapse", relapse.id)
    after = [day for day in after_remission if day <= last]
    return When(max([first, *after]), False, "relapse", relapse.id)


def _after_remission(chart: "PatientChart", died: date | None) -> tuple[date, ...]:
    """The day after each that shows remission, up to the first day that says that it is over."""
    assessed = [(day, a.response) for a in chart.of(Assessment) if (day := a.assessed.earliest)]
    over = min(day for day in (chart.today, died, *(day for day, found in assessed if found == "RELAPSE")) if day)
    shown = [day for day, found in assessed if found in REMISSION]
    shown += [day for contact in chart.of(Contact) if contact.in_remission and (day := contact.date.earliest)]
    specimen = chart.protocol.mrd.specimen
    shown += [point.when for point in chart.course.time_points if point.specimen == specimen and point.response]
    return tuple(min(day + _DAY, over) for day in shown if day <= over)


def relapse_words(chart: "PatientChart", relapsed: When) -> Sentence:
    """What was found, and when as far as anybody knows: "Relapse on May 2026."."""
    recorded = next(relapse for relapse in chart.of(Relapse) if relapse.id == relapsed.record_id)
    return ("Relapse", on_day(recorded.found), ".")
