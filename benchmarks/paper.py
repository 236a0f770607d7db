"""A visit summary, against ReportLab writing the same page without its figure plus matplotlib building it once."""

import io
from pathlib import Path
from unittest.mock import patch

from reportlab.platypus import Spacer

from benchmarks.measure import Figure, paired, ratio
from benchmarks.studies import opened
from models.domain.notation import Desk
from models.reports.visit_summary import visit_summary

ROUNDS = 25


def figure(study_file: Path) -> Figure:
    """One patient's page over and over. The chart is read once: reading it is no part of either side."""
    with opened(study_file) as study:
        chart, printing = study.chart(study.enrolled()[16]), study.printing(Desk.ENGLISH)

    def ours() -> None:
        visit_summary(
            chart,
            io.BytesIO(),
            printing,
            visit=None,
        )

    def other() -> None:
        with patch("models.reports.visit_summary.VectorFigure", _LeftOut):
            ours()

    return ratio("paper", *paired(ours, other, ROUNDS))


class _LeftOut(Spacer):  # type: ignore[misc]
    """The room of the figure, with nothing in it: the figure has been built and is not drawn."""

    def __init__(self, _built: object) -> None:
        super().__init__(0, 245)
