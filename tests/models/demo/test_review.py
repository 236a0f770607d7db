"""What monitor and site said about the demo study."""

from pathlib import Path

import pytest

from models.demo.study import build
from models.domain.clock import FixedClock
from models.study import DEMO_PASSWORD, Study
from models.study_types import QueryState
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
