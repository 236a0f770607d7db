"""Long work on a worker thread."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.jobs import Jobs, Progress
from gui.widgets.busy import SHOW_AFTER, BusyBar
from models.domain.errors import TrialError


class Listener:
    """Keeps what the jobs say, and on which thread they said it."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.threads: set[int] = set()

    def hear(self, what: object = None) -> None:
        self.heard.append(what)
        self.threads.add(threading.get_ident())


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.cancel_all()
    assert made.wait(5)


def test_the_result_arrives_on_the_thread_of_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    with qtbot.waitSignal(jobs.idle):
        jobs.start("Counting", lambda progress: threading.get_ident(), listener.hear)
    assert listener.threads == {threading.get_ident()}
    assert listener.heard != [threading.get_ident()]


class Failing:
    """Work that raises."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def __call__(self, _progress: Progress) -> None:
        raise self.fault


def test_a_refusal_arrives_as_it_was_raised_and_goes_no_further(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    refusal = TrialError("The disk is full. Make room.")
    with qtbot.captureExceptions() as uncaught, qtbot.waitSignal(jobs.idle):
        jobs.start("Writing", Failing(refusal), failed=listener.hear)
    assert listener.heard == [refusal]
    assert uncaught == []


def test_a_refusal_that_nobody_waits_for_is_not_lost(jobs: Jobs, qtbot: QtBot) -> None:
    refusal = TrialError("The disk is full. Make room.")
    with qtbot.captureExceptions() as uncaught, qtbot.waitSignal(jobs.idle):
        jobs.start("Writing", Failing(refusal))
    assert [fault for _, fault, _ in uncaught] == [refusal]


def test_of_a_fault_of_the_program_the_slot_hears_that_it_failed_and_never_a_value(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    with qtbot.captureExceptions(), qtbot.waitSignal(jobs.idle):
        jobs.start("Writing", Failing(ValueError("Rossi Maria")), failed=listener.hear)
    [heard] = listener.heard
    assert isinstance(heard, TrialError)
    assert str(heard) == "Writing: something went wrong in AlbaTrack itself."


@pytest.mark.parametrize("answered", [True, False])
def test_a_fault_of_the_program_goes_on_to_the_log(jobs: Jobs, qtbot: QtBot, *, answered: bool) -> None:
    fault = ValueError("no")
    with qtbot.captureExceptions() as uncaught, qtbot.waitSignal(jobs.idle):
        jobs.start("Writing", Failing(fault), failed=Listener().hear if answered else None)
    assert [each for _, each, _ in uncaught] == [fault]


def test_progress_reaches_the_end(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()

    def work(progress: Progress) -> None:
        for done in range(101):
            progress(done, 100)

    with qtbot.waitSignal(jobs.idle):
        jobs.start("Counting", work).progressed.connect(listener.hear)
    assert listener.heard[-1] == 100
    assert len(listener.heard) < 101


def test_cancelled_work_is_told_to_stop_and_its_result_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()

    def work(progress: Progress) -> str:
        while progress(1, 2):
            pass
        return "half of it"

    job = jobs.start("Turning", work, listener.hear)
    with qtbot.waitSignals([job.cancelled, jobs.idle]):
        job.cancel()
    assert listener.heard == []


def test_work_that_ends_before_it_hears_of_the_cancelling_counts_as_done(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()
    go = threading.Event()
    job = jobs.start("Waiting", lambda progress: go.wait(5), listener.hear)
    job.cancel()
    with qtbot.waitSignal(jobs.idle):
        go.set()
    assert listener.heard == [True]


def test_short_work_shows_no_bar(jobs: Jobs, qtbot: QtBot) -> None:
    bar = BusyBar(jobs)
    qtbot.addWidget(bar)
    with qtbot.waitSignal(jobs.idle):
        jobs.start("Blinking", lambda progress: None)
    qtbot.wait(SHOW_AFTER + 50)
    assert bar.isHidden()


def test_what_still_runs_can_be_stopped_from_the_bar_after_the_other_was(jobs: Jobs, qtbot: QtBot) -> None:
    bar = BusyBar(jobs)
    qtbot.addWidget(bar)

    def work(progress: Progress) -> None:
        while progress(3, 9):
            pass

    jobs.start("Counting", work)
    other = jobs.start("Loading", work)
    with qtbot.waitSignal(other.cancelled):
        bar.stop_button.click()
    assert bar.words[0] == "Counting"
    with qtbot.waitSignal(jobs.idle):
        bar.stop_button.click()


def test_longer_work_shows_what_it_is_and_can_be_stopped_from_the_bar(jobs: Jobs, qtbot: QtBot) -> None:
    bar = BusyBar(jobs)
    qtbot.addWidget(bar)

    def work(progress: Progress) -> None:
        while progress(3, 9):
            pass

    jobs.start("Printing", work)
    qtbot.waitUntil(bar.isVisible)
    assert {"Printing", "3 of 9"} <= set(bar.words)
    with qtbot.waitSignal(jobs.idle):
        bar.stop_button.click()
    assert bar.isHidden()
