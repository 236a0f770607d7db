"""Patients made by hand, several of them: each with a number of its own, dates as study days."""

from collections.abc import Iterable
from datetime import date

from models.cohort.cohort import Cohort, cohort
from models.cohort.grouping import Grouping
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.disease import Assessment, Disease, Relapse
from models.records.outcome import Contact, Death
from models.records.patient import Patient
from models.records.treatment import Transplant
from tests.builders import DAY_ONE, TODAY, PatientBuilder, When, dalba

ENROLLED = PartialDate(2025, 12, 30)
"""Ten days before study day 1."""


class Person(PatientBuilder):
    """A patient of the cohort; the verbs add what its endpoints are counted from."""

    def assessed(self, day: When, response: str = "CR", visit: str | None = None) -> "Person":
        self.add(Assessment(assessed=self.on(day), response=response, visit=visit))
        return self

    def relapsed(self, day: When, site: str = "MARROW") -> "Person":
        self.add(Relapse(found=self.on(day), sites=(site,)))
        return self

    def died(self, day: When, cause: str = "LEUKAEMIA") -> "Person":
        self.add(Death(date=self.on(day), cause=cause))
        return self

    def transplanted(self, day: When) -> "Person":
        self.add(Transplant(done=self.on(day), remission="CR1"))
        return self

    def seen(self, day: When) -> "Person":
        """Known to be alive."""
        self.add(Contact(date=self.on(day)))
        return self


def person(
    number: int = 1,
    *,
    protocol: Protocol | None = None,
    transcript: str = "p190",
    enrolled: PartialDate | None = ENROLLED,
    today: date = TODAY,
    age: int | None = 58,
    sex: str = "F",
    begun: bool = True,
) -> Person:
    """Somebody who began induction on study day 1 (unless not `begun`), with nothing else recorded but the disease."""
    patient = Patient(
        id=number,
        patient=number,
        screening_number=f"S-{number:03d}",
        subject_number=f"042-{number:03d}" if enrolled else None,
        screened=PartialDate(2025, 12, 28),
        sex=sex,
        age=age,
        enrolled=enrolled,
    )
    builder = Person(patient, protocol or dalba(), DAY_ONE, today)
    builder.add(Disease(transcript=transcript))
    if begun:
        builder.phase("prephase", -7, -1).phase("induction", 1, 85)
    return builder


def count(
    people: Iterable[PatientBuilder], by: Grouping | None = None, protocol: Protocol | None = None, until: date = TODAY
) -> Cohort:
    """These people counted."""
    return cohort((one.chart() for one in people), protocol or dalba(), until, by)
