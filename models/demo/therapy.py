"""Treatment of one patient as it really ran: phases, doses with their interruptions, transplant, other medicines."""

from collections.abc import Iterator

from models.demo.episodes import Episode
from models.demo.timeline import Case, Span, Timeline
from models.demo.values import on, quantity, weighted
from models.records.kind import Record
from models.records.treatment import Exposure, Medication, PhaseRun, Transplant

Change = tuple[int, str, str]
"""From a day on: the dose (as text) and the reason for it."""


def phases(days: Timeline) -> Iterator[Record]:
    """The phases and cycles."""
    for code, span in days.phases.items():
        yield PhaseRun(
            phase=code,
            began=on(span.began),
            ended=on(span.ended) if span.ended is not None else None,
            end_reason=span.reason,
        )


def doses(case: Case, days: Timeline, episodes: list[Episode]) -> Iterator[Record]:
    """Every drug over its days, a row a dose."""
    yield from _prednisone(days)
    yield from _dasatinib(case, days, episodes)
    for code, span in days.phases.items():
        if code.startswith("blina-"):
            yield from _blinatumomab(case, span, episodes)


def _rows(drug: str, unit: str, changes: list[Change], last: int | None) -> Iterator[Record]:
    """Dose rows from the days on which the dose changed; `last` is None while the drug goes on."""
    for number, (day, dose, reason) in enumerate(changes):
        following = changes[number + 1][0] - 1 if number + 1 < len(changes) else last
        yield Exposure(
            drug=drug,
            dose=quantity(dose, unit),
            began=on(day),
            ended=on(following) if following is not None else None,
            reason=reason,
        )


def _prednisone(days: Timeline) -> Iterator[Record]:
    first, day_one = days.phases["prephase"].began, days.induction
    last = steroid_ends(days)
    changes = [(first, "60", "PLANNED"), (day_one + 24, "30", "PROTOCOL"), (day_one + 28, "15", "PROTOCOL")]
    yield from _rows("prednisone", "mg/m²/day", [c for c in changes if c[0] <= last], last)


def steroid_ends(days: Timeline) -> int:
    """The last day of prednisone: off by day 31, or where induction ended before."""
    stopped = days.phases["induction"].ended
    return days.induction + 30 if stopped is None else min(days.induction + 30, stopped)


def _dasatinib(case: Case, days: Timeline, episodes: list[Episode]) -> Iterator[Record]:
    start, rng = days.induction, case.rng
    last = _last_dasatinib(case, days, episodes)
    changes: list[Change] = [(start, "140", "PLANNED")]
    if case.role.age >= 72 and "blina-1" in days.phases:
        changes.append((days.phases["blina-1"].began, "100", "PHYSICIAN DECISION"))
    held = [e for e in episodes if e.plan.drug == "dasatinib" and e.paused is not None]
    for episode in held:
        changes = _held(changes, episode)
    if not held and rng.random() < 0.12:
        missed = start + rng.randint(20, 80)
        changes = [c for c in changes if c[0] < missed]
        reason = rng.choice(("MISSED", "LOGISTICS"))
        changes += [(missed, "0", reason), (missed + rng.randint(1, 4), changes[-1][1], "PLANNED")]
    if last is not None:
        changes = [c for c in changes if c[0] <= last]
    yield from _rows("dasatinib", "mg", changes, last)


def _held(changes: list[Change], episode: Episode) -> list[Change]:
    """The dose held for an event and taken up again, at the same dose or lower."""
    if episode.paused is None:
        return changes
    first, last = episode.paused
    reason = "LABORATORY" if episode.plan.lab else "ADVERSE EVENT"
    before = [c for c in changes if c[0] < first]
    later = [c for c in changes if last is not None and c[0] > last + 1]
    found = [*before, (first, "0", reason)]
    if last is not None:
        dose = episode.plan.then or before[-1][1]
        found.append((last + 1, dose, reason if episode.plan.then else "PLANNED"))
    return found + [c for c in later if int(c[1]) < int(found[-1][1])]


def _last_dasatinib(case: Case, days: Timeline, episodes: list[Episode]) -> int | None:
    withdrawn = [e.worst_day for e in episodes if e.plan.drug == "dasatinib" and e.plan.action == "DRUG WITHDRAWN"]
    if withdrawn:
        return withdrawn[0]
    if days.transplant is not None:
        return days.transplant - 7
    if days.relapse is not None:
        return days.relapse
    if days.treatment_ended is None or _kinase_inhibitor(case) == "dasatinib":
        return days.left
    return days.treatment_ended


