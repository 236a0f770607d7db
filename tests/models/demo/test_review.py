"""What monitor and site said about the demo study."""

from datetime import datetime
from pathlib import Path

import pytest

from models.chart.entry import event_day
from models.demo.review import REVIEWED_FOR
from models.demo.study import build
from models.domain.clock import FixedClock
from models.study import DEMO_PASSWORD, Study
from models.study_types import QueryState, TrailFilter
from tests.demo_fixtures import demo_study_file, open_demo

__all__ = ["demo_study_file"]


@pytest.fixture
def demo(demo_study_file: Path, clock: FixedClock) -> Study:
    return open_demo(demo_study_file, clock, "monitor")


def test_there_is_a_query_in_each_state(demo: Study) -> None:
    with demo:
        states = [query.state for query in demo.review.queries()]
    assert sorted(states, key=list(QueryState).index) == [
        QueryState.OPEN,
        QueryState.OPEN,
        QueryState.ANSWERED,
        QueryState.CLOSED,
    ]


def test_queries_marks_and_signatures_are_of_different_ages(demo: Study, clock: FixedClock) -> None:
    with demo:
        first = demo.enrolled()[0]
        assert sorted(query.age_days for query in demo.review.queries()) == [4, 16, 18, 34]
        signed = [one.at for one in demo.signing.signatures(first)]
        marked = [mark.at for mark in demo.review.verification(first).marks]
    assert {(clock.today() - at.date()).days for at in (*signed, *marked)} == {30, 34}


def test_the_trail_goes_forward_in_time_up_to_now(demo: Study, clock: FixedClock) -> None:
    with demo, demo._folder.read.begin() as connection:  # noqa: SLF001 - all of it, not a page
        moments = connection.exec_driver_sql("SELECT at FROM audit ORDER BY seq").scalars().all()
        at = [datetime.fromisoformat(moment) for moment in moments]
        assert at == sorted(at)
        assert (clock.now() - at[0]).days == REVIEWED_FOR
        assert at[-1] == clock.now()
        assert demo._folder.problems == ()  # noqa: SLF001
        assert "clock set back" not in [line.act for line in demo.trail.lines(TrailFilter(kinds=("event",)))]


def test_nothing_was_entered_before_it_happened(demo: Study) -> None:
    with demo:
        records = [record for chart in demo.charts() for kind in chart.records.values() for record in kind]
    days = [(record, event_day(record)) for record in records]
    assert not [r for r, day in days if day and r.entered_at and r.entered_at.date() < day]


def test_one_of_two_signatures_is_void_by_a_later_correction(demo: Study) -> None:
    with demo:
        first = demo.enrolled()[0]
        found = demo.signing.signatures(first)
    assert [one.valid for one in found] == [True, False]
    assert "Comment changed by Demo coordinator" in found[1].why_void


def test_some_marks_stand_and_one_has_fallen(demo: Study) -> None:
    with demo:
        view = demo.review.verification(demo.enrolled()[0])
    assert {mark.stands for mark in view.marks} == {True, False}
    assert view.whole.verified > 0


def test_a_thin_study_is_not_reviewed(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "thin.albatrack"
    assert build(path, patients=5, thin=True, clock=clock)
    with Study.open(path, "coordinator", DEMO_PASSWORD, clock=clock) as study:
        assert study.review.queries() == ()
