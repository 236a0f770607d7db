"""The head of the patient page in words. Pure: chart -> texts and tones."""

from dataclasses import dataclass

from models.chart.patient_chart import PatientChart
from models.chart.standing import elsewhere_words, in_specimen
from models.domain.capitals import upper_first, within_sentence
from models.domain.codelists import PATIENT_STATUS
from models.domain.date_notation import write_date
from models.domain.molecular.terms import COMPLETE, NON_QUANTIFIABLE, POSITIVE
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.records.outcome import Death, Disposition
from models.records.treatment import PhaseRun

TONES = {COMPLETE: "complete", NON_QUANTIFIABLE: "non_quantifiable", POSITIVE: "positive"}
"""Response class -> tone; any other class is `not_evaluable`."""

_STANDING = {
    COMPLETE: "Complete molecular response",
    NON_QUANTIFIABLE: "Positive, non-quantifiable",
    POSITIVE: "MRD positive",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A pill: its words and its tone."""

    words: str
    tone: str


def tone(response_class: str) -> str:
    """The tone of a response class."""
    return TONES.get(response_class, "not_evaluable")


def facts(chart: PatientChart) -> str:
    """Who the patient is, in short: "F · 58 y · p190 · IKZF1 plus"."""
    age = f"{chart.patient.age} y" if chart.patient.age is not None else ""
    transcript = chart.disease.transcript if chart.disease else ""
    words = {"both": "p190 and p210"}.get(transcript or "", transcript)
    return " · ".join(part for part in (chart.patient.sex, age, words) if part)


def ikzf1_words(chart: PatientChart) -> str:
    """The IKZF1 class: "IKZF1 plus", "IKZF1 not evaluable"."""
    value = chart.ikzf1.value
    return value if "IKZF1" in value else f"IKZF1 {value}"


def marks(chart: PatientChart, desk: Desk) -> tuple[Mark, ...]:
    """The pills: molecular standing and what speaks against it, where in treatment, rising MRD, synthetic."""
    found = [_standing(chart, desk), Mark(place(chart, desk), "accent")]
    against = elsewhere_words(chart.course, lambda each: since(chart, PartialDate.from_date(each.since), desk))
    if against:
        found.insert(1, Mark(upper_first(against), "urgent"))
    if chart.alerts:
        found.append(Mark("MRD needs attention", "urgent"))
    if chart.patient.synthetic:
        found.append(Mark("SYNTHETIC", "due"))
    return tuple(found)


def since(chart: PatientChart, when: PartialDate, desk: Desk) -> str:
    """A study day where there is one, else the date: "day 172", "21 Sep 2026"."""
    day = chart.day(when)
    return day_words(day) if day is not None else write_date(when, desk)


def day_words(day: int) -> str:
    """A study day: "day 172"."""
    return f"day {study_day_words(day)}"


def study_day_words(day: int) -> str:
    """The number of a study day, with a real minus sign before day 1."""
    return str(day).replace("-", "\N{MINUS SIGN}")


def place(chart: PatientChart, desk: Desk) -> str:
    """Where in treatment the patient is: "Blinatumomab cycle 4, day 12", "Died day 411"."""
    deaths, left = chart.of(Death), [d for d in chart.of(Disposition) if d.event != "END OF TREATMENT"]
    if deaths:
        return f"Died {since(chart, deaths[0].date, desk)}"
    if left:
        return f"Off study {since(chart, left[-1].date, desk)}"
    runs = sorted((r for r in chart.of(PhaseRun) if r.began.earliest), key=lambda r: r.began.iso)
    if not runs or chart.status == "SCREEN FAILURE":
        return PATIENT_STATUS.label(chart.status)
    run = runs[-1]
    phase = chart.protocol.phase(run.phase)
    name = phase.label if phase else run.phase
    if run.ended and (run.ended.full is None or run.ended.full < chart.today):
        return f"After {within_sentence(name)}"
    began = run.began.full
    return f"{name}, day {(chart.today - began).days + 1}" if began and phase and phase.treatment else name


def _standing(chart: PatientChart, desk: Desk) -> Mark:
    standing = chart.course.standing
    if standing is None:
        return Mark("No MRD result yet" if not chart.course.series else "MRD not evaluable", "not_evaluable")
    value = standing.headline.value
    when = since(chart, PartialDate.from_date(standing.since), desk)
    words = f"{_STANDING.get(value, 'MRD not evaluable')}{in_specimen(chart.course)} since {when}"
    return Mark(words, tone(value))
