"""The D-ALBA plan of one patient whose induction began on 5 January 2026, for tests to move about in."""

from datetime import date

from models.domain.partial_dates import PartialDate
from models.domain.resources import RESOURCES
from models.protocols.loading import load_protocol
from models.protocols.model import Protocol
from models.protocols.schedule import ActualVisit, PlannedVisit, Stop, plan

DAY_ONE = date(2026, 1, 5)
LONG_AFTER = date(2030, 1, 1)
DALBA = load_protocol(RESOURCES / "protocols" / "dalba.toml")


def on(day: date) -> PartialDate:
    """A day that is fully known."""
    return PartialDate.from_date(day)


def rows(
    protocol: Protocol = DALBA,
    *visits: ActualVisit,
    today: date = DAY_ONE,
    started: dict[str, date] | None = None,
    ended: date | PartialDate | None = None,
    treatment_ended: date | PartialDate | None = None,
    consented: date | None = None,
) -> dict[str, PlannedVisit]:
    """The plan by visit code; `started` are the phases that began, induction on `DAY_ONE` where nothing is said."""
    phases = {"induction": DAY_ONE} if started is None else started
    planned = plan(
        protocol,
        phases_started={code: on(day) for code, day in phases.items()},
        visits=visits,
        today=today,
        ended=stop(ended, "death"),
        treatment_ended=stop(treatment_ended, "transplant"),
        consented=on(consented) if consented else None,
    )
    return {row.code: row for row in planned}


def stop(day: date | PartialDate | None, reason: str) -> Stop | None:
    """That something ended on that day, None where it did not."""
    if day is None:
        return None
    return Stop(day if isinstance(day, PartialDate) else on(day), reason)


def done(code: str, day: date | PartialDate, key: int = 1) -> ActualVisit:
    """A visit that took place on that day."""
    return ActualVisit(code, day if isinstance(day, PartialDate) else on(day), key=key)
