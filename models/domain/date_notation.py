"""Dates as people type and read them, in the language of their desk. Ambiguous input is refused, never guessed."""

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate, Special

NO_MOMENT = datetime.min.replace(tzinfo=UTC)
"""Stands for a moment that was kept and cannot be read. It comes before every other one."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100  # nobody followed here was born, and nothing is planned, outside these
_LONGEST = 40  # characters
_MONTHS = {
    Desk.ENGLISH: (
        *("january", "february", "march", "april", "may", "june"),
        *("july", "august", "september", "october", "november", "december"),
    ),
    Desk.ITALIAN: (
        *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
        *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
    ),
}
_TODAY = ("today", "oggi")
_SPECIALS = {
    **dict.fromkeys(("unk", "unknown", "sconosciuto", "sconosciuta"), Special.UNKNOWN),
    **dict.fromkeys(("nd", "not done", "non eseguito", "non eseguita"), Special.NOT_DONE),
}
_SPECIAL_WORDS = {
    Desk.ENGLISH: {Special.UNKNOWN: "unknown", Special.NOT_DONE: "not done"},
    Desk.ITALIAN: {Special.UNKNOWN: "sconosciuto", Special.NOT_DONE: "non eseguito"},
}
_RELATIVE = re.compile(r"[+-][0-9]{1,4}")
_PART = re.compile(r"[0-9]+|[^\W\d_]+")
_GAPS = re.compile(r"\s*[-/.]?\s*")
_NUMERIC = re.compile(r"[0-9]+(?:([-/. ])[0-9]+(?:\1[0-9]+)?)?")


def read_partial_date(text: str, desk: Desk, today: date) -> PartialDate:
    """Read a date, or as much of one as is known.

    Understood are `today`, `-3` and `+2` (days from today), `12/3` (day first, this year), `12/3/26`, `12mar26`,
    `12 Mar 2026`, `2026-03-12`, `2026-03`, `3/2026`, `mar 2026`, `2026`, `unk` and `nd`; month names and words in
    English and Italian alike. A year of two digits lies between 98 years ago and next year.

    Raises:
        TrialError: it is no date, or can be read in two ways (both are named).
    """
    typed = _Typed(text.strip(), desk, today)
    clean = typed.text.replace("\N{MINUS SIGN}", "-").casefold()
    if not clean:
        raise typed.refused("There is no date here.")
    if len(clean) > _LONGEST:
        raise typed.refused(f"This is too long for a date: {clean[:_LONGEST]}…")
    if clean in _TODAY:
        return PartialDate.from_date(today)
    if clean in _SPECIALS:
        return PartialDate(special=_SPECIALS[clean])
    if _RELATIVE.fullmatch(clean):
        return PartialDate.from_date(today + timedelta(days=int(clean)))
    return typed.read(clean)


def write_date(value: PartialDate, desk: Desk) -> str:
    """The date as this desk writes it, with the parts that are known: "21 Sep 2026", "Sep 2026", "2026", "unknown"."""
    if value.special:
        return _SPECIAL_WORDS[desk][value.special]
    parts = [f"{value.year:04d}"]
    if value.month:
        parts.insert(0, month_name(value.month, desk)[:3])
    if value.day:
        parts.insert(0, str(value.day))
    return " ".join(parts)


def month_name(month: int, desk: Desk) -> str:
    """The name of a month, 1 to 12, as this desk writes it: "September", "settembre"."""
    name = _MONTHS[desk][month - 1]
    return name.capitalize() if desk is Desk.ENGLISH else name


def write_moment(moment: datetime, desk: Desk, *, seconds: bool = False) -> str:
    """A moment of the record with its offset, so that it means one instant: "21 Sep 2026, 14:05 UTC+02:00".

    With its `seconds` where somebody waits for it.
    """
    if moment == NO_MOMENT:
        return "[no moment that can be read]"
    if moment.tzinfo is None:
        raise ValueError("a moment of the record needs its offset from UTC")
    offset, time = f"{moment:%z}", f"{moment:{'%H:%M:%S' if seconds else '%H:%M'}}"
    return f"{write_date(PartialDate.from_date(moment.date()), desk)}, {time} UTC{offset[:3]}:{offset[3:5]}"


class _Typed(NamedTuple):
    """A date being read: the text as typed, for the sentences, and what its meaning depends on."""

    text: str
    desk: Desk
    today: date

    def read(self, clean: str) -> PartialDate:
        """Take the text apart and read it by its shape: Y is a year, M a named month, n one or two digits."""
        parts = _PART.findall(clean)
        if not all(_GAPS.fullmatch(gap) for gap in _PART.split(clean)) or not (clean[0] + clean[-1]).isalnum():
            raise self.unreadable()
        if not any(part.isalpha() for part in parts) and not _NUMERIC.fullmatch(clean):
            raise self.unreadable()
        numbers = [int(part) if part.isdecimal() else self._named_month(part) for part in parts]
        shape = "".join("M" if part.isalpha() else {1: "n", 2: "n", 4: "Y"}.get(len(part), "?") for part in parts)
        match shape, numbers:
            case "Y", [year]:
                return self._date(year)
            case ("Yn" | "YM", [year, month]) | ("nY" | "MY", [month, year]):
                return self._date(year, month)
            case (
                ("Ynn" | "YMn", [year, month, day]) | ("nnY" | "nMY", [day, month, year]) | ("MnY", [month, day, year])
            ):
                return self._date(year, month, day)
            case "nnn" | "nMn", [day, month, year] if len(parts[2]) == 2:
                return self._date(self._century(year), month, day)
            case "nM", [day, month]:
                return self._date(self.today.year, month, day)
            case "nn", [day, month] if month <= 12 or day > 12:
                return self._date(self.today.year, month, day)
            case "nn" | "Mn", [month, other]:
                raise self._two_ways(month, other)
        raise self.unreadable()

    def _named_month(self, word: str) -> int:
        """1 to 12, from three letters or more of a month's name in either language."""
        for names in _MONTHS.values():
            for number, name in enumerate(names, start=1):
                if len(word) >= 3 and name.startswith(word):
                    return number
        raise self.unreadable()

    def _century(self, two_digits: int) -> int:
        """The one year with these last digits from 98 years ago to next year."""
        latest = self.today.year + 1
        return latest - (latest - two_digits) % 100

    def _date(self, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        """The date, if it exists; None stands for a part that was not typed."""
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise self.refused(f"{self.text}: the year {year} cannot be right.")
        if month is None:
            return PartialDate(year)
        if not 1 <= month <= 12:
            raise self.refused(f"{self.text}: there is no month {month}. The day comes before the month.")
        if day is None:
            return PartialDate(year, month)
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            raise self.refused(f"{self.text}: {write_date(PartialDate(year, month), self.desk)} has no day {day}.")
        return PartialDate(year, month, day)

    def _two_ways(self, month: int, other: int) -> TrialError:
        """The refusal of "03/26" and "mar 26", where the second number may be the day or the year."""
        if not 1 <= month <= 12:
            return self.unreadable()
        year = self._century(other)
        readings, forms = [write_date(PartialDate(year, month), self.desk)], [f"{month}/{year}"]
        if 1 <= other <= calendar.monthrange(self.today.year, month)[1]:
            readings.insert(0, write_date(PartialDate(self.today.year, month, other), self.desk))
            forms.insert(0, f"{other}/{month}")
        return TrialError(f"{self.text} can be read as {' or as '.join(readings)}. Type {' or '.join(forms)} instead.")

    def unreadable(self) -> TrialError:
        """The refusal of what has no shape of a date."""
        return self.refused(f"{self.text} is not a date that can be read here.")

    def refused(self, sentence: str) -> TrialError:
        """A refusal that ends with examples of what can be typed."""
        example = write_date(PartialDate(self.today.year, 3, 12), self.desk)
        return TrialError(f"{sentence} Type for instance 12/3/{self.today.year}, {example}, 3/{self.today.year} or -3.")
