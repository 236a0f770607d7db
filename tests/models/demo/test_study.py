"""Making the demo study as a file."""

from pathlib import Path

import pytest

from models.demo.study import build
from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from tests.demo_fixtures import open_demo


def test_the_study_says_that_it_is_synthetic_and_holds_the_patients(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "demo.albatrack"
    assert build(path, patients=6, clock=clock)
    with open_demo(path, clock) as study:
        assert study.info.synthetic
        assert len(study.enrolled()) == 6
        assert study.next_subject_number() == "042-007"
        assert study.ranges()


def test_references_point_at_the_records_they_mean(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "demo.albatrack"
    build(path, clock=clock)
    with open_demo(path, clock) as study:
        charts = list(study.charts(laboratory=True))
    flags = [(chart, flag) for chart in charts for flag in chart.flags]
    assert len(flags) == 6
    assert all(chart.record(flag.about_kind, flag.about_id) for chart, flag in flags)


def test_progress_is_told_and_may_stop_the_work_which_leaves_no_file(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "demo.albatrack"
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        told.append((done, total))
        return False

    assert not build(path, patients=2, clock=clock, thin=True, progress=stop)
    assert told == [(2, 2)]
    assert not path.exists()


def test_a_file_that_is_there_already_is_not_touched(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "demo.albatrack"
    path.write_text("mine")
    with pytest.raises(TrialError, match="exists already"):
        build(path, patients=1, clock=clock)
    assert path.read_text() == "mine"
