"""How long something lasts, in words."""

from datetime import timedelta


def days_in_words(days: int) -> str:
    """A number of days: "1 day", "12 days"."""
    return "1 day" if days == 1 else f"{days} days"


def duration_words(length: timedelta) -> str:
    """A length of time in whole units, what is begun left out: "30 min", "9 h", and from two days on "3 days"."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def left_words(left: timedelta) -> str:
    """How long a clock still runs, or has run out: "9 h left", "2 days overdue"."""
    return f"{duration_words(-left)} overdue" if left < timedelta(0) else f"{duration_words(left)} left"
