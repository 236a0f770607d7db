"""The visits of one patient: the plan against what the record says happened, and what a visit still lacks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from models.domain.codelists import DISPOSITION, DISPOSITION_REASON
from models.domain.partial_dates import PartialDate, Special
from models.protocols.model import PIECES, Protocol
from models.protocols.schedule import ActualVisit, PlannedVisit, Stop, plan, soonest
from models.records.kind import Record
from models.records.outcome import Death, Disposition
from models.records.patient import Consent, Patient
from models.records.treatment import PhaseRun
from models.records.visits import Visit

PIECE_KINDS: Mapping[str, str] = {
    "lab": "lab",
    "vitals": "vitals",
    "mrd": "mrd",
    "assessment": "assessment",
    "mutation": "mutation",
    "lesions": "lesion",
    "lumbar_puncture": "lumbar_puncture",
    "exposure": "exposure",
    "phase": "phase",
    "adverse_events": "adverse_event",
}
"""Which kind of record answers for a piece that a visit collects."""

ENTRY_DATES = ("collected", "assessed", "measured", "done", "began")
"""The fields that say when a record answered for a visit; the first that is filled in counts."""

OFFERED = frozenset({"adverse_events", "exposure", "lumbar_puncture"})
"""Pieces that are offered at a visit and never missing: reviews leave no record where nothing happened, and of lumbar
punctures the protocol counts the total."""


class Entry(NamedTuple):
    """That there is a record of some kind, and little of what it says: the visit that it names, and its date.

    `status` is what a visit's own record says happened, "" of other kinds.
    """

    visit: str | None
    date: PartialDate | None = None
    status: str = ""


class Answers(NamedTuple):
    """The records of one kind as they answer for visits: the days of those that name a visit, and of the others."""

    named: Mapping[str, tuple[date | None, ...]]
    unnamed: tuple[date, ...]


def planned(
    protocol: Protocol,
    visits: Sequence[Visit],
    phases: Sequence[PhaseRun],
    consents: Sequence[Consent],
    ended: Stop | None,
    treatment_ended: Stop | None,
    today: date,
) -> tuple[PlannedVisit, ...]:
    """Every planned and every recorded visit with its window and state."""
    return plan(
        protocol,
        phases_started=started(phases),
        visits=[ActualVisit(v.code, v.date, v.status, v.reason or "", v.id) for v in visits],
        today=today,
        ended=ended,
        treatment_ended=treatment_ended,
        consented=next((consent.signed for consent in consents if consent.signed.earliest), None),
    )


def started(phases: Sequence[PhaseRun]) -> Mapping[str, PartialDate]:
    """The day on which each phase first began, by its code; `phases` are in the order of their beginning."""
    return {run.phase: run.began for run in reversed(phases)}


def end_of_participation(
    patient: Patient, dispositions: Sequence[Disposition], deaths: Sequence[Death], consents: Sequence[Consent] = ()
) -> Stop | None:
    """After what no visit is due: a screen failure, death, or leaving the study; the earliest of them.

    Nothing may be done without consent, so its withdrawal ends the visits even where nobody recorded more.
    """
    stops = [Stop(d.date, "death") for d in deaths]
    left = (d for d in dispositions if d.event != "END OF TREATMENT")
    stops += [Stop(d.date, DISPOSITION.label(d.event).lower()) for d in left]
    if patient.screen_failure:
        stops.append(Stop(patient.screen_failure, "screen failure"))
    if withdrawn := consent_withdrawn(consents):
        stops.append(withdrawn)
    return soonest(stops)


def consent_withdrawn(consents: Sequence[Consent]) -> Stop | None:
    """The withdrawal of the last standing consent, None while one stands or none was recorded.

    Each version of the form is a record of its own, and a withdrawal is told of one: it ends those signed before too.
    """
    ended = [c for c in consents if c.withdrawn and c.withdrawn.special is not Special.NOT_DONE]
    days = [day for c in ended for day in (c.signed, c.withdrawn) if day]
    if not ended or any(c not in ended and not any(c.signed.before(day) for day in days) for c in consents):
        return None
    last = max((c.withdrawn for c in ended if c.withdrawn), key=lambda day: day.latest or date.max)
    return Stop(last, "withdrawal of consent")


def end_of_treatment(dispositions: Sequence[Disposition]) -> Stop | None:
    """The end of protocol treatment while the patient stays in follow-up, and why."""
    return soonest(
        Stop(d.date, DISPOSITION_REASON.label(d.reason).lower() if d.reason else "reason not recorded")
        for d in dispositions
        if d.event == "END OF TREATMENT"
    )


def missing_pieces(visit: PlannedVisit, records: Mapping[str, Sequence[Record]]) -> tuple[str, ...]:
    """What a visit that took place still lacks, as words; empty for a visit that did not take place.

    Pieces that are only offered are left out.
    """
    if visit.plan is None or not visit.took_place:
        return ()
    return tuple(
        PIECES[piece]
        for piece in visit.plan.collects
        if piece not in OFFERED and not answering(visit, answers_of(map(entry_of, records.get(PIECE_KINDS[piece], ()))))
    )


def entry_of(record: Record) -> Entry:
    """A record as it answers for a visit."""
    held = vars(record)
    when = next((held[name] for name in ENTRY_DATES if held.get(name) is not None), None)
    return Entry(held.get("visit"), when)


def answers_of(entries: Iterable[Entry]) -> Answers:
    """Sort the entries of one kind by the visit that they name."""
    named: dict[str, list[date | None]] = {}
    unnamed: list[date] = []
    for visit, when, _ in entries:
        day = when.full if when else None
        if visit is not None:
            named.setdefault(visit, []).append(day)
        elif day is not None:
            unnamed.append(day)
    return Answers({visit: tuple(days) for visit, days in named.items()}, tuple(unnamed))


def answering(visit: PlannedVisit, answers: Answers) -> tuple[date | None, ...]:
    """The days of the records that answer for a visit: they name it, or name none and are dated in its window."""
    named = answers.named.get(visit.code, ())
    if not answers.unnamed:
        return named
    came, opens, closes = visit.date, visit.opens, visit.closes
    actual = came.full if came else None
    near = (day for day in answers.unnamed if day == actual or (opens and closes and opens <= day <= closes))
    return (*named, *near)
