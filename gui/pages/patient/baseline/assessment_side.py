"""The panel beside a response assessment: what the numbers typed so far point to."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.side_panel import SidePanel
from gui.widgets.why import WhyButton
from models.domain.codelists import RESPONSE
from models.domain.notation import Desk
from models.domain.quantities import Quantity
from models.domain.remission import proposed_response
from models.domain.sentence import Sentence, exactly, write_sentence

_CRITERIA: tuple[tuple[str, Sentence], ...] = (
    (
        "CR",
        (
            "Marrow blasts under 5 %, none in the blood, none elsewhere; neutrophils ",
            exactly(Decimal("1.0")),
            ", platelets 100 or more",
        ),
    ),
    ("CRh", ("The same with neutrophils ", exactly(Decimal("0.5")), " and platelets 50 or more")),
    ("CRi", "The same without these counts"),
    ("NR", "Leukaemia in marrow, blood or elsewhere"),
)


class AssessmentSide(SidePanel):
    """Information: the investigator decides."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Nothing typed yet."""
        super().__init__(parent)
        self._desk = desk
        named(self, "assessment_side", "By the numbers")
        self.setProperty("look", "card")
        self.proposal = label("", "heading", wrap=True)
        self.why = WhyButton("assessment_why", "Haematologic response by the numbers")
        self.reason = label("", wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(14, 12, 14, 12)
        lines.setSpacing(6)
        lines.addWidget(label("By the numbers", "muted"))
        lines.addWidget(self.proposal)
        lines.addWidget(self.reason)
        lines.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(10)
        for line, (code, words) in enumerate(_CRITERIA):
            grid.addWidget(label(code, "strong"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(write_sentence(words, desk), "small", wrap=True), line, 1)
        lines.addLayout(grid)
        lines.addWidget(label("For information. The investigator decides.", "small", wrap=True))

    def show_values(self, values: object) -> None:
        """Work it out anew."""
        typed = values if isinstance(values, Mapping) else {}
        derived = proposed_response(
            _quantity(typed.get("marrow_blasts")),
            blood_blasts=_answer(typed.get("blood_blasts")),
            extramedullary=_answer(typed.get("extramedullary")),
            neutrophils=_quantity(typed.get("neutrophils")),
            platelets=_quantity(typed.get("platelets")),
        )
        words = RESPONSE.label(derived.value) if derived.value else "Cannot be told yet"
        self.proposal.setText(words)
        self.reason.setText(write_sentence(derived.reason, self._desk))
        self.why.set_derived(words, derived, self._desk)


def _quantity(value: object) -> Quantity | None:
    return value if isinstance(value, Quantity) else None


def _answer(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