def _kinase_inhibitor(case: Case) -> str:
    """What a patient takes after treatment without transplant: mostly dasatinib, some ponatinib, a few imatinib."""
    if any(event.phase == "post" for event, _ in case.role.events):
        return "dasatinib"  # what such an event is put down to
    if case.role.mutation:
        return "ponatinib"
    return ("dasatinib", "dasatinib", "dasatinib", "ponatinib", "dasatinib", "imatinib")[case.role.number % 6]


def _blinatumomab(case: Case, span: Span, episodes: list[Episode]) -> Iterator[Record]:
    """Twenty-eight days of infusion; after an interruption 9 µg a day for a week, then 28 again."""
    last: int | None = span.began + 27
    changes: list[Change] = [(span.began, "28", "PLANNED")]
    for episode in episodes:
        held = episode.paused
        if episode.plan.drug != "blinatumomab" or held is None or not span.began <= held[0] <= span.began + 27:
            continue
        paused_until = held[1] if held[1] is not None else held[0]
        changes += [
            (held[0], "0", "ADVERSE EVENT"),
            (paused_until + 1, "9", "ADVERSE EVENT"),
            (paused_until + 8, "28", "PLANNED"),
        ]
        last = span.began + 27 + paused_until - held[0] + 1
    if last is not None and last >= case.today:
        last = None
    yield from _rows("blinatumomab", "µg/day", changes, last)


def transplant(case: Case, days: Timeline) -> Iterator[Record]:
    """The transplant in first remission."""
    if days.transplant is None:
        return
    rng = case.rng
    engrafted = days.transplant + rng.randint(13, 24)
    yield Transplant(
        done=on(days.transplant),
        donor=weighted(rng, ("UNRELATED", 0.45), ("SIBLING", 0.31), ("HAPLO", 0.2), ("CORD", 0.04)),
        conditioning="REDUCED" if case.role.age > 55 else "MYELOABLATIVE",
        remission="CR1",
        engrafted=on(engrafted) if engrafted <= case.today else None,
    )


def medication(case: Case, days: Timeline) -> Iterator[Record]:
    """Prophylaxis through treatment, and the kinase inhibitor after it where it is not dasatinib."""
    end = days.treatment_ended
    yield _medicine("Allopurinol", "Tumour lysis", "300", "mg", "once daily", case.first, case.first + 13)
    yield _medicine("Co-trimoxazole", "Pneumocystis", "960", "mg", "three times a week", days.induction + 10, end)
    yield _medicine("Aciclovir", "Herpes viruses", "400", "mg", "twice daily", days.induction, end)
    cycles = [span for code, span in days.phases.items() if code.startswith("blina-")]
    if cycles:
        last = cycles[-1].began + 27
        yield _medicine(
            "Levetiracetam",
            "Seizures",
            "500",
            "mg",
            "twice daily",
            cycles[0].began,
            last if last < case.today else None,
        )
    for span in cycles:
        yield _medicine("Dexamethasone", "Before blinatumomab", "20", "mg", "once", span.began, span.began)
    inhibitor = _kinase_inhibitor(case)
    if end is not None and "post" in days.phases and days.transplant is None and inhibitor != "dasatinib":
        began = days.phases["post"].began
        dose = "30" if inhibitor == "ponatinib" else "400"
        stopped = days.relapse or days.death
        yield _medicine(
            inhibitor.capitalize(), "Ph-positive ALL", dose, "mg", "once daily", began, stopped, prophylaxis=False
        )
    if days.transplant is not None:
        stopped = days.death or (days.transplant + 180 if days.transplant + 180 < case.today else None)
        began = days.transplant - 1
        yield _medicine("Ciclosporin", "Graft-versus-host disease", "2", "mg/kg", "twice daily", began, stopped)


def _medicine(
    name: str,
    purpose: str,
    dose: str,
    unit: str,
    often: str,
    began: int,
    ended: int | None,
    *,
    prophylaxis: bool = True,
) -> Medication:
    return Medication(
        name=name,
        indication=purpose,
        dose=quantity(dose, unit),
        frequency=often,
        route="oral",
        began=on(began),
        ended=on(ended) if ended is not None else None,
        ongoing=ended is None,
        prophylaxis=prophylaxis,
    )
