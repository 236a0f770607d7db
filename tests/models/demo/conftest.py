"""The demo cohort read back as charts, without a database: records get the ids that an empty study gives them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date

import pytest

from models.chart.patient_chart import PatientChart
from models.demo.cohort import cohort
from models.demo.laboratory import ranges
from models.domain.partial_dates import PartialDate
from models.domain.resources import RESOURCES
from models.protocols.loading import load_protocol
from models.protocols.model import Protocol
from models.records import Record
from models.records.laboratory import LabRange
from models.records.patient import Patient

TODAY = date(2026, 10, 2)


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    """The trial that the demo follows."""
    return load_protocol(RESOURCES / "protocols" / "dalba.toml")


@pytest.fixture(scope="session")
def people(protocol: Protocol) -> list[list[Record]]:
    """The records of everybody who was screened, patient by patient."""
    return list(cohort(protocol, until=TODAY))


@pytest.fixture(scope="session")
def everybody(protocol: Protocol, people: list[list[Record]]) -> list[PatientChart]:
    """The charts of everybody who was screened."""
    return charts_of(protocol, people, ranges(protocol, TODAY))


@pytest.fixture(scope="session")
def enrolled(everybody: list[PatientChart]) -> list[PatientChart]:
    """The charts of the enrolled patients."""
    return [chart for chart in everybody if chart.patient.enrolled]


def charts_of(
    protocol: Protocol, people: Iterable[Sequence[Record]], lab_ranges: Sequence[LabRange]
) -> list[PatientChart]:
    """Number the records as storing them would, and make a chart of each patient."""
    given: Counter[str] = Counter()
    charts = []
    for records in people:
        patient = 0
        held: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            kind = record.kind
            given[kind.name] += 1
            patient = given["patient"]
            parent = given[kind.parent] if kind.parent else 0
            held[kind.name].append(replace(record, id=given[kind.name], patient=patient, parent=parent))
        (who,) = held.pop("patient")
        assert isinstance(who, Patient)
        in_order = {name: tuple(sorted(found, key=_when)) for name, found in held.items()}
        charts.append(PatientChart(protocol, TODAY, who, in_order, tuple(lab_ranges)))
    return charts


def _when(record: Record) -> tuple[str, int]:
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, PartialDate):
            return value.iso, record.id
    return "", record.id
