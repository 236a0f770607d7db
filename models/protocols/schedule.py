"""The visit schedule: targets and windows from the phases as they really began, and where every visit stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from models.domain.findings import Finding, warning
from models.domain.partial_dates import PartialDate
from models.protocols.model import Phase, Protocol, VisitPlan


class VisitState(Enum):
    """Where a visit stands; the value is the word shown."""

    NOT_REACHED = "not reached"
    PLANNED = "planned"
    OPEN = "open"
    CLOSING = "closing"
    OVERDUE = "overdue"
    DONE_IN_WINDOW = "done in window"
    DONE_OUT_OF_WINDOW = "done out of window"
    DONE = "done, window cannot be told"
    MISSED = "missed"
    SKIPPED = "skipped"
    NOT_TAKEN = "not taken"
    CANCELLED = "cancelled"
    UNSCHEDULED = "unscheduled"


DONE_STATES = frozenset({VisitState.DONE_IN_WINDOW, VisitState.DONE_OUT_OF_WINDOW, VisitState.DONE})
"""The states of a planned visit that took place."""

DUE_STATES = frozenset({VisitState.OPEN, VisitState.CLOSING, VisitState.OVERDUE})
"""The states in which the site has something to do now."""


class ActualVisit(NamedTuple):
    """A visit as the record holds it.

    `code` is the planned visit it belongs to, or anything else for an unscheduled one. `status` is a code of
    `VISIT_STATUS`. `key` is the record's id, handed back so that the caller finds its record again.
    """

    code: str
    date: PartialDate | None
    status: str = "DONE"
    reason: str = ""
    key: int = 0


class Stop(NamedTuple):
    """That something ended for good: on which day, as far as it is known, and why, in words ("death", "transplant").

    That it ended holds whatever is known of the day: where nobody can tell whether a window closed before, nobody is
    asked for its visit.
    """

    day: PartialDate
    reason: str

    def before_end_of(self, window: date) -> bool:
        """Whether it can have ended by the last day of a window."""
        return self.day.earliest is None or self.day.earliest <= window


class PlannedVisit(NamedTuple):
    """One visit: what the protocol plans and what happened.

    `plan` is None for an unscheduled visit. `target`, `opens` and `closes` are None while the phase it is anchored on
    has not begun or began on a day not fully known. `actual` holds every record of the visit, earliest first.
    `deviation_days` is 0 inside the window, positive the days after it closed, negative the days before it opened; of a
    partial date the least it can be. `reason` is a sentence that explains the state where the dates do not.
    """

    code: str
    label: str
    plan: VisitPlan | None
    target: date | None
    opens: date | None
    closes: date | None
    state: VisitState
    actual: tuple[ActualVisit, ...] = ()
    deviation_days: int = 0
    reason: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def date(self) -> PartialDate | None:
        """The date the visit took place, else the first date that a record of it carries."""
        first = None
        for each in self.actual:
            if each.date and each.status == "DONE":
                return each.date
            first = first or each.date
        return first

    @property
    def took_place(self) -> bool:
        """Whether a record says that it did."""
        return any(a.status == "DONE" for a in self.actual)

    @property
    def record(self) -> ActualVisit | None:
        """The record that the state follows from: the first that says that the visit took place, else the first."""
        return next((a for a in self.actual if a.status == "DONE"), self.actual[0] if self.actual else None)


def study_day(day: date, day_one: date) -> int:
    """The study day of a date: the first day is 1 and the day before it is -1 (CDISC: there is no day 0)."""
    distance = (day - day_one).days
    return distance + 1 if distance >= 0 else distance


def day_date(day: int, day_one: date) -> date:
    """The date of a study day, the inverse of `study_day`; day 0 does not exist and raises ValueError."""
    return day_one + timedelta(days=_after_day_one(day))


def _after_day_one(day: int) -> int:
    if day == 0:
        raise ValueError("there is no study day 0")
    return day - 1 if day > 0 else day


def plan(
    protocol: Protocol,
    *,
    phases_started: Mapping[str, PartialDate],
    visits: Iterable[ActualVisit],
    today: date,
    ended: Stop | None = None,
    treatment_ended: Stop | None = None,
    consented: PartialDate | None = None,
) -> tuple[PlannedVisit, ...]:
    """Every planned visit of the protocol once, and every unscheduled one, in the order of their dates.

    Source: the protocol file for days and windows; CDISC's study day for the counting.
    `phases_started` maps phase code -> the day it really began. `ended` is death or leaving the study: visits whose
    window had not closed by then are cancelled. `treatment_ended` is the end of protocol treatment (transplant,
    relapse) while the patient stays in follow-up; the beginning of a phase that is no treatment says the same. The
    visits of a phase that was passed over are cancelled: what is owed is to say why, and that is asked once (`gaps`).
    Visits without any date come last, in the order of the protocol.
    """
    course = _Course(protocol, phases_started, today, ended, treatment_ended, consented)
    by_code: dict[str, list[ActualVisit]] = {}
    for actual in visits:
        by_code.setdefault(actual.code, []).append(actual)
    rows = [course.planned(visit, _earliest_first(by_code.pop(visit.code, ()))) for visit in protocol.visits]
    rows += [course.unscheduled(actual) for others in by_code.values() for actual in others]
    return tuple(sorted(rows, key=_when))


def passed_over(protocol: Protocol, begun: Collection[str]) -> tuple[Phase, ...]:
    """The phases of treatment without a beginning, though a later one has begun; `begun` are the codes that have.

    What comes before study day 1 may have been given elsewhere and is never among them.
    """
    from_day_one = [phase.code for phase in protocol.phases].index(protocol.day_one_phase)
    treatment = [phase for phase in protocol.phases[from_day_one:] if phase.treatment]
    last = max((number for number, phase in enumerate(treatment) if phase.code in begun), default=0)
    return tuple(phase for phase in treatment[:last] if phase.code not in begun)


def due(
    protocol: Protocol,
    *,
    phases_started: Mapping[str, PartialDate],
    recorded: Collection[str],
    today: date,
    ended: Stop | None = None,
    treatment_ended: Stop | None = None,
) -> tuple[PlannedVisit, ...]:
    """The visits of `plan` that ask for something now, without the others: a list over all patients needs no more.

    `recorded` are the codes of the visits of which there is a record: whatever it says, nothing more is asked of them.
    """
    course = _Course(protocol, phases_started, today, ended, treatment_ended, None)
    rows = (course.due(visit) for visit in protocol.visits if visit.code not in recorded)
    return tuple(sorted((row for row in rows if row), key=_when))


def _earliest_first(actual: Sequence[ActualVisit]) -> tuple[ActualVisit, ...]:
    if len(actual) < 2:
        return tuple(actual)
    return tuple(sorted(actual, key=lambda a: (a.date and a.date.earliest) or date.max))


def _when(row: PlannedVisit) -> date:
    day = row.date
    return (day and day.earliest) or row.target or date.max


def soonest(stops: Iterable[Stop]) -> Stop | None:
    """The one that ended first; one of which the day is known goes before one of which it is not."""
    return min(stops, key=lambda stop: stop.day.latest or date.max, default=None)


class _Course:
    """One patient's course so far, against which each visit is read."""

    def __init__(
        self,
        protocol: Protocol,
        phases_started: Mapping[str, PartialDate],
        today: date,
        ended: Stop | None,
        treatment_ended: Stop | None,
        consented: PartialDate | None,
    ) -> None:
        self.protocol = protocol
        self.phases = {phase.code: phase for phase in protocol.phases}
        self.started = phases_started
        self.began = {code: day.full for code, day in phases_started.items()}
        self.today = today
        self.ended = ended
        self.consented = consented
        order = {phase.code: number for number, phase in enumerate(protocol.phases)}
        self.order = order
        self.last_treatment = max(
            (order[code] for code in phases_started if code in order and self.phases[code].treatment), default=-1
        )
        self.passed_over = {phase.code for phase in passed_over(protocol, phases_started)}
        self.treatment_ended = self._end_of_treatment(treatment_ended)

    def _end_of_treatment(self, told: Stop | None) -> Stop | None:
        stops = [told] if told else []
        for code, began in self.started.items():
            phase = self.phases.get(code)
            if phase and not phase.treatment:
                stops.append(Stop(began, f"{phase.label} began"))
        return soonest(stops)

    def unscheduled(self, actual: ActualVisit) -> PlannedVisit:
        return PlannedVisit(
            code=actual.code,
            label="Unscheduled visit",
            plan=None,
            target=None,
            opens=None,
            closes=None,
            state=VisitState.UNSCHEDULED,
            actual=(actual,),
            reason=actual.reason,
            findings=self._findings((actual,)),
        )

    def due(self, visit: VisitPlan) -> PlannedVisit | None:
        """A visit of which nothing is recorded, if it asks for something now."""
        began = self.began.get(visit.anchor)
        if began and (self.today - began).days < _after_day_one(visit.day) - visit.before:
            return None  # its window has not opened: most visits of most patients, told in a fraction of the time
        target, opens, closes = self._window(visit)
        state, reason = self._expected(visit, opens, closes)
        if state not in DUE_STATES:
            return None
        return PlannedVisit(visit.code, visit.label, visit, target, opens, closes, state, reason=reason)

    def planned(self, visit: VisitPlan, actual: tuple[ActualVisit, ...]) -> PlannedVisit:
        target, opens, closes = self._window(visit)
        deviation = 0
        if actual:
            state, deviation, reason = _recorded(actual, opens, closes)
        else:
            state, reason = self._expected(visit, opens, closes)
        return PlannedVisit(
            code=visit.code,
            label=visit.label,
            plan=visit,
            target=target,
            opens=opens,
            closes=closes,
            state=state,
            actual=actual,
            deviation_days=deviation,
            reason=reason,
            findings=self._findings(actual),
        )

    def _window(self, visit: VisitPlan) -> tuple[date, date, date] | tuple[None, None, None]:
        began = self.began.get(visit.anchor)
        if began is None:
            return None, None, None
        try:
            target = day_date(visit.day, began)
            return target, target - timedelta(days=visit.before), target + timedelta(days=visit.after)
        except OverflowError:  # a start mistyped as year 1 or 9999 must not take the page down
            return None, None, None

    def _expected(self, visit: VisitPlan, opens: date | None, closes: date | None) -> tuple[VisitState, str]:
        """Where a visit stands of which nothing is recorded."""
        own = self.phases[visit.starts_phase or visit.anchor]
        if self.ended and (closes is None or self.ended.before_end_of(closes)):
            return VisitState.CANCELLED, f"The patient left the study before the window closed: {self.ended.reason}."
        optional = visit.optional or (own.optional and own.code not in self.started)
        off = VisitState.NOT_TAKEN if optional else VisitState.CANCELLED
        if self.treatment_ended and self._no_longer_expected(visit, own, opens, self.treatment_ended):
            return off, f"Protocol treatment ended: {self.treatment_ended.reason}."
        if own.code in self.passed_over:
            return off, f"{self.protocol.phases[self.last_treatment].label} began without {own.label}."
        if opens is None or closes is None:
            return self._without_window(visit)
        if self.today < opens:
            return VisitState.PLANNED, ""
        if self.today <= closes:
            closing = (closes - self.today).days <= self.protocol.closing_days
            return (VisitState.CLOSING if closing else VisitState.OPEN), ""
        if own.optional and own.code not in self.started:
            return VisitState.NOT_TAKEN, f"{own.label} is optional and did not begin in its window."
        if visit.optional and own.code == visit.anchor:
            return VisitState.NOT_TAKEN, "The visit is optional and was not recorded."
        return VisitState.OVERDUE, "The window has closed and no visit is recorded."

    def _no_longer_expected(self, visit: VisitPlan, own: Phase, opens: date | None, ended: Stop) -> bool:
        """Whether the end of treatment makes the visit pointless.

        Phases that never began are off. Of a phase that did begin, the response assessments are still owed (the marrow
        after the last cycle), other visits only if their window had opened.
        """
        if not own.treatment:
            return False
        if own.code not in self.started:
            return self.order[own.code] > self.last_treatment
        return not visit.landmark and opens is not None and ended.before_end_of(opens - timedelta(days=1))

    def _without_window(self, visit: VisitPlan) -> tuple[VisitState, str]:
        anchor = self.phases[visit.anchor]
        if visit.anchor in self.started:
            return VisitState.NOT_REACHED, f"No window can be counted from the recorded start of {anchor.label}."
        if visit.day < 0 and self.order[visit.anchor] == 0:
            return VisitState.OPEN, f"Due before {anchor.label} begins."
        return VisitState.NOT_REACHED, f"{anchor.label} has not begun."

    def _findings(self, actual: Sequence[ActualVisit]) -> tuple[Finding, ...]:
        if not actual:
            return ()
        found: list[Finding] = []
        took_place = [a for a in actual if a.status == "DONE"]
        if len(took_place) > 1:
            found.append(warning("date", "This visit is recorded more than once.", "visit.twice"))
        for visit in took_place:
            if visit.date is None or visit.date.earliest is None:
                continue
            if self.consented and visit.date.before(self.consented):
                found.append(warning("date", "The visit lies before the informed consent.", "visit.before-consent"))
            if self.ended and self.ended.day.before(visit.date):
                message = f"The visit lies after the patient left the study: {self.ended.reason}."
                found.append(warning("date", message, "visit.after-end"))
        return tuple(found)


def _recorded(actual: tuple[ActualVisit, ...], opens: date | None, closes: date | None) -> tuple[VisitState, int, str]:
    """Where a recorded visit stands, its deviation in days, and the reason given."""
    done = next((a for a in actual if a.status == "DONE"), None)
    if done is None:
        state = VisitState.SKIPPED if actual[0].status == "SKIPPED" else VisitState.MISSED
        return state, 0, actual[0].reason
    first, last = (done.date.earliest, done.date.latest) if done.date else (None, None)
    if first is None or last is None:
        return VisitState.DONE, 0, "The date of the visit is not known."
    if opens is None or closes is None:
        return VisitState.DONE, 0, "The phase that the window is counted from has no full start date."
    if opens <= first and last <= closes:
        return VisitState.DONE_IN_WINDOW, 0, done.reason
    if last < opens:
        return VisitState.DONE_OUT_OF_WINDOW, (last - opens).days, done.reason
    if first > closes:
        return VisitState.DONE_OUT_OF_WINDOW, (first - closes).days, done.reason
    return VisitState.DONE, 0, "The date of the visit is not fully known, and may lie in or out of the window."
