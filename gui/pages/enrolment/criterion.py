"""One criterion of the list: its sentence, the answer, and at once what the answer comes to."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.enrolment.answer import AnswerEditor
from gui.pages.enrolment.presenter import OUTCOME_TONES
from gui.text import label, named
from gui.widgets.editors.editor import Editor
from gui.widgets.editors.quantity_editor import QuantityEditor
from gui.widgets.editors.text_editor import TextEditor
from gui.widgets.pill import Pill
from models.domain.notation import Desk, with_unit, write_number
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.protocols.eligibility import Answer, Verdict, holds, judge
from models.protocols.model import Criterion
from models.records.patient import EligibilityAnswer

_ANSWER_WIDTH, _VERDICT_WIDTH = 270, 250


class CriterionRow(QWidget):
    """A criterion with a limit takes its value, which decides; another one is answered yes or no."""

    edited = Signal()

    def __init__(self, criterion: Criterion, stored: EligibilityAnswer | None, desk: Desk) -> None:
        """Shows the stored answer."""
        super().__init__()
        self.criterion = criterion
        self.stored = stored
        name = f"criterion_{criterion.code}"
        named(self, f"{name}_row", f"{criterion.code}: {criterion.text}")
        waived = ("WAIVED",) if criterion.waivable else ()
        self.answer_editor = AnswerEditor(waived if criterion.limit is not None else ("YES", "NO", *waived))
        self.answer_editor.name_parts(name, criterion.code)
        self.value_editor: QuantityEditor | None = None
        if criterion.limit is not None:
            self.value_editor = QuantityEditor((criterion.unit,) if criterion.unit else (), desk)
            self.value_editor.name_parts(f"{name}_value", f"{criterion.code}: value")
        self.comment = TextEditor()
        self.comment.name_parts(f"{name}_comment", f"{criterion.code}: why it is waived")
        self.comment.line.setPlaceholderText("Why is it waived?")
        self.pill = Pill()
        self.reason = label("", "small", wrap=True)
        for editor in self.editors.values():
            editor.edited.connect(self._edited)
        self._desk = desk
        self._lay_out(desk)
        self.start()

    def _lay_out(self, desk: Desk) -> None:
        criterion = self.criterion
        kind = "Exclusion" if criterion.exclusion else "Inclusion"
        wanted = ""
        if criterion.limit is not None:
            sign = {">=": "\N{GREATER-THAN OR EQUAL TO}", "<=": "\N{LESS-THAN OR EQUAL TO}"}
            limit = with_unit(write_number(criterion.limit, desk), criterion.unit)
            wanted = f", {sign.get(criterion.comparison, criterion.comparison)} {limit}"
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(f"{criterion.text}{wanted}", wrap=True))
        words.addWidget(label(f"{kind} {criterion.code}", "small"))
        words.addStretch(1)
        answer = QHBoxLayout()
        answer.setSpacing(8)
        if self.value_editor:
            answer.addWidget(self.value_editor, 1)
        answer.addWidget(self.answer_editor, 0 if self.value_editor else 1)
        column = QVBoxLayout()
        column.addLayout(answer)
        column.addWidget(self.comment)
        column.addStretch(1)
        self._answer = QWidget()
        column.setContentsMargins(0, 0, 0, 0)
        self._answer.setLayout(column)
        self._verdict = QWidget()
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._verdict)
        self._words.setContentsMargins(0, 2, 0, 0)
        self._words.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._words.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignTop)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 3, 0, 3)
        self._box.setSpacing(14)
        self._box.addLayout(words, 1)
        self._box.addWidget(self._answer)
        self._box.addWidget(self._verdict)

    def set_wide(self, *, wide: bool) -> None:
        """Stand on one line, or sentence, answer and verdict below each other."""
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(14 if wide else 3)
        self._words.setDirection(QBoxLayout.Direction.TopToBottom if wide else QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(1 if wide else 8)
        for widget, width in ((self._answer, _ANSWER_WIDTH), (self._verdict, _VERDICT_WIDTH)):
            widget.setMinimumWidth(width if wide else 0)
            widget.setMaximumWidth(width if wide else 16_777_215)

    @property
    def editors(self) -> Mapping[str, Editor]:
        """What is typed into, by the name of the record's field."""
        found: dict[str, Editor] = {"answer": self.answer_editor}
        if self.value_editor:
            found["value"] = self.value_editor
        return {**found, "comment": self.comment}

    @property
    def in_order(self) -> tuple[Editor, ...]:
        """The same in the order of the eye."""
        return (*((self.value_editor,) if self.value_editor else ()), self.answer_editor, self.comment)

    def start(self) -> None:
        """Show the stored answer."""
        self.answer_editor.set_value(self.stored.answer if self.stored else None)
        if self.value_editor:
            self.value_editor.set_value(self.stored.value if self.stored else None)
        self.comment.set_value(self.stored.comment if self.stored else None)
        self.show_verdict()

    def answer(self) -> Answer | None:
        """What is answered so far."""
        value = self.value_editor.value() if self.value_editor else None
        quantity = value if isinstance(value, Quantity) else None
        comment = str(self.comment.value() or "")
        code = self.answer_editor.value()
        if code is None and self.criterion.limit is not None and quantity is not None:
            true = holds(quantity, self.criterion.comparison, self.criterion.limit)
            code = {True: "YES", False: "NO", None: "UNKNOWN"}[true]
        return Answer(self.criterion.code, str(code), quantity, comment) if code else None

    def values(self) -> dict[str, object]:
        """The values of the record that is to be saved; empty while nothing is answered."""
        answer = self.answer()
        if answer is None:
            return {}
        values: dict[str, object] = {"criterion": answer.criterion, "answer": answer.answer}
        return {**values, "value": answer.value, "comment": answer.comment or None}

    def verdict(self) -> Verdict:
        """What the answer comes to."""
        return judge(self.criterion, self.answer())

    def show_verdict(self) -> None:
        """Say what the answer comes to, and why."""
        verdict = self.verdict()
        problem = self.value_editor.problem() if self.value_editor else ""
        self.pill.show_word(verdict.outcome.value, OUTCOME_TONES[verdict.outcome])
        self.reason.setText(problem or write_sentence(verdict.reason, self._desk))
        self.comment.setVisible(self.answer_editor.value() == "WAIVED" or bool(self.comment.typed()))

    @Slot()
    def _edited(self) -> None:
        self.show_verdict()
        self.edited.emit()
