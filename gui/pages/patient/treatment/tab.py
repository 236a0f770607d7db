"""The tab: phases, doses, what they amount to, lumbar punctures, transplant, other medication."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.patient.treatment.delivered import DeliveredCard
from gui.pages.patient.treatment.presenter import (
    lumbar_words,
    ordered_doses,
    span_days,
    span_length,
    standing,
    study_days,
)
from gui.tables.rows_model import Column
from gui.widgets.fitted import fit_height
from gui.widgets.record_dialog import open_record
from gui.widgets.record_list import RecordList
from gui.widgets.sections import Sections
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.records.treatment import Exposure, LumbarPuncture, Medication, PhaseRun, Transplant


class Tab(QWidget):
    """Sections below each other; a record opens in its form."""

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `show_chart`."""
        super().__init__()
        self._workspace = workspace
        self._chart: PatientChart | None = None
        self.phases = RecordList(
            workspace,
            PhaseRun.kind,
            ("phase", "began", "ended", "end_reason", "comment"),
            heading="Phases and cycles",
            empty="Every window of the plan hangs on the day on which a phase really began. Enter the first one.",
            extra=(
                Column("Study days", self._study_days, sort=_began, spare=3),
                Column("Days", self._days, sort=self._length, right=True),
            ),
        )
        self.doses = RecordList(
            workspace,
            Exposure.kind,
            ("drug", "dose", "began", "ended", "reason", "comment"),
            heading="Doses",
            empty="One line for each dose over a span of days; a dose of 0 is an interruption, with its reason.",
            extra=(Column("Days", self._days, sort=self._length, right=True),),
        )
        self.delivered = DeliveredCard()
        self.punctures = RecordList(
            workspace,
            LumbarPuncture.kind,
            ("done", "visit", "drugs", "cytology", "cells", "comment"),
            empty="Each lumbar puncture with the drugs given and what was seen.",
        )
        self.transplants = RecordList(
            workspace,
            Transplant.kind,
            ("done", "donor", "conditioning", "remission", "engrafted", "comment"),
            heading="Transplant",
            empty="An allogeneic transplant belongs here; day 0 is the day of infusion.",
        )
        self.medication = RecordList(
            workspace,
            Medication.kind,
            ("name", "indication", "dose", "frequency", "route", "began", "ended", "ongoing"),
            heading="Other medication",
            empty="Every medicine that is not study treatment, with what it was given for.",
            form={"columns": 2},
        )
        self._lists: dict[str, RecordList] = {
            PhaseRun.kind.name: self.phases,
            Exposure.kind.name: self.doses,
            LumbarPuncture.kind.name: self.punctures,
            Transplant.kind.name: self.transplants,
            Medication.kind.name: self.medication,
        }
        self.sections = Sections("treatment", "Treatment")
        for name, title, part in (
            (PhaseRun.kind.name, "Phases and cycles", self.phases),
            (Exposure.kind.name, "Doses", self.doses),
            ("delivered", "Given of the plan", self.delivered),
            (LumbarPuncture.kind.name, "Lumbar punctures", self.punctures),
            (Transplant.kind.name, "Transplant", self.transplants),
            (Medication.kind.name, "Other medication", self.medication),
        ):
            self.sections.add(name, title, part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sections)

    def show_chart(self, chart: PatientChart) -> None:
        """Show a patient's treatment."""
        self._chart = chart
        sorted_doses = replace(chart, records={**chart.records, Exposure.kind.name: ordered_doses(chart)})
        for kind, each in self._lists.items():
            each.show_chart(sorted_doses if kind == Exposure.kind.name else chart)
            fit_height(each.table)
        self.doses.remark.setText(standing(chart, self._workspace.desk))
        self.punctures.remark.setText(lumbar_words(chart))
        self.delivered.show_chart(chart, self._workspace.desk)

    def open_record(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        """Open a record, or a new form."""
        if self._chart is None or kind not in self._lists:
            return
        self.sections.show_part(kind)
        form = {"columns": 2} if kind == Medication.kind.name else {}
        open_record(self._workspace, kind, self._chart.patient.id, id_ or None, values, parent=self.window(), **form)

    def _days(self, record: Exposure | PhaseRun) -> str:
        return span_days(record, self._workspace.study.today)

    def _length(self, record: Exposure | PhaseRun) -> int:
        return span_length(record, self._workspace.study.today) or 0

    def _study_days(self, record: PhaseRun) -> str:
        return study_days(self._chart, record) if self._chart else ""


def _began(record: PhaseRun) -> str:
    return record.began.iso
