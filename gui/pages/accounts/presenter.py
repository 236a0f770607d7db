"""What the accounts page says of an account."""

from collections.abc import Iterable
from datetime import datetime

from models.domain.codelists import ROLE
from models.domain.date_notation import NO_MOMENT, write_date, write_moment
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.study_types import AccountLine

NEVER = "never"


def day(moment: datetime, desk: Desk) -> str:
    """The day of a moment."""
    return write_moment(moment, desk) if moment == NO_MOMENT else write_date(PartialDate.from_date(moment.date()), desk)


def moment_words(moment: datetime | None, desk: Desk) -> str:
    """Day and time, or that it never was."""
    return write_moment(moment, desk) if moment else NEVER


def role(line: AccountLine) -> str:
    """The role in words."""
    return ROLE.label(line.role)


def state(line: AccountLine, desk: Desk) -> tuple[str, str]:
    """How an account stands, in a few words, and their tone; the gravest comes first."""
    if line.trouble:
        return "needs attention", "urgent"
    if line.closed:
        return f"closed {day(line.closed, desk)}", "neutral"
    if line.blocked_until:
        until = write_moment(line.blocked_until, desk, seconds=True)
        return f"waits until {until} after {line.failures} failures", "due"
    if line.must_change:
        return "has to change the password", "due"
    return "open", "good"


def waiting_key(shown: datetime | None, desk: Desk) -> str:
    """What is to be done about a recovery key that was shown and never taken into use; empty where there is none."""
    if shown is None:
        return ""
    return (
        f"A new recovery key was shown on {write_moment(shown, desk)} and not taken into use, because the study was "
        "locked or the program ended. The former one still opens the study. Destroy what was printed or written of "
        "the new one."
    )


def troubles(lines: Iterable[AccountLine], strangers: Iterable[str]) -> str:
    """What does not fit between the accounts and the keyring, in sentences; empty where all fits."""
    found = [f"{line.name} ({line.login}): {line.trouble}" for line in lines if line.trouble]
    found += [
        f"The keyring has a key for {name}, which is no account of this study and opens nothing. Take the key away."
        for name in strangers
    ]
    return "\n".join(found)
