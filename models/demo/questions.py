"""Open questions: a doubtful record of each sort, saved with its reason and still waiting for an answer."""

from collections.abc import Iterator

from models.demo import workdays
from models.demo.laboratory import HOSPITAL
from models.demo.molecular import MOLECULAR_LABORATORY
from models.demo.timeline import Case, Timeline
from models.demo.values import moment, on, quantity
from models.domain.molecular.terms import BLOOD
from models.records.flags import Flag
from models.records.kind import Record
from models.records.laboratory import LabResult, Vitals
from models.records.molecular import MrdResult
from models.records.safety import AdverseEvent, AeDrug, AeGrade
from models.records.treatment import Medication
from models.records.visits import UNSCHEDULED, Visit


def questions(case: Case, days: Timeline) -> Iterator[Record]:
    """The doubtful record of a patient whose role has one, and the question about it."""
    sort = case.role.part.removeprefix("question: ")
    if sort == case.role.part:
        return
    day = workdays.before(min(days.phases["blina-2"].began + 20, case.today - 3))
    if sort == "laboratory":
        value = quantity("7.4", "mmol/L")
        yield LabResult(test="K", collected=on(day), value=value, laboratory=HOSPITAL, visit=UNSCHEDULED)
        yield _flag(case, "lab", "value", "Potassium 7.4 mmol/L with normal values around it: a haemolysed sample?")
    elif sort == "molecular":
        yield _weak_positive(case, day)
        yield _flag(
            case,
            "mrd",
            "lab_category",
            "The report says positive, non-quantifiable; the copies give 0.03 %. Ask the laboratory.",
        )
    elif sort == "vitals":
        yield Vitals(measured=on(day), visit=UNSCHEDULED, weight=quantity("27.5", "kg"))
        yield _flag(case, "vitals", "weight", "Weight 27.5 kg: was 72.5 kg meant?")
    elif sort == "visit":
        yield Visit(code=UNSCHEDULED, status="DONE", date=on(day))
        yield _flag(case, "visit", "reason", "Say why the patient came outside the plan.", "visit.unscheduled")
    elif sort == "event":
        yield from _unfinished_event(case, day)
        yield _flag(
            case, "adverse_event", "ended", "The patient has recovered: the end date is missing.", "event.end-missing"
        )
    elif sort == "medication":
        name, dose = "Fluconazole", quantity("200", "mg")
        yield Medication(
            name=name, indication="Oral thrush", dose=dose, frequency="once daily", route="oral", began=on(day)
        )
        yield _flag(case, "medication", "name", "Fluconazole slows the breakdown of dasatinib. Is it still given?")


def _flag(case: Case, kind: str, field: str, message: str, rule: str | None = None) -> Flag:
    return Flag(
        about_kind=kind,
        about_id=0,
        about_field=field,
        rule=rule,
        message=message,
        answer="As on the source document; asked again",
        entered_at=moment(workdays.before(case.today - case.rng.randint(2, 12)), 10, 20),
    )


def _weak_positive(case: Case, day: int) -> MrdResult:
    return MrdResult(
        visit=UNSCHEDULED,
        collected=on(day),
        specimen=BLOOD,
        transcript="p210" if case.role.transcript == "p210" else "p190",
        target_copies=quantity("16", "copies"),
        control_copies=quantity("53200", "copies"),
        control_gene="ABL1",
        lab_category="positive non-quantifiable",
        quantifiable_limit=quantity("0.005", "%"),
        method="RT-QPCR",
        laboratory=MOLECULAR_LABORATORY,
        reported=on(workdays.before(min(day + 9, case.today))),
    )


def _unfinished_event(case: Case, day: int) -> Iterator[Record]:
    """A mild event that is over, without the day on which it ended."""
    yield AdverseEvent(
        term="Cough",
        version=case.protocol.ctcae_version,
        scale="CTCAE",
        began=on(day),
        outcome="RECOVERED/RESOLVED",
        serious=False,
    )
    yield AeGrade(since=on(day), grade="1")
    yield AeDrug(drug="dasatinib", causality="NOT RELATED", action="DOSE NOT CHANGED")
