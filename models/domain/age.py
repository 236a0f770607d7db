"""Age in whole years, as it is counted in law and on every form: it changes on the birthday."""

from datetime import date

from models.domain.partial_dates import PartialDate


def whole_years(born: date, day: date) -> int:
    """The age on a day; below zero where the day lies before the birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def possible_ages(born: PartialDate, day: PartialDate) -> range | None:
    """The ages that two perhaps partial dates allow; None where one of them is not known at all."""
    if born.earliest is None or born.latest is None or day.earliest is None or day.latest is None:
        return None
    return range(whole_years(born.latest, day.earliest), whole_years(born.earliest, day.latest) + 1)
