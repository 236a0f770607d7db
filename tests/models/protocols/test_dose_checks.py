from datetime import date
from decimal import Decimal

import pytest

from models.domain.findings import Severity
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.protocols.dose_checks import dose_findings
from models.protocols.dosing import DoseInterval
from models.protocols.model import Protocol
from tests.wording import english


def dose(
    drug: str,
    amount: str,
    unit: str,
    first: str = "2026-01-05",
    last: str | None = None,
    reason: str = "",
    key: int = 0,
) -> DoseInterval:
    end = PartialDate.from_iso(last) if last else None
    return DoseInterval(drug, PartialDate.from_iso(first), end, Quantity(Decimal(amount), unit), reason, key)


def rules(protocol: Protocol, interval: DoseInterval, *others: DoseInterval) -> list[str]:
    return [finding.rule for finding in dose_findings(protocol, interval, others)]


@pytest.mark.parametrize("amount", ["140", "100", "80", "70", "50", "140.0"])
def test_every_step_of_the_ladder_is_accepted(dalba: Protocol, amount: str) -> None:
    assert rules(dalba, dose("dasatinib", amount, "mg")) == []


def test_a_dose_off_the_ladder_is_doubtful_and_not_impossible(dalba: Protocol) -> None:
    (finding,) = dose_findings(dalba, dose("dasatinib", "120", "mg"))
    assert (finding.severity, finding.rule, english(finding.message)) == (
        Severity.WARNING,
        "dose.off-ladder",
        "120 mg is no dose step of Dasatinib (140, 100, 80, 70, 50 mg).",
    )


def test_an_interruption_with_its_reason_is_accepted(dalba: Protocol) -> None:
    assert rules(dalba, dose("dasatinib", "0", "mg", reason="ADVERSE EVENT")) == []


def test_an_interruption_without_its_reason_is_doubtful(dalba: Protocol) -> None:
    assert rules(dalba, dose("dasatinib", "0", "mg")) == ["dose.held-without-reason"]


def test_another_unit_is_doubtful(dalba: Protocol) -> None:
    assert rules(dalba, dose("blinatumomab", "28", "mg")) == ["dose.unit"]


@pytest.mark.parametrize(("amount", "expected"), [("120", []), ("121", ["dose.above-cap"])])
def test_a_daily_dose_is_held_against_the_ceiling(dalba: Protocol, amount: str, expected: list[str]) -> None:
    assert rules(dalba, dose("prednisone", amount, "mg/day")) == expected


def test_a_drug_that_the_protocol_does_not_name_has_no_ladder(dalba: Protocol) -> None:
    assert rules(dalba, dose("imatinib", "600", "mg")) == []


def test_two_doses_for_the_same_days_are_doubtful(dalba: Protocol) -> None:
    other = dose("dasatinib", "140", "mg", "2026-01-01", "2026-01-05", key=1)
    assert rules(dalba, dose("dasatinib", "100", "mg"), other) == ["dose.overlap"]


def test_a_dose_does_not_overlap_itself(dalba: Protocol) -> None:
    same = dose("dasatinib", "140", "mg", key=1)
    assert rules(dalba, same, same) == []


def test_doses_that_follow_each_other_do_not_overlap(dalba: Protocol) -> None:
    other = dose("dasatinib", "140", "mg", "2026-01-01", "2026-01-04", key=1)
    assert rules(dalba, dose("dasatinib", "100", "mg"), other) == []


def test_doses_that_may_or_may_not_overlap_are_left_alone(dalba: Protocol) -> None:
    other = dose("dasatinib", "140", "mg", "2025-12-01", "2026-01", key=1)
    assert rules(dalba, dose("dasatinib", "100", "mg"), other) == []


def test_a_dose_that_ends_before_it_begins_is_impossible(dalba: Protocol) -> None:
    interval = DoseInterval(
        "dasatinib",
        PartialDate.from_date(date(2026, 1, 5)),
        PartialDate.from_date(date(2026, 1, 4)),
        Quantity(Decimal(140), "mg"),
    )
    (finding,) = dose_findings(dalba, interval)
    assert finding.severity is Severity.ERROR
