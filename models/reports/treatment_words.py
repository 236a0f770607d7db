"""What was given since the last visit, in sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.domain import codelists as lists
from models.domain.capitals import upper_first
from models.domain.notation import Desk, write_number, write_quantity
from models.records.treatment import Exposure, LumbarPuncture, Transplant
from models.reports.changed_values import Marks
from models.reports.desk_words import day_words, days_words
from models.reports.period import Period

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.chart.treatment import DrugCourse


def current_doses(chart: "PatientChart", desk: Desk, marks: Marks) -> str:
    """What the patient takes today, drug by drug; empty where it is nothing. Follow-up may go on with a study drug."""
    taken = [
        f"{course.drug.name} {_dose_or_held(course.current, desk, marks)}"
        for course in chart.doses
        if course.current is not None
    ]
    return ", ".join(taken)


def _dose_or_held(row: Exposure, desk: Desk, marks: Marks) -> str:
    """A dose with its unit, or that it was held."""
    words = write_quantity(row.dose, desk) if row.dose else "at a dose not recorded"
    return marks("held" if _held(row) else words, row, "dose")


def treatment_lines(chart: "PatientChart", period: Period, desk: Desk, marks: Marks) -> list[str]:
    """A line for each drug, lumbar puncture and transplant of the period."""
    lines = [line for course in chart.doses if (line := _drug_line(course, period, desk, marks))]
    for puncture in chart.of(LumbarPuncture):
        if period.holds(puncture.done.earliest):
            given = ", ".join(lists.INTRATHECAL.label(code).lower() for code in puncture.drugs or ()) or "not stated"
            seen = lists.CYTOLOGY.label(puncture.cytology).lower() if puncture.cytology else "cytology awaited"
            when = marks(day_words(puncture.done, desk), puncture, "done")
            told = f"{marks(given, puncture, 'drugs')}; {marks(seen, puncture, 'cytology')}"
            lines.append(f"Lumbar puncture {when}: {told}.")
    lines += [
        f"Transplant {marks(day_words(row.done, desk), row, 'done')}."
        for row in chart.of(Transplant)
        if period.holds(row.done.earliest)
    ]
    return lines


def _drug_line(course: "DrugCourse", period: Period, desk: Desk, marks: Marks) -> str:
    doses = [_dose_sentence(course, row, desk, marks) for row in course.intervals if _given_in(row, period)]
    counted = list(_infusions(course, period, desk))
    if not doses and not counted:
        return ""
    said = [part for part in ("; ".join(doses), upper_first("; ".join(counted))) if part]
    return f"{course.drug.name}: {'. '.join(said)}."


def _given_in(row: Exposure, period: Period) -> bool:
    return period.meets(row.began.earliest, row.ended.latest if row.ended else None)


def _held(row: Exposure) -> bool:
    return row.dose is not None and row.dose.value == 0


def _dose_sentence(course: "DrugCourse", row: Exposure, desk: Desk, marks: Marks) -> str:
    why = marks(lists.DOSE_REASON.label(row.reason).lower(), row, "reason") if row.reason else ""
    reason = f" ({why})" if row.reason != "PLANNED" and why else ""
    what = _dose_or_held(row, desk, marks) + ("" if _held(row) else f" {course.drug.frequency}")
    comment = f": {marks(row.comment, row, 'comment')}" if row.comment else ""
    return f"{what} {marks(_from_to(row, desk), row, 'began', 'ended')}{reason}{comment}"


def _from_to(row: Exposure, desk: Desk) -> str:
    if row.ended is None:
        return f"since {day_words(row.began, desk)}, ongoing"
    first, last = row.began.full, row.ended.full
    if first and last:
        return days_words(first, last, desk)
    return f"{day_words(row.began, desk)} to {day_words(row.ended, desk)}"


def _infusions(course: "DrugCourse", period: Period, desk: Desk) -> Iterator[str]:
    for phase in course.phases:
        began = phase.run.began.full
        if phase.days is None or phase.days.value is None or began is None:
            continue
        if period.meets(began, phase.run.ended.latest if phase.run.ended else None):
            days = phase.days.value
            share = phase.intensity.value
            planned = f", {write_number(round(share, 0), desk)} % of the planned dose" if share is not None else ""
            name = phase.phase.label.removeprefix(course.drug.name).strip() or phase.phase.label
            yield f"{name}: {days.delivered} of {days.planned} infusion days{planned}"
