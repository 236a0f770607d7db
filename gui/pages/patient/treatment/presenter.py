"""What the Treatment tab says, worked out from the chart."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from gui.pages.patient.presenter import study_day_words
from models.chart.patient_chart import PatientChart
from models.chart.treatment import DrugCourse, PhaseDose
from models.domain.capitals import within_sentence
from models.domain.codelists import DOSE_REASON
from models.domain.date_notation import write_date
from models.domain.derived import Derived
from models.domain.notation import Desk, write_number, write_quantity
from models.domain.partial_dates import PartialDate
from models.domain.sentence import write_sentence
from models.protocols.dosing import Pause
from models.records.treatment import Exposure, LumbarPuncture, PhaseRun

_ONE = Decimal(1)
LUMBAR_SETTING = "Lumbar punctures"
"""The name of the protocol's setting that says how many are planned."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A derived value in words, with what it rests on."""

    words: str
    derived: Derived[Any] | None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was given of one drug in one phase."""

    drug: str
    phase: str
    intensity: Worked
    days: Worked


@dataclass(frozen=True, slots=True)
class PauseLine:
    """One interruption in words."""

    words: str
    derived: Derived[Pause]


def ordered_doses(chart: PatientChart) -> tuple[Exposure, ...]:
    """The dose rows drug by drug in the order of the protocol, oldest first."""
    place = {drug.code: number for number, drug in enumerate(chart.protocol.drugs)}
    return tuple(sorted(chart.of(Exposure), key=lambda dose: (place.get(dose.drug, len(place)), dose.began.iso)))


def span_length(record: Exposure | PhaseRun, today: date) -> int | None:
    """How many days from beginning to end, both counted; to today while it goes on; None where a date is partial."""
    first, last = record.began.full, record.ended.full if record.ended else today
    return (last - first).days + 1 if first and last and first <= last else None


def span_days(record: Exposure | PhaseRun, today: date) -> str:
    """The same in words: "85", "12 so far"; "" where it cannot be told."""
    days = span_length(record, today)
    return "" if days is None else f"{days}" if record.ended else f"{days} so far"


def study_days(chart: PatientChart, record: Exposure | PhaseRun) -> str:
    """The study days of a span: "1 to 85", "92 on"; "1 to not known" where it ended on a day not fully known."""
    first, last = chart.day(record.began), chart.day(record.ended)
    if first is None:
        return ""
    if record.ended is None:
        return f"{study_day_words(first)} on"
    return f"{study_day_words(first)} to {study_day_words(last) if last is not None else 'not known'}"


def delivered(chart: PatientChart, desk: Desk) -> tuple[Delivered, ...]:
    """Drug by drug, phase by phase: intensity and infusion days, each with its reason."""
    return tuple(
        Delivered(course.drug.name, dose.phase.label, _intensity(dose, desk), _days(dose))
        for course in chart.doses
        for dose in course.phases
    )


def current_dose(course: DrugCourse, desk: Desk) -> str:
    """The dose of today in words."""
    if course.current is None:
        return "not being given"
    dose = course.current.dose
    if dose is None:
        return "dose not recorded"
    since = write_date(course.current.began, desk)
    return f"interrupted since {since}" if dose.value == 0 else f"{write_quantity(dose, desk)} since {since}"


def standing(chart: PatientChart, desk: Desk) -> str:
    """Where every drug stands today, for the remark beside the doses; what was finished is left out."""
    return " · ".join(f"{course.drug.name} {current_dose(course, desk)}" for course in chart.doses if course.current)


def pause_lines(chart: PatientChart, desk: Desk) -> tuple[PauseLine, ...]:
    """Every interruption, newest first."""
    found = []
    for course in chart.doses:
        for dose in course.phases:
            for pause in dose.pauses:
                value = pause.value
                until = f"to {_day(value.last, desk)}" if value.last else "and still going on"
                why = f", {DOSE_REASON.label(value.reason).lower()}" if value.reason else ", no reason recorded"
                words = (
                    f"{course.drug.name}, {within_sentence(dose.phase.label)}: {_day(value.first, desk)} {until}{why}."
                )
                found.append((value.first, PauseLine(f"{words} {write_sentence(pause.reason, desk)}", pause)))
    return tuple(line for _, line in sorted(found, key=lambda entry: entry[0], reverse=True))


def lumbar_words(chart: PatientChart) -> str:
    """How many lumbar punctures were done, and what the protocol plans."""
    done = len(chart.of(LumbarPuncture))
    planned = next((s.value for s in chart.protocol.settings if s.name == LUMBAR_SETTING), "")
    return f"{done} done" + (f" · planned: {within_sentence(planned)}" if planned else "")


def _intensity(dose: PhaseDose, desk: Desk) -> Worked:
    value = dose.intensity.value
    if dose.awaited:
        return Worked("no dose yet", dose.intensity)
    if value is None:
        return Worked("not known", dose.intensity)
    percent = value.quantize(_ONE, ROUND_HALF_EVEN)
    return Worked(f"{write_number(percent, desk)} %", dose.intensity)


def _days(dose: PhaseDose) -> Worked:
    if dose.days is None:
        return Worked("", None)
    value = dose.days.value
    if value is None:
        return Worked("not known", dose.days)
    gap = f", {value.gap} without in between" if value.gap else ""
    return Worked(f"{value.delivered} of {value.planned}{gap}", dose.days)


def _day(day: date, desk: Desk) -> str:
    return write_date(PartialDate.from_date(day), desk)
