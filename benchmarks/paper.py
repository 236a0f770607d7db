"""A visit summary, against ReportLab writing the same page without its figure plus matplotlib building the figure once."""

import io
from collections.abc import Iterator

from benchmarks.measure import Line, paired, ratio
from models.chart.patient_chart import PatientChart
from models.domain.notation import Desk
from models.study import Study

ROUNDS = 9
LIMIT = 2


def lines(study: Study) -> Iterator[Line]:
    """One line."""
    from models.figures.overview import DrawOptions, overview
    from models.reports import visit_summary as module
    from models.reports.visit_summary import visit_summary

    patient = study.enrolled()[0]
    now = study.clock.now()

    def fresh() -> PatientChart:
        return study.chart(patient)

    def ours() -> None:
        visit_summary(fresh(), io.BytesIO(), visit=None, printed_by="Benchmark", now=now, desk=Desk.ENGLISH)

    def other() -> None:
        chart = fresh()
        overview(chart, DrawOptions(scheme="paper"))
        module.visit_summary(
            chart, io.BytesIO(), visit=None, printed_by="Benchmark", now=now, desk=Desk.ENGLISH, with_figure=False
        )

    mine, theirs = paired(ours, other, ROUNDS)
    yield ratio("visit summary / the page without its figure plus the figure built once", mine, theirs, LIMIT)
