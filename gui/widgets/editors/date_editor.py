"""A clinical date, of which perhaps only a part is known."""

from PySide6.QtCore import QDate, QPoint, Qt, Slot
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from gui.keys import CHOOSE_KEYS, on_keys
from gui.text import named
from gui.theme import colour
from gui.widgets.editors.written_out import WrittenOutEditor
from gui.widgets.on_screen import in_sight
from models.domain.clock import Clock
from models.domain.date_notation import read_partial_date, write_date
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate


class DateEditor(WrittenOutEditor):
    """A date as people type it: `today`, `-3`, `12/3`, `12mar26`, `2026-03`. Alt+Down opens a calendar."""

    def __init__(self, desk: Desk, clock: Clock, parent: QWidget | None = None) -> None:
        """`clock` says at each keystroke what `today` is, and what `-3` counts from."""
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self.button = QToolButton(self)
        self.button.setText("▾")
        self.button.setProperty("look", "inside")
        self.button.setToolTip("Choose from a calendar (Alt+Down)")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.set_button(self.button)
        self.button.clicked.connect(self.open_calendar)
        on_keys(self.line, self.open_calendar, CHOOSE_KEYS, where=Qt.ShortcutContext.WidgetShortcut)

    def name_parts(self, name: str, label: str) -> None:
        """The calendar's button has a name of its own."""
        super().name_parts(name, label)
        self.button.setObjectName(f"{name}_calendar")
        self.button.setAccessibleName(f"{label}: calendar")

    @Slot()
    def finish(self) -> None:
        """Write the date out in full, which needs no repeating."""
        super().finish()
        if self._value is not None:
            self.line.set_echo("")

    @Slot()
    def open_calendar(self) -> None:
        """Show the months, beginning with the one typed."""
        popup = _Calendar(self)
        shown = self._value.earliest if isinstance(self._value, PartialDate) else None
        shown = shown or self._clock.today()
        popup.months.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        popup.months.activated.connect(self._take)
        popup.months.clicked.connect(self._take)
        named(popup.months, f"{self.line.objectName()}_months", f"{self.line.accessibleName()}: calendar")
        below = self.line.mapToGlobal(QPoint(0, self.line.height()))
        popup.move(in_sight(below, popup.sizeHint(), self.screen().availableGeometry()))
        popup.show()
        popup.months.setFocus()

    def _read(self, text: str) -> object:
        return read_partial_date(text, self._desk, self._clock.today())

    def _written(self, value: object) -> str:
        if not isinstance(value, PartialDate):
            raise TypeError(f"a date is expected, not {value!r}")
        return write_date(value, self._desk)

    @Slot(QDate)
    def _take(self, day: QDate) -> None:
        popup = self.findChild(_Calendar)
        if popup:
            popup.close()
        self.set_value(PartialDate(day.year(), day.month(), day.day()))
        self.line.setFocus()
        self.edited.emit()


class _Calendar(QWidget):
    """A month at a time, gone when a day is taken or the focus leaves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.months = QCalendarWidget(self)
        self.months.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.months.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        as_other_days = QTextCharFormat()  # Qt's red cannot be read well on either ground
        as_other_days.setForeground(colour("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.months.setWeekdayTextFormat(day, as_other_days)
        self.months.ensurePolished()  # its style says how large it is
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.months)
