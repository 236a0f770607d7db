"""The cohort: one list of records a patient, made when it is asked for, the same for the same seed, size and day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from random import Random

from models.demo import clinic, enrolment, laboratory, molecular, outcome, questions, safety, therapy, workdays
from models.demo.casting import cast
from models.demo.episodes import episodes
from models.demo.levels import Level
from models.demo.plan import plan
from models.demo.roles import Role
from models.demo.timeline import Case, timeline
from models.demo.values import on
from models.domain.molecular.terms import BONE_MARROW, COMPLETE, NON_QUANTIFIABLE, POSITIVE
from models.protocols.model import Protocol
from models.records.flags import Flag
from models.records.kind import Record
from models.records.patient import Consent
from models.records.treatment import Medication, PhaseRun

SITE = "042"
_SPREAD_DAYS = 25
_CLASSES = (COMPLETE, NON_QUANTIFIABLE, POSITIVE)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who was screened: days from the pre-phase to today, and the role played (None: a screen failure)."""

    lead: int
    role: Role | None


def cohort(
    protocol: Protocol, *, patients: int = 63, seed: int = 2116, thin: bool = False, until: date
) -> Iterator[list[Record]]:
    """The records of each patient, in the order of screening: the patient first, children right after their parent.

    `patients` is how many are enrolled; a few more were screened and not enrolled (none where `thin`). Other sizes than
    the planned one keep its proportions. `thin` gives enrolment, phase and the last MRD result only. `until` is today
    at the desk: nothing lies after it. References between records are the ids that a new, empty study gives.
    """
    given: Counter[str] = Counter()
    enrolled = 0
    for number, entry in enumerate(_entries(patients, seed, thin=thin), start=1):
        rng = Random(seed * 1_000_003 + number)
        first = workdays.before(until.toordinal() - entry.lead)
        screening_number = f"S{SITE}-{number:03d}"
        if entry.role is None:
            records = enrolment.screen_failure(protocol, rng, number, screening_number, first - 7)
        else:
            enrolled += 1
            subject_number = f"{SITE}-{enrolled:03d}"
            case = Case(entry.role, screening_number, subject_number, first, until.toordinal(), protocol, rng)
            records = list(_thin(case) if thin else _full(case))
        yield _linked(records, given)


@lru_cache(maxsize=4)
def _roles(seed: int) -> tuple[Role, ...]:
    return cast(plan(), seed)


def _entries(patients: int, seed: int, *, thin: bool) -> list[Entry]:
    """Everybody in the order of entry. The cast is repeated as often as it takes; copies entered a little earlier."""
    roles = _roles(seed)
    rng = Random(seed + patients)
    whole, rest = divmod(patients, len(roles))
    chosen = [Entry(_spread(role, rng, block), role) for block in range(whole) for role in roles]
    chosen += [Entry(_spread(role, rng, whole), role) for role in rng.sample(roles, rest)]
    if not thin:
        first = plan().first_accrual
        chosen += [Entry(first - 160 * n - 90, None) for n in range(plan().screen_failures)]
    return sorted(chosen, key=lambda entry: -entry.lead)


def _spread(role: Role, rng: Random, block: int) -> int:
    """Copies of a role enter some days before it; those whose part is played today keep their days."""
    return role.lead if role.under_treatment or not block else role.lead + rng.randint(0, _SPREAD_DAYS)


def _full(case: Case) -> Iterator[Record]:
    """Everything the record holds of a patient."""
    role, rng = case.role, case.rng
    days = timeline(case)
    counts: dict[str, laboratory.Counts] = {}
    events = episodes(case, days)
    yield enrolment.patient(role, case.screening_number, case.subject_number, days.consented, days.enrolled)
    yield enrolment.identity(rng, case.subject_number.removeprefix(f"{SITE}-"), role.age, days.consented)
    yield from enrolment.consents(case, days)
    yield from enrolment.eligibility(case.protocol, rng, role.age, workdays.before(case.first - 2))
    yield from enrolment.baseline(case, days)
    yield from therapy.phases(days)
    yield from clinic.visits(case, days)
    yield from clinic.vitals(case, days)
    yield from laboratory.laboratory(case, days, events, counts)
    yield from clinic.assessments(case, days, counts)
    yield from molecular.molecular(case, days)
    yield from clinic.lumbar_punctures(case, days)
    yield from therapy.doses(case, days, events)
    yield from safety.safety(case, days, events)
    yield from therapy.transplant(case, days)
    yield from therapy.medication(case, days)
    yield from outcome.outcome(case, days)
    yield from questions.questions(case, days)


def _thin(case: Case) -> Iterator[Record]:
    """Enrolment and the last MRD result."""
    role = case.role
    consented, enrolled = case.first - 7, workdays.before(case.first - 1)
    yield enrolment.patient(role, case.screening_number, case.subject_number, consented, enrolled)
    yield Consent(version="4.0", signed=on(consented))
    yield PhaseRun(phase="prephase", began=on(case.first), ended=on(case.first + 6), end_reason="COMPLETED")
    yield PhaseRun(phase="induction", began=on(case.first + 7))
    category = next((c for c in reversed(role.landmarks.values()) if c in _CLASSES), POSITIVE)
    transcript = "p210" if role.transcript == "p210" else "p190"
    day = case.first + 91
    level = Level(category, -case.rng.uniform(0.5, 2))
    yield next(molecular.result(case, "D85", day, BONE_MARROW, transcript, level, day + 9))


def _linked(records: list[Record], given: Counter[str]) -> list[Record]:
    """Fill in references: to the newest record of the kind meant, by the id that it gets in an empty study."""
    for place, record in enumerate(records):
        given[record.kind.name] += 1
        if isinstance(record, Flag):
            records[place] = replace(record, about_id=given[record.about_kind])
        elif isinstance(record, Medication) and record.adverse_event is not None:
            records[place] = replace(record, adverse_event=given["adverse_event"])
    return records
