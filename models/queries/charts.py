"""Reading patients into charts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from sqlalchemy import Connection, Engine, select

from models.chart.patient_chart import PatientChart
from models.chart.visits import ENTRY_DATES, Entry
from models.domain.errors import TrialError
from models.persistence.engine import tell_driver
from models.persistence.rows import all_standing, distinct_values, of_patients
from models.persistence.schema import TABLES
from models.protocols.model import Protocol
from models.records import KINDS, Record
from models.records.laboratory import LabRange
from models.records.patient import Identity, Patient
from models.records.visits import Visit

OF_PATIENT = tuple(name for name, kind in KINDS.items() if name != "patient" and not kind.of_study and not kind.review)
BULKY = frozenset({"lab", "vitals", "eligibility", "history", "medication"})
"""Kinds that lists over many patients do not read."""
PLANNING = (
    "phase",
    "disposition",
    "death",
    "consent",
    "relapse",
    "transplant",
    "adverse_event",
    "ae_grade",
    "flag",
)
"""Kinds from which status, visits that are due, what is missing, reporting clocks and open questions follow."""
PLANNING_ENTRIES = ("visit",)
"""A visit that was recorded is not due any more: for a plan it is enough to know which were."""
MOLECULAR = ("sample", "mrd", "replicate", "mutation", "disease", "relapse")
"""Kinds from which awaited results and the alerts that no relapse has overtaken follow."""
_IDS = "SELECT id FROM patient WHERE voided IS NULL ORDER BY id"
_BATCH = 250
_DATE_FIELDS = ("collected", "began", "date", "assessed", "measured", "done", "found", "signed", "since", "sent")


def patients(engine: Engine) -> tuple[Patient, ...]:
    """Every patient of the study, in the order of their screening."""
    with engine.begin() as connection:
        return tuple(all_standing(connection, Patient, "id"))


def count(engine: Engine) -> int:
    """How many patients the study has."""
    with engine.begin() as connection:
        return int(tell_driver(connection, "SELECT count(*) FROM patient WHERE voided IS NULL").fetchone()[0])


def identities(engine: Engine) -> tuple[Identity, ...]:
    """Who the patients are to the hospital, for a search by name that somebody asked for."""
    with engine.begin() as connection:
        return tuple(all_standing(connection, Identity, "id"))


def chart(engine: Engine, patient: int, protocol: Protocol, today: date) -> PatientChart:
    """The chart of one patient: one statement a kind, whatever the patient has."""
    with engine.begin() as connection:
        found = list(_charts(connection, [patient], protocol, today, OF_PATIENT))
    if not found:
        raise TrialError("This patient is not in the study any more. Go back to the list of patients.")
    return found[0]


def charts(
    engine: Engine, ids: Sequence[int] | None, protocol: Protocol, today: date, *, laboratory: bool
) -> Iterator[PatientChart]:
    """The charts of many patients, read in batches. Without `laboratory`, bulky kinds stay unread.

    Who the patients are stays sealed: a list or a batch of papers has no use for it.
    """
    unread = {Identity.kind.name} if laboratory else {Identity.kind.name, *BULKY}
    kinds = tuple(k for k in OF_PATIENT if k not in unread)
    return charts_of(engine, ids, protocol, today, kinds)


def charts_of(
    engine: Engine,
    ids: Sequence[int] | None,
    protocol: Protocol,
    today: date,
    kinds: Sequence[str],
    entries: Sequence[str] = (),
) -> Iterator[PatientChart]:
    """The charts of many patients with the records of these kinds only, for what follows from nothing else.

    `entries` are kinds of which it is enough to know when there is a record: see `PatientChart.entries`.
    """
    if ids is None:
        with engine.begin() as connection:
            ids = [id_ for (id_,) in tell_driver(connection, _IDS)]
    for start in range(0, len(ids), _BATCH):
        with engine.begin() as connection:
            batch = list(_charts(connection, ids[start : start + _BATCH], protocol, today, kinds, entries))
        yield from batch


def ranges(connection: Connection) -> tuple[LabRange, ...]:
    """The laboratories' reference ranges, oldest first."""
    return tuple(all_standing(connection, LabRange, "valid_from"))


def _charts(
    connection: Connection,
    ids: Sequence[int],
    protocol: Protocol,
    today: date,
    kinds: Sequence[str],
    entries: Sequence[str] = (),
) -> Iterator[PatientChart]:
    of_patient: dict[int, dict[str, tuple[Record, ...]]] = {id_: {} for id_ in ids}
    for kind in kinds:
        gathered: dict[int, list[Record]] = defaultdict(list)
        for record in of_patients(connection, KINDS[kind].record, ids):
            gathered[record.patient].append(record)
        for id_, rows in gathered.items():
            of_patient[id_][kind] = tuple(sorted(rows, key=in_order))
    entered: dict[int, dict[str, tuple[Entry, ...]]] = {id_: {} for id_ in ids}
    for kind in entries:
        for id_, found in _entries(connection, kind, ids).items():
            entered[id_][kind] = tuple(found)
    known_ranges = ranges(connection) if "lab" in kinds else ()
    for patient in of_patients(connection, Patient, ids):
        yield PatientChart(protocol, today, patient, of_patient[patient.id], known_ranges, entered[patient.id])


def _entries(connection: Connection, kind: str, ids: Sequence[int]) -> Mapping[int, Sequence[Entry]]:
    """When these patients have a record of a kind; of visits, which, and what happened."""
    fields = KINDS[kind].fields
    of_visits = kind == Visit.kind.name
    names = ("code", "status") if of_visits else ("visit", next(name for name in ENTRY_DATES if name in fields))
    found: dict[int, list[Entry]] = defaultdict(list)
    for patient, *entry in distinct_values(connection, kind, ids, names):
        found[patient].append(Entry(entry[0], status=entry[1]) if of_visits else Entry(*entry))
    return found


def in_order(record: Record) -> tuple[int, int, int, int]:
    """The first date that a record carries, part by part (a part not known comes first), then its id."""
    for name in _dates_of(record.kind.name):
        value = getattr(record, name)
        if value is not None:
            return value.year, value.month, value.day, record.id
    return 0, 0, 0, record.id


@cache
def _dates_of(kind: str) -> tuple[str, ...]:
    return tuple(name for name in _DATE_FIELDS if name in KINDS[kind].fields)


def laboratories(connection: Connection) -> tuple[str, ...]:
    """The names of laboratories used so far."""
    names: set[str] = set()
    for kind in ("lab_range", "mrd", "sample", "mutation"):
        column = TABLES[kind].c.laboratory
        names |= {row[0] for row in connection.execute(select(column).distinct()) if row[0]}
    return tuple(sorted(names))
