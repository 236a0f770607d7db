"""What a protocol file says, once read and checked.

Every window, limit and rule that a trial may state differently is here as data; nothing about one trial is in the code.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple


class Drug(NamedTuple):
    """A study drug or backbone drug: its code (used in exposure and causality), name, dose unit and dose steps.

    `ladder` is the list of dose levels from full dose downwards, in `unit`. `cap` is the most that may be given, in
    `cap_unit`, where the dose is reckoned by body surface. `continuous_infusion` drugs are counted in infusion days
    delivered: `infusion_days` are planned per cycle, a pause of up to `same_cycle_gap_days` stays within the cycle, and
    `restart_dose` is where the label restarts after a grade 3 event. None of these numbers is an order.
    """

    code: str
    name: str
    unit: str
    route: str
    frequency: str
    ladder: tuple[Decimal, ...] = ()
    continuous_infusion: bool = False
    causality: bool = True
    cap: Decimal | None = None
    cap_unit: str = ""
    infusion_days: int = 0
    same_cycle_gap_days: int | None = None
    restart_dose: Decimal | None = None
    source: str = ""


class PlannedDose(NamedTuple):
    """What a phase prescribes of a drug: dose, and the days of the phase (day 1 = first day of the phase).

    `from_age` and `under_age` (years at the start of treatment) restrict a dose to an age group; None is no limit.
    """

    drug: str
    dose: Decimal
    first_day: int
    last_day: int
    from_age: int | None = None
    under_age: int | None = None


class Phase(NamedTuple):
    """A phase or cycle. `cycle` is 0 for a phase that is not a numbered cycle; `days` is 0 where it has no fixed end.

    `treatment` is false for a phase after protocol treatment (follow-up): when such a phase begins, treatment phases
    that have not begun are no longer expected.
    """

    code: str
    label: str
    short_label: str
    days: int
    cycle: int = 0
    optional: bool = False
    doses: tuple[PlannedDose, ...] = ()
    treatment: bool = True


class VisitPlan(NamedTuple):
    """A planned visit: when, how far it may drift, what it collects.

    The target is day `day` of phase `anchor` as it really began (day 1 = first day of the phase; negative days lie
    before it and there is no day 0). The window runs from `before` days before the target to `after` days after it.
    `starts_phase` names the phase that begins at this visit, "" if none. `collects` are codes of `PIECES`.
    `landmark` marks a response assessment time point (a row of the response table).
    """

    code: str
    label: str
    anchor: str
    day: int
    before: int
    after: int
    collects: tuple[str, ...]
    specimens: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    starts_phase: str = ""
    landmark: bool = False
    optional: bool = False
    note: str = ""


PIECES: dict[str, str] = {
    "lab": "Laboratory",
    "vitals": "Vital signs and ECOG",
    "mrd": "MRD",
    "assessment": "Response assessment",
    "mutation": "ABL1 mutation test",
    "lesions": "Copy-number calls",
    "lumbar_puncture": "Lumbar puncture",
    "adverse_events": "Adverse events reviewed",
    "exposure": "Doses reviewed",
    "phase": "Phase or cycle start",
}
"""What a visit can collect: code -> words shown."""


class Criterion(NamedTuple):
    """One eligibility criterion. Inclusion criteria must be met, exclusion criteria must not.

    A criterion with a `limit` compares a typed value (`comparison` one of "<=", ">=", "<", ">") in `unit`.
    """

    code: str
    text: str
    exclusion: bool
    waivable: bool = False
    limit: Decimal | None = None
    comparison: str = ""
    unit: str = ""


class ReportingClock(NamedTuple):
    """A deadline that starts when the site becomes aware of an event of a certain sort (a code of `CLOCK_EVENTS`).

    `responsible` is "site" or "sponsor": a sponsor's clock starts when the sponsor holds the minimum case data, and is
    shown for information. `follow_up_hours` more are allowed for the complete follow-up report.
    """

    code: str
    label: str
    hours: int
    applies_to: str
    responsible: str = "site"
    follow_up_hours: int = 0

    def deadline(self, aware: datetime) -> datetime:
        """Until when an event has to be reported of which the site became aware at that moment."""
        return aware + timedelta(hours=self.hours)


CLOCK_EVENTS: dict[str, str] = {
    "serious": "serious adverse event",
    "susar": "suspected unexpected serious adverse reaction",
    "susar-fatal": "suspected unexpected serious adverse reaction, fatal or life-threatening",
}
"""The sorts of event that start a clock: code -> words shown."""


class Endpoint(NamedTuple):
    """How an endpoint is counted: population, start, events, censoring, transplant handling; read by the statistics.

    Each value is a code of the vocabularies below. `landmark` is the visit by which complete remission must be reached
    where "no-remission" is an event, and `no_remission_at` says on which date that event then falls. `confirmed` lets a
    loss of molecular response and a molecular relapse count only where the next sample confirms them.
    """

    code: str
    label: str
    population: str
    start: str
    events: tuple[str, ...]
    censoring: str
    transplant: str
    competing: tuple[str, ...] = ()
    landmark: str = ""
    no_remission_at: str = ""
    confirmed: bool = False


POPULATIONS: dict[str, str] = {
    "enrolled": "all enrolled patients",
    "remission": "patients in complete haematologic remission",
    "molecular-response": "patients who reached molecular response",
}
"""Who enters an endpoint: code -> words shown."""

STARTS: dict[str, str] = {
    "enrolment": "date of enrolment",
    "day-one": "first day of treatment (study day 1)",
    "remission": "date of complete haematologic remission",
    "molecular-response": "date of first molecular response",
}
"""When an endpoint's time starts: code -> words shown."""

