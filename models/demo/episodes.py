"""Adverse events as they ran: what doses, laboratory values and the event records of one patient all follow from."""

from dataclasses import dataclass

from models.demo.plan import EventPlan
from models.demo.timeline import Case, Timeline


@dataclass(frozen=True, slots=True)
class Episode:
    """One adverse event. `grades` are pairs of first day and grade; `ended` is None while it goes on.

    `paused` is the first and last day of the interruption of the drug, the last None where it still lasts.
    """

    plan: EventPlan
    began: int
    ended: int | None
    grades: tuple[tuple[int, int], ...]
    paused: tuple[int, int | None] | None

    @property
    def worst_day(self) -> int:
        """The first day of the highest grade."""
        worst = max(grade for _, grade in self.grades)
        return next(day for day, grade in self.grades if grade == worst)

    def value(self, test: str, day: int) -> str | None:
        """What the laboratory would find on a day during the event, None where it has no bearing on the test."""
        if test != self.plan.lab or day < self.began or (self.ended is not None and day > self.ended):
            return None
        held = [value for (since, _), value in zip(self.grades, self.plan.values, strict=True) if since <= day]
        return held[-1]


def episodes(case: Case, days: Timeline) -> list[Episode]:
    """The adverse events of a patient's role on real days, oldest first."""
    found = [_episode(case, days, event, cycle) for event, cycle in case.role.events]
    return sorted(found, key=lambda episode: episode.began)


def _episode(case: Case, days: Timeline, event: EventPlan, cycle: int) -> Episode:
    rng = case.rng
    offset = rng.randint(*event.days)
    if event.phase == "today":
        began = case.today - offset
    else:
        anchor = {"cycle": f"blina-{cycle}", "post": "post"}.get(event.phase, "induction")
        began = days.phases[anchor].began + offset - 1
    lasts = rng.randint(*event.lasts)
    last_known = min(d for d in (days.death, days.relapse, case.today) if d is not None)
    ended = None if event.ongoing or began + lasts > last_known else began + lasts
    steps = len(event.grades)
    grades = tuple((began + lasts * n // (steps + 1), grade) for n, grade in enumerate(event.grades))
    grades = tuple((day, grade) for day, grade in grades if day <= last_known)
    return Episode(event, began, ended, grades, _pause(case, event, grades))


def _pause(case: Case, event: EventPlan, grades: tuple[tuple[int, int], ...]) -> tuple[int, int | None] | None:
    """The drug is held from the day on which the event was worst."""
    if event.pause is None:
        return None
    worst = max(grade for _, grade in grades)
    first = next(day for day, grade in grades if grade == worst)
    last = first + case.rng.randint(*event.pause) - 1
    return first, last if last < case.today - 1 else None
