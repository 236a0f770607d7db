"""The visit of a sample against its day, on records as the desk holds them."""

from datetime import UTC, datetime

from models.checks.by_kind import check
from models.checks.facts import Facts, Proposal
from models.domain.partial_dates import PartialDate
from models.records import Record
from models.records.treatment import PhaseRun
from tests.builders import dalba
from tests.wording import english

INDUCTION = PhaseRun(id=1, phase="induction", began=PartialDate(2026, 10, 25))


def doubts(visit: str | None, year: int, month: int, day: int) -> list[str]:
    """What is said about the visit of an MRD sample."""

    def siblings(kind: str, **_same: object) -> list[Record]:
        return [INDUCTION] if kind == "phase" else []

    values = {"visit": visit, "collected": PartialDate(year, month, day), "specimen": "BLOOD", "transcript": "p190"}
    found = check(Proposal("mrd", values), Facts(dalba(), datetime(2026, 11, 30, tzinfo=UTC), siblings))
    return [english(each.message) for each in found if each.rule == "mrd.visit-day"]


def test_a_sample_filed_under_another_visit_is_doubted_and_both_windows_are_named() -> None:
    [said] = doubts("D45", 2026, 11, 15)
    assert "15 Nov 2026 does not fit the visit Day 45 (window 5 Dec 2026 to 11 Dec 2026)" in said
    assert "It lies in the window of Day 22 (window 12 Nov 2026 to 18 Nov 2026)" in said


def test_a_sample_in_the_window_of_its_visit_is_not_doubted() -> None:
    assert doubts("D22", 2026, 11, 15) == []


def test_a_sample_without_a_visit_or_of_an_unscheduled_one_is_not_doubted() -> None:
    assert doubts(None, 2026, 11, 15) == doubts("UNS", 2026, 11, 15) == []
