"""Visit and day of a new sample follow each other, as long as nobody has typed the one that follows."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from gui.pages.patient.mrd.defaults import foreseen_visit
from gui.widgets.record_form import RecordForm
from models.chart.patient_chart import PatientChart
from models.chart.visit_days import planned_visit


class VisitAndDay(QObject):
    """Watches the fields `visit` and `collected` of a form. Lives as long as the form."""

    def __init__(self, form: RecordForm, chart: PatientChart, defaults: Mapping[str, object], *, chosen: bool) -> None:
        """`defaults` are what the form began with; `chosen` says that the person chose the visit before it opened."""
        super().__init__(form)
        self._form, self._chart = form, chart
        self._visit, self._day = defaults.get("visit"), defaults.get("collected")
        self._chosen = chosen
        form.editor("visit").edited.connect(self._follow_visit)
        form.editor("collected").edited.connect(self._follow_day)

    @Slot()
    def _follow_visit(self) -> None:
        """Another visit was chosen: its day is the day of the sample, none where it has none yet or several have it."""
        self._chosen = True
        visit, collected = self._form.editor("visit"), self._form.editor("collected")
        if visit.value() is None or collected.problem() or collected.value() not in (None, self._day):
            return
        chosen = planned_visit(self._chart.visits, visit.value())
        self._day = chosen.date if chosen else None
        collected.set_value(self._day)
        self._form.announce()

    @Slot()
    def _follow_day(self) -> None:
        """Another day was typed: it says which visit the sample belongs to, unless the person chose the visit."""
        visit, collected = self._form.editor("visit"), self._form.editor("collected")
        if self._chosen or collected.problem() or visit.value() != self._visit:
            return
        self._visit = foreseen_visit(self._chart, collected.value())
        visit.set_value(self._visit)
        self._form.announce()
