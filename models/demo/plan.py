"""What the demo cohort is steered towards: the published counts, read from `resources/demo/plan.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.domain.resources import RESOURCES


@dataclass(frozen=True, slots=True)
class Landmark:
    """A response time point: of the patients who began cycle `cycle` (0: all), how many are evaluable and respond."""

    visit: str
    cycle: int
    evaluable: int
    response: int
    complete: int


@dataclass(frozen=True, slots=True)
class RelapsePlan:
    """A relapse: after which cycle treatment had ended and why, where, when; `death` is 0 for a patient who lives."""

    cycles: int
    ended: str
    site: str
    day: int
    death: int
    ikzf1: str


@dataclass(frozen=True, slots=True)
class EventPlan:
    """A kind of adverse event and what it did to the doses of a drug. `values` are results of `lab`, one a grade."""

    term: str
    count: int
    grades: tuple[int, ...]
    phase: str
    days: tuple[int, int]
    lasts: tuple[int, int]
    drug: str
    causality: str
    action: str
    verbatim: str = ""
    pause: tuple[int, int] | None = None
    then: str = ""
    first: bool = False
    serious: tuple[str, ...] = ()
    expected: bool | None = None
    treatment: str = ""
    role: str = ""
    ongoing: bool = False
    lab: str = ""
    values: tuple[str, ...] = ()

    @property
    def severe(self) -> bool:
        """Whether it reaches grade 3."""
        return max(self.grades) >= 3


@dataclass(frozen=True, slots=True)
class Plan:
    """All targets. `started` is how many began cycle 1, 2 ...; `transplants` how many are transplanted after each."""

    patients: int
    female: int
    youngest: int
    median_age: int
    oldest: int
    white_cells_median: int
    screen_failures: int
    first_accrual: int
    last_accrual: int
    transcripts: Mapping[str, int]
    ikzf1: Mapping[str, int]
    started: tuple[int, ...]
    landmarks: tuple[Landmark, ...]
    transplants: Mapping[int, int]
    transplant_death_after: int
    mutations: Mapping[str, int]
    relapses: tuple[RelapsePlan, ...]
    events: tuple[EventPlan, ...]


@cache
def plan() -> Plan:
    """The plan that ships with the program."""
    read = tomllib.loads((RESOURCES / "demo" / "plan.toml").read_text(encoding="utf-8"))
    cohort, accrual, transplants = read["cohort"], read["accrual"], read["transplants"]
    return Plan(
        **cohort,
        first_accrual=accrual["first"],
        last_accrual=accrual["last"],
        transcripts=read["transcripts"],
        ikzf1=read["ikzf1"],
        started=tuple(read["cycles"]["started"]),
        landmarks=tuple(Landmark(**entry) for entry in read["landmarks"]),
        transplants={int(cycle): count for cycle, count in transplants["after"].items()},
        transplant_death_after=transplants["death_after"],
        mutations=read["mutations"],
        relapses=tuple(RelapsePlan(**entry) for entry in read["relapses"]),
        events=tuple(EventPlan(**{key: _fixed(value) for key, value in entry.items()}) for entry in read["events"]),
    )


def _fixed(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    return tuple(value) if isinstance(value, list) else value
