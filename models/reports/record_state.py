"""A short fingerprint of what a record said when it was printed: two prints with the same one show the same data."""

import hashlib
import json
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING

from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart

_DIGITS = 16


def record_state(chart: "PatientChart") -> str:
    """The first sixteen hexadecimal digits of SHA-256 over all records of the patient, in groups of four.

    Identity is left out: the fingerprint is printed where the name is not. The chart must hold its laboratory values.
    """
    records = {
        kind: [[r.id, r.parent, {name: _canonical(value) for name, value in r.values().items()}] for r in rows]
        for kind, rows in chart.records.items()
        if kind != "identity" and rows
    }
    for rows in records.values():
        rows.sort(key=lambda row: str(row[0]).zfill(20))
    content = {"protocol": [chart.protocol.id, chart.protocol.version], "records": records}
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
    return " ".join(digest[start : start + 4] for start in range(0, _DIGITS, 4))


def _canonical(value: object) -> object:
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Quantity):
        return [f"{value.value.normalize():f}", value.unit, value.qualifier]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_canonical(item) for item in value]
    return value
