"""What a patient of the demo cohort can be: one role each.

A role fixes what is counted (age, transcript, cycles, the class of each landmark sample, relapse, mutation, transplant,
death, adverse events); dates, values and everything else of a patient follow from it later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.demo.plan import EventPlan, RelapsePlan

AWAITED = "awaited"
MISSING = "missing"


@dataclass(slots=True)
class Role:
    """One patient's part. It is filled in while the roles are dealt, and only read afterwards.

    `lead` is how many days before today the pre-phase began. `ended` is why protocol treatment ended ("" while it goes
    on). `landmarks` maps a visit to the class of its marrow sample: a class of the MRD rules, "missing" where there was
    none, or "awaited". `depth` is how well the patient responds among the others. `today` names what the desk has to do
    about this patient now, `part` what else sets the patient apart. `events` are pairs of event and cycle.
    """

    number: int
    cycles: int = 0
    ended: str = "COMPLETED"
    remission: bool = True
    relapse: RelapsePlan | None = None
    mutation: str = ""
    transplant: bool = False
    transplant_death: bool = False
    today: str = ""
    part: str = ""
    sex: str = "M"
    age: int = 0
    transcript: str = ""
    ikzf1: str = ""
    white_cells: int = 0
    lead: int = 0
    depth: float = 0.0
    landmarks: dict[str, str] = field(default_factory=dict)
    events: list[tuple[EventPlan, int]] = field(default_factory=list)

    @property
    def under_treatment(self) -> bool:
        """Whether protocol treatment still goes on today."""
        return not self.ended


ON_TREATMENT: Mapping[str, tuple[int, int]] = {
    "result awaited, cycle 2": (2, 46),
    "in cycle 3": (3, 20),
    "closing, cycle 3": (3, 48),
    "overdue, cycle 3": (3, 53),
    "result awaited, cycle 4": (4, 45),
}
"""Patients who are in the middle of treatment today: cycle, and the day of that cycle.

Where the cycle would have begun on a day off, it began on the next workday, and today is that much earlier in it.
"""

FOLLOW_UP_TODAY = ("overdue", "overdue", "rising", "rising", "twice in a day")
"""What else the desk finds today, about patients in follow-up."""

QUESTIONS = ("laboratory", "molecular", "vitals", "visit", "event", "medication")
"""Doubtful records that were saved and are still asked about, one patient each."""
