"""Searching a patient by number, key by key, in the search box of the real Patients page, every cell of it filled."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit

from benchmarks.measure import Figure, seconds
from benchmarks.painting import Painted, process_until
from benchmarks.window import open_window, page_of
from gui.pages.patients.page import Page

ROUNDS = 7
_MS = 1000


def figure(key: str, study: Path) -> Figure:
    """The slowest keystroke: the median of each over several rounds, and of these the highest.

    A first round waits at every key for the charts of the rows in view, so that the others paint them.
    """
    with open_window(study) as workspace:
        workspace.open_page("patients")
        process_until(lambda: not workspace.jobs.running)
        page = page_of(workspace)
        assert isinstance(page, Page)
        number = workspace.study.chart(workspace.study.enrolled()[-7]).label
        for _ in _typing(page, number):
            process_until(lambda: _filled(page))
        rounds = [list(_typing(page, number)) for _ in range(ROUNDS)]
    each = [statistics.median(times) for times in zip(*rounds, strict=True)]
    usual = statistics.median(each)
    return Figure(key, max(each) * _MS, f"typing and deleting {number}, median key {usual * _MS:.1f} ms")


def _typing(page: Page, number: str) -> Iterator[float]:
    """The time of each keystroke: every character of the number, then as many times Backspace."""
    box = page.bar.search
    for sign in number:
        yield seconds(lambda sign=sign: _press(page, box, sign))  # type: ignore[misc]
    for _ in number:
        yield seconds(lambda: _press(page, box, Qt.Key.Key_Backspace))


def _press(page: Page, box: QLineEdit, key: str | Qt.Key) -> None:
    """Until the list is painted as the key wants it; where the same patients are found, it is left as it is."""
    painted, laid_out = Painted(page.view.viewport()), QSignalSpy(page.model.modelReset)
    if isinstance(key, str):
        QTest.keyClicks(box, key)
    else:
        QTest.keyClick(box, key)
    process_until(lambda: painted.seen or not laid_out.count() or not page.view.isVisible())
    painted.deleteLater()


def _filled(page: Page) -> bool:
    """Whether the charts are read of all the rows in view."""
    in_view = page.view.viewport().height() // page.view.rowHeight(0) + 1
    return not page.model.roster.unread(page.model.rows[:in_view])
