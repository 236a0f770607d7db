"""Asks the checks about one record, with the facts and the other records that a test names."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from models.checks.by_kind import check
from models.checks.facts import Facts, Proposal
from models.domain.findings import Finding, Severity
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.protocols.loading import find_protocol
from models.records import Record
from tests.wording import english

DALBA = find_protocol("dalba")
NOW = datetime(2026, 10, 2, 9, 0, tzinfo=timezone(timedelta(hours=1)))
ON = PartialDate(2026, 3, 1)
MG = Quantity(Decimal(140), "mg")


def messages(kind: str, values: Mapping[str, Any], **facts: Any) -> list[str]:
    """The sentences of the findings."""
    return [english(f.message) for f in _findings(kind, values, (), facts)]


def rules(kind: str, values: Mapping[str, Any], *children: tuple[str, Mapping[str, Any]], **facts: Any) -> set[str]:
    """The rule ids of the findings, errors marked with "!"."""
    found = _findings(kind, values, children, facts)
    return {f.rule + "!" * (f.severity is Severity.ERROR) for f in found}


def _findings(
    kind: str, values: Mapping[str, Any], children: tuple[tuple[str, Mapping[str, Any]], ...], facts: dict[str, Any]
) -> tuple[Finding, ...]:
    known: dict[str, Sequence[Record]] = facts.pop("known", {})
    own = facts.pop("id", 0)

    def siblings(kind: str, **same: object) -> list[Record]:
        return [record for record in known.get(kind, ()) if same.items() <= record.values().items()]

    surroundings = Facts(DALBA, NOW, siblings, **facts)
    return check(Proposal(kind, values, own, children), surroundings)


MRD = {"collected": ON, "specimen": "BONE MARROW", "transcript": "p190", "lab_category": "positive"}
