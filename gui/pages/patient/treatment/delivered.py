"""How much of the plan was given: intensity and infusion days by drug and phase, and the pauses, each with its why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gui.pages.patient.treatment.presenter import Worked, delivered, pause_lines
from gui.text import label, named
from gui.widgets.card import Card, rule
from gui.widgets.why import WhyButton
from models.chart.patient_chart import PatientChart
from models.domain.notation import Desk

_WIDTH = 5
"""Columns: drug, phase, intensity, infusion days, and the room that is left."""

_PHASE_LETTERS = 20
"""Letters that the longest word of a phase's name needs."""


class DeliveredCard(Card):
    """A line for each drug in each phase that has begun."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Filled by `show_chart`."""
        super().__init__("Given of the plan", "the days passed so far; for information", parent)
        named(self, "dose_delivered", "Given of the plan")
        self._inside = QWidget()
        self.body.addWidget(self._inside)

    def show_chart(self, chart: PatientChart, desk: Desk) -> None:
        """Show a patient."""
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(_WIDTH - 1, 5)
        rows = delivered(chart, desk)
        if not rows:
            nothing = label("Nothing yet: a phase with planned doses has to begin first.", "muted", wrap=True)
            grid.addWidget(nothing, 0, 0, 1, _WIDTH)
        for column, heading in enumerate(("Drug", "Phase", "Intensity", "Infusion days") if rows else ()):
            grid.addWidget(label(heading, "small"), 0, column)
        line, before = 1, ""
        for number, row in enumerate(rows):
            if row.drug != before:
                grid.addWidget(rule(), line, 0, 1, _WIDTH)
                line += 1
            grid.addWidget(label("" if row.drug == before else row.drug, "strong"), line, 0)
            phase = label(row.phase, wrap=True)
            phase.setMinimumWidth(phase.fontMetrics().averageCharWidth() * _PHASE_LETTERS)
            grid.addWidget(phase, line, 1)
            subject = f"{row.drug}, {row.phase}"
            grid.addWidget(_worked(row.intensity, f"intensity_{number}", f"Intensity: {subject}", desk), line, 2)
            if row.days.words:
                grid.addWidget(_worked(row.days, f"infusion_{number}", f"Infusion days: {subject}", desk), line, 3)
            line, before = line + 1, row.drug
        pauses = pause_lines(chart, desk)
        if pauses:
            grid.addWidget(label("Pauses", "heading"), line, 0, 1, _WIDTH)
            line += 1
        for number, pause in enumerate(pauses):
            part = QWidget()
            text = QHBoxLayout(part)
            text.setContentsMargins(0, 2, 0, 2)
            text.addWidget(label(pause.words, wrap=True, selectable=True), 1)
            why = WhyButton(f"pause_{number}", "Pause")
            why.set_derived(pause.words.split(".")[0], pause.derived, desk)
            text.addWidget(why, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, line, 0, 1, _WIDTH)
            line += 1
        self.body.replaceWidget(self._inside, fresh)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = fresh


def _worked(value: Worked, name: str, subject: str, desk: Desk) -> QWidget:
    part = QWidget()
    line = QHBoxLayout(part)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    words = label(value.words)
    why = WhyButton(f"{name}_why", subject)
    why.set_derived(value.words, value.derived, desk)
    line.addWidget(words)
    line.addWidget(why)
    line.addStretch(1)
    return part
