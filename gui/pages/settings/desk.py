"""What one desk prefers: how numbers and dates are written, light or dark."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from gui.settings import THEMES
from gui.text import label, named
from gui.widgets.card import Card
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.date_notation import write_date
from models.domain.notation import Desk, write_number
from models.domain.partial_dates import PartialDate

_LANGUAGES = {Desk.ENGLISH: "English", Desk.ITALIAN: "Italian"}
_SAMPLE_DATE = PartialDate.from_date(date(2026, 9, 21))
_SAMPLE_NUMBER = Decimal("45310.5")
_FIELD = 300


class Section(QWidget):
    """Every choice holds at once; there is nothing to save."""

    def __init__(self, workspace: Workspace) -> None:
        """Show the present settings."""
        super().__init__()
        self._workspace = workspace
        self.language = named(QComboBox(), "settingsLanguage", "Language of numbers and dates")
        for desk, words in _LANGUAGES.items():
            self.language.addItem(words, desk.value)
        self.sample = named(label(role="muted", wrap=True), "settingsSample", "Example")
        self.theme = named(QComboBox(), "settingsTheme", "Light or dark")
        for code, words in THEMES.items():
            self.theme.addItem(words, code)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._card("Numbers and dates", ("&Language", self.language), ("Example", self.sample)))
        column.addWidget(self._card("Looks", ("&Theme", self.theme)))
        column.addStretch(1)
        self.refresh(None)
        self.language.activated.connect(self._language_chosen)
        self.theme.activated.connect(self._theme_chosen)

    @staticmethod
    def _card(heading: str, *rows: tuple[str, QWidget]) -> Card:
        card = Card(heading)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(7)
        for words, field in rows:
            caption = label(words, "muted")
            caption.setBuddy(field)
            caption.setMinimumWidth(90)
            if isinstance(field, QComboBox):
                field.setMaximumWidth(_FIELD)
                field.setMinimumWidth(160)
            form.addRow(caption, field)
        card.body.addLayout(form)
        return card

    def refresh(self, changes: Changes | None) -> None:
        """Show the present settings."""
        now = self._workspace.settings.current
        self.language.setCurrentIndex(self.language.findData(now.language))
        self.theme.setCurrentIndex(self.theme.findData(now.theme))
        self.sample.setText(f"{write_date(_SAMPLE_DATE, now.desk)}   ·   {write_number(_SAMPLE_NUMBER, now.desk)}")

    @Slot()
    def _language_chosen(self) -> None:
        self._workspace.change_settings(language=str(self.language.currentData()))

    @Slot()
    def _theme_chosen(self) -> None:
        self._workspace.change_settings(theme=str(self.theme.currentData()))
