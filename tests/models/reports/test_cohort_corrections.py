"""What stands on paper of the entries behind changed numbers: old and new value, when, in which role, and why."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from models.demo.board import NAME
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.molecular import MrdResult
from models.reports.cohort_changes import Comparison, held_against
from models.reports.cohort_corrections import Correction
from models.reports.cohort_report import cohort_report
from models.study import Edit, Study
from tests.demo_fixtures import demo_study_file, open_demo
from tests.models.reports.reading import page_texts
from tests.printing import printing_on

__all__ = ["demo_study_file"]


@pytest.fixture
def demo(demo_study_file: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Study]:
    with open_demo(Path(shutil.copytree(demo_study_file, tmp_path / "demo.albatrack")), clock) as study:
        yield study


def since(study: Study, name: str, until: str = "") -> Comparison:
    cuts = study.cohorts.cuts
    before, after = cuts.find(name), cuts.find(until) if until else None
    changes = study.cohorts.compare(before, after)
    return held_against(before, after, changes, study.trail, study.accounts.tenures(), Desk.ENGLISH)


def values(found: Comparison) -> list[tuple[str, str, str, str]]:
    return [(one.record, one.field, one.before, one.after) for one in found.corrections]


def correct(study: Study, copies: int, reason: str) -> None:
    """Another count of copies in a positive sample of 042-003 after cycle 2."""
    chart = study.chart(study.find("042-003"))
    result = next(
        record
        for record in chart.records["mrd"]
        if (record.values()["visit"], record.values()["specimen"]) == ("C2", "BONE MARROW")
    )
    edit = Edit("mrd", {"target_copies": Quantity(Decimal(copies), "copies"), "lab_category": None}, result.id)
    study.save(chart.patient.id, [edit], Context("", reason))


def test_a_correction_is_told_with_both_values_its_role_and_its_reason(demo: Study) -> None:
    found = [one for one in since(demo, NAME).corrections if one.field == "BCR::ABL1 copies"]
    assert [(one.record, one.before, one.after) for one in found] == [("MRD result", "31 copies", "0 copies")]
    assert (found[0].role, found[0].reason) == ("Coordinator", "Compared with the report")
    assert "UTC" in found[0].when


def test_of_several_corrections_the_last_is_told_with_the_first_and_the_last_value(demo: Study) -> None:
    demo.cohorts.cuts.make("October", PartialDate.from_date(demo.today))
    correct(demo, 900, "Typing error")
    correct(demo, 0, "Source document corrected")
    told = [one for one in since(demo, "October").corrections if one.field == "BCR::ABL1 copies"]
    assert [(one.before, one.after, one.reason) for one in told] == [
        ("71 copies", "0 copies", "Source document corrected")
    ]


def test_what_was_corrected_after_the_later_cut_is_not_told(demo: Study) -> None:
    correct_once = "Compared once more"
    demo.cohorts.cuts.make("October", PartialDate.from_date(demo.today))
    correct(demo, 0, correct_once)
    assert correct_once not in {one.reason for one in since(demo, NAME, "October").corrections}
    assert correct_once in {one.reason for one in since(demo, NAME).corrections}


def test_two_counts_of_the_same_records_have_no_entries_between_them(demo: Study) -> None:
    demo.cohorts.cuts.make("October", PartialDate.from_date(demo.today))
    assert since(demo, "October").corrections == ()


def test_what_an_earlier_last_day_leaves_out_is_told_so_and_not_as_new(demo: Study) -> None:
    demo.cohorts.cuts.make("Spring", PartialDate(2026, 3, 1))
    found = since(demo, NAME, "Spring")
    left = [one for one in found.corrections if one.after == "not counted"]
    assert left
    assert {one.reason for one in left} == {"No entry: its day lies within the earlier count only"}
    assert "No entry: its day lies within the later count only" not in {one.reason for one in found.corrections}


def test_a_record_that_a_later_last_day_takes_in_is_told_so(demo: Study) -> None:
    demo.cohorts.cuts.make("Spring", PartialDate(2026, 3, 1))
    came = [one for one in since(demo, "Spring").corrections if (one.before, one.after) == ("not counted", "counted")]
    assert {one.reason for one in came} == {"No entry: its day lies within the later count only"}


def test_a_date_corrected_to_after_the_last_day_is_told_with_its_reason(demo: Study) -> None:
    cuts = demo.cohorts.cuts
    cuts.make("First", PartialDate(2026, 6, 1))
    chart = demo.chart(demo.find("042-003"))
    result = next(r for r in chart.of(MrdResult) if (r.visit, r.specimen) == ("C2", "BONE MARROW"))
    later = PartialDate(2026, 6, 2)
    edit = Edit("mrd", {"collected": later, "reported": later}, result.id)
    demo.save(chart.patient.id, [edit], Context("", "Taken a day later"))
    cuts.make("Second", PartialDate(2026, 6, 1))
    told = [one for one in since(demo, "First", "Second").corrections if one.field == "Collected"]
    assert [(one.after, one.reason) for one in told] == [("2 Jun 2026", "Taken a day later")]


def test_a_form_that_came_in_is_told_by_its_visit_and_day(demo: Study) -> None:
    demo.cohorts.cuts.make("Spring", PartialDate(2026, 3, 1))
    forms = [one for one in since(demo, "Spring").corrections if one.field == "Whole form"]
    assert forms
    assert all(one.before == "\N{EN DASH}" and one.after for one in forms)


def test_two_cuts_are_both_named_and_nothing_is_called_now(demo: Study, tmp_path: Path) -> None:
    demo.cohorts.cuts.make("October", PartialDate(2026, 3, 1))
    out, found = tmp_path / "cohort.pdf", since(demo, NAME, "October")
    cohort_report(
        demo.cohorts.count(cut=demo.cohorts.cuts.find("October")),
        out,
        printing_on(demo),
        comparison=found,
    )
    text = " ".join(page_texts(out))
    section = text[text.index(f"Changes from {NAME} to October") :]
    assert "Number At the earlier cut At the later cut Patients" in section
    assert "Number At the cut Now" not in section


def test_the_report_prints_every_part_of_a_correction(demo: Study, tmp_path: Path) -> None:
    found = since(demo, NAME)
    out = tmp_path / "cohort.pdf"
    cohort_report(
        demo.cohorts.count(),
        out,
        printing_on(demo),
        comparison=found,
    )
    text = " ".join(page_texts(out))
    assert f"Changes since {NAME}" in text
    for one in found.corrections:
        assert_told(one, text)


def assert_told(one: Correction, text: str) -> None:
    part = text[text.index("Entries behind these numbers") :]
    for words in (one.who.label, one.record, one.field, one.before, one.after, one.when, one.role, one.reason):
        assert " ".join(words.split()) in " ".join(part.split())


def test_records_that_are_not_listed_are_counted(demo: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    assert since(demo, NAME).untold == 0
    monkeypatch.setattr("models.reports.cohort_corrections.MOST", 0)
    found = since(demo, NAME)
    assert (found.corrections, found.untold) == ((), 1)