EVENTS: dict[str, str] = {
    "death": "death from any cause",
    "death-without-relapse": "death without relapse",
    "relapse": "relapse at any site",
    "no-remission": "no complete haematologic remission by the landmark",
    "molecular-response": "first molecular response",
    "molecular-loss": "loss of molecular response",
    "molecular-relapse": "molecular relapse",
}
"""What ends an endpoint's time, or competes: code -> words shown."""

CENSORINGS: dict[str, str] = {
    "last-alive": "last date known alive",
    "last-assessment": "last response assessment",
    "last-mrd": "last MRD sample",
}
"""Where the time of a patient without an event ends: code -> words shown."""

TRANSPLANT_HANDLING: dict[str, str] = {
    "not-censored": "not censored at transplant",
    "censored": "censored at transplant",
}
"""What a transplant does to an endpoint's time: code -> words shown."""

NO_REMISSION_DATES: dict[str, str] = {
    "day-one": "study day 1",
    "landmark": "the landmark visit",
}
"""On which date a patient without remission has the event: code -> words shown."""


class MrdSettings(NamedTuple):
    """The MRD rule set that the protocol names, and the numbers it leaves to the site or the laboratory.

    `response_classes` are the classes that count as molecular response. Percentages are ratios times one hundred.
    `quantifiable_limit` is None where only the laboratory's own flag decides. `mutation_test_at_relapse` asks for an
    ABL1 mutation test at a relapse in marrow or blood.
    """

    rule_set: str
    version: str
    source: str
    specimen: str
    control_gene: str
    minimum_control_copies: int
    quantifiable_limit: Decimal | None
    response_classes: tuple[str, ...]
    rise_log: Decimal
    european_threshold: Decimal
    sustained_time_points: int = 2
    mutation_test_at_relapse: bool = False


class Analysis(NamedTuple):
    """How the cohort is counted, where trials differ.

    `months` are those at which rates are stated. `age_bands` are the ages (years) at which a new band begins.
    `landmark_sample` (a code of `LANDMARK_SAMPLES`) says which of several samples stands for a landmark.
    """

    months: tuple[int, ...] = (12, 18, 24, 48)
    age_bands: tuple[int, ...] = (45, 65)
    landmark_sample: str = "nearest"


