"""The words of the Today page. Pure: worklist and drafts -> texts and places to go."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from gui.workspace import Target
from models.domain.capitals import upper_first, within_sentence
from models.domain.date_notation import month_name, write_moment
from models.domain.notation import Desk
from models.records import KINDS
from models.study import WORKLIST_TITLES, DraftLine, Section, Urgency, WorkItem, Worklist

ENROLMENT = "enrolment"
"""The page of the steps to day 1; the drafts of its own forms carry this as their kind."""

QUERIES, QUERY = "queries", "query"
"""The page of the queries; the drafts of answers typed there carry "query" as their kind."""

ASK = "ask"
"""The first part of the key of a draft that is a question about a value."""
RANGE = "lab_range"
"""The kind of the reference ranges, whose form is in the settings."""
DRAFTS = "drafts"
"""The section of the forms left unsaved, which only the window knows."""
TITLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {**WORKLIST_TITLES, DRAFTS: ("Unsaved forms", "typed and not saved")}
)
"""The sections: code -> title and subtitle."""

TONES: Mapping[Urgency, str] = MappingProxyType({Urgency.NOW: "urgent", Urgency.SOON: "due", Urgency.LATER: "neutral"})
"""How pressing a line is, as a tone of the palette."""

_WEEKDAYS: Mapping[Desk, tuple[str, ...]] = MappingProxyType(
    {
        Desk.ENGLISH: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        Desk.ITALIAN: ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    }
)
_STANDING: tuple[tuple[str, str], ...] = (
    ("SCREENING", "in screening"),
    ("ENROLLED", "enrolled, treatment not begun"),
    ("ON TREATMENT", "on treatment"),
    ("FOLLOW-UP", "in follow-up"),
    ("OFF STUDY", "off study"),
    ("DEAD", "died"),
)


def day_in_full(day: date, desk: Desk) -> str:
    """The date with its weekday, nothing shortened: "Friday 2 October 2026"."""
    return upper_first(f"{_WEEKDAYS[desk][day.weekday()]} {day.day} {month_name(day.month, desk)} {day.year}")


def standing(counts: Mapping[str, int]) -> str:
    """How many patients stand where; screen failures are not counted among the enrolled."""
    enrolled = sum(count for code, count in counts.items() if code not in ("SCREENING", "SCREEN FAILURE"))
    parts = [f"{enrolled} enrolled"] + [f"{counts[code]} {words}" for code, words in _STANDING if counts.get(code)]
    return " · ".join(parts) if counts else ""


def drafts_section(drafts: Sequence[DraftLine], labels: Mapping[int, str], desk: Desk) -> Section:
    """The forms left unsaved, newest first; a form of a patient who is gone (or of no known kind) is left out."""
    items = (_draft_item(draft, labels, desk) for draft in drafts)
    return Section(DRAFTS, *TITLES[DRAFTS], tuple(item for item in items if item))


def patients_of(drafts: Sequence[DraftLine]) -> tuple[int, ...]:
    """The ids of the patients whose forms they are."""
    ids = (parts[1] for draft in drafts if len(parts := draft.key.split("/")) > 1)
    return tuple(dict.fromkeys(int(id_) for id_ in ids if id_.isdecimal() and int(id_)))


def _draft_item(draft: DraftLine, labels: Mapping[int, str], desk: Desk) -> WorkItem | None:
    kind, *rest = draft.key.split("/")
    if kind == ASK:
        return _question_item(draft, rest, labels, desk)
    visit = rest.pop() if kind == "visit" and len(rest) > 2 else ""
    numbers = [int(part) for part in rest if part.isdecimal()]
    if len(numbers) < 2 or len(numbers) != len(rest):
        return None
    patient, record = numbers[:2]
    if patient and patient not in labels:
        return None
    badge, typed_by = _when(draft, desk), _by_whom(draft)
    label = labels.get(patient, "New")
    if kind == ENROLMENT or (kind in KINDS and not patient and not KINDS[kind].of_study):
        return WorkItem(patient, label, "Enrolment", typed_by, badge, Urgency.LATER, ENROLMENT, record)
    if kind == RANGE:
        return WorkItem(0, "Settings", "Reference ranges", typed_by, badge, Urgency.LATER, RANGE, record)
    if kind not in KINDS or KINDS[kind].of_study:
        return None
    words = KINDS[kind].title if record else f"New: {KINDS[kind].title}"
    if KINDS[kind].parent:
        kind, record = KINDS[kind].parent, numbers[2] if len(numbers) > 2 else record
    return WorkItem(patient, label, words, typed_by, badge, Urgency.LATER, kind, record, visit)


def _question_item(draft: DraftLine, about: list[str], labels: Mapping[int, str], desk: Desk) -> WorkItem | None:
    """A question that was typed and not asked: it leads to the value, from where it is asked."""
    if len(about) != 4 or not about[0].isdecimal() or not about[2].isdecimal() or about[1] not in KINDS:
        return None
    patient, kind, record, field = int(about[0]), about[1], int(about[2]), about[3]
    if patient not in labels:
        return None
    words, by, when = f"New query: {KINDS[kind].title}", _by_whom(draft), _when(draft, desk)
    return WorkItem(patient, labels[patient], words, by, when, Urgency.LATER, kind, record, "", field)


def _when(draft: DraftLine, desk: Desk) -> str:
    return write_moment(draft.saved_at, desk).rpartition(" ")[0]


def _by_whom(draft: DraftLine) -> str:
    return f"typed by {draft.actor}" if draft.actor else "typed at this desk"


def target_of(item: WorkItem) -> Target:
    """The exact form behind a line."""
    if item.kind == RANGE:
        return Target("settings", values=MappingProxyType({"section": "ranges"}))
    if item.kind == ENROLMENT:
        return Target(ENROLMENT, item.patient, values=MappingProxyType({"step": item.record_id}))
    if item.kind == QUERY:
        return Target(QUERIES, values=MappingProxyType({"query": item.record_id}))
    values = {"visit": item.visit} if item.visit else {}
    record = (item.kind, item.record_id) if item.kind else None
    return Target("patient", item.patient, item.tab, record, MappingProxyType(values), item.field)


def empty_words(sections: Sequence[Section]) -> str:
    """One quiet line for the sections without a line of their own."""
    names = [within_sentence(section.title) for section in sections if not section.items]
    return f"Nothing to report under: {', '.join(names)}." if names else ""


def badge(worklist: Worklist) -> tuple[int, str]:
    """The number beside "Today" in the sidebar, and its tone."""
    urgent = any(section.code == "clocks" and section.items for section in worklist.sections)
    return worklist.total, "urgent" if urgent else "due"
