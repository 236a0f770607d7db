"""The demo's data cut: one result was corrected after it, and the cohort's changes say so."""

from pathlib import Path

from models.demo.board import NAME
from models.demo.study import build
from models.domain.clock import FixedClock
from tests.demo_fixtures import open_demo


def test_what_changed_since_the_cut_is_one_corrected_result(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "demo.albatrack"
    build(path, patients=12, clock=clock)
    with open_demo(path, clock) as study:
        changes = study.cohorts.compare(study.cohorts.cuts.find(NAME))
    assert len({who for change in changes for who in change.concerned}) == 1
    assert {record.kind for change in changes for record in change.records} == {"mrd"}


def test_a_study_without_results_gets_no_cut(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "demo.albatrack"
    build(path, patients=1, clock=clock, thin=True)
    with open_demo(path, clock) as study:
        assert study.cohorts.cuts.all() == ()