LANDMARK_SAMPLES: dict[str, str] = {
    "nearest": "the evaluable one nearest to the planned day, the later of two as near",
    "deepest": "the evaluable one with the deepest response, the later of two as deep",
    "first": "the first evaluable one",
    "last": "the last evaluable one",
}
"""Which sample of a window stands for the landmark: code -> words shown."""


class Monitoring(NamedTuple):
    """A stopping rule that is watched while patients come in; information, never an order.

    `watches` is a code of `WATCHED`, `method` one of `BOUNDARIES`. Rates and probabilities are fractions.
    `limit` is the rate of toxicity that is too high, or of response that is too low; `target` the rate of response
    worth going on for (Simon's design only). `alpha` is the error allowed by an exact test and `beta` the second one of
    Simon's design, which `design` names; `certainty` is the posterior probability that stops, from the prior
    Beta(`prior`). A boundary is read from `first_look` patients up to `patients`.
    An event counts as toxicity from grade `grade` on, where it is related to one of `drugs` (any cause if empty) and
    began in one of `phases` (any if empty); patients count who began one of those phases, or a phase that prescribes
    one of the drugs. `landmark` is the visit at which response is read.
    """

    code: str
    label: str
    watches: str
    method: str
    limit: Decimal
    patients: int
    first_look: int = 1
    target: Decimal | None = None
    alpha: Decimal | None = None
    beta: Decimal | None = None
    design: str = ""
    certainty: Decimal | None = None
    prior: tuple[Decimal, ...] = ()
    grade: int = 3
    drugs: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    landmark: str = ""
    source: str = ""


WATCHED: dict[str, str] = {
    "toxicity": "with a toxicity",
    "response": "in molecular response",
}
"""Which patients a stopping rule counts: code -> words shown."""

BOUNDARIES: dict[str, str] = {
    "binomial": "exact binomial test at every patient",
    "beta-binomial": "Bayesian beta-binomial",
    "simon": "Simon's two-stage design",
}
"""How a stopping rule is reckoned: code -> words shown."""

SIMON_DESIGNS = ("optimal", "minimax")


class Setting(NamedTuple):
    """A value that the facts leave uncertain, with the sentence that says so; shown on the Protocol page."""

    name: str
    value: str
    note: str


class Protocol(NamedTuple):
    """A protocol as the study was made with it. `source_text` is the file's own text, kept with the study."""

    id: str
    version: str
    acronym: str
    title: str
    sponsor: str
    registry_ids: tuple[str, ...]
    day_one_phase: str
    ctcae_version: str
    ikzf1_rule: str
    drugs: tuple[Drug, ...]
    phases: tuple[Phase, ...]
    visits: tuple[VisitPlan, ...]
    criteria: tuple[Criterion, ...]
    mrd: MrdSettings
    clocks: tuple[ReportingClock, ...]
    endpoints: tuple[Endpoint, ...]
    panels: dict[str, tuple[str, ...]]
    settings: tuple[Setting, ...] = ()
    closing_days: int = 3
    idle_lock_minutes: int = 10
    primary_landmark: str = ""
    analysis: Analysis = Analysis()
    monitoring: tuple[Monitoring, ...] = ()
    source_text: str = ""

    def phase(self, code: str) -> Phase | None:
        """The phase of that code, None if the protocol has none."""
        return next((p for p in self.phases if p.code == code), None)

    def visit(self, code: str) -> VisitPlan | None:
        """The planned visit of that code, None if the protocol has none."""
        return next((v for v in self.visits if v.code == code), None)

    def drug(self, code: str) -> Drug | None:
        """The drug of that code, None if the protocol has none."""
        return next((d for d in self.drugs if d.code == code), None)
