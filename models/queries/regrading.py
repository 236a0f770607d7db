"""What another set of reference ranges would do to the grades of values that are there.

No grade is stored: each follows from the range of its laboratory and day (`models.chart.laboratory`). A range that is
corrected therefore grades values anew that were signed or locked with another grade. The signatures hold, since they
are for what was measured; whoever corrects the range is told how many values it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from models.chart.laboratory import ALBUMIN, CALCIUM
from models.chart.patient_chart import PatientChart
from models.domain.notation import Desk as Notation
from models.persistence.rows import all_standing, by_ids, of_patients
from models.protocols.model import Protocol
from models.queries.charts import in_order, ranges
from models.queries.coverage import belongs
from models.queries.locks import lock_on, locked_visits, standing_locks
from models.queries.record_words import stored
from models.queries.signatures import signatures
from models.records.kind import Record
from models.records.laboratory import LabRange, LabResult
from models.records.patient import Patient
from models.records.treatment import PhaseRun
from models.records.visits import Visit


class Regraded(NamedTuple):
    """How many values would get another grade, one for the first time, or none any more.

    `settled` of them are covered by a lock or by a signature that holds.
    """

    values: int
    settled: int


def regraded(engine: Engine, protocol: Protocol, today: date, after: Sequence[LabRange]) -> Regraded:
    """What would become of the grades if `after` were all reference ranges of the study."""
    values = settled = 0
    with engine.begin() as connection:
        before = ranges(connection)
        tests = {row.test for row in {*before} ^ {*after}}
        for patient, records in _records(connection, tests):
            held, new = (PatientChart(protocol, today, patient, records, tuple(each)).labs for each in (before, after))
            changed = [one.record for one, other in zip(held, new, strict=True) if one.grade != other.grade]
            values += len(changed)
            settled += len(_settled(connection, protocol, patient.id, changed))
    return Regraded(values, settled)


def _records(connection: Connection, tests: set[str]) -> Iterator[tuple[Patient, dict[str, tuple[Record, ...]]]]:
    """Who has values of these tests, with them and with all from which their grades follow."""
    patients = {patient.id: patient for patient in all_standing(connection, Patient, "id")}
    found: dict[int, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for test in sorted(tests | ({ALBUMIN} if CALCIUM in tests else set())):
        for result in of_patients(connection, LabResult, tuple(patients), test=test):
            found[result.patient][LabResult.kind.name].append(result)
    for run in of_patients(connection, PhaseRun, tuple(found)):
        found[run.patient][PhaseRun.kind.name].append(run)
    for id_, kinds in found.items():
        yield patients[id_], {kind: tuple(sorted(records, key=in_order)) for kind, records in kinds.items()}


def _settled(
    connection: Connection, protocol: Protocol, patient: int, results: Sequence[LabResult]
) -> tuple[LabResult, ...]:
    """Those that a lock or a signature that holds covers."""
    if not results:
        return ()
    locks = standing_locks(connection, patient)
    locked = locked_visits(connection, locks)
    signed = {one.visit for one in signatures(connection, protocol, patient, Notation.ENGLISH) if one.valid}
    visits = [stored(visit) for visit in by_ids(connection, Visit, [visit for visit in signed if visit])]
    return tuple(
        result
        for result in results
        if None in signed
        or lock_on(locks, locked, LabResult.kind.name, result.id, stored(result))
        or any(belongs(LabResult.kind.name, stored(result), visit) for visit in visits)
    )
