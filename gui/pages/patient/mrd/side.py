"""The panel beside an MRD form: class, ratio, sensitivity, change and reason, before anything is saved."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.patient.mrd.presenter import (
    DASH,
    NUMBERS,
    change_words,
    class_words,
    european_words,
    log_words,
    ratio_words,
    sensitivity_words,
)
from gui.pages.patient.mrd.thinking import Judgement, judge
from gui.pages.patient.presenter import tone
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import rule
from gui.widgets.pill import Pill
from gui.widgets.record_form import RecordForm
from gui.widgets.side_panel import SidePanel
from gui.widgets.why import WhyButton, WhyValue
from models.chart.patient_chart import PatientChart
from models.domain.capitals import upper_first
from models.domain.molecular.classification import PLOT_UNDETECTED
from models.domain.notation import Desk
from models.domain.sentence import write_sentence
from models.records.molecular import MrdResult
from models.reports.desk_words import day_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gui.widgets.editors.editor import Editor

_TYPED = ("target_copies", "control_copies", "lab_ratio", "quantifiable_limit")
_LINES = tuple(NUMBERS.values())


class MrdSide(SidePanel):
    """Follows the typing of one form. `mutation_wanted` asks for the form of a mutation test."""

    mutation_wanted = Signal()

    def __init__(self, chart: PatientChart, record: int, desk: Desk, parent: QWidget | None = None) -> None:
        """`record` is the id of the result that is corrected, 0 for a new one."""
        super().__init__(parent)
        named(self, "mrd_side", "What this result means")
        self.setProperty("look", "card")
        self._chart, self._record, self._desk = chart, record, desk
        self.judgement: Judgement | None = None
        self.brief = MrdBrief(self)  # without a parent it would be a window of its own until it is placed
        self._numbers: Mapping[str, Editor] = {}
        self.pill = named(Pill(), "mrd_class")
        self.why = WhyButton("mrd_class_why", f"Class by {chart.protocol.acronym}")
        self.sentence = named(label("", "muted", wrap=True), "mrd_sentence")
        self.european = WhyValue("mrd_european", "Class in European terms")
        self.reason = named(label("", "muted", wrap=True, selectable=True), "mrd_reason")
        self.difference = Banner("mrd_difference")
        self.alert = Banner("mrd_alert")
        self.alert.pressed.connect(self.mutation_wanted)
        self.alert_why = WhyButton("mrd_alert_why", "Alert")
        self.alert.add(self.alert_why)
        self._values: dict[str, WhyValue] = {}
        head = QHBoxLayout()
        head.addWidget(self.pill)
        head.addWidget(self.why)
        head.addStretch(1)
        self._table = self._make_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self.sentence, self._table, self.reason, self.difference, self.alert):
            column.addWidget(widget)
        column.addStretch(1)

    def watch(self, form: RecordForm) -> None:
        """Say of the copies of this form when they cannot be read; a field that holds nothing readable looks empty."""
        self._numbers = {name: form.editor(name) for name in _TYPED}
        form.announce()

    def stand(self, *, beside: bool) -> None:
        """Below the fields it is out of sight while the copies are typed: its headline stands above them then."""
        self.brief.setVisible(not beside)

    def value(self, name: str) -> str:
        """The words of one line of the panel."""
        return self._values[name].text()

    def show_values(self, values: object) -> None:
        """Judge what is read so far."""
        unreadable = tuple(MrdResult.kind.fields[name].label for name, each in self._numbers.items() if each.problem())
        judged = judge(self._chart, cast("Mapping[str, object]", values), self._record, unreadable)
        self.judgement = judged
        point = judged.point
        for widget in (self._table, self.reason, self.pill):
            widget.setVisible(point is not None)
        self.sentence.setVisible(point is None)
        self.sentence.setText(write_sentence(judged.sentence, self._desk))
        self.brief.show_judgement(judged, self._desk)
        if point is None:
            self.why.set_derived("", None, self._desk)
            self.difference.hide()
            self.alert.hide()
            return
        result, desk = point.result, self._desk
        own, european = result.protocol_class, result.european_class
        self.pill.show_word(_class(own.value), tone(own.value))
        self.why.set_derived(class_words(own.value), own, desk)
        change = change_words(point.since_last, desk) if point.placed else "needs the day of the sample"
        if point.since_last is None and point.placed and result.plot_kind == PLOT_UNDETECTED and judged.last:
            change = "still not detected"
        since = f" ({day_words(judged.last, desk)})" if judged.last and point.since_last else ""
        lowest = change if point.since_last is None else DASH
        words = (
            ratio_words(result, desk),
            sensitivity_words(result, desk),
            log_words(result.log_reduction, desk),
            f"{change} log{since}" if point.since_last else change,
            f"{change_words(point.since_nadir, desk)} log" if point.since_nadir else lowest,
        )
        for name, written, derived in zip(_LINES, words, judged.numbers or (), strict=True):
            self._values[name].set_derived(written, derived, desk)
        self.european.set_derived(european_words(european.value), european, desk)
        why = write_sentence(own.reason, desk)
        self.reason.setText(f"Why: {why}")
        self._show_difference(write_sentence(result.disagreement, desk))
        self._show_alert()
        self.setAccessibleDescription(f"{class_words(own.value)}. {why}")

    def _show_difference(self, disagreement: str) -> None:
        if disagreement:
            self.difference.show_text(disagreement, "due")
        else:
            self.difference.hide()

    def _show_alert(self) -> None:
        alert = self.judgement.alert if self.judgement else None
        if alert:
            kind = alert.kind.value
            why = write_sentence(alert.kind.reason, self._desk)
            text = f"{upper_first(kind)}. {why} {alert.prompt}".strip()
            self.alert.show_text(text, "urgent", "Request mutation test" if alert.prompt else "")
            self.alert_why.set_derived(upper_first(kind), alert.kind, self._desk)
        else:
            self.alert.hide()

    def _make_table(self) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for number, name in enumerate(_LINES):
            value = WhyValue(f"mrd_side_{number}", name)
            self._values[name] = value
            grid.addWidget(label(name, "muted"), 2 * number, 0)
            grid.addWidget(value, 2 * number, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(rule(), 2 * number + 1, 0, 1, 2)
        grid.addWidget(label("European terms", "muted"), 2 * len(_LINES), 0)
        grid.addWidget(self.european, 2 * len(_LINES), 1, Qt.AlignmentFlag.AlignLeft)
        return table


class MrdBrief(QWidget):
    """The headline of the panel on one line, for dialogs in which the panel is out of sight: class and ratio."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_judgement`."""
        super().__init__(parent)
        named(self, "mrd_brief", "What this result means, in short")
        self.pill = Pill()
        self.words = label("", "muted", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.pill)
        line.addWidget(self.words, 1)

    def show_judgement(self, judged: Judgement, desk: Desk) -> None:
        """Show class, ratio and an alert; or why nothing can be judged yet."""
        point = judged.point
        self.pill.setVisible(point is not None)
        if point is None:
            self.words.setText(write_sentence(judged.sentence, desk))
            return
        own = point.result.protocol_class.value
        self.pill.show_word(_class(own), tone(own))
        alert = judged.alert.kind.value if judged.alert else ""
        self.words.setText(" · ".join(filter(None, (ratio_words(point.result, desk), alert))))


def _class(name: str) -> str:
    return f"{class_words(name)}{_MOLECULAR.get(name, '')}"


_MOLECULAR = {"complete": " molecular response"}
