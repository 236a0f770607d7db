"""Opening a patient through the real window until the curve is painted, in a small and in a large study."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure, seconds
from benchmarks.painting import Painted, process_until
from benchmarks.window import open_window, page_of
from gui.widgets.figure_canvas import FigureCanvas
from gui.workspace import Workspace

PATIENTS = 25
ROUNDS = 2
_MS = 1000


def figures(small: Path, large: Path) -> Iterator[Figure]:
    """Both studies open side by side, a patient of each in turn: every time another one than the one in view."""
    with open_window(small) as in_small, open_window(large) as in_large:
        windows = (in_small, in_large)
        patients = [_spread(workspace.study.enrolled()) for workspace in windows]
        for workspace, ids in zip(windows, patients, strict=True):
            open_patient(workspace, ids[-1])
        pairs = [
            tuple(_opening(workspace, patient) for workspace, patient in zip(windows, pair, strict=True))
            for _ in range(ROUNDS)
            for pair in zip(*patients, strict=True)
        ]
    of_small, of_large = (statistics.median(times) for times in zip(*pairs, strict=True))
    slowest = max(max(times) for times in zip(*pairs, strict=True))
    yield Figure("open-small", of_small * _MS)
    yield Figure("open-full", of_large * _MS, f"slowest of all {slowest * _MS:.0f} ms")
    yield Figure("open-ratio", of_large / of_small, f"{of_large * _MS:.1f} ms against {of_small * _MS:.1f} ms")


def open_patient(workspace: Workspace, patient: int) -> None:
    """Open a patient and wait until the curve is on the screen."""
    workspace.open_patient(patient)
    canvas = page_of(workspace).findChild(FigureCanvas, "overviewCurve")
    assert canvas is not None
    painted = Painted(canvas)
    process_until(lambda: painted.seen)
    painted.deleteLater()


def _opening(workspace: Workspace, patient: int) -> float:
    return seconds(lambda: open_patient(workspace, patient))


def _spread(ids: tuple[int, ...]) -> list[int]:
    """Some patients from the whole study, so that no corner of the file is favoured."""
    return [ids[len(ids) * number // PATIENTS] for number in range(PATIENTS)]
