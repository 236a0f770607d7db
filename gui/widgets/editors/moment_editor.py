"""A date with its time of day."""

import re
from datetime import datetime, time

from PySide6.QtWidgets import QWidget

from gui.widgets.editors.written_out import WrittenOutEditor
from models.domain.clock import Clock
from models.domain.date_notation import read_partial_date, write_date, write_moment
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate

_TIME = re.compile(r"(?P<date>.*?)[\s,]*\b(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})")
_NOW = ("now", "adesso", "ora")


class MomentEditor(WrittenOutEditor):
    """A day and a time on one line: `21/9 14:05`, `today 9:30`, `now`. The offset from UTC is this desk's."""

    def __init__(self, desk: Desk, clock: Clock, parent: QWidget | None = None) -> None:
        """`clock` says what `now` and `today` are, and where this desk's offset from UTC comes from."""
        super().__init__(parent)
        self._desk = desk
        self._clock = clock

    def _read(self, text: str) -> object:
        if text.casefold() in _NOW:
            return self._clock.now().replace(second=0, microsecond=0)
        found = _TIME.fullmatch(text)
        if not found or not found["date"]:
            raise TrialError(
                f"{text}: type the day and the time, for instance {self._written(self._clock.now())}, or now."
            )
        hour, minute = int(found["hour"]), int(found["minute"])
        if hour > 23 or minute > 59:
            raise TrialError(f"{text}: there is no time {hour}:{found['minute']}. Hours go to 23, minutes to 59.")
        day = read_partial_date(found["date"], self._desk, self._clock.today())
        if day.full is None:
            raise TrialError(f"{text}: a time needs the full date, with day, month and year.")
        return at_desk(datetime.combine(day.full, time(hour, minute)), self._clock.now())

    def _written(self, value: object) -> str:
        moment = _moment(value)
        return f"{write_date(PartialDate.from_date(moment.date()), self._desk)} {moment:%H:%M}"

    def _understood(self, value: object) -> str:
        return write_moment(_moment(value), self._desk)


def at_desk(local: datetime, now: datetime) -> datetime:
    """A local time without an offset as a moment at the desk whose clock shows `now`.

    The computer's own rules for summer time hold while its clock and `now` agree on the offset; otherwise (a clock that
    stands still elsewhere) the offset of `now` is taken.
    """
    if now.astimezone().utcoffset() == now.utcoffset():
        return local.astimezone()
    return local.replace(tzinfo=now.tzinfo)


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(f"a date and time is expected, not {value!r}")
    return value
