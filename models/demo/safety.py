"""Adverse events of one patient as records, with grades, judgement per drug and what was given for them."""

from collections.abc import Iterator
from datetime import timedelta

from models.demo.episodes import Episode
from models.demo.therapy import steroid_ends
from models.demo.timeline import Case, Timeline
from models.demo.values import moment, month_of, on, quantity
from models.records.kind import Record
from models.records.safety import AdverseEvent, AeDrug, AeGrade
from models.records.treatment import Medication

_DOSES = {
    "Ganciclovir": ("5", "mg/kg", "every 12 hours", "intravenous"),
    "Piperacillin-tazobactam": ("4.5", "g", "every 8 hours", "intravenous"),
    "Meropenem": ("1", "g", "every 8 hours", "intravenous"),
    "Vancomycin": ("1", "g", "every 12 hours", "intravenous"),
    "Furosemide": ("25", "mg", "once daily", "oral"),
    "Sildenafil": ("20", "mg", "three times daily", "oral"),
    "Dexamethasone": ("8", "mg", "every 8 hours", "intravenous"),
    "Paracetamol": ("1", "g", "as needed", "oral"),
    "Ondansetron": ("8", "mg", "twice daily", "oral"),
    "Loperamide": ("2", "mg", "as needed", "oral"),
    "Insulin": ("6", "IU", "with meals", "subcutaneous"),
}


def safety(case: Case, days: Timeline, episodes: list[Episode]) -> Iterator[Record]:
    """Each event followed by its grades, its drugs and the medicine given for it."""
    for episode in episodes:
        event = episode.plan
        yield _event(case, episode)
        for day, grade in episode.grades:
            yield AeGrade(since=on(day), grade=str(grade))
        for drug, causality, action in _drugs(case, days, episode):
            yield AeDrug(drug=drug, causality=causality, action=action)
        if event.treatment in _DOSES:
            dose, unit, frequency, route = _DOSES[event.treatment]
            yield Medication(
                name=event.treatment,
                indication=event.verbatim or event.term,
                dose=quantity(dose, unit),
                frequency=frequency,
                route=route,
                began=on(episode.worst_day),
                ended=on(episode.ended) if episode.ended else None,
                ongoing=episode.ended is None,
                prophylaxis=False,
                adverse_event=0,
            )


def _event(case: Case, episode: Episode) -> AdverseEvent:
    event, rng = episode.plan, case.rng
    vague = not event.severe and not event.pause and event.phase == "induction" and rng.random() < 0.2
    running = event.phase == "today"
    aware = moment(case.today - 1, 21, 30) if running else moment(episode.worst_day, rng.randint(8, 15), 10)
    return AdverseEvent(
        term=event.term,
        verbatim=event.verbatim or None,
        version=case.protocol.ctcae_version,
        scale="CTCAE",
        began=month_of(episode.began) if vague else on(episode.began),
        ended=on(episode.ended) if episode.ended else None,
        ongoing=episode.ended is None,
        outcome="RECOVERED/RESOLVED" if episode.ended else "NOT RECOVERED/NOT RESOLVED",
        serious=bool(event.serious),
        seriousness=event.serious or None,
        aware=aware if event.serious else None,
        reported=aware + timedelta(hours=rng.randint(2, 20)) if event.serious and not running else None,
        expected=event.expected,
        treatment=event.treatment or None,
    )


def _drugs(case: Case, days: Timeline, episode: Episode) -> Iterator[tuple[str, str, str]]:
    """The drug the event is put down to, and the other one that was given at the time."""
    event = episode.plan
    yield event.drug, event.causality, event.action
    if event.phase in ("cycle", "today"):
        other = "dasatinib" if event.drug == "blinatumomab" else "blinatumomab"
        yield other, "UNLIKELY RELATED", "DOSE NOT CHANGED"
    elif event.phase == "induction" and event.drug == "dasatinib":
        asked = case.rng.random() < 0.5
        if asked and episode.began <= steroid_ends(days):
            yield "prednisone", "NOT RELATED", "DOSE NOT CHANGED"
