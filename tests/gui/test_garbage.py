"""Nothing that belongs to the interface thread is deleted by another one."""

import gc
import threading

import pytest
from pytestqt.qtbot import QtBot

from gui.garbage import Garbage
from gui.jobs import Jobs, Progress


class Circle:
    """Refers to itself, and notes which thread deletes it."""

    def __init__(self, deleted_by: list[int]) -> None:
        self.itself = self
        self.deleted_by = deleted_by

    def __del__(self) -> None:
        self.deleted_by.append(threading.get_ident())


_NEW = 700
"""New objects after which Python collects by itself."""


def make_garbage(_progress: Progress) -> bool:
    """More than enough for an automatic collection; whether there may be one."""
    kept: list[list[object]] = []
    for _ in range(10 * _NEW):
        kept.append([])
    return gc.isenabled()


def test_a_worker_thread_deletes_nothing_of_the_interface_thread(qapp: object, qtbot: QtBot) -> None:
    deleted_by: list[int] = []
    collected: list[bool] = []
    jobs = Jobs()
    gc.collect()
    gc.set_threshold(_NEW)  # as where no test runs
    Circle(deleted_by)
    with qtbot.waitSignal(jobs.idle):
        jobs.start("Work", make_garbage, collected.append)
    gc.collect()
    assert collected == [False]
    assert deleted_by == [threading.get_ident()]
    assert gc.isenabled()


def test_garbage_is_collected_meanwhile_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: (10_000, 0, 0))
    monkeypatch.setattr(gc, "collect", asked.append)
    Garbage().collect()
    assert asked == [0]


def test_the_collection_is_on_again_when_the_last_thread_has_ended() -> None:
    garbage = Garbage()
    garbage.hold()
    garbage.hold()
    garbage.let_go()
    assert not gc.isenabled()
    garbage.let_go()
    assert gc.isenabled()
