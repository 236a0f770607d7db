"""One section of the worklist as a card; a long one shows its first lines until all are asked for."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.pages.today.lines import LineList
from gui.widgets.card import Card
from gui.widgets.header import Button, make_button
from models.study import Section

FIRST = 8
"""Lines shown of a long section."""


class SectionCard(Card):
    """Hidden while the section has no line. `opened` carries the `WorkItem`."""

    opened = Signal(object)

    def __init__(
        self, code: str, title: str, remark: str, *, narrow: bool = False, parent: QWidget | None = None
    ) -> None:
        """`code` is the section's; `narrow` for the side column."""
        super().__init__(title, remark, parent)
        self.code = code
        self._section: Section | None = None
        self._all = False
        self.lines = LineList(f"today_{code}", title, narrow=narrow, parent=self)
        self.more: Button | None = None
        self.body.addWidget(self.lines)
        self.lines.opened.connect(self.opened)
        self.hide()

    @property
    def last_stop(self) -> QWidget:
        """Where the keyboard leaves the card."""
        return self.more or self.lines

    def show_section(self, section: Section) -> None:
        """Show its lines, as many as were asked for."""
        self._section = section
        count = len(section.items)
        self.lines.show_items(section.items if self._all else section.items[:FIRST])
        self._offer_more(section.title, count)
        self.setVisible(bool(count))

    def _offer_more(self, title: str, count: int) -> None:
        if self.more is None:
            if count <= FIRST:
                return
            self.more = make_button(f"today_{self.code}_more", "", look="link")
            self.more.clicked.connect(self._toggle)
            self.corner.addWidget(self.more)
            self.setTabOrder(self.lines, self.more)
        words = f"Show the first {FIRST}" if self._all else f"Show all {count}"
        self.more.setText(words)
        self.more.setAccessibleName(f"{title}: {words.lower()}")
        self.more.setVisible(count > FIRST)

    @Slot()
    def _toggle(self) -> None:
        self._all = not self._all
        if self._section:
            self.show_section(self._section)
