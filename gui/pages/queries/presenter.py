"""The queries of the site as lines, and which of them a filter lets through. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.domain.codelists import ROLE
from models.domain.date_notation import write_moment
from models.domain.folding import fold
from models.domain.notation import Desk
from models.study import Right, User
from models.study_types import QueryState, QueryView

TONES = {QueryState.OPEN: "due", QueryState.ANSWERED: "accent", QueryState.CLOSED: "good"}
NOT_CLOSED = "not closed"
WAITING = "waiting"
STATES: tuple[tuple[str, str], ...] = (
    ("Not closed", NOT_CLOSED),
    ("Waiting for me", WAITING),
    *((state.value.capitalize(), state.value) for state in QueryState),
    ("All", ""),
)
"""What the list can be narrowed to: words, code."""
FOR: tuple[tuple[str, str], ...] = (
    ("For anybody", ""),
    *((f"For the {words.lower()}", code) for code, words in ROLE.terms.items() if User("", "", code).may(Right.ANSWER)),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be shown; `patient` 0 shows everybody's."""

    text: str = ""
    state: str = NOT_CLOSED
    assigned_to: str = ""
    patient: int = 0


def passing(queries: Iterable[QueryView], wanted: Filter, user: User) -> list[QueryView]:
    """The queries that a filter lets through: those that wait for this person first, then the oldest."""
    parts = fold(wanted.text).split()
    found = [
        query
        for query in queries
        if wanted.patient in (0, query.patient)
        and wanted.assigned_to in ("", query.assigned_to)
        and _in_state(query, wanted.state, user)
        and all(part in fold(_searched(query)) for part in parts)
    ]
    order = list(QueryState)
    found.sort(key=lambda query: (not query.waits_for(user), order.index(query.state), -query.age_days, query.id))
    return found


def about_words(query: QueryView) -> str:
    """The value asked about: "MRD result, p190, 3 Apr 2026: Target copies"."""
    return ": ".join(part for part in (query.record_words, query.field_words) if part)


def state_words(query: QueryView) -> str:
    """The state with a capital."""
    return query.state.value.capitalize()


def steps_words(query: QueryView, desk: Desk) -> Sequence[tuple[str, str]]:
    """What was said, step by step: (who did what and when, the words)."""
    return [
        (f"{step.act_words} by {step.by} on {write_moment(step.at, desk)}", step.words or "Without words.")
        for step in query.steps
    ]


def summary(queries: Sequence[QueryView], user: User) -> str:
    """How many there are, and how many wait for this person."""
    count = {state: sum(query.state is state for query in queries) for state in QueryState}
    waiting = sum(query.waits_for(user) for query in queries)
    words = " · ".join(f"{count[state]} {state.value}" for state in QueryState)
    return f"{words} · {waiting} waiting for you"


def _in_state(query: QueryView, wanted: str, user: User) -> bool:
    if wanted == WAITING:
        return query.waits_for(user)
    if wanted == NOT_CLOSED:
        return query.state is not QueryState.CLOSED
    return wanted in ("", query.state.value)


def _searched(query: QueryView) -> str:
    return " ".join((query.patient_label, about_words(query), *(step.words for step in query.steps)))
