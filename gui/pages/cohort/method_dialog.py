"""The answer to "How is this computed?": every rule behind a table, with its wording and its source."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.card import rule
from gui.widgets.header import make_button
from models.cohort.method import Method

_WIDTH, _HEIGHT = 560, 620
_EDGES = 50


class MethodDialog(QDialog):
    """Reads like the methods section of a paper; its texts can be copied."""

    def __init__(self, title: str, methods: Sequence[Method], parent: QWidget | None = None) -> None:
        """`title` is that of the table."""
        super().__init__(parent)
        named(self, "method_dialog", f"How is this computed? {title}")
        self.setWindowTitle("How is this computed?")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        body = named(QWidget(), "pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(5)
        lines.addWidget(label(title, "title", wrap=True))
        for number, method in enumerate(methods):
            if number:
                lines.addWidget(rule())
            lines.addWidget(label(method.name, "heading", wrap=True, selectable=True))
            lines.addWidget(label(method.wording, wrap=True, selectable=True))
            if method.source:
                lines.addWidget(label(f"Source: {method.source}", "small", wrap=True, selectable=True))
        lines.addStretch(1)
        scroll = named(QScrollArea(), "methodArea", "Rules")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        close = make_button("methodClose", "Close", look="primary", tip="Esc")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 14)
        column.setSpacing(10)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        room = self.screen().availableGeometry()
        width = min(_WIDTH, room.width())
        needed = lines.heightForWidth(width - _EDGES) + foot.sizeHint().height() + _EDGES
        self.resize(width, min(needed, _HEIGHT, room.height() - 40))
