"""The cohort of a study: live, up to a day, as it stood at a data cut, and two of them compared."""

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.cohort.cohort import Cohort
from models.cohort.record_changes import CAME, REMOVED
from models.demo.study import build
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.exchange.cohort_json import cohort_json
from models.records.molecular import MrdResult
from models.records.visits import Visit
from models.study import Edit, Study
from tests.demo_fixtures import open_demo
from tests.study_fixtures import BY

CUT_OFF = PartialDate(2026, 10, 2)
WHY = Context("", "Typing error")


@pytest.fixture(scope="module")
def few_patients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo study of twelve patients: enough to be counted, quickly read."""
    path = tmp_path_factory.mktemp("few") / "demo.albatrack"
    build(path, patients=12, clock=FixedClock.at(2026, 10, 2))
    return path


@pytest.fixture
def demo(few_patients: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Study]:
    """A copy of it."""
    path = Path(shutil.copytree(few_patients, tmp_path / "demo.albatrack"))
    with open_demo(path, clock) as study:
        yield study


def numbers(cohort: Cohort) -> object:
    return cohort_json(cohort, site="042", synthetic=True)["tables"]


def complete_result_of(study: Study, visit: str) -> MrdResult:
    """A marrow result in complete response at that visit, of a patient who is in no other class there."""
    cohort = study.cohorts.count()
    for chart in study.charts():
        if chart.patient.id in {who.id for who in cohort.enrolled}:
            for result in chart.of(MrdResult):
                if result.visit == visit and result.lab_category == "not detected" and result.specimen == "BONE MARROW":
                    return result
    raise AssertionError(f"nobody is in complete response at {visit}")


def test_a_cut_freezes_every_number_whatever_is_entered_later(demo: Study) -> None:
    before = demo.cohorts.count()
    cut = demo.cohorts.cuts.make("Board, October", CUT_OFF, "Six-monthly meeting")
    result = complete_result_of(demo, "C2")
    positive = {"target_copies": Quantity(Decimal(9000), "copies", "", "9000"), "lab_category": "positive"}
    demo.save(result.patient, [Edit("mrd", positive, result.id)], WHY)
    assert numbers(demo.cohorts.count(cut=cut)) == numbers(before)
    assert numbers(demo.cohorts.count()) != numbers(before)


def test_each_changed_number_is_explained_by_the_records_that_changed(demo: Study) -> None:
    cut = demo.cohorts.cuts.make("Board, October", CUT_OFF)
    result = complete_result_of(demo, "C2")
    positive = {"target_copies": Quantity(Decimal(9000), "copies", "", "9000"), "lab_category": "positive"}
    demo.save(result.patient, [Edit("mrd", positive, result.id)], WHY)
    changes = demo.cohorts.compare(cut)
    assert changes
    behind = {(record.kind, record.record_id) for change in changes for record in change.records}
    assert behind == {("mrd", result.id)}
    assert {who.id for change in changes for who in change.concerned} == {result.patient}


def test_data_completeness_is_compared_and_explained_by_the_visit_that_is_gone(demo: Study) -> None:
    cut = demo.cohorts.cuts.make("Board, October", CUT_OFF)
    chart = next(chart for chart in demo.charts() if any(visit.code == "C1" for visit in chart.of(Visit)))
    visit = next(visit for visit in chart.of(Visit) if visit.code == "C1")
    demo.void(chart.patient.id, "visit", visit.id, Context("", "Another patient's visit"))
    found = [change for change in demo.cohorts.compare(cut) if change.table == "completeness-visit"]
    received = next(change for change in found if (change.row, change.column.code) == ("C1", "received"))
    assert [who.id for who in received.left] == [chart.patient.id]
    assert [(one.kind, one.record_id, one.what) for one in received.records] == [("visit", visit.id, REMOVED)]


def test_a_laboratory_form_that_came_with_the_day_explains_the_completeness(demo: Study) -> None:
    cut = demo.cohorts.cuts.make("Spring", PartialDate(2025, 9, 1))
    found = [change for change in demo.cohorts.compare(cut) if change.table == "completeness-form"]
    laboratory = next(change for change in found if (change.row, change.column.code) == ("lab", "received"))
    assert {"lab"} <= {record.kind for record in laboratory.records if record.what == CAME}


def test_a_withdrawn_record_is_back_in_an_earlier_cut(demo: Study) -> None:
    result = complete_result_of(demo, "C2")
    cut = demo.cohorts.cuts.make("Before", CUT_OFF)
    demo.void(result.patient, "mrd", result.id, Context("", "Another patient's sample"))
    before = numbers(demo.cohorts.count(cut=cut))
    demo.cohorts.cuts.make("After", CUT_OFF)
    after = numbers(demo.cohorts.count(cut=demo.cohorts.cuts.find("after")))
    assert before != after
    assert after == numbers(demo.cohorts.count())


def test_a_day_leaves_out_what_happened_later(demo: Study) -> None:
    early, late = demo.cohorts.count(until=date(2025, 6, 1)), demo.cohorts.count()
    assert len(early.enrolled) < len(late.enrolled)


@pytest.mark.parametrize(
    ("name", "day", "sentence"),
    [
        (" ", CUT_OFF, "needs a name"),
        ("June", PartialDate(2026, 6), "whole date"),
        ("Tomorrow", PartialDate(2026, 10, 3), "after today"),
    ],
)
def test_a_cut_that_cannot_be_made_is_refused_in_words(
    study: Study, name: str, day: PartialDate, sentence: str
) -> None:
    with pytest.raises(TrialError, match=sentence):
        study.cohorts.cuts.make(name, day)
    assert study.cohorts.cuts.all() == ()


def test_the_name_of_a_cut_is_never_given_twice(study: Study) -> None:
    study.cohorts.cuts.make("June", CUT_OFF)
    with pytest.raises(TrialError, match="already"):
        study.cohorts.cuts.make("june", CUT_OFF)
    with pytest.raises(TrialError, match="The study has: June"):
        study.cohorts.cuts.find("July")


def test_a_cut_of_an_empty_study_is_an_empty_cohort(study: Study) -> None:
    cut = study.cohorts.cuts.make("Start", CUT_OFF)
    study.screen([Edit("patient", {"screening_number": "S1", "screened": PartialDate(2026, 9), "sex": "F"})], BY)
    assert study.cohorts.count(cut=cut).enrolled == ()
    assert study.cohorts.count(cut=cut).members == ()
    assert len(study.cohorts.count().members) == 1
