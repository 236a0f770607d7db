"""Searching a patient by number, key by key, in the search box of the real Patients page."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from benchmarks.measure import Figure, seconds
from benchmarks.painting import Painted, process_until
from benchmarks.window import open_window, page_of
from gui.pages.patients.page import Page

ROUNDS = 7
_MS = 1000


def figure(key: str, study: Path) -> Figure:
    """The slowest keystroke: the median of each over several rounds, and of these the highest."""
    with open_window(study) as workspace:
        workspace.open_page("patients")
        process_until(lambda: not workspace.jobs.running)
        page = page_of(workspace)
        assert isinstance(page, Page)
        number = workspace.study.chart(workspace.study.enrolled()[-7]).label
        rounds = [list(_typing(page, number)) for _ in range(ROUNDS + 1)][1:]
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
    painted = Painted(page.view.viewport())
    if isinstance(key, str):
        QTest.keyClicks(box, key)
    else:
        QTest.keyClick(box, key)
    process_until(lambda: painted.seen or not page.view.isVisible())
    painted.deleteLater()
