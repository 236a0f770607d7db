"""Sign-ins that failed: how long an account waits after them, and what the audit trail has yet to hear of.

After the fifth failure in a row each further one doubles the wait, up to a quarter of an hour. Nobody is locked out for
good: the wait passes by itself, an administrator can lift it, and where the clock was set back it begins anew by that
clock, which neither ends it nor lengthens it beyond the longest one.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from models.domain.date_notation import write_moment
from models.domain.errors import TrialError
from models.domain.notation import Desk

FREE_FAILURES = 5
LONGEST_WAIT = timedelta(minutes=15)
MOMENTS_KEPT = 200
_ROUNDING_UP = timedelta(microseconds=999_999)
"""To the full second at which the wait is certainly over."""


class Attempts(NamedTuple):
    """The failures since the last success, the wait that follows from them, and the failures nobody was told of yet.

    `pending` keeps the moments of the newest 200 of `pending_count` failures that are not yet in the audit trail.
    """

    failures: int = 0
    blocked_until: datetime | None = None
    pending: tuple[datetime, ...] = ()
    pending_count: int = 0

    def refuse_while_blocked(self, now: datetime) -> None:
        """Raise TrialError with the time at which the wait ends, if it has not."""
        until = self.blocked_until
        if until is not None and now < until:
            end = write_moment(until.astimezone(now.tzinfo) + _ROUNDING_UP, Desk.ENGLISH, seconds=True)
            raise TrialError(f"Too many failed sign-ins. Wait until {end}, or ask an administrator to lift the block.")

    def by_clock(self, now: datetime) -> "Attempts":
        """The same by the clock of now: a wait that would end later than any can is of another one, and begins anew."""
        if self.blocked_until is None or self.blocked_until <= now + LONGEST_WAIT:
            return self
        return self._replace(blocked_until=now + _wait(self.failures))

    def failed(self, now: datetime) -> "Attempts":
        """One more failure."""
        failures = self.failures + 1
        return Attempts(
            failures,
            now + _wait(failures) if failures >= FREE_FAILURES else None,
            (*self.pending, now)[-MOMENTS_KEPT:],
            self.pending_count + 1,
        )

    def cleared(self) -> "Attempts":
        """After a success, or when an administrator lifts the block. What the audit trail has to hear of stays."""
        return self._replace(failures=0, blocked_until=None)

    def reported(self, moments: tuple[datetime, ...], number: int) -> "Attempts":
        """Without the failures that the audit trail now holds; those that came meanwhile stay."""
        left = tuple(moment for moment in self.pending if moment not in moments)
        return self._replace(pending=left, pending_count=max(self.pending_count - number, len(left)))


NO_FAILURES = Attempts()


def _wait(failures: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(failures, 32)), LONGEST_WAIT)
