"""What a check says about a value, beside its field: a sign, a word and a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.text import label
from gui.theme import colour
from models.domain.findings import Finding, Severity
from models.domain.notation import Desk
from models.domain.sentence import write_sentence

_WORDS = {Severity.ERROR: "Cannot be saved", Severity.WARNING: "Doubtful"}
_COLOURS = {Severity.ERROR: "urgent", Severity.WARNING: "due"}


class SeverityMark(QWidget):
    """A round sign with a cross for what cannot be, a triangle with a stroke for what is doubtful."""

    def __init__(self, severity: Severity, parent: QWidget | None = None) -> None:
        """The sign of one severity."""
        super().__init__(parent)
        self._severity = severity
        self.setFixedSize(QSize(14, 14))
        self.setAccessibleName(_WORDS[severity])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign in the colour of its meaning."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(_COLOURS[self._severity]))
        inner = QPen(colour("card"), 1.6)
        inner.setCapStyle(Qt.PenCapStyle.RoundCap)
        if self._severity is Severity.ERROR:
            painter.drawEllipse(QRectF(0.5, 0.5, 13, 13))
            painter.setPen(inner)
            painter.drawLine(QPointF(4.5, 4.5), QPointF(9.5, 9.5))
            painter.drawLine(QPointF(9.5, 4.5), QPointF(4.5, 9.5))
        else:
            painter.drawPolygon(QPolygonF([QPointF(7, 0.5), QPointF(13.8, 13), QPointF(0.2, 13)]))
            painter.setPen(inner)
            painter.drawLine(QPointF(7, 5), QPointF(7, 8.6))
            painter.drawPoint(QPointF(7, 11))
        painter.end()


class FindingList(QWidget):
    """Findings one below the other, errors first; no height at all while there are none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Nothing to say yet. `desk` is how numbers and dates are written."""
        super().__init__(parent)
        self._desk = desk
        self._findings: tuple[Finding, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(2, 2, 0, 2)
        self._lines.setSpacing(2)
        self.hide()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is shown."""
        return self._findings

    def text(self) -> str:
        """The sentences shown, for screen readers and tests."""
        return " ".join(_sentence(finding, self._desk) for finding in self._findings)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these instead of the earlier ones."""
        ordered = tuple(sorted(findings, key=_gravity))
        if ordered == self._findings:
            return
        self._findings = ordered
        for gone in self.findChildren(_FindingLine):
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for finding in ordered:
            self._lines.addWidget(_FindingLine(finding, self._desk, self))
        self.setVisible(bool(ordered))
        self.setAccessibleName(self.text())


class _FindingLine(QWidget):
    def __init__(self, finding: Finding, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(SeverityMark(finding.severity), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(_sentence(finding, desk), wrap=True), 1)


def _sentence(finding: Finding, desk: Desk) -> str:
    doubtful = "Doubtful: " if finding.severity is Severity.WARNING else ""
    return doubtful + write_sentence(finding.message, desk)


def _gravity(finding: Finding) -> bool:
    return finding.severity is not Severity.ERROR
